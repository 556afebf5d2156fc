/**
 * Exact quantities and ratios: integers of units with a number of decimals, and fractions of them (spec §14.4).
 *
 * Nothing here rounds except `percentText`, which is for people, and rounds down.
 */

/** The finest precision that a token can have on its chain. */
export const maxTokenDecimals = 38;

/** An exact quantity: units · 10^−decimals, at least 0. */
export interface Quantity {
  readonly units: bigint;
  /** 0 to 38. */
  readonly decimals: number;
}

/** A fraction of two quantities as integers, numerator and denominator at least 0. */
export interface Ratio {
  readonly numerator: bigint;
  /** 0 when nothing is owed. */
  readonly denominator: bigint;
}

/** The sum of two quantities, in the finer precision. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const decimals = Math.max(a.decimals, b.decimals);
  return { units: unitsAt(a, decimals) + unitsAt(b, decimals), decimals };
}

/** a − b when that is above 0, else 0, in the finer precision: what a lacks is `excess(b, a)`. */
export function excess(a: Quantity, b: Quantity): Quantity {
  const decimals = Math.max(a.decimals, b.decimals);
  const units = unitsAt(a, decimals) - unitsAt(b, decimals);
  return { units: units > 0n ? units : 0n, decimals };
}

/** reserves / liabilities as a fraction of integers. */
export function ratioOf(reserves: Quantity, liabilities: Quantity): Ratio {
  const decimals = Math.max(reserves.decimals, liabilities.decimals);
  return { numerator: unitsAt(reserves, decimals), denominator: unitsAt(liabilities, decimals) };
}

/** Whether a ratio is at least another one, by cross multiplication; nothing owed is at least everything. */
export function isAtLeast(ratio: Ratio, bound: Ratio): boolean {
  return ratio.numerator * bound.denominator >= bound.numerator * ratio.denominator;
}

/** A ratio in percent, rounded down to 2 decimals, such as `105.00 %`; undefined when nothing is owed. */
export function percentText(ratio: Ratio): string | undefined {
  if (ratio.denominator === 0n) return undefined;
  return `${quantityText({ units: (ratio.numerator * 10_000n) / ratio.denominator, decimals: 2 })} %`;
}

/**
 * The ratio that a text such as `100`, `102.5` or `105.00 %` asks for, in percent.
 *
 * @throws RangeError for other text
 */
export function parsePercent(text: string): Ratio {
  const found = /^(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,9}))?(?: ?%)?$/.exec(text);
  if (found === null)
    throw new RangeError(`percent: expected a number such as 100 or 102.5, got "${text.slice(0, 40)}"`);
  const fraction = found[2] ?? '';
  return { numerator: BigInt(found[1] + fraction), denominator: 100n * 10n ** BigInt(fraction.length) };
}

/** What `parsePercent` has read, as exactly as it was written: a bound that is rounded would say what nobody asked. */
export function boundText({ numerator, denominator }: Ratio): string {
  const text = quantityText({ units: (numerator * 10n ** 11n) / denominator, decimals: 9 });
  return `${text.replace(/0{1,7}$/, '')} %`;
}

/** The decimal text of a quantity with exactly its number of decimals: `1.50` for 150 units of two decimals. */
export function quantityText({ units, decimals }: Quantity): string {
  const digits = units.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The units of a quantity in a precision at least as fine as its own. */
function unitsAt(quantity: Quantity, decimals: number): bigint {
  return quantity.units * 10n ** BigInt(decimals - quantity.decimals);
}
