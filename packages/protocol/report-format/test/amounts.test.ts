import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmountError, amountBound, formatAmount, parseAmount, quoteExcerpt } from '../src/amounts.js';

function amountError(text: string, decimals: number): AmountError {
  try {
    parseAmount(text, decimals);
  } catch (error) {
    if (error instanceof AmountError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

const decimals = fc.integer({ min: 0, max: 18 });
const units = fc.oneof(
  fc.bigInt({ min: 0n, max: amountBound - 1n }),
  fc.constantFrom(0n, 1n, 999_999_999_999_999n, 10n ** 15n, (1n << 53n) + 1n, amountBound - 1n),
);

describe('parseAmount', () => {
  it('reads back what formatAmount wrote', () => {
    fc.assert(fc.property(units, decimals, (value, d) => parseAmount(formatAmount(value, d), d) === value));
  });

  it('agrees with bigint arithmetic on the two parts', () => {
    const parts = fc.tuple(fc.bigInt({ min: 0n, max: 1_000n }), fc.bigInt({ min: 0n, max: 10n ** 9n - 1n }));
    fc.assert(
      fc.property(parts, fc.integer({ min: 9, max: 17 }), ([whole, fraction], d) => {
        const text = `${whole}.${fraction.toString().padStart(9, '0')}`;
        expect(parseAmount(text, d)).toBe((whole * 10n ** 9n + fraction) * 10n ** BigInt(d - 9));
      }),
    );
  });

  it('takes fewer decimals than declared', () => {
    expect(parseAmount('0.5', 8)).toBe(50_000_000n);
    expect(parseAmount('12', 2)).toBe(1200n);
    expect(parseAmount('1.50', 2)).toBe(150n);
    expect(parseAmount('0', 0)).toBe(0n);
    expect(parseAmount('0.000000000000000001', 18)).toBe(1n);
  });

  it.each([
    ['', 'empty'],
    ['-1', 'negative'],
    ['-0', 'negative'],
    ['-.5', 'negative'],
    ['1e3', 'exponent'],
    ['1.5E-3', 'exponent'],
    ['007', 'leading-zero'],
    ['00', 'leading-zero'],
    ['01.5', 'leading-zero'],
    ['+1', 'syntax'],
    ['.5', 'syntax'],
    ['5.', 'syntax'],
    ['1.2.3', 'syntax'],
    [' 1', 'syntax'],
    ['1 ', 'syntax'],
    ['1\n', 'syntax'],
    ['1,000', 'syntax'],
    ['1_000', 'syntax'],
    ['0x10', 'syntax'],
    ['NaN', 'syntax'],
    ['Infinity', 'syntax'],
    ['−1', 'syntax'],
    ['١', 'syntax'],
    ['-', 'syntax'],
    ['1.123456789', 'too-many-decimals'],
    ['1.100000000', 'too-many-decimals'],
  ] as const)('refuses %j as %s', (text, reason) => {
    const error = amountError(text, 8);
    expect(error).toMatchObject({ name: 'AmountError', reason });
    expect(error.message).toBe(`amount: expected ${error.expected}, got ${error.found}`);
  });

  it('refuses 2^70 units at every precision and accepts one unit less', () => {
    for (let d = 0; d <= 18; d++) {
      expect(amountError(formatAmount(amountBound, d), d).reason).toBe('too-large');
      expect(parseAmount(formatAmount(amountBound - 1n, d), d)).toBe(amountBound - 1n);
    }
  });

  it('names the largest precision at which a large amount would fit', () => {
    expect(amountError('1180.591620717411303424', 18).message).toBe(
      'amount: expected less than 2^70 units of 10^-18, got "1180.591620717411303424" (would fit with at most 17 decimals)',
    );
    expect(amountError('1000000', 18).found).toContain('at most 15 decimals');
    expect(amountError((1n << 70n).toString(), 8).found).toContain('too large at every precision');
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: amountBound * 4n }), decimals, (whole, d) => {
        const fits = (precision: number) => whole * 10n ** BigInt(precision) < amountBound;
        if (fits(d)) return;
        const best = Array.from({ length: d }, (_, i) => d - 1 - i).find(fits);
        const advice = best === undefined ? 'every precision' : `at most ${best} decimal`;
        expect(amountError(whole.toString(), d).found).toContain(advice);
      }),
    );
  });

  it('refuses a text of a million digits at once', () => {
    const error = amountError('9'.repeat(1_000_000), 8);
    expect(error.reason).toBe('too-large');
    expect(error.message.length).toBeLessThan(250);
  });

  it('takes another limit for totals', () => {
    expect(parseAmount('5000000000000000000000', 0, 1n << 80n)).toBe(5n * 10n ** 21n);
    expect(() => parseAmount('100', 0, 100n)).toThrow(AmountError);
  });

  it('refuses wrong types and precisions', () => {
    expect(() => parseAmount(1 as unknown as string, 8)).toThrow(TypeError);
    expect(() => parseAmount('1', '8' as unknown as number)).toThrow(TypeError);
    for (const wrong of [-1, 19, 1.5, Number.NaN]) expect(() => parseAmount('1', wrong)).toThrow(RangeError);
  });
});

describe('formatAmount', () => {
  it('writes exactly the declared decimals', () => {
    expect(formatAmount(0n, 0)).toBe('0');
    expect(formatAmount(0n, 2)).toBe('0.00');
    expect(formatAmount(150n, 2)).toBe('1.50');
    expect(formatAmount(5n, 8)).toBe('0.00000005');
    expect(formatAmount(1n << 91n, 0)).toBe((1n << 91n).toString());
  });

  it('refuses what is no amount', () => {
    expect(() => formatAmount(-1n, 0)).toThrow(RangeError);
    expect(() => formatAmount(1 as unknown as bigint, 0)).toThrow(TypeError);
    expect(() => formatAmount(1n, 19)).toThrow(RangeError);
  });
});

describe('quoteExcerpt', () => {
  it('stays on one line of at most 80 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const quoted = quoteExcerpt(text);
        expect(quoted.length).toBeLessThanOrEqual(80);
        expect(quoted).toMatch(/^"[^\p{C}\p{Zl}\p{Zp}]*"$/u);
      }),
    );
  });

  it('escapes what a terminal would act on', () => {
    expect(quoteExcerpt('a\u001b[31m"\n\u202e')).toBe('"a\\u{1b}[31m\\"\\u{a}\\u{202e}"');
  });
});
