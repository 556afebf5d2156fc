// F = F_p[X]/(X^5 + X^2 − 1), four elements side by side. Products are divided by 2^32, as in field.as.

import { mul5, sub } from './field';

/**
 * The product of the elements whose parts stand at a0 … a4 and b0 … b4, written to c0 … c4; each address holds a vector.
 *
 * X^5 = 1 − X^2, X^6 = X − X^3, X^7 = X^2 − X^4 and X^8 = X^3 + X^2 − 1 are put into the right factor, so that each part
 * of the product is a sum of five products, which share a reduction.
 */
@inline
export function mulParts(
  a0: v128, a1: v128, a2: v128, a3: v128, a4: v128,
  b0: v128, b1: v128, b2: v128, b3: v128, b4: v128,
  c0: usize, c1: usize, c2: usize, c3: usize, c4: usize,
): void {
  const b14 = sub(b1, b4);
  v128.store(c0, mul5(a0, b0, a1, b4, a2, b3, a3, b2, a4, b14));
  v128.store(c1, mul5(a0, b1, a1, b0, a2, b4, a3, b3, a4, b2));
  const b03 = sub(b0, b3);
  const b42 = sub(b4, b2);
  v128.store(c2, mul5(a0, b2, a1, b14, a2, b03, a3, b42, a4, sub(b3, b14)));
  v128.store(c3, mul5(a0, b3, a1, b2, a2, b14, a3, b03, a4, b42));
  v128.store(c4, mul5(a0, b4, a1, b3, a2, b2, a3, b14, a4, b03));
}
