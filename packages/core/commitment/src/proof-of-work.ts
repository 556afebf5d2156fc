/** Proof of work: makes each attempt at lucky query points cost 2^bits hashes (spec §3.5, §11.10). */
import { createHasher } from './blake3.js';
import { concatBytes, decodeUint32, encodeUint32 } from './bytes.js';

const hasher = createHasher('proof of work');

/** Whether the digest of seed and nonce begins with `bits` zero bits, lowest bit of each byte first; 1 ≤ bits ≤ 31. */
export function isProofOfWork(seed: Uint8Array, nonce: number, bits: number): boolean {
  return decodeUint32(hasher.digest(concatBytes(seed, encodeUint32(nonce)))) % 2 ** bits === 0;
}

/**
 * The smallest nonce in [0, 2^32) that is a proof of work. Settling on the smallest makes the proof the same however
 * the search is spread over processors. Throws a RangeError if there is none (never in practice for bits ≤ 24).
 */
export function findProofOfWork(seed: Uint8Array, bits: number): number {
  for (let nonce = 0; nonce < 2 ** 32; nonce++) {
    if (isProofOfWork(seed, nonce, bits)) return nonce;
  }
  throw new RangeError(`proof of work: no nonce below 2^32 gives ${bits} zero bits`);
}
