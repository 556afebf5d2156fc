import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bufferedRandom, type Random, shuffle, systemRandom, uniformBelow } from '../src/random.js';
import { seededRandom } from '../src/testing.js';

function take(random: Random, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  random.fill(bytes);
  return bytes;
}

function wordsOf(values: number[]): Random {
  const bytes = new Uint8Array(new Uint32Array(values).buffer);
  return bufferedRandom(bytes.length, (block) => block.set(bytes));
}

describe('bufferedRandom', () => {
  it('hands out the bytes of its blocks in order, each once, however they are asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer({ min: 0, max: 50 })), (size, asks) => {
        let next = 0;
        const random = bufferedRandom(size, (block) => {
          for (let i = 0; i < block.length; i++) block[i] = next++;
        });
        const got = asks.flatMap((ask) => [...take(random, ask)]);
        expect(got).toEqual(got.map((_, i) => i % 256));
      }),
    );
  });
});

describe('systemRandom', () => {
  it('gives other bytes each time, also for asks larger than its block', () => {
    const random = systemRandom();
    expect(take(random, 32)).not.toEqual(take(random, 32));
    const large = take(random, 200_000);
    expect(large.subarray(-32)).not.toEqual(new Uint8Array(32));
    expect(take(systemRandom(), 32)).not.toEqual(take(systemRandom(), 32));
  });
});

describe('seededRandom', () => {
  it('depends on the seed alone', () => {
    expect(take(seededRandom('a'), 20_000)).toEqual(take(seededRandom('a'), 20_000));
    expect(take(seededRandom('a'), 32)).not.toEqual(take(seededRandom('b'), 32));
    const bytes = take(seededRandom('a'), 16_384);
    expect(bytes.subarray(0, 8192)).not.toEqual(bytes.subarray(8192));
  });
});

describe('uniformBelow', () => {
  it('throws away draws past the last whole multiple of the bound', () => {
    expect(uniformBelow(wordsOf([0xffffffff, 5]), 3)).toBe(2);
    expect(uniformBelow(wordsOf([0xfffffffe, 5]), 3)).toBe(2);
    expect(uniformBelow(wordsOf([0xffffffff, 7]), 2 ** 32)).toBe(0xffffffff);
    expect(uniformBelow(wordsOf([0xffffffff]), 2 ** 31)).toBe(2 ** 31 - 1);
    expect(uniformBelow(wordsOf([123]), 1)).toBe(0);
  });

  it('is uniform (chi-squared, seeded)', () => {
    const random = seededRandom('uniformBelow');
    const counts = new Float64Array(10);
    for (let i = 0; i < 100_000; i++) counts[uniformBelow(random, 10)]++;
    const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(28); // 9 degrees of freedom, 0.1 %
  });

  it.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('refuses the bound %d', (bound) => {
    expect(() => uniformBelow(seededRandom(''), bound)).toThrow(RangeError);
  });
});

describe('shuffle', () => {
  it('makes the draws of uniformBelow, one for each value but one, however many there are', () => {
    for (const length of [0, 1, 2, 3, 1024, 1025, 5000]) {
      const [random, same] = [seededRandom(`${length}`), seededRandom(`${length}`)];
      const expected = Array.from({ length }, (_, i) => i);
      for (let i = length - 1; i > 0; i--) {
        const j = uniformBelow(same, i + 1);
        [expected[i], expected[j]] = [expected[j], expected[i]];
      }
      const values = Uint32Array.from({ length }, (_, i) => i);
      shuffle(random, values);
      expect([...values]).toEqual(expected);
      expect(take(random, 16)).toEqual(take(same, 16));
    }
  });

  it('throws away the same draws as uniformBelow', () => {
    const words = [0xffffffff, 0, 0xffffffff, 1];
    const values = Uint32Array.of(1, 2, 3);
    shuffle(wordsOf(words), values);
    // Of three values the draw 2^32 − 1 is past the last multiple: 0 is taken; of two values no draw is.
    expect([...values]).toEqual([3, 2, 1]);
  });

  it('keeps the values', () => {
    fc.assert(
      fc.property(fc.uint32Array({ maxLength: 100 }), fc.string(), (values, seed) => {
        const shuffled = values.slice();
        shuffle(seededRandom(seed), shuffled);
        expect(shuffled.sort()).toEqual(values.slice().sort());
      }),
    );
  });

  it('gives every order equally often (chi-squared, seeded)', () => {
    const random = seededRandom('shuffle');
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = Uint8Array.of(0, 1, 2, 3);
      shuffle(random, order);
      counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquared).toBeLessThan(50); // 23 degrees of freedom, 0.1 %
  });
});
