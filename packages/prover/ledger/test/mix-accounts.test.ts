import { describe, expect, it } from 'vitest';
import { mixAccounts } from '../src/mix-accounts.js';
import { seededRandom } from '../src/testing.js';

describe('mixAccounts', () => {
  it('fills segments in proportion to their room, counting those that are fixed in segment 0', () => {
    const rows = Uint16Array.from({ length: 90 }, (_, account) => (account % 9 === 0 ? 2 : 1));
    const fixed = Uint8Array.from({ length: 90 }, (_, account) => (account < 20 ? 1 : 0));
    const segmentOf = mixAccounts(rows, fixed, [73, 50, 50], seededRandom('share'))!;
    const filled = [0, 0, 0];
    for (const [account, segment] of segmentOf.entries()) filled[segment] += rows[account];
    // 100 rows, 23 of them fixed: 77 are left for room of 50 in each segment.
    expect(filled).toEqual([23 + 26, 26, 25]);
    expect([...segmentOf.subarray(0, 20)]).toEqual(Array(20).fill(0));
    expect(mixAccounts(rows, fixed, [33, 33, 33], seededRandom('small'))).toBeUndefined();
  });

  it('sends every account anywhere with the same probability (chi-squared, seeded)', () => {
    const random = seededRandom('anywhere');
    const rows = Uint16Array.from({ length: 30 }, (_, account) => (account % 5 === 0 ? 2 : 1));
    const counts = new Float64Array(30);
    for (let i = 0; i < 4000; i++) {
      const segmentOf = mixAccounts(rows, new Uint8Array(30), [20, 20], random)!;
      for (let account = 0; account < 30; account++) counts[account] += segmentOf[account];
    }
    // Variances of a half, so sums of squares are twice those of counts; the constraint on the total takes one degree.
    const chiSquared = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 1000, 0);
    expect(chiSquared).toBeLessThan(58.3); // 29 degrees of freedom, 0.1 %
    expect(Math.min(...counts)).toBeGreaterThan(1850);
  });
});
