/**
 * The challenge field F = F_p[X] / (X^5 + X^2 − 1), of about 2^154.94 elements (spec §2.2).
 *
 * An element is a tuple of five canonical KoalaBear elements, coefficients of 1, X, X^2, X^3, X^4. Tuples are never
 * changed in place. Bulk data in F is kept as five arrays instead (see `ntt.ts`).
 */
import * as base from './koala-bear.js';

/** The degree of F over F_p. */
export const extensionDegree = 5;

/** An element of F: five canonical coefficients, constant term first. */
export type Extension = readonly [number, number, number, number, number];

export const zero: Extension = [0, 0, 0, 0, 0];
export const one: Extension = [1, 0, 0, 0, 0];

/** The element of F that a base-field element is. */
export function fromBase(value: number): Extension {
  return [value, 0, 0, 0, 0];
}

/** Whether an element lies in the base field F_p. */
export function isBase(a: Extension): boolean {
  return a[1] === 0 && a[2] === 0 && a[3] === 0 && a[4] === 0;
}

/** Whether two elements are equal. */
export function equals(a: Extension, b: Extension): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3] && a[4] === b[4];
}

/** a + b. */
export function add(a: Extension, b: Extension): Extension {
  return [base.add(a[0], b[0]), base.add(a[1], b[1]), base.add(a[2], b[2]), base.add(a[3], b[3]), base.add(a[4], b[4])];
}

/** a − b. */
export function sub(a: Extension, b: Extension): Extension {
  return [base.sub(a[0], b[0]), base.sub(a[1], b[1]), base.sub(a[2], b[2]), base.sub(a[3], b[3]), base.sub(a[4], b[4])];
}

/** −a. */
export function neg(a: Extension): Extension {
  return sub(zero, a);
}

/** a · s for a base-field element s. */
export function scale(a: Extension, s: number): Extension {
  return [base.mul(a[0], s), base.mul(a[1], s), base.mul(a[2], s), base.mul(a[3], s), base.mul(a[4], s)];
}

/**
 * a · b: the product's nine coefficients c₀ … c₈, reduced modulo X^5 + X^2 − 1 by
 * X^5 = 1 − X^2, X^6 = X − X^3, X^7 = X^2 − X^4, X^8 = X^3 − X^5 = X^3 + X^2 − 1.
 */
export function mul(a: Extension, b: Extension): Extension {
  const [a0, a1, a2, a3, a4] = a;
  const [b0, b1, b2, b3, b4] = b;
  const c0 = base.mul(a0, b0);
  const c1 = base.add(base.mul(a0, b1), base.mul(a1, b0));
  const c2 = base.add(base.add(base.mul(a0, b2), base.mul(a1, b1)), base.mul(a2, b0));
  const c3 = base.add(base.add(base.mul(a0, b3), base.mul(a1, b2)), base.add(base.mul(a2, b1), base.mul(a3, b0)));
  const c4 = base.add(
    base.add(base.add(base.mul(a0, b4), base.mul(a1, b3)), base.add(base.mul(a2, b2), base.mul(a3, b1))),
    base.mul(a4, b0),
  );
  const c5 = base.add(base.add(base.mul(a1, b4), base.mul(a2, b3)), base.add(base.mul(a3, b2), base.mul(a4, b1)));
  const c6 = base.add(base.add(base.mul(a2, b4), base.mul(a3, b3)), base.mul(a4, b2));
  const c7 = base.add(base.mul(a3, b4), base.mul(a4, b3));
  const c8 = base.mul(a4, b4);
  return [
    base.sub(base.add(c0, c5), c8),
    base.add(c1, c6),
    base.add(base.add(base.sub(c2, c5), c8), c7),
    base.add(base.sub(c3, c6), c8),
    base.sub(c4, c7),
  ];
}

/** a^exponent, for an integer exponent in [0, 2^53). */
export function pow(a: Extension, exponent: number): Extension {
  let result = one;
  let square = a;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = mul(result, square);
    square = mul(square, square);
  }
  return result;
}

/** X^(p·i) for i = 0…4: the Frobenius map is linear, and these are its columns. */
const frobeniusColumns: readonly Extension[] = [0, 1, 2, 3, 4].map((i) => pow(pow([0, 1, 0, 0, 0], base.modulus), i));

/** a^p. */
export function frobenius(a: Extension): Extension {
  let result = zero;
  for (let i = 0; i < extensionDegree; i++) result = add(result, scale(frobeniusColumns[i], a[i]));
  return result;
}

/** 1 / a. Throws a RangeError for a = 0. */
export function inv(a: Extension): Extension {
  if (equals(a, zero)) throw new RangeError('extension inv: expected a nonzero element, got 0');
  // The product of all five conjugates is the norm, which lies in F_p (Itoh and Tsujii, 1988).
  const firstConjugate = frobenius(a);
  const pair = mul(firstConjugate, frobenius(firstConjugate));
  const otherConjugates = mul(pair, frobenius(frobenius(pair)));
  return scale(otherConjugates, base.inv(mul(a, otherConjugates)[0]));
}

/** a / b. Throws a RangeError for b = 0. */
export function div(a: Extension, b: Extension): Extension {
  return mul(a, inv(b));
}

/** The inverses of all elements, with a single inversion. Throws a RangeError if one of them is 0. */
export function batchInverse(values: readonly Extension[]): Extension[] {
  const prefix: Extension[] = [];
  let product = one;
  for (const value of values) {
    prefix.push(product);
    product = mul(product, value);
  }
  const inverses = new Array<Extension>(values.length);
  let suffix = inv(product);
  for (let i = values.length - 1; i >= 0; i--) {
    inverses[i] = mul(suffix, prefix[i]);
    suffix = mul(suffix, values[i]);
  }
  return inverses;
}

/** Σ coefficients[i] · x^i, for coefficients in F, constant term first. */
export function evaluatePolynomial(coefficients: readonly Extension[], x: Extension): Extension {
  let result = zero;
  for (let i = coefficients.length - 1; i >= 0; i--) result = add(mul(result, x), coefficients[i]);
  return result;
}

/** Σ coefficients[i] · x^i, for coefficients in the base field, constant term first. */
export function evaluateBasePolynomial(coefficients: Uint32Array, x: Extension): Extension {
  let result = zero;
  for (let i = coefficients.length - 1; i >= 0; i--) {
    const shifted = mul(result, x);
    result = [base.add(shifted[0], coefficients[i]), shifted[1], shifted[2], shifted[3], shifted[4]];
  }
  return result;
}
