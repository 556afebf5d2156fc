/** Round 2: the auxiliary columns and R₂ (spec §6.4). */
import type { Extension } from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import type { AuxiliaryInput, Engine } from '@solvent/kernels/engine';
import type { Random } from '@solvent/ledger/random';
import type { Shape } from '@solvent/stark/shape';
import { commitOnPoints, type PointCommitment } from './commitments.js';
import { fillRandomElements, randomColumn } from './random-elements.js';
import type { Trace } from './trace.js';

/** Values on H and coefficients of everything committed in round 2. */
export interface Auxiliary {
  /** φ₁ … φ₁₁ and acc on H, random rows included. */
  readonly columns: readonly ExtensionColumn[];
  readonly coefficients: readonly ExtensionColumn[];
  /** Coefficients of R₂. */
  readonly mask: ExtensionColumn;
}

/** Computes φ₁ … φ₁₁ and acc, completes them by random rows, and draws R₂. */
export function prepareAuxiliary(
  trace: Trace,
  challenges: { readonly beta0: Extension; readonly beta1: Extension; readonly gamma: Extension },
  assetCount: number,
  shape: Shape,
  engine: Engine,
  random: Random,
): Auxiliary {
  const input: AuxiliaryInput = {
    shape,
    assetCount,
    ...challenges,
    user: trace.user,
    multiplicity: trace.multiplicity,
  };
  const columns = engine.auxiliaryColumns(input);
  columns.forEach((column, k) => {
    // acc, the last one, has a value on the row after the active ones: that of the sum of all fractions.
    const firstRandomRow = shape.rowCount - shape.randomRowCount + (k === columns.length - 1 ? 1 : 0);
    randomizeFrom(column, firstRandomRow, random);
  });
  const coefficients = engine.interpolate(columns.flat(), shape.rowDomain);
  return {
    columns,
    coefficients: columns.map((_, k) => coefficients.slice(5 * k, 5 * k + 5) as unknown as ExtensionColumn),
    mask: randomColumn(random, shape.rowCount, engine),
  };
}

function randomizeFrom(column: ExtensionColumn, firstRow: number, random: Random): void {
  for (const part of column) fillRandomElements(random, part.subarray(firstRow));
}

/** Tree D1: auxiliary columns and R₂ on D. */
export function commitAuxiliary(auxiliary: Auxiliary, shape: Shape, engine: Engine, random: Random): PointCommitment {
  const columns = [...auxiliary.coefficients, auxiliary.mask].flat();
  return commitOnPoints('auxiliary', columns, shape, engine, random);
}
