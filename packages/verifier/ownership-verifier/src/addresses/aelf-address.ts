/** Addresses of aelf: 32 bytes in Base58Check, alone or between the asset's and the chain's names (spec §15.7). */
import { encodeBase58Check } from '../encodings/base58-check.js';
import { decodeBase58, sameBytes } from '../encodings/binary-text.js';
import { doubleSha256 } from '../schemes/bitcoin-hashes.js';
import type { CurvePoint } from '../schemes/raw-ecdsa.js';
import { failed, type OwnershipVerdict } from '../verdict.js';
import type { HashedKeyAddress } from './hashed-key-address.js';

/** Four letters, up to 50 of the address, five of the chain. */
const lettersMax = 70;

/** The address of a text, or why it is none. */
export function decodeAelfAddress(text: string): HashedKeyAddress | OwnershipVerdict {
  const [, chain] = /^ELF_[^_]*_([^_]*)$/.exec(text.length > lettersMax ? '' : text) ?? [];
  if (chain !== undefined && chain !== 'AELF') {
    return failed('W3', 'address-network', 'expected an address of the main chain AELF, found one of a side chain');
  }
  const letters = chain === undefined ? text : text.slice('ELF_'.length, -'_AELF'.length);
  const bytes = decodeBase58(letters, 36);
  if (bytes === undefined) return failed('W3', 'address', 'expected 36 bytes in Base58Check');
  if (sameBytes(checksum(bytes.subarray(0, 32)), bytes.subarray(32))) return { canonical: letters, kind: 'account' };
  return failed('W3', 'address-checksum', 'the last four bytes are not the checksum of the others');
}

function checksum(bytes: Uint8Array): Uint8Array {
  return doubleSha256(bytes).subarray(0, 4);
}

/** The address of a key: SHA-256 twice of its 65 bytes. */
export function aelfAddressOf(key: CurvePoint): HashedKeyAddress {
  return { canonical: encodeBase58Check(doubleSha256(key.toBytes(false))), kind: 'account' };
}
