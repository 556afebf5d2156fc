/** The hash that names Substrate's storage: XXH64 with the seeds 0 and 1, 16 bytes (`twox_128`). */

const mask = 2n ** 64n - 1n;
const [p1, p2, p3, p4, p5] = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
];

const times = (a: bigint, b: bigint) => (a * b) & mask;
const plus = (a: bigint, b: bigint) => (a + b) & mask;
const rotate = (value: bigint, bits: bigint) => ((value << bits) | (value >> (64n - bits))) & mask;
const round = (accumulator: bigint, lane: bigint) => times(rotate(plus(accumulator, times(lane, p2)), 31n), p1);

/** `twox_128` of a text in ASCII, in lower-case hexadecimal digits. */
export function twox128(text: string): string {
  const bytes = Buffer.from(text);
  const digest = Buffer.alloc(16);
  digest.writeBigUInt64LE(xxh64(bytes, 0n), 0);
  digest.writeBigUInt64LE(xxh64(bytes, 1n), 8);
  return digest.toString('hex');
}

/** XXH64, as its specification has it. */
export function xxh64(bytes: Buffer, seed: bigint): bigint {
  let at = 0;
  let hash = plus(seed, p5);
  if (bytes.length >= 32) {
    let lanes = [plus(plus(seed, p1), p2), plus(seed, p2), seed, plus(seed, mask + 1n - p1)];
    for (; at + 32 <= bytes.length; at += 32) {
      lanes = lanes.map((lane, i) => round(lane, bytes.readBigUInt64LE(at + 8 * i)));
    }
    hash = [1n, 7n, 12n, 18n].reduce((sum, bits, i) => plus(sum, rotate(lanes[i], bits)), 0n);
    for (const lane of lanes) hash = plus(times(hash ^ round(0n, lane), p1), p4);
  }
  hash = plus(hash, BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) {
    hash = plus(times(rotate(hash ^ round(0n, bytes.readBigUInt64LE(at)), 27n), p1), p4);
  }
  for (; at + 4 <= bytes.length; at += 4) {
    hash = plus(times(rotate(hash ^ times(BigInt(bytes.readUInt32LE(at)), p1), 23n), p2), p3);
  }
  for (; at < bytes.length; at++) hash = times(rotate(hash ^ times(BigInt(bytes[at]), p5), 11n), p1);
  hash = times(hash ^ (hash >> 33n), p2);
  hash = times(hash ^ (hash >> 29n), p3);
  return hash ^ (hash >> 32n);
}
