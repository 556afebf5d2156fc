import { bytesToHex } from '@solvent/commitment/bytes';
import { presetDigest, productionPreset, toyPreset } from '@solvent/stark/preset';
import { describe, expect, it } from 'vitest';

describe('presets (§2.5)', () => {
  it('have the pinned digests', () => {
    expect(bytesToHex(presetDigest(productionPreset))).toBe(
      'c6a62713cf2eb322c05f040b083028989dd63ceaec5b6308acde272a6333a6c4',
    );
    expect(bytesToHex(presetDigest(toyPreset))).toBe(
      '0e5963383c31789c48f717743752cb8f4870b204da1fb32b947b6b2777527458',
    );
  });

  it('have digests of their numbers, not of their names', () => {
    expect(presetDigest({ ...toyPreset, name: 'other' })).toEqual(presetDigest(toyPreset));
    expect(presetDigest({ ...toyPreset, queryCount: 9 })).not.toEqual(presetDigest(toyPreset));
    expect(presetDigest({ ...toyPreset, grindingBits: 5 })).not.toEqual(presetDigest(toyPreset));
  });

  it.each([
    { queryCount: 0 },
    { queryCount: -1 },
    { queryCount: 1.5 },
    { queryCount: Number.NaN },
    { queryCount: Number.POSITIVE_INFINITY },
    { grindingBits: 0 },
    { grindingBits: 32 },
    { grindingBits: 0.5 },
    { grindingBits: Number.NaN },
  ])('are refused where they would check nothing, %j', (change) => {
    expect(() => presetDigest({ ...toyPreset, ...change })).toThrow(RangeError);
  });
});
