/**
 * Amounts: decimal text to exact integers and back (spec §10.1).
 *
 * An amount is a bigint that counts units of 10^−decimals of an asset. Nothing here rounds, trims or guesses: text that
 * is not in the grammar below is an error, never a nearby number.
 *
 *     amount   = whole [ "." fraction ]
 *     whole    = "0" | nonzero-digit digit*        so "0.5" and "7" are amounts, ".5", "5.", "007" and "+7" are not
 *     fraction = digit+                            at most `decimals` of them, zeros at the end counted too
 */
import { maxAssetDecimals } from '@solvent/stark/table';
import { quantityText } from './fraction.js';

/** One past the largest amount, 2^70: seven limbs of 10 bits hold every smaller one. */
export const amountBound = 1n << 70n;

/** Why a text is not an amount. */
export type AmountErrorReason =
  | 'empty'
  | 'negative'
  | 'exponent'
  | 'syntax'
  | 'leading-zero'
  | 'too-many-decimals'
  | 'too-large';

/** A text that is not an amount of the given precision; callers add the place (file, line, column) to it. */
export class AmountError extends RangeError {
  readonly reason: AmountErrorReason;
  /** What should have been there, such as `at most 8 decimals`. */
  readonly expected: string;
  /** What was there, quoted and cut to at most 80 characters. */
  readonly found: string;

  constructor(reason: AmountErrorReason, expected: string, found: string) {
    super(`amount: expected ${expected}, got ${found}`);
    this.name = 'AmountError';
    this.reason = reason;
    this.expected = expected;
    this.found = found;
  }
}

const grammar = /^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

// Numbers of up to 15 digits are exact in a double, and far faster to read than a bigint.
const exactDigits = 15;

/**
 * The exact number of units that a decimal text stands for, in [0, limit).
 *
 * @param decimals digits after the point that the asset has, 0 to 18
 * @param limit    the least value refused, 2^70 unless given (totals of many accounts can be larger)
 * @throws AmountError (a RangeError) with a `reason`, TypeError when the text is not a string
 */
export function parseAmount(text: string, decimals: number, limit: bigint = amountBound): bigint {
  if (typeof text !== 'string') throw new TypeError(`amount: expected a string, got ${typeof text}`);
  assertDecimals(decimals);
  if (!grammar.test(text)) throw grammarError(text);
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  const fraction = point < 0 ? '' : text.slice(point + 1);
  if (fraction.length > decimals) throw decimalsError(text, fraction.length, decimals);
  const units = readUnits(whole, fraction, decimals, limit);
  if (units === undefined) throw sizeError(text, whole, fraction, decimals, limit);
  return units;
}

/**
 * The canonical decimal text of a number of units: always exactly `decimals` digits after the point, and no point when
 * that is 0. `parseAmount` reads it back to the same number.
 *
 * @throws TypeError when units is not a bigint, RangeError when it is negative or decimals is outside 0 to 18
 */
export function formatAmount(units: bigint, decimals: number): string {
  if (typeof units !== 'bigint') throw new TypeError(`units: expected a bigint, got ${typeof units}`);
  if (units < 0n) throw new RangeError(`units: expected at least 0, got ${units}`);
  assertDecimals(decimals);
  return quantityText({ units, decimals });
}

/**
 * A text in double quotes for an error message: at most 80 characters, on one line, with every character escaped that
 * could end the line, drive a terminal or turn the direction of writing.
 */
export function quoteExcerpt(text: string): string {
  let quoted = '';
  for (const character of text) {
    const next = unsafeCharacter.test(character) ? escapeCharacter(character) : character;
    if (quoted.length + next.length > 77) return `"${quoted}…"`;
    quoted += next;
  }
  return `"${quoted}"`;
}

/** Throws unless decimals is an integer from 0 to 18. */
export function assertDecimals(decimals: number, where = 'decimals'): void {
  if (typeof decimals !== 'number') throw new TypeError(`${where}: expected a number, got ${typeof decimals}`);
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > maxAssetDecimals) {
    throw new RangeError(`${where}: expected an integer from 0 to ${maxAssetDecimals}, got ${decimals}`);
  }
}

// Quotes and backslashes, controls, unassigned and private characters, lone surrogates, line and paragraph separators.
const unsafeCharacter = /["\\\p{C}\p{Zl}\p{Zp}]/u;

function escapeCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

// Undefined when the value is at or past the limit. The count of digits is looked at first, so that a text of millions of
// digits is refused without any arithmetic on it.
function readUnits(whole: string, fraction: string, decimals: number, limit: bigint): bigint | undefined {
  const digits = whole + fraction.padEnd(decimals, '0');
  if (digits.length <= exactDigits) {
    const small = BigInt(Number(digits));
    return small < limit ? small : undefined;
  }
  if (whole !== '0' && digits.length > limit.toString().length) return undefined;
  const units = BigInt(digits);
  return units < limit ? units : undefined;
}

function grammarError(text: string): AmountError {
  const [reason, expected] = grammarFault(text);
  return new AmountError(reason, expected, text === '' ? 'an empty text' : quoteExcerpt(text));
}

function grammarFault(text: string): [AmountErrorReason, string] {
  if (text === '') return ['empty', 'a decimal number'];
  if (/^-[0-9.]/.test(text)) return ['negative', 'an amount of at least 0'];
  if (/^[0-9]*\.?[0-9]*[eE][+-]?[0-9]+$/.test(text)) return ['exponent', 'a plain decimal number without an exponent'];
  if (/^0[0-9]+(?:\.[0-9]+)?$/.test(text)) return ['leading-zero', 'a decimal number without leading zeros'];
  return ['syntax', 'a decimal number (digits, and digits after a point)'];
}

function decimalsError(text: string, count: number, decimals: number): AmountError {
  const expected = decimals === 0 ? 'a whole number (the asset has 0 decimals)' : `at most ${countDecimals(decimals)}`;
  return new AmountError('too-many-decimals', expected, `${quoteExcerpt(text)} (${countDecimals(count)})`);
}

function countDecimals(count: number): string {
  return count === 1 ? '1 decimal' : `${count} decimals`;
}

function sizeError(text: string, whole: string, fraction: string, decimals: number, limit: bigint): AmountError {
  const bound = limit === amountBound ? '2^70' : limit.toString();
  const expected = `less than ${bound} units of 10^-${decimals}`;
  const fitting = largestFittingPrecision(whole, fraction, decimals, limit);
  const advice =
    fitting === undefined ? 'too large at every precision' : `would fit with at most ${countDecimals(fitting)}`;
  return new AmountError('too-large', expected, `${quoteExcerpt(text)} (${advice})`);
}

// Digits of the fraction that the lower precision has no room for are left out: the advice is about the size.
function largestFittingPrecision(whole: string, fraction: string, decimals: number, limit: bigint): number | undefined {
  for (let precision = decimals - 1; precision >= 0; precision--) {
    if (readUnits(whole, fraction.slice(0, precision), precision, limit) !== undefined) return precision;
  }
  return undefined;
}
