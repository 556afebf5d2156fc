import { airDigest, airOpenings, constraintDegrees, quotientDegree } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesToHex } from '@solvent/commitment/bytes';
import { describe, expect, it } from 'vitest';

describe('the liabilities AIR (§5.5)', () => {
  // Every proof ever made is for one digest: a change here is a new protocol version, or a mistake.
  it('has the pinned digest', () => {
    expect(bytesToHex(airDigest(liabilitiesAir))).toBe(
      '2d158be9756897fbb3a32a066b45dbcfb14b1bc75d1afa799a498b74c42d637a',
    );
  });

  it('has the degrees and openings that the counts of §9 start from', () => {
    expect(Math.max(...constraintDegrees(liabilitiesAir))).toBe(4);
    for (const [rowCount, h] of [
      [2 ** 11, 512],
      [2 ** 19, 4096],
    ]) {
      expect(quotientDegree(liabilitiesAir, rowCount, h)).toBe(3 * rowCount + h - 4);
      expect(quotientDegree(liabilitiesAir, rowCount, h)).toBeLessThan(4 * (rowCount - 256));
    }
    const next = airOpenings(liabilitiesAir).filter(({ rotation }) => rotation === 1);
    expect(next.map(({ column }) => liabilitiesAir.columns[column].name)).toEqual(['acc']);
  });
});
