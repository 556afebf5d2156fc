/** The polynomial that exempts the random rows from the constraints (spec §5.1). */
import { domainPoint } from '@solvent/field/domain';
import * as field from '@solvent/field/koala-bear';
import type { Shape } from '@solvent/stark/shape';

/** Coefficients of Π_{i=N−h}^{N−1} (x − g^i). */
export function exemptionPolynomial({ rowCount, randomRowCount, rowDomain }: Shape): Uint32Array {
  const coefficients = new Uint32Array(randomRowCount + 1);
  coefficients[0] = 1;
  let root = domainPoint(rowDomain, rowCount - randomRowCount);
  for (let degree = 1; degree <= randomRowCount; degree++) {
    for (let k = degree; k >= 1; k--) {
      coefficients[k] = field.sub(coefficients[k - 1], field.mul(root, coefficients[k]));
    }
    coefficients[0] = field.neg(field.mul(root, coefficients[0]));
    root = field.mul(root, rowDomain.root);
  }
  return coefficients;
}
