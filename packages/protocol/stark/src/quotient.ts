/** The quotient of the constraints by the polynomials that vanish on their rows (spec §6.5, §11.6, §11.7). */

import type { RowSet } from '@solvent/air/air';
import { type AirValues, evaluateConstraints } from '@solvent/air/evaluate';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import * as field from '@solvent/field/koala-bear';
import type { Shape } from './shape.js';

/**
 * 1/Z(x) for the vanishing polynomial Z of each row set, at a point of F outside F_p.
 *
 * all: x^N − 1; active: (x^N − 1)/Π_{i=N−h}^{N−1} (x − g^i); first: x − 1; end: x − g^(N−h).
 */
export function inverseVanishingAt(point: Extension, shape: Shape): Record<RowSet, Extension> {
  const { rowCount, randomRowCount, rowDomain } = shape;
  const endRow = field.pow(rowDomain.root, rowCount - randomRowCount);
  const all = ext.inv(ext.sub(ext.pow(point, rowCount), ext.one));
  let exemption = ext.one;
  for (let i = 0, row = endRow; i < randomRowCount; i++, row = field.mul(row, rowDomain.root)) {
    exemption = ext.mul(exemption, ext.sub(point, ext.fromBase(row)));
  }
  return {
    all,
    active: ext.mul(exemption, all),
    first: ext.inv(ext.sub(point, ext.one)),
    end: ext.inv(ext.sub(point, ext.fromBase(endRow))),
  };
}

/** Σ_j α_j · C_j(x) / Z_j(x): what the quotient polynomial must be at the point. */
export function quotientAt(point: Extension, values: AirValues, alphas: readonly Extension[], shape: Shape): Extension {
  const inverseVanishing = inverseVanishingAt(point, shape);
  return evaluateConstraints(liabilitiesAir, values).reduce((sum: Extension, value, j) => {
    const inverse = inverseVanishing[liabilitiesAir.constraints[j].rows];
    return ext.add(sum, ext.mul(ext.mul(alphas[j], value), inverse));
  }, ext.zero);
}

/** Σ_i x^(i·c) q'_i(x), c the chunk length: the quotient polynomial at a point, from its chunks there. */
export function joinChunks(point: Extension, chunks: readonly Extension[], shape: Shape): Extension {
  return ext.evaluatePolynomial(chunks, ext.pow(point, shape.chunkLength));
}
