/** The public columns: the range table, the carry rows' selector and their assets (spec §5.3). */

import { type Domain, subgroupGenerator } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import * as field from '@solvent/field/koala-bear';
import { carryRowCount, entriesPerRow, limbBits, limbRange } from './table.js';

/** The asset index of entry e on carry row j: 2j + 1 for entries 0 and 1, 2j + 2 for 2 and 3, 0 past the last asset. */
export function carryAsset(row: number, entry: number, assetCount: number): number {
  const asset = 2 * row + (entry < 2 ? 1 : 2);
  return asset <= assetCount ? asset : 0;
}

/** The value of a public column on row i, the definition: T, s or carry_asset_e. */
export function publicColumnOnRow(name: string, row: number, assetCount: number): number {
  if (name === 'T') return row % limbRange;
  const isCarryRow = row < carryRowCount(assetCount);
  if (name === 's') return isCarryRow ? 1 : 0;
  return isCarryRow ? carryAsset(row, Number(name.slice('carry_asset_'.length)), assetCount) : 0;
}

/** All public columns at a point of F outside H, by name. Costs O(1024 + A) products in F. */
export function publicColumnsAt(point: Extension, rowDomain: Domain, assetCount: number): Record<string, Extension> {
  const lagrange = lagrangeAt(point, rowDomain, carryRowCount(assetCount));
  const columns: Record<string, Extension> = {
    T: rangeTableAt(point, rowDomain.size),
    s: lagrange.reduce(ext.add, ext.zero),
  };
  for (let e = 0; e < entriesPerRow; e++) {
    const terms = lagrange.map((value, row) => ext.scale(value, carryAsset(row, e, assetCount)));
    columns[`carry_asset_${e}`] = terms.reduce(ext.add, ext.zero);
  }
  return columns;
}

/** L_j(x) = (g^j / N)·(x^N − 1)/(x − g^j) for j = 0 … count − 1. */
function lagrangeAt(point: Extension, rowDomain: Domain, count: number): Extension[] {
  const rows: number[] = [];
  for (let j = 0, row = 1; j < count; j++, row = field.mul(row, rowDomain.root)) rows.push(row);
  const vanishing = ext.sub(ext.pow(point, rowDomain.size), ext.one);
  const factor = ext.scale(vanishing, field.inv(rowDomain.size));
  const inverses = ext.batchInverse(rows.map((row) => ext.sub(point, ext.fromBase(row))));
  return inverses.map((inverse, j) => ext.scale(ext.mul(factor, inverse), rows[j]));
}

/**
 * T at a point: the interpolant of 0, 1, …, 1023 over the subgroup of order 1024, taken at x^(N/1024). Its
 * coefficients are 1023/2 and, for k > 0, 1/(ω^−k − 1), ω generating that subgroup.
 */
function rangeTableAt(point: Extension, rowCount: number): Extension {
  return ext.evaluateBasePolynomial(rangeTableCoefficients(), ext.pow(point, rowCount / limbRange));
}

let cachedCoefficients: Uint32Array | undefined;

function rangeTableCoefficients(): Uint32Array {
  if (cachedCoefficients !== undefined) return cachedCoefficients;
  const inverseRoot = field.inv(subgroupGenerator(limbBits));
  const coefficients = new Uint32Array(limbRange).fill(1);
  for (let k = 1, power = inverseRoot; k < limbRange; k++, power = field.mul(power, inverseRoot)) {
    coefficients[k] = field.sub(power, 1);
  }
  field.batchInverse(coefficients);
  coefficients[0] = field.mul(limbRange - 1, field.inv(2));
  cachedCoefficients = coefficients;
  return coefficients;
}
