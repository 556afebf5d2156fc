import { describe, expect, it } from 'vitest';
import { createFastDraws } from '../src/xoshiro.js';

// The words 1, 2, 3, 4 as the state to begin with.
const counted = { fill: (bytes: Uint8Array) => bytes.set(new Uint8Array(Uint32Array.of(1, 2, 3, 4).buffer)) };

describe('createFastDraws', () => {
  it('gives the words that follow from the definition', () => {
    const { word } = createFastDraws(counted);
    const state = [1n, 2n, 3n, 4n];
    const mask = 0xffffffffn;
    const rotate = (value: bigint, bits: bigint) => ((value << bits) | (value >> (32n - bits))) & mask;
    for (let i = 0; i < 1000; i++) {
      const [s0, s1, s2, s3] = state as [bigint, bigint, bigint, bigint];
      expect(word() >>> 0).toBe(Number((rotate((s1 * 5n) & mask, 7n) * 9n) & mask));
      const mixed = [s2 ^ s0, s3 ^ s1] as const;
      state[0] = s0 ^ mixed[1];
      state[1] = s1 ^ mixed[0];
      state[2] = mixed[0] ^ ((s1 << 9n) & mask);
      state[3] = rotate(mixed[1], 11n);
    }
  });

  it('draws every value below a bound about equally often (chi-squared, seeded)', () => {
    const { below } = createFastDraws(counted);
    const counts = new Float64Array(30);
    for (let i = 0; i < 30_000; i++) counts[below(30)]++;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquared).toBeLessThan(58.3); // 29 degrees of freedom, 0.1 %
  });
});
