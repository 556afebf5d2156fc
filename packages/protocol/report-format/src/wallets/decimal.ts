/** Exact decimal text of wallet lists: whole and fraction, never rounded (spec §13.4). */

/** Most digits after the point. */
export const maxFractionDigits = 30;

const grammar = /^(0|[1-9][0-9]{0,39})(?:\.([0-9]{1,30}))?$/;

/** What `parseDecimal` reads, for people. */
export const decimalGrammar = 'decimal digits, at most 40, and at most 30 after a point';

/** The number as a multiple of 10^−30, or undefined when the text is not in the grammar. */
export function parseDecimal(text: string): bigint | undefined {
  const match = grammar.exec(text);
  return match === null ? undefined : BigInt(match[1] + (match[2] ?? '').padEnd(maxFractionDigits, '0'));
}

/** The shortest decimal text of a multiple of 10^−30; a minus in front of negative ones. */
export function formatDecimal(units: bigint): string {
  if (units < 0n) return `-${formatDecimal(-units)}`;
  const digits = units.toString().padStart(maxFractionDigits + 1, '0');
  const fraction = digits.slice(-maxFractionDigits).replace(/0+$/, '');
  const whole = digits.slice(0, -maxFractionDigits);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
