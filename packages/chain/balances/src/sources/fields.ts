/** Shapes of what sources answer: integers, never by way of floating point. */
import * as z from 'zod/mini';

/** A count, or a height. */
export const countField = z.int().check(z.minimum(0));
/** A height as text. */
export const countTextField = z.string().check(z.regex(/^(0|[1-9][0-9]{0,15})$/, 'expected an integer as text'));
/** Units as text: decimal digits. */
export const digitsField = z.string().check(z.regex(/^(0|[1-9][0-9]{0,39})$/, 'expected an integer as text'));
/** Units as a number; one beyond 2^53 is the text of its digits (`parseExactJson`). */
export const unitsNumberField = z.union([countField, digitsField]);

/** A number of units in a decimal text such as `12.5`, exactly; undefined when it has more decimals, or is no such text. */
export function decimalToUnits(text: string, decimals: number): bigint | undefined {
  const [, sign, whole, fraction = '', exponentText = '0'] =
    /^(-?)([0-9]{1,40})(?:\.([0-9]{1,80}))?(?:[eE]([+-]?[0-9]{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const digits = (whole + fraction).replace(/0+$/, '');
  const missing = decimals + Number(exponentText) - fraction.length + (whole.length + fraction.length - digits.length);
  if (digits === '') return 0n;
  if (missing < 0) return undefined;
  const units = BigInt(digits + '0'.repeat(missing));
  return sign === '-' ? -units : units;
}
