import { isMasked, maskings } from '@solvent/stark/masking';
import { productionPreset, toyPreset } from '@solvent/stark/preset';
import { describe, expect, it } from 'vitest';

describe('what is opened and what covers it (§12.3)', () => {
  const counts = (rowCount: number) =>
    Object.fromEntries(
      maskings(productionPreset, rowCount).map(({ name, conditions, randomElements }) => [
        name,
        [conditions, randomElements],
      ]),
    );

  it('is what the proof counts', () => {
    expect(maskings(productionPreset, 2 ** 11)).toHaveLength(46);
    expect(counts(2 ** 11)).toMatchObject({
      asset_0: [165, 512],
      limb_3_6: [165, 512],
      m: [165, 512],
      phi_1: [161, 512],
      phi_11: [161, 512],
      acc: [322, 511],
      chunk: [161, 256],
    });
    expect(counts(2 ** 19)).toMatchObject({ asset_0: [165, 4096], acc: [322, 4095], chunk: [161, 256] });
  });

  it('is covered for every preset of at most 254 queries', () => {
    expect([productionPreset, toyPreset].every(isMasked)).toBe(true);
    expect(isMasked({ ...productionPreset, queryCount: 254 })).toBe(true);
    // acc: 2 · 255 + 2 = 512 conditions on 511 random rows.
    expect(isMasked({ ...productionPreset, queryCount: 255 })).toBe(false);
  });
});
