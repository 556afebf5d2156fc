import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addQuantities,
  boundText,
  excess,
  isAtLeast,
  parsePercent,
  percentText,
  type Quantity,
  quantityText,
  ratioOf,
} from '../src/fraction.js';

const quantity = fc.record({ units: fc.bigInt(0n, 10n ** 40n), decimals: fc.integer({ min: 0, max: 38 }) });
const finest = ({ units, decimals }: Quantity) => units * 10n ** BigInt(38 - decimals);

describe('quantities', () => {
  test('add up exactly whatever their precisions', () => {
    fc.assert(
      fc.property(quantity, quantity, (a, b) => {
        expect(finest(addQuantities(a, b))).toBe(finest(a) + finest(b));
      }),
    );
  });

  test('of two quantities one exceeds the other by the difference, and the other by nothing', () => {
    fc.assert(
      fc.property(quantity, quantity, (a, b) => {
        expect(finest(excess(a, b)) - finest(excess(b, a))).toBe(finest(a) - finest(b));
        expect([finest(excess(a, b)), finest(excess(b, a))]).toContain(0n);
      }),
    );
  });

  test.each([
    [{ units: 0n, decimals: 0 }, '0'],
    [{ units: 5n, decimals: 2 }, '0.05'],
    [{ units: 150n, decimals: 2 }, '1.50'],
    [{ units: 10n ** 18n, decimals: 18 }, '1.000000000000000000'],
  ])('%o is written %s', (value, text) => {
    expect(quantityText(value)).toBe(text);
  });
});

describe('a ratio', () => {
  test.each([
    [105n, 100n, '105.00 %'],
    [99_999n, 100_000n, '99.99 %'],
    [1n, 3n, '33.33 %'],
    [2n, 3n, '66.66 %'],
    [0n, 7n, '0.00 %'],
    [10n ** 60n, 10n ** 60n + 1n, '99.99 %'],
    [10n ** 60n, 10n ** 60n, '100.00 %'],
  ])('of %d to %d is %s, rounded down', (numerator, denominator, text) => {
    expect(percentText({ numerator, denominator })).toBe(text);
  });

  test('has no percentage when nothing is owed', () => {
    expect(percentText(ratioOf({ units: 5n, decimals: 0 }, { units: 0n, decimals: 8 }))).toBeUndefined();
  });

  test('is never printed above what it is, and less than 0.01 below', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 40n), fc.bigInt(1n, 10n ** 40n), (numerator, denominator) => {
        const printed = parsePercent(percentText({ numerator: numerator % (denominator * 100n), denominator })!);
        const exact = { numerator: numerator % (denominator * 100n), denominator };
        expect(isAtLeast(exact, printed)).toBe(true);
        const next = { numerator: printed.numerator + 1n, denominator: printed.denominator };
        expect(isAtLeast(exact, next)).toBe(false);
      }),
    );
  });

  test('does not depend on the precisions in which reserves and liabilities are counted', () => {
    fc.assert(
      fc.property(quantity, quantity, fc.integer({ min: 0, max: 38 }), (held, owed, more) => {
        const finer = { units: held.units * 10n ** BigInt(more), decimals: held.decimals + more };
        const [a, b] = [ratioOf(held, owed), ratioOf(finer, owed)];
        expect(a.numerator * b.denominator).toBe(b.numerator * a.denominator);
      }),
    );
  });
});

describe('a percentage in text', () => {
  test.each(['', '-1', '1e2', '01', '.5', '5.', '100%%', '1,5', '1'.repeat(10), 'NaN'])('%j is refused', (text) => {
    expect(() => parsePercent(text)).toThrow(RangeError);
  });

  test.each([
    ['100', 100n, 100n],
    ['102.5', 1025n, 1000n],
    ['105.00 %', 10500n, 10000n],
    ['99%', 99n, 100n],
  ])('%j is read', (text, numerator, denominator) => {
    expect(parsePercent(text)).toEqual({ numerator, denominator });
  });
});

test('a bound is told as it was asked for', () => {
  for (const text of ['100.00 %', '93.750001 %', '0.00 %', '102.50 %', '0.000000001 %']) {
    expect(boundText(parsePercent(text))).toBe(text);
  }
});
