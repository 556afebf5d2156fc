import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { createDomain } from '@solvent/field/domain';
import * as ext from '@solvent/field/extension';
import { interpolate } from '@solvent/field/ntt';
import { carryAsset, publicColumnOnRow, publicColumnsAt } from '@solvent/stark/public-columns';
import { deriveShape } from '@solvent/stark/shape';
import { carryRowCount } from '@solvent/stark/table';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { points } from './random-field.js';

describe('public columns (§5.3)', () => {
  it.each([
    [2 ** 11, 1],
    [2 ** 11, 2],
    [2 ** 11, 7],
    [2 ** 11, 500],
    [2 ** 12, 22],
  ])('are, off H, the polynomials through their values on the rows: N = %i, A = %i', (rowCount, assetCount) => {
    const { rowDomain } = deriveShape(rowCount);
    const polynomials = liabilitiesAir.publicColumns.map((name) =>
      interpolate(
        Uint32Array.from({ length: rowCount }, (_, row) => publicColumnOnRow(name, row, assetCount)),
        rowDomain,
      ),
    );
    fc.assert(
      fc.property(points, (point) => {
        const values = publicColumnsAt(point, rowDomain, assetCount);
        expect(Object.keys(values)).toEqual(liabilitiesAir.publicColumns);
        liabilitiesAir.publicColumns.forEach((name, i) => {
          expect(values[name]).toEqual(ext.evaluateBasePolynomial(polynomials[i], point));
        });
      }),
      { numRuns: 5 },
    );
  });

  it('have the carry rows of every asset twice, once for each half of its carries, and of no other', () => {
    for (const assetCount of [1, 2, 3, 22, 500]) {
      const counts = new Map<number, number>();
      for (let row = 0; row < carryRowCount(assetCount); row++) {
        for (let e = 0; e < 4; e++) {
          const asset = carryAsset(row, e, assetCount);
          counts.set(asset, (counts.get(asset) ?? 0) + 1);
          expect(publicColumnOnRow(`carry_asset_${e}`, row, assetCount)).toBe(asset);
        }
      }
      for (let asset = 1; asset <= assetCount; asset++) expect(counts.get(asset)).toBe(2);
      expect(counts.get(0) ?? 0).toBe(assetCount % 2 === 1 ? 2 : 0);
      expect(counts.size).toBe(assetCount + (assetCount % 2));
    }
  });

  it('are the range table and zeros on all other rows', () => {
    const { size } = createDomain(2 ** 11);
    for (const row of [2, 500, 1023, 1024, 1025, size - 1]) {
      expect(publicColumnOnRow('T', row, 3)).toBe(row % 1024);
      for (const name of ['s', 'carry_asset_0', 'carry_asset_3']) expect(publicColumnOnRow(name, row, 3)).toBe(0);
    }
    expect([0, 1].map((row) => publicColumnOnRow('s', row, 3))).toEqual([1, 1]);
  });
});
