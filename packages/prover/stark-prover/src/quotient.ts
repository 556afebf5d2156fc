/** Round 3: the quotient of the constraints, in blinded chunks (spec §6.5). */
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import { type ExtensionColumn, mapColumn } from '@solvent/field/extension-column';
import { add, sub } from '@solvent/field/koala-bear';
import type { Engine } from '@solvent/kernels/engine';
import type { Random } from '@solvent/ledger/random';
import { fixedParameters } from '@solvent/stark/preset';
import type { Shape } from '@solvent/stark/shape';
import { totalsFraction } from '@solvent/stark/statement';
import type { PointCommitment } from './commitments.js';
import { randomColumn } from './random-elements.js';

const { quotientChunks, quotientBlinding } = fixedParameters;

/** Coefficients of Σ_j α_j · C_j/Z_j, in natural order; its values on D, which has more points than its degree, determine it. */
export function quotientCoefficients(
  trace: PointCommitment,
  auxiliary: PointCommitment,
  challenges: { readonly beta0: Extension; readonly beta1: Extension; readonly gamma: Extension },
  alphas: readonly Extension[],
  totals: readonly bigint[],
  shape: Shape,
  engine: Engine,
): ExtensionColumn {
  const values = engine.quotientValues({
    shape,
    assetCount: totals.length,
    columns: witnessColumns(trace, auxiliary),
    challenges,
    publicValues: { Phi: totalsFraction(totals, challenges.beta1, challenges.gamma) },
    alphas,
  });
  const coefficients = engine.interpolate(values, shape.pointDomain);
  engine.reorder(coefficients);
  return coefficients as unknown as ExtensionColumn;
}

/** The committed columns in the order of the AIR, the masks left out. */
function witnessColumns(trace: PointCommitment, auxiliary: PointCommitment): (Uint32Array | ExtensionColumn)[] {
  let base = 0;
  let extension = 0;
  return liabilitiesAir.columns.map((column) => {
    if (column.field === 'base') return trace.columns[base++];
    extension += 5;
    return auxiliary.columns.slice(extension - 5, extension) as unknown as ExtensionColumn;
  });
}

/** Whether all coefficients from a position on are zero. */
export function hasDegreeBelow(coefficients: ExtensionColumn, bound: number): boolean {
  return coefficients.every((part) => part.subarray(bound).every((value) => value === 0));
}

/**
 * Splits q = Σ_i X^(ic) q_i, c the chunk length, and blinds: q'_i = q_i + X^c t_i − t_{i−1}, with t_i random of degree
 * below 256 and t_{−1} = t_3 = 0. The sum stays the same, each chunk alone is random (spec §12.3).
 *
 * @param coefficients of q, in natural order; those of the chunks are in the engine's, bit-reversed order.
 */
export function blindedChunks(
  coefficients: ExtensionColumn,
  shape: Shape,
  engine: Engine,
  random: Random,
): ExtensionColumn[] {
  const { chunkLength, rowCount } = shape;
  const chunks = Array.from({ length: quotientChunks }, (_, i) =>
    mapColumn(coefficients, (part) => {
      const chunk = engine.allocate(rowCount);
      chunk.set(part.subarray(chunkLength * i, chunkLength * (i + 1)));
      chunk.fill(0, chunkLength);
      return chunk;
    }),
  );
  for (let i = 0; i + 1 < quotientChunks; i++) {
    randomColumn(random, quotientBlinding, engine).forEach((blinding, c) => {
      blinding.forEach((value, k) => {
        chunks[i][c][chunkLength + k] = add(chunks[i][c][chunkLength + k], value);
        chunks[i + 1][c][k] = sub(chunks[i + 1][c][k], value);
      });
    });
  }
  engine.reorder(chunks.flat());
  return chunks;
}
