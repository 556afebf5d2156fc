/** Addresses of Aptos: 32 bytes in hexadecimal (AIP-40; spec §13.12). */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { DecodedAddress } from '../claim.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

export interface AptosAddress extends DecodedAddress {
  readonly bytes: Uint8Array;
}

/** The address of a text, or why it is none. Published lists leave leading zeros out, and so may a text here. */
export function decodeAptosAddress(text: string): AptosAddress | OwnershipVerdict {
  const digits = /^0x([0-9a-fA-F]{1,64})$/.exec(text)?.[1] ?? /^([0-9a-fA-F]{64})$/.exec(text)?.[1];
  if (digits === undefined) {
    return failed('W3', 'address', 'expected 0x and up to 64 hexadecimal digits, or 64 digits');
  }
  return aptosAddressOf(hexToBytes(digits.padStart(64, '0')));
}

/** The address of 32 bytes; all digits in lower case are the canonical spelling. */
export function aptosAddressOf(bytes: Uint8Array): AptosAddress {
  return { canonical: `0x${bytesToHex(bytes)}`, kind: 'account', bytes };
}

/** An authentication key that one Ed25519 key makes, and the name of the scheme. */
export interface AptosAuthenticationKey {
  readonly scheme: string;
  readonly bytes: Uint8Array;
}

/** The authentication keys of one Ed25519 key, which are the addresses of the accounts that it made: of the legacy
 * scheme (key and the byte 0), and of the single-key scheme (AIP-55: kind and size of the key, key, and the byte 2). */
export function aptosAuthenticationKeys(key: Uint8Array): readonly AptosAuthenticationKey[] {
  return [
    { scheme: 'Ed25519 account', bytes: sha3_256(concatBytes(key, Uint8Array.of(0))) },
    { scheme: 'single-key account', bytes: sha3_256(concatBytes(Uint8Array.of(0, key.length), key, Uint8Array.of(2))) },
  ];
}
