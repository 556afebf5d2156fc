import { domainPoint } from '@solvent/field/domain';
import * as field from '@solvent/field/koala-bear';
import { deriveShape, layerDomain, openingTerms } from '@solvent/stark/shape';
import { accountsTreeLeaf, isRowCount, randomRowCount } from '@solvent/stark/table';
import { describe, expect, it } from 'vitest';

describe('the shape of a proof (§2.4)', () => {
  it('has folds, final degrees, random rows and domains by the number of rows alone', () => {
    const shapes = Array.from({ length: 9 }, (_, i) => deriveShape(2 ** (11 + i)));
    expect(shapes.map(({ foldCount }) => foldCount)).toEqual([2, 2, 2, 3, 3, 3, 4, 4, 4]);
    expect(shapes.map(({ finalDegreeBound }) => finalDegreeBound)).toEqual([32, 64, 128, 32, 64, 128, 32, 64, 128]);
    expect(shapes.map((shape) => shape.randomRowCount)).toEqual([512, 512, 512, 512, 512, 512, 1024, 2048, 4096]);
    for (const shape of shapes) {
      expect(shape.rowCount / 8 ** shape.foldCount).toBe(shape.finalDegreeBound);
      expect(shape.chunkLength).toBe(shape.rowCount - 256);
      expect(shape.rowDomain).toMatchObject({ size: shape.rowCount, shift: 1 });
      expect(shape.pointDomain).toMatchObject({ size: 4 * shape.rowCount, shift: 3 });
      // g is ω^4: the next row of a point of D is four points further.
      expect(domainPoint(shape.pointDomain, 4)).toBe(field.mul(3, shape.rowDomain.root));
      // D and H are disjoint, and z outside F_p lies in neither.
      expect(field.pow(3, shape.rowCount)).not.toBe(1);
    }
  });

  it.each([0, 1, 2 ** 10, 2 ** 20, 3000, 2 ** 11 + 1, 2048.5, -2048, Number.NaN])('is none for %d rows', (rowCount) => {
    expect(isRowCount(rowCount)).toBe(false);
    expect(() => deriveShape(rowCount)).toThrow(RangeError);
  });

  it('has layers on the 8^i-th powers of the points', () => {
    const { pointDomain } = deriveShape(2 ** 14);
    for (let layer = 0; layer <= 3; layer++) {
      const domain = layerDomain(pointDomain, layer);
      expect(domain.size).toBe(pointDomain.size / 8 ** layer);
      for (const i of [0, 1, 5, domain.size - 1]) {
        expect(domainPoint(domain, i)).toBe(field.pow(domainPoint(pointDomain, i), 8 ** layer));
      }
    }
  });

  it('opens 45 columns at z, acc at gz, and four chunks', () => {
    expect(openingTerms.length).toBe(50);
    expect(openingTerms.filter(({ rotation }) => rotation === 1).length).toBe(1);
  });
});

describe('the tree of account rows (§3.6)', () => {
  it.each([2 ** 11, 2 ** 13])('has a leaf for each of %i rows, those of a fibre side by side', (rowCount) => {
    const leaves = Array.from({ length: rowCount }, (_, row) => accountsTreeLeaf(row, rowCount));
    expect(new Set(leaves).size).toBe(rowCount);
    expect(Math.max(...leaves)).toBe(rowCount - 1);
    for (const fibre of [0, 1, 100, rowCount / 8 - 1]) {
      for (let k = 0; k < 8; k++) expect(leaves[fibre + (k * rowCount) / 8]).toBe(8 * fibre + k);
    }
  });

  it('leaves rows for holders at every size', () => {
    for (let logRows = 11; logRows <= 19; logRows++)
      expect(randomRowCount(2 ** logRows)).toBeLessThan(2 ** (logRows - 1));
  });
});
