/** Addresses of Tron: 0x41 and the 20-byte account, in Base58Check or in hexadecimal (spec §13.8). */
import { concatBytes } from '@noble/hashes/utils.js';
import type { DecodedAddress } from '../claim.js';
import { encodeBase58Check } from '../encodings/base58-check.js';
import { decodeBase58, decodeHex, sameBytes } from '../encodings/binary-text.js';
import { doubleSha256 } from '../schemes/bitcoin-hashes.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

const mainnetVersion = 0x41;

export interface TronAddress extends DecodedAddress {
  /** The account, 20 bytes. */
  readonly account: Uint8Array;
}

/** The address of a text in either spelling, or why it is none. */
export function decodeTronAddress(text: string): TronAddress | OwnershipVerdict {
  const hex = decodeHex(text, 21);
  if (hex !== undefined) return addressOfPayload(hex, undefined);
  const bytes = decodeBase58(text, 25);
  if (bytes === undefined) {
    return failed('W3', 'address', 'expected 25 bytes in Base58Check, or 21 in hexadecimal that begin with 41');
  }
  const payload = bytes.subarray(0, 21);
  if (!sameBytes(bytes.subarray(21), doubleSha256(payload).subarray(0, 4))) {
    return failed('W3', 'address-checksum', 'the last four bytes are not the checksum of the others');
  }
  return addressOfPayload(payload, text);
}

/** The address of version and account; encoding its canonical spelling is slow and left out where it is known. */
function addressOfPayload(payload: Uint8Array, canonical: string | undefined): TronAddress | OwnershipVerdict {
  const account = payload.subarray(1);
  if (payload[0] === mainnetVersion) {
    return canonical === undefined ? tronAddressOf(account) : { canonical, kind: 'account', account };
  }
  return failed('W3', 'address-network', `expected version 0x41, found 0x${payload[0].toString(16).padStart(2, '0')}`);
}

/** The address of a 20-byte account. */
export function tronAddressOf(account: Uint8Array): TronAddress {
  const payload = concatBytes(Uint8Array.of(mainnetVersion), account);
  return { canonical: encodeBase58Check(payload), kind: 'account', account };
}
