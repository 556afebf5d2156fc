import { formatAmount } from '@solvent/report-format/amounts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFormats } from '../src/format/locale-formats.js';

const english = createFormats('en-US');

describe('amounts in a locale', () => {
  test.each([
    ['en-US', 123456789012345678901n, 8, '1,234,567,890,123.45678901'],
    ['de-DE', 123456789012345678901n, 8, '1.234.567.890.123,45678901'],
    ['en-IN', 1234567890n, 2, '1,23,45,678.9'],
    ['ar-EG', 1234567n, 2, '١٢٬٣٤٥٫٦٧'],
    ['en-US', 5n, 8, '0.00000005'],
    ['en-US', 100n, 2, '1'],
    ['en-US', 0n, 0, '0'],
    ['en-US', 7n, 0, '7'],
  ])('%s: %d of %d decimals', (locale, units, decimals, text) => {
    expect(createFormats(locale).amountText(units, decimals)).toBe(text);
  });

  test('are the digits of the amount, none lost or rounded', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1n << 90n), fc.integer({ min: 0, max: 18 }), (units, decimals) => {
        const { whole, fraction, zeros } = english.amount(units, decimals);
        const plain = `${whole.replaceAll(',', '')}${fraction}${zeros}`;
        expect(plain).toBe(formatAmount(units, decimals));
        expect(fraction.endsWith('0')).toBe(false);
      }),
    );
  });
});

test('percentages stay as they were rounded', () => {
  expect(english.percent('99.99 %')).toBe('99.99\u00a0%');
  expect(english.percent('123456.00 %')).toBe('123,456.00\u00a0%');
  expect(createFormats('de-DE').percent('105.00 %')).toBe('105,00\u00a0%');
});

test('sizes and times have units, and times their zone', () => {
  expect(english.size(999)).toBe('999\u00a0B');
  expect(english.size(3243)).toBe('3.2\u00a0KiB');
  expect(english.seconds(1234)).toBe('1.2\u00a0s');
  expect(english.time('2026-02-28T23:59:59Z')).toMatch(/Feb 28, 2026.*11:59:59.PM UTC/);
});
