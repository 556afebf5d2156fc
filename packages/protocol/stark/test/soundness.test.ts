import { productionPreset, toyPreset } from '@solvent/stark/preset';
import {
  type Bound,
  bitHundredths,
  errorTerms,
  hasBits,
  largestAssetCount,
  largestTerm,
  parameterUses,
} from '@solvent/stark/soundness';
import { findStatementFault } from '@solvent/stark/statement';
import { maxRowCount, minRowCount } from '@solvent/stark/table';
import { describe, expect, it } from 'vitest';

const rowCounts = Array.from({ length: 9 }, (_, i) => 2 ** (11 + i));

/** Whether a statement of so many rows and assets is within its limits. */
function isAllowed(rowCount: number, assetCount: number): boolean {
  const context = { exchange: 'x', reportId: 'r', snapshotTime: 't', previousManifest: new Uint8Array() };
  const assets = Array.from({ length: assetCount }, (_, i) => ({ symbol: `A${i}`, decimals: 0 }));
  const totals = assets.map(() => 0n);
  return findStatementFault({ context, segment: 0, segmentCount: 1, rowCount, assets, totals }) === undefined;
}

const cases = rowCounts.flatMap((rowCount) =>
  [...new Set([1, 4096, largestAssetCount(rowCount)])]
    .filter((assetCount) => isAllowed(rowCount, assetCount))
    .map((assetCount) => ({ rowCount, assetCount })),
);

describe('the soundness of the production preset (§9.2)', () => {
  it('is for every number of rows, and 1, 4096 and the largest number of assets', () => {
    expect([rowCounts[0], rowCounts[rowCounts.length - 1]]).toEqual([minRowCount, maxRowCount]);
    expect(cases.length).toBe(18);
    expect(rowCounts.map(largestAssetCount)).toEqual([3070, ...Array(8).fill(4096)]);
    expect(isAllowed(2 ** 11, 3070)).toBe(true);
    expect(isAllowed(2 ** 11, 3071)).toBe(false);
  });

  it.each(cases)('has at least 128 bits in every term: N = $rowCount, A = $assetCount', ({ rowCount, assetCount }) => {
    const terms = errorTerms(productionPreset, rowCount, assetCount);
    for (const term of terms) expect([term.name, hasBits(term, 128)]).toEqual([term.name, true]);
    // The queries decide; every other term has more than 131 bits.
    expect(largestTerm(terms).name).toBe('queries and proof of work');
    for (const term of terms.slice(0, -1)) expect([term.name, hasBits(term, 131)]).toEqual([term.name, true]);
  });

  it('has 128.12 bits in the sum of all terms', () => {
    const sums = cases.map(({ rowCount, assetCount }) => {
      const terms = errorTerms(productionPreset, rowCount, assetCount);
      const denominator = terms.reduce((product, term) => product * term.denominator, 1n);
      const numerator = terms.reduce((sum, term) => sum + (term.numerator * denominator) / term.denominator, 0n);
      return bitHundredths({ numerator, denominator }) / 100;
    });
    expect(Math.min(...sums)).toBe(128.12);
  });

  it('is 108.49 bits by the queries and 20 by the proof of work', () => {
    expect(bits({ ...productionPreset, grindingBits: 0 })).toBe(108.49);
    expect(bits(productionPreset)).toBe(128.49);
  });

  it.each([
    [{ queryCount: 159 }, 127.81],
    [{ grindingBits: 19 }, 127.49],
  ])('would be too little with %j', (change, expected) => {
    for (const { rowCount, assetCount } of cases) {
      const terms = errorTerms({ ...productionPreset, ...change }, rowCount, assetCount);
      expect(hasBits(largestTerm(terms), 128)).toBe(false);
    }
    expect(bits({ ...productionPreset, ...change })).toBe(expected);
  });

  it('has the numbers that were computed in another way', () => {
    // −log₂, in floating point, of the formulas of §11 written out.
    const fieldBits = 5 * Math.log2(2130706433);
    for (const rowCount of rowCounts) {
      const h = Math.max(512, rowCount / 128);
      const assetCount = largestAssetCount(rowCount);
      const counts: number[] = [28 * (rowCount - h) + 1024, 1, 5 * rowCount - 768, 9 * rowCount];
      for (let next = rowCount / 8; next * 8 > 128; next /= 8) counts.push(63 * next);
      const expected = [...counts.map((count) => fieldBits - Math.log2(count)), 160 * Math.log2(8 / 5) + 20];
      const terms = errorTerms(productionPreset, rowCount, assetCount);
      expect(terms.length).toBe(expected.length);
      terms.forEach((term, i) => {
        expect(Math.abs(bitHundredths(term) / 100 + 0.005 - expected[i])).toBeLessThan(0.006);
      });
    }
  });

  it('is of exact fractions, at any number of rows', () => {
    const p = 2130706433n;
    const field = p ** 5n;
    for (const rowCount of rowCounts) {
      const [lookups, constraints, opened, batching, ...folds] = errorTerms(productionPreset, rowCount, 1);
      const rows = BigInt(rowCount);
      const random = rows < 65536n ? 512n : rows / 128n;
      expect(ratioOf(lookups)).toEqual(reduced(28n * (rows - random) + 1024n, field - p));
      expect(ratioOf(constraints)).toEqual(reduced(1n, field));
      expect(ratioOf(opened)).toEqual(reduced(5n * rows - 768n, field - p));
      // Two words at 4N points each, and N rows of another denominator.
      expect(ratioOf(batching)).toEqual(reduced(8n * rows * field + rows * (field - 1n), field * (field - 1n)));
      const queries = folds.pop()!;
      expect(ratioOf(queries)).toEqual(reduced(5n ** 160n, 8n ** 160n * 2n ** 20n));
      for (const [layer, fold] of folds.entries()) {
        expect(ratioOf(fold)).toEqual(reduced((63n * rows) / 8n ** BigInt(layer + 1), field));
      }
    }
  });

  it('says of each term at which challenge it can be gained', () => {
    const terms = errorTerms(productionPreset, 2 ** 11, 1);
    expect(terms.map(({ name, challenge, section }) => `${section} ${name}: ${challenge}`)).toEqual([
      '§11.5 look-ups and sums: β₀, β₁, γ',
      '§11.6 constraints: α',
      '§11.7 opened values: z',
      '§11.8 batching, rows: λ',
      '§11.9 fold 0, rows: b_0',
      '§11.9 fold 1, rows: b_1',
      '§11.10 queries and proof of work: query points',
    ]);
    expect(largestTerm([...terms].reverse())).toBe(terms[terms.length - 1]);
  });

  it('does not depend on the number of assets', () => {
    for (const rowCount of rowCounts) {
      const [one, most] = [1, largestAssetCount(rowCount)].map((count) =>
        errorTerms(productionPreset, rowCount, count).map(bitHundredths),
      );
      expect(one).toEqual(most);
    }
  });
});

/** A fraction in lowest terms. */
function reduced(numerator: bigint, denominator: bigint): [bigint, bigint] {
  let [a, b] = [numerator, denominator];
  while (b > 0n) [a, b] = [b, a % b];
  return [numerator / a, denominator / a];
}

const ratioOf = ({ numerator, denominator }: Bound) => reduced(numerator, denominator);

/** Bits of the largest term at any number of rows. */
function bits(preset: typeof productionPreset): number {
  return Math.min(...rowCounts.flatMap((n) => errorTerms(preset, n, 1).map(bitHundredths))) / 100;
}

describe('the toy preset (§2.5)', () => {
  it('has about 9 bits', () => {
    expect(bits(toyPreset)).toBe(9.42);
    for (const rowCount of rowCounts) expect(hasBits(largestTerm(errorTerms(toyPreset, rowCount, 1)), 10)).toBe(false);
  });
});

describe('parameters', () => {
  it('are all accounted for, each in a section', () => {
    const { name, queryCount, grindingBits, ...others } = productionPreset;
    // A field that nobody has accounted for is a type error here and in the calculator.
    const none: Record<string, never> = others;
    expect([name, queryCount, grindingBits, none]).toEqual(['production', 160, 20, {}]);
    expect(Object.keys(parameterUses)).toHaveLength(12);
    for (const { section } of Object.values(parameterUses)) expect(section).toMatch(/^§\d+\.\d+(, §\d+\.\d+)*$/);
  });
});

describe('bits', () => {
  it.each([
    [1n, 1n, 0],
    [1n, 2n, 100],
    [1n, 3n, 158],
    [2n, 3n, 58],
    [1n, 2n ** 128n, 12800],
    // A hair more than 2^−128 is less than 128 bits.
    [2n ** 200n + 1n, 2n ** 328n, 12799],
    [2n ** 200n - 1n, 2n ** 328n, 12800],
  ])('of %d/%d are rounded down, in hundredths', (numerator, denominator, expected) => {
    expect(bitHundredths({ numerator, denominator })).toBe(expected);
    expect(hasBits({ numerator, denominator }, 128)).toBe(expected >= 12800);
  });
});
