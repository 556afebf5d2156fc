/** Spreads account ids over the buckets of a store's index, under a key that is drawn for each store. */
import { decodeUint32 } from '@solvent/commitment/bytes';
import { type HashKey, halfSipHash } from '@solvent/ledger/half-sip-hash';

/** Bytes of a key: two of HalfSipHash. */
export const idHashKeySize = 16;

/** Writes the hash of bytes[start … end − 1] to out[at] and out[at + 1], two independent words. */
export type IdHash = (bytes: Uint8Array, start: number, end: number, out: Uint32Array, at: number) => void;

/** @param key 16 bytes */
export function createIdHash(key: Uint8Array): IdHash {
  const first: HashKey = [decodeUint32(key, 0), decodeUint32(key, 4)];
  const second: HashKey = [decodeUint32(key, 8), decodeUint32(key, 12)];
  return (bytes, start, end, out, at) => {
    out[at] = halfSipHash(first, bytes, start, end);
    out[at + 1] = halfSipHash(second, bytes, start, end);
  };
}
