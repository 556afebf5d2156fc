/** The quotient on D, in TypeScript (spec §6.5). */

import type { RowSet } from '@solvent/air/air';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { createDomain, domainPoint, domainPoints } from '@solvent/field/domain';
import { type ExtensionColumn, zeroColumn } from '@solvent/field/extension-column';
import * as field from '@solvent/field/koala-bear';
import { evaluate, interpolate } from '@solvent/field/ntt';
import { publicColumnOnRow } from '@solvent/stark/public-columns';
import type { Shape } from '@solvent/stark/shape';
import { addBase, addScaledBase, mulBase } from './column-arithmetic.js';
import { chunkSize, createChunkEvaluator, windowOf, windowOfExtension } from './constraint-evaluator.js';
import type { QuotientInput } from './engine.js';
import { exemptionPolynomial } from './exemption-polynomial.js';

/** Σ_j α_j · C_j(x)/Z_j(x) on D, in natural order. */
export function quotientValues(input: QuotientInput): ExtensionColumn {
  const { shape, columns } = input;
  const evaluateChunk = createChunkEvaluator(liabilitiesAir, { ...input.challenges, ...input.publicValues });
  const publicColumns = publicColumnsOnPoints(shape, input.assetCount);
  const inverseVanishing = inverseVanishingOnPoints(shape);
  const quotient = zeroColumn(shape.pointDomain.size);
  // The next row's point is g·x, which is as many positions further on D as D is larger than H.
  const step = shape.pointDomain.size / shape.rowCount;
  for (let start = 0; start < shape.pointDomain.size; start += chunkSize) {
    const values = evaluateChunk({
      columns: (number, rotation) => {
        const column = columns[number];
        const offset = start + rotation * step;
        return column instanceof Uint32Array ? windowOf(column, offset) : windowOfExtension(column, offset);
      },
      publicColumns: (name) => windowOf(publicColumns[name], start),
    });
    addWeighted(quotient, values, input, inverseVanishing, start);
  }
  return quotient;
}

/** Adds Σ_j α_j · C_j/Z_j of one chunk, joining first the constraints that share a row set. */
function addWeighted(
  quotient: ExtensionColumn,
  values: readonly ExtensionColumn[],
  input: QuotientInput,
  inverseVanishing: Record<RowSet, Uint32Array>,
  start: number,
): void {
  for (const rows of ['active', 'first', 'end', 'all'] as const) {
    const sum = zeroColumn(chunkSize);
    liabilitiesAir.constraints.forEach((constraint, j) => {
      if (constraint.rows === rows) addProduct(sum, values[j], input.alphas[j]);
    });
    const inverse = windowOf(inverseVanishing[rows], start);
    for (let c = 0; c < 5; c++) {
      const target = quotient[c].subarray(start, start + chunkSize);
      mulBase(sum[c], sum[c], inverse, chunkSize);
      addBase(target, target, sum[c], chunkSize);
    }
  }
}

/** sum += weight · values over F: part by part, since weight · Σ v_c X^c = Σ (weight · X^c) v_c. */
function addProduct(sum: ExtensionColumn, values: ExtensionColumn, weight: readonly number[]): void {
  let shifted = [...weight] as [number, number, number, number, number];
  for (let c = 0; c < 5; c++) {
    addScaledBase(sum, values[c], shifted, chunkSize);
    const [w0, w1, w2, w3, w4] = shifted;
    // X · Σ w_i X^i, where X^5 = 1 − X^2.
    shifted = [w4, w0, field.sub(w1, w4), w2, w3];
  }
}

function publicColumnsOnPoints(shape: Shape, assetCount: number): Record<string, Uint32Array> {
  const onPoints = (name: string) => {
    const values = Uint32Array.from({ length: shape.rowCount }, (_, row) => publicColumnOnRow(name, row, assetCount));
    return evaluate(interpolate(values, shape.rowDomain), shape.pointDomain);
  };
  return Object.fromEntries(liabilitiesAir.publicColumns.map((name) => [name, onPoints(name)]));
}

/** 1/Z of each row set on D. */
function inverseVanishingOnPoints(shape: Shape): Record<RowSet, Uint32Array> {
  const { rowCount, randomRowCount, rowDomain, pointDomain } = shape;
  const points = domainPoints(pointDomain);
  const inverseOfLinear = (root: number) => {
    const values = points.map((x) => field.sub(x, root));
    field.batchInverse(values);
    return values;
  };
  // x^N takes only 4 values on D.
  const powers = domainPoints(createDomain(pointDomain.size / rowCount, field.pow(pointDomain.shift, rowCount)));
  const inverses = powers.map((power) => field.inv(field.sub(power, 1)));
  const all = points.map((_, i) => inverses[i % inverses.length]);
  const active = evaluate(exemptionPolynomial(shape), pointDomain);
  mulBase(active, active, all, active.length);
  return {
    all,
    active,
    first: inverseOfLinear(1),
    end: inverseOfLinear(domainPoint(rowDomain, rowCount - randomRowCount)),
  };
}
