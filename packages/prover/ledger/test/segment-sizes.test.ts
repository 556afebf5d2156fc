import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowCapacity, segmentCapacities, smallestRowCount } from '../src/segment-sizes.js';

describe('rowCapacity', () => {
  it('is N − h − M', () => {
    expect(rowCapacity(2 ** 11, 22)).toBe(2048 - 512 - 11);
    expect(rowCapacity(2 ** 17, 22)).toBe(131_072 - 1024 - 11);
    expect(rowCapacity(2 ** 19, 4096)).toBe(524_288 - 4096 - 2048);
    expect(rowCapacity(2 ** 11, 4096)).toBeLessThan(0);
  });
});

describe('smallestRowCount', () => {
  it('is the smallest power of two with room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 520_000 }), fc.integer({ min: 1, max: 4096 }), (rows, assets) => {
        const rowCount = smallestRowCount(rows, assets);
        if (rowCount === undefined) {
          expect(rowCapacity(2 ** 19, assets)).toBeLessThan(rows);
          return;
        }
        expect(rowCapacity(rowCount, assets)).toBeGreaterThanOrEqual(Math.max(1, rows));
        if (rowCount > 2 ** 11) expect(rowCapacity(rowCount / 2, assets)).toBeLessThan(Math.max(1, rows));
      }),
    );
  });

  it('keeps to the largest size allowed', () => {
    expect(smallestRowCount(1525, 22, 2 ** 11)).toBe(2 ** 11);
    expect(smallestRowCount(1526, 22, 2 ** 11)).toBeUndefined();
    expect(smallestRowCount(0, 3000, 2 ** 11)).toBe(2 ** 11);
    expect(smallestRowCount(0, 3072, 2 ** 11)).toBeUndefined();
  });
});

describe('segmentCapacities', () => {
  it('hold all rows in as few segments as possible, the last one no smaller than a fair share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 11, max: 19 }),
        fc.integer({ min: 0, max: 2 }),
        (rows, assets, logMax, extra) => {
          const full = rowCapacity(2 ** logMax, assets);
          const capacities = segmentCapacities(rows, assets, 2 ** logMax, extra);
          const total = capacities.reduce((sum, value) => sum + value, 0);
          expect(capacities.length).toBe(Math.max(2, Math.ceil(rows / full)) + extra);
          expect(total).toBeGreaterThanOrEqual(rows);
          expect(capacities.slice(0, -1).every((value) => value === full)).toBe(true);
          expect(capacities.at(-1) === full || capacities.at(-1)! / total >= 1 / 25).toBe(true);
        },
      ),
    );
  });

  it('make the last segment small when that is enough', () => {
    expect(segmentCapacities(540_000, 22, 2 ** 19, 0)).toEqual([rowCapacity(2 ** 19, 22), rowCapacity(2 ** 15, 22)]);
  });
});
