import { amountBound, formatAmount, parseAmount } from '@solvent/report-format/amounts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinUnits, parseAmountBytes, splitUnits } from '../src/amount-bytes.js';
import { amounts } from './arbitraries.js';

function parseBytes(text: string, decimals: number): bigint | undefined {
  const bytes = Buffer.from(`,${text},`);
  const parts = { low: -1, high: -1 };
  if (!parseAmountBytes(bytes, 1, bytes.length - 1, decimals, parts)) {
    expect(parts).toEqual({ low: -1, high: -1 });
    return undefined;
  }
  expect(parts.low < 2 ** 40 && parts.high < 2 ** 30).toBe(true);
  return joinUnits(parts.low, parts.high);
}

function parseSlowly(text: string, decimals: number): bigint | undefined {
  try {
    return parseAmount(text, decimals);
  } catch {
    return undefined;
  }
}

const precisions = fc.integer({ min: 0, max: 18 });

describe('parseAmountBytes', () => {
  it('reads every amount of every precision (property)', () => {
    fc.assert(
      fc.property(amounts, precisions, fc.boolean(), (units, decimals, trim) => {
        const text = formatAmount(units, decimals);
        expect(parseBytes(trim && decimals > 0 ? text.replace(/\.?0+$/, '') : text, decimals)).toBe(units);
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with parseAmount on any text (property)', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'000123456789999'), maxLength: 24 });
    const numbers = fc.tuple(digits, fc.constantFrom('.', '.', ''), digits).map((parts) => parts.join(''));
    const texts = fc.oneof(numbers, fc.string({ unit: fc.constantFrom(...'0019..+-e _'), maxLength: 8 }));
    fc.assert(
      fc.property(texts, precisions, (text, decimals) => {
        expect(parseBytes(text, decimals)).toBe(parseSlowly(text, decimals));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([0, 1, 5, 6, 7, 8, 17, 18])('knows where 2^70 is with %i decimals', (decimals) => {
    for (const units of [amountBound - 2n, amountBound - 1n]) {
      expect(parseBytes(formatAmount(units, decimals), decimals)).toBe(units);
    }
    for (const units of [amountBound, amountBound + 1n, 10n ** 22n - 1n, 10n ** 22n, 10n ** 30n]) {
      expect(parseBytes(formatAmount(units, decimals), decimals)).toBeUndefined();
    }
  });
});

describe('splitUnits', () => {
  it('is undone by joinUnits, in the range of the parts (property)', () => {
    fc.assert(
      fc.property(amounts, (units) => {
        const parts = { low: 0, high: 0 };
        splitUnits(units, parts);
        expect(parts.low < 2 ** 40 && parts.high < 2 ** 30).toBe(true);
        expect(joinUnits(parts.low, parts.high)).toBe(units);
      }),
    );
  });
});
