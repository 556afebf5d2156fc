/** Shapes of the fields that several files share (spec §7.4; those of wallets and blocks, spec §13.5, §14.1, §14.2). */
import * as z from 'zod/mini';

// Controls, format characters, lone surrogates, private and non-characters, separators of lines and paragraphs: they
// drive terminals, turn the direction of writing or cannot be seen. Unassigned characters are allowed, since which ones
// those are depends on the reader's version of Unicode; for the same reason the format characters are listed, as of
// Unicode 17.0, while the other classes never change.
const formatCharacters =
  '\\u{AD}\\u{600}-\\u{605}\\u{61C}\\u{6DD}\\u{70F}\\u{890}\\u{891}\\u{8E2}\\u{180E}\\u{200B}-\\u{200F}\\u{202A}-\\u{202E}' +
  '\\u{2060}-\\u{2064}\\u{2066}-\\u{206F}\\u{FEFF}\\u{FFF9}-\\u{FFFB}\\u{110BD}\\u{110CD}\\u{13430}-\\u{1343F}' +
  '\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}\\u{E0001}\\u{E0020}-\\u{E007F}';
const unprintable = new RegExp(
  `[${formatCharacters}\\p{Cc}\\p{Cs}\\p{Co}\\p{Noncharacter_Code_Point}\\u{2028}\\u{2029}]`,
  'u',
);

/** Text from people: 1 to 128 characters, well-formed Unicode that can be seen and printed. */
export const textField = z.string().check(
  z.minLength(1),
  z.maxLength(128),
  // A search for one character, since all checks run on texts that are far too long, and a pattern for the whole text
  // would overflow the engine's stack there.
  z.refine((text) => !unprintable.test(text), 'expected text without control, format or private characters'),
);

/** A digest: 64 lower-case hexadecimal digits. */
export const digestField = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'));

const unitsPattern = /^(0|[1-9][0-9]{0,39})$/;

/** A count of units: decimal digits without leading zeros, below 10^40. */
export const unitsField = z.string().check(z.regex(unitsPattern, 'expected a decimal integer'));

/**
 * A list of 1 to `maxLength` counts of units. It has one fault, however many of its elements are wrong: a file with such
 * a list in each of thousands of segments could otherwise fill the memory with faults.
 */
export function unitsListField(maxLength: number) {
  const isUnits = (value: unknown) => typeof value === 'string' && unitsPattern.test(value);
  return z.custom<string[]>(
    (value) => Array.isArray(value) && value.length >= 1 && value.length <= maxLength && value.every(isUnits),
    `expected a list of 1 to ${maxLength} decimal integers`,
  );
}

/** A moment: RFC 3339 in UTC, to the second. */
export const timeField = z
  .string()
  .check(
    z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'expected a time such as 2026-01-31T23:59:59Z'),
    z.refine(isRealTime, 'expected a time that exists'),
  );

/** Whether a time in the form of `timeField` exists in the calendar. */
function isRealTime(text: string): boolean {
  const parsed = new Date(text);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString() === `${text.slice(0, 19)}.000Z`;
}

/** The form of a network's id (spec §13.3); whether the table has it is for a verifier to say. */
export const networkField = z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected the id of a network'));

/** A contract, mint or other name of a token on its network: 1 to 128 ASCII characters from `!` to `~`. */
export const tokenField = z.string().check(z.regex(/^[!-~]{1,128}$/, 'expected 1 to 128 printable ASCII characters'));

/** The hash of a block as its network writes it: 1 to 128 ASCII letters, digits, `+`, `/`, `=`, `_` and `-`. */
export const blockHashField = z
  .string()
  .check(z.regex(/^[A-Za-z0-9+/=_-]{1,128}$/, 'expected 1 to 128 letters, digits or +/=_-'));

/** An integer in [min, max]. */
export function integerField(min: number, max: number) {
  return z.int().check(z.minimum(min), z.maximum(max));
}
