// F = F_p[X]/(X^5 + X^2 − 1), four elements side by side. Products are divided by 2^32, as in field.as.

import { add, mul, mul2, mul3, mul4, sub } from './field';

/**
 * The product of the elements whose parts stand at a0 … a4 and b0 … b4, written to c0 … c4; each address holds a vector.
 * Sums of up to four products share a reduction.
 */
@inline
export function mulParts(
  a0: v128, a1: v128, a2: v128, a3: v128, a4: v128,
  b0: v128, b1: v128, b2: v128, b3: v128, b4: v128,
  c0: usize, c1: usize, c2: usize, c3: usize, c4: usize,
): void {
  // Coefficients 5 … 8 of the product, which fold back by X^5 = 1 − X^2 and so on (see extension.ts of the field).
  const high5 = mul4(a1, b4, a2, b3, a3, b2, a4, b1);
  const high8 = mul(a4, b4);
  v128.store(c0, sub(add(mul(a0, b0), high5), high8));
  const high7 = mul2(a3, b4, a4, b3);
  v128.store(c2, add(sub(mul3(a0, b2, a1, b1, a2, b0), high5), add(high8, high7)));
  const high6 = mul3(a2, b4, a3, b3, a4, b2);
  v128.store(c1, add(mul2(a0, b1, a1, b0), high6));
  v128.store(c3, add(sub(mul4(a0, b3, a1, b2, a2, b1, a3, b0), high6), high8));
  v128.store(c4, sub(add(mul4(a0, b4, a1, b3, a3, b1, a4, b0), mul(a2, b2)), high7));
}
