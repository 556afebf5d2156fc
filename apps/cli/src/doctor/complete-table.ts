/** A table with all that the prover adds to it, computed from the constraints themselves: for looking at faults (spec §5.6). */
import type { TraceReader } from '@solvent/air/check-rows';
import { evaluateConstraints } from '@solvent/air/evaluate';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { modulus } from '@solvent/field/koala-bear';
import { type Random, uniformBelow } from '@solvent/ledger/random';
import { publicColumnOnRow } from '@solvent/stark/public-columns';
import { columnGroups } from '@solvent/stark/shape';
import { totalsFraction } from '@solvent/stark/statement';
import { limbCount, limbRange, randomRowCount } from '@solvent/stark/table';

/** A table and what is said of it. */
export interface Table {
  readonly rowCount: number;
  readonly assetCount: number;
  readonly totals: readonly bigint[];
  /** The 32 user columns, N values each. */
  readonly columns: readonly Uint32Array[];
}

const userCount = columnGroups.user.length;
const firstPhi = userCount + columnGroups.multiplicity.length;
const phiCount = columnGroups.auxiliary.length - 1;

/**
 * Completes a table honestly, whatever is in it: m counts the limbs that are in the range table, φ_k is what C_k asks for,
 * acc adds up. So of C1 to C14 only C14 can fail, when limbs are out of range or sums are not the totals.
 */
export function completeTable(table: Table, random: Random): TraceReader {
  const { rowCount, assetCount } = table;
  const multiplicity = countLimbs(table);
  const challenges = { beta0: randomElement(random), beta1: randomElement(random), gamma: randomElement(random) };
  const publicValues = { Phi: totalsFraction(table.totals, challenges.beta1, challenges.gamma) };
  const publicColumn = (name: string, row: number) => ext.fromBase(publicColumnOnRow(name, row, assetCount));
  const base = (column: number, row: number) =>
    ext.fromBase(column < userCount ? table.columns[column][row] : multiplicity[row]);
  const end = rowCount - randomRowCount(rowCount);
  const phis: (readonly Extension[])[] = [];
  const sums: Extension[] = [ext.zero];
  for (let row = 0; row < end; row++) {
    const publicColumns = Object.fromEntries(
      liabilitiesAir.publicColumns.map((name) => [name, publicColumn(name, row)]),
    );
    // C_k is linear in φ_k: what it is with 0 and with 1 in its place gives the value with which it holds.
    const [withZero, withOne] = [ext.zero, ext.one].map((phi) =>
      evaluateConstraints(liabilitiesAir, {
        column: (column) => (column < firstPhi ? base(column, row) : phi),
        publicColumns,
        challenges,
        publicValues,
      }),
    );
    const slopes = ext.batchInverse(withZero.slice(0, phiCount).map((value, k) => ext.sub(value, withOne[k])));
    phis.push(slopes.map((inverse, k) => ext.mul(withZero[k], inverse)));
    sums.push(phis[row].reduce(ext.add, sums[row]));
  }
  const auxiliary = (k: number, row: number) => (k < phiCount ? phis[row]?.[k] : sums[row]) ?? ext.zero;
  return {
    rowCount,
    randomRowCount: randomRowCount(rowCount),
    column: (column, row) => (column < firstPhi ? base(column, row) : auxiliary(column - firstPhi, row)),
    publicColumn,
    challenges,
    publicValues,
  };
}

function countLimbs({ rowCount, columns }: Table): Uint32Array {
  const counts = new Uint32Array(rowCount);
  const end = rowCount - randomRowCount(rowCount);
  for (const [column, values] of columns.entries()) {
    if (column % (limbCount + 1) === 0) continue;
    for (let row = 0; row < end; row++) if (values[row] < limbRange) counts[values[row]]++;
  }
  return counts;
}

function randomElement(random: Random): Extension {
  const element = () => uniformBelow(random, modulus);
  return [element(), element(), element(), element(), element()];
}
