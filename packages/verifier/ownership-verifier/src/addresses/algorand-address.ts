/** Addresses of Algorand: a key, or the hash of several, and a checksum in Base32 (spec §16.6). */
import { sha512_256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base32nopad } from '@scure/base';
import type { DecodedAddress } from '../claim.js';
import { decodeBase32 } from '../encodings/binary-text.js';
import type { Members } from '../schemes/member-signatures.js';
import { failed, type OwnershipVerdict } from '../verdict.js';

const letters = 58;
const checksumSizeBytes = 4;
const multisigVersion = 1;

export interface AlgorandAddress extends DecodedAddress {
  /** 32 bytes: a key, or a hash. */
  readonly bytes: Uint8Array;
}

/** The address of a text, or why it is none. */
export function decodeAlgorandAddress(text: string): AlgorandAddress | OwnershipVerdict {
  const bytes = text.length === letters ? decodeBase32(text) : undefined;
  if (bytes === undefined) return failed('W3', 'address', 'expected 58 letters of Base32 in upper case');
  const address = algorandAddressOf(bytes.subarray(0, 32));
  if (address.canonical === text) return address;
  return failed('W3', 'address-checksum', 'the last four bytes are not the checksum of the others');
}

/** The address of a key or hash. */
export function algorandAddressOf(bytes: Uint8Array): AlgorandAddress {
  const checksum = sha512_256(bytes).subarray(-checksumSizeBytes);
  return { canonical: base32nopad.encode(concatBytes(bytes, checksum)), kind: 'account', bytes };
}

/** The address of several keys. */
export function algorandMultisigAddress({ threshold, members }: Members<AlgorandAddress>): AlgorandAddress {
  const head = concatBytes(utf8ToBytes('MultisigAddr'), Uint8Array.of(multisigVersion, threshold));
  return algorandAddressOf(sha512_256(concatBytes(head, ...members.map(({ bytes }) => bytes))));
}
