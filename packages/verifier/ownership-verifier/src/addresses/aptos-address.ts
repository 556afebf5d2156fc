/** Addresses of Aptos: 32 bytes in hexadecimal (AIP-40; spec §13.12). */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { DecodedAddress } from '../claim.js';
import type { AptosMultiKey } from '../schemes/aptos-key.js';
import type { PublicKey } from '../schemes/public-key.js';
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

/** An authentication key that a key makes, and the name of the scheme. */
export interface AptosAuthenticationKey {
  readonly scheme: string;
  readonly bytes: Uint8Array;
}

/** The authentication keys of one key, which are the addresses of the accounts that it made: of Ed25519 that of the legacy
 * scheme (key and the byte 0), and of both curves that of the single-key scheme (AIP-55: kind and size of the key, key, and
 * the byte 2; of secp256k1 the key's 65 bytes). */
export function aptosAuthenticationKeys({ curve, bytes }: PublicKey): readonly AptosAuthenticationKey[] {
  if (curve === 'ed25519') {
    return [
      { scheme: 'Ed25519 account', bytes: sha3_256(concatBytes(bytes, Uint8Array.of(0))) },
      { scheme: 'single-key account', bytes: singleKeyHash(0, bytes) },
    ];
  }
  const point = secp256k1.Point.fromBytes(bytes).toBytes(false);
  return [{ scheme: 'single-key account of secp256k1', bytes: singleKeyHash(1, point) }];
}

function singleKeyHash(kind: number, key: Uint8Array): Uint8Array {
  return sha3_256(concatBytes(Uint8Array.of(kind, key.length), key, Uint8Array.of(2)));
}

/** The authentication key of several keys: the keys, the threshold, and the byte 1. */
export function aptosMultiAuthenticationKey({ members, threshold }: AptosMultiKey): Uint8Array {
  return sha3_256(concatBytes(...members, Uint8Array.of(threshold, 1)));
}

/** The account that makes the assets of coins, and the last byte of what an address of a named object is the hash of. */
const pairMaker = hexToBytes('a'.padStart(64, '0'));
const namedObject = Uint8Array.of(0xfe);

/** The address of the fungible asset whose balances are those of a coin too; `coinType` is `ADDRESS::module::Name` with the
 * address in canonical spelling, and is hashed with the address in its shortest one (spec §14.3). */
export function aptosPairedAssetOf(coinType: string): string {
  const short = coinType.replace(/^0x0*(?=[0-9a-f])/, '0x');
  return aptosAddressOf(sha3_256(concatBytes(pairMaker, utf8ToBytes(short), namedObject))).canonical;
}
