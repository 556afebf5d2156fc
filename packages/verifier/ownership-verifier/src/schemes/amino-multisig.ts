/** Keys of several members in amino's bytes, as chains of the Cosmos SDK hash them to an address (spec §15.2). */
import { hexToBytes } from '@noble/hashes/utils.js';
import { decodeHexUpTo, sameBytes } from '../encodings/binary-text.js';
import { pointOf } from './secp256k1-key.js';

/** The registered prefixes of amino: of a threshold key, and of a key of secp256k1 with its size. */
const thresholdPrefix = hexToBytes('22c1f7e2');
const memberPrefix = hexToBytes('1226eb5ae98721');
const thresholdField = 0x08;
const memberSize = memberPrefix.length + 33;
/** Most members that are read. */
const maxAminoMembers = 64;

/** A threshold key. */
export interface AminoMultisig {
  readonly threshold: number;
  /** In their order, compressed; no two the same. */
  readonly keys: readonly Uint8Array[];
}

/** Whether a text begins as such a key does in hexadecimal. */
export function looksLikeAminoMultisig(text: string): boolean {
  return /^(?:0x)?22c1f7e2/i.test(text);
}

/** The key in a text of hexadecimal, with its bytes; undefined where it is none of 1 ≤ m ≤ n different members. */
export function decodeAminoMultisig(text: string): { key: AminoMultisig; bytes: Uint8Array } | undefined {
  const sizeMax = thresholdPrefix.length + 2 + maxAminoMembers * memberSize;
  const bytes = decodeHexUpTo(text, sizeMax);
  if (bytes === undefined) return undefined;
  const [field, threshold] = bytes.subarray(thresholdPrefix.length);
  const members = bytes.subarray(thresholdPrefix.length + 2);
  const count = members.length / memberSize;
  if (!sameBytes(bytes.subarray(0, thresholdPrefix.length), thresholdPrefix) || field !== thresholdField) {
    return undefined;
  }
  if (!Number.isInteger(count) || !(threshold >= 1 && threshold <= count)) return undefined;
  const keys: Uint8Array[] = [];
  for (let at = 0; at < members.length; at += memberSize) {
    const key = members.subarray(at + memberPrefix.length, at + memberSize);
    const isMember = sameBytes(members.subarray(at, at + memberPrefix.length), memberPrefix);
    if (!isMember || pointOf(key) === undefined || keys.some((other) => sameBytes(other, key))) return undefined;
    keys.push(key);
  }
  return { key: { threshold, keys }, bytes };
}
