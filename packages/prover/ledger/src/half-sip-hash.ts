/**
 * HalfSipHash-1-3: the 32-bit member of the SipHash family (Aumasson and Bernstein, "SipHash: a fast short-input PRF"), in
 * the variant with one round for each word and three at the end that is meant for hash tables.
 *
 * Without the key nobody can choose texts that collide, so a table stays fast whatever it is fed. It is no hash for
 * anything else.
 */

/** Two secret words of 32 bits, one key for each table. */
export type HashKey = readonly [k0: number, k1: number];

/** The hash of bytes start … end − 1 as an integer in [−2^31, 2^31). */
export function halfSipHash(key: HashKey, bytes: Uint8Array, start: number, end: number): number {
  let v0 = key[0] | 0;
  let v1 = key[1] | 0;
  let v2 = v0 ^ 0x6c796765;
  let v3 = v1 ^ 0x74656462;
  let at = start;
  for (const lastWord = end - 4; at <= lastWord; at += 4) {
    const word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    v3 ^= word;
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    v0 ^= word;
  }
  let lastWord = (end - start) << 24;
  for (let shift = 0; at < end; at++, shift += 8) lastWord |= bytes[at] << shift;
  v3 ^= lastWord;
  // The round of the last word, and the three that finish.
  for (let round = 0; round < 4; round++) {
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
    if (round > 0) continue;
    v0 ^= lastWord;
    v2 ^= 0xff;
  }
  return v1 ^ v3;
}
