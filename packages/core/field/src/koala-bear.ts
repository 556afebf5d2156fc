/**
 * KoalaBear, the prime field with p = 2^31 − 2^24 + 1 elements (spec §2.1).
 *
 * An element is a JavaScript number: an integer in [0, p). Every function takes and returns canonical elements; none
 * checks its arguments, since these run billions of times. Untrusted values pass through `isCanonical` first.
 */

/** The modulus, 2130706433. */
export const modulus = 2130706433;

/** The least generator of the multiplicative group. */
export const generator = 3;

/** p − 1 = 127 · 2^24: subgroups of every order 2^k with k ≤ 24 exist. */
export const twoAdicity = 24;

/** A primitive 2^24-th root of unity, 3^127. */
export const twoAdicRoot = 1791270792;

const inverseModulus = 1 / modulus;

/** Whether a value is a canonical element: an integer in [0, p). */
export function isCanonical(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < modulus;
}

/** a + b. */
export function add(a: number, b: number): number {
  const sum = a + b;
  return sum >= modulus ? sum - modulus : sum;
}

/** a − b. */
export function sub(a: number, b: number): number {
  const difference = a - b;
  return difference < 0 ? difference + modulus : difference;
}

/** −a. */
export function neg(a: number): number {
  return a === 0 ? 0 : modulus - a;
}

/** a · b. */
export function mul(a: number, b: number): number {
  // The floating-point quotient differs from a·b/p by less than 2^−20, so it is off by at most one after truncation,
  // and then the remainder lies within 2^11 of 0 or of p: in either case it fits a signed 32-bit integer.
  const quotient = (a * b * inverseModulus) | 0;
  const remainder = (Math.imul(a, b) - Math.imul(quotient, modulus)) | 0;
  if (remainder < 0) return remainder + modulus;
  return remainder >= modulus ? remainder - modulus : remainder;
}

/** base^exponent, for an integer exponent in [0, 2^53). */
export function pow(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = mul(result, square);
    square = mul(square, square);
  }
  return result;
}

/** 1 / a. Throws a RangeError for a = 0. */
export function inv(a: number): number {
  if (a === 0) throw new RangeError('koala-bear inv: expected a nonzero element, got 0');
  return pow(a, modulus - 2);
}

/** Replaces every element by its inverse, with a single inversion. Throws a RangeError if one of them is 0. */
export function batchInverse(values: Uint32Array): void {
  const prefix = new Uint32Array(values.length);
  let product = 1;
  for (let i = 0; i < values.length; i++) {
    prefix[i] = product;
    product = mul(product, values[i]);
  }
  let suffix = inv(product);
  for (let i = values.length - 1; i >= 0; i--) {
    const value = values[i];
    values[i] = mul(suffix, prefix[i]);
    suffix = mul(suffix, value);
  }
}
