/** Addresses of ICON: `hx` and 20 bytes of a key's hash, `cx` of contracts (spec §15.6). */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { CurvePoint } from '../schemes/raw-ecdsa.js';
import { failed, type OwnershipVerdict } from '../verdict.js';
import type { HashedKeyAddress } from './hashed-key-address.js';

/** The address of a text, or why it is none. */
export function decodeIconAddress(text: string): HashedKeyAddress | OwnershipVerdict {
  const kind = /^(hx|cx)[0-9a-f]{40}$/.exec(text)?.[1];
  if (kind === undefined) return failed('W3', 'address', 'expected hx or cx and 40 lower-case digits');
  if (kind === 'hx') return { canonical: text, kind: 'account' };
  return { canonical: text, kind: 'contract', evidence: 'the code and the state of the contract' };
}

/** The address of a key: the last 20 bytes of SHA3-256 of its coordinates. */
export function iconAddressOf(key: CurvePoint): HashedKeyAddress {
  return { canonical: `hx${bytesToHex(sha3_256(key.toBytes(false).subarray(1)).subarray(12))}`, kind: 'account' };
}
