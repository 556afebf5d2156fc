/** Shapes of the fields that several files share (spec §7.4). */
import * as z from 'zod/mini';

/** Text from people: 1 to 128 characters, well-formed Unicode without control characters. */
export const textField = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(128),
    z.regex(/^[^\p{Surrogate}\p{Cc}]*$/u, 'expected text without control characters'),
  );

/** A digest: 64 lower-case hexadecimal digits. */
export const digestField = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'));

/** A count of units: decimal digits without leading zeros, below 10^40. */
export const unitsField = z.string().check(z.regex(/^(0|[1-9][0-9]{0,39})$/, 'expected a decimal integer'));

/** A moment: RFC 3339 in UTC, to the second. */
export const timeField = z
  .string()
  .check(
    z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'expected a time such as 2026-01-31T23:59:59Z'),
    z.refine(isRealTime, 'expected a time that exists'),
  );

/** Whether a time in the form of `timeField` exists in the calendar. */
export function isRealTime(text: string): boolean {
  const parsed = new Date(text);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString() === `${text.slice(0, 19)}.000Z`;
}

/** An integer in [min, max]. */
export function integerField(min: number, max: number) {
  return z.int().check(z.minimum(min), z.maximum(max));
}
