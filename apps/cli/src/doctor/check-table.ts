/** What is wrong with a table: constraints with rows and columns, and what explains a sum that is wrong (spec §5.6, §11.14). */
import { checkRows } from '@solvent/air/check-rows';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Random } from '@solvent/ledger/random';
import { totalLimbs } from '@solvent/stark/statement';
import { carryRowCount, entriesPerRow, limbCount, limbRange, randomRowCount } from '@solvent/stark/table';
import { completeTable, type Table } from './complete-table.js';

/** One thing that is wrong. */
export interface Finding {
  /** The constraint that does not hold, or that the proof could not meet. */
  readonly constraint: string;
  /** What the constraint says. */
  readonly meaning: string;
  readonly row: number;
  /** Columns of the row that matter. */
  readonly columns: readonly string[];
  /** One sentence without any value of the table. */
  readonly explanation: string;
}

/** How many findings are told; more say nothing new. */
const mostFindings = 100;
const entryWidth = limbCount + 1;

/** Every finding on the active rows, the causes before what they cause. */
export function checkTable(table: Table, random: Random): Finding[] {
  const causes = [...limbFindings(table), ...sumFindings(table)].slice(0, mostFindings);
  const violations = checkRows(liabilitiesAir, completeTable(table, random)).slice(0, mostFindings);
  return [
    ...causes,
    ...violations.map(({ constraint, row }) =>
      finding(constraint, row, columnsOf(constraint), explain(constraint, row, table)),
    ),
  ];
}

function finding(constraint: string, row: number, columns: readonly string[], explanation: string): Finding {
  const { meaning } = liabilitiesAir.constraints.find(({ name }) => name === constraint)!;
  return { constraint, meaning, row, columns, explanation };
}

/** The constraint in which a limb is looked up: three in each of C1 to C9, the last one in C10. */
function lookupOf(entry: number, limb: number): string {
  return `C${Math.floor((limbCount * entry + limb) / 3) + 1}`;
}

function* limbFindings({ rowCount, columns }: Table): Generator<Finding> {
  const end = rowCount - randomRowCount(rowCount);
  for (let row = 0; row < end; row++) {
    for (let e = 0; e < entriesPerRow; e++) {
      for (let l = 0; l < limbCount; l++) {
        if (columns[entryWidth * e + 1 + l][row] < limbRange) continue;
        const text = `limb ${l} of entry ${e} is not in [0, ${limbRange}), so no row of the range table stands against it`;
        yield finding(lookupOf(e, l), row, [`limb_${e}_${l}`], text);
      }
    }
  }
}

/** Assets whose limbs, with their carries, do not add up to the limbs of the total; told once for each asset. */
function* sumFindings({ rowCount, assetCount, columns, totals }: Table): Generator<Finding> {
  const end = rowCount - randomRowCount(rowCount);
  const sums = Array.from({ length: assetCount + 1 }, () => new Float64Array(limbCount));
  for (let row = carryRowCount(assetCount); row < end; row++) {
    for (let e = 0; e < entriesPerRow; e++) {
      const asset = columns[entryWidth * e][row];
      for (let l = 0; l < limbCount; l++) {
        const limb = columns[entryWidth * e + 1 + l][row];
        if (asset <= assetCount) sums[asset][l] += limb;
        if (limb !== 0 && (asset === 0 || asset > assetCount)) {
          const text = `entry ${e} has an amount of an asset that is not on the list`;
          yield finding(e === 0 ? 'C10' : 'C11', row, [`asset_${e}`, `limb_${e}_${l}`], text);
        }
      }
    }
  }
  for (let asset = 1; asset <= assetCount; asset++) {
    const limb = wrongLimb(sums[asset], carriesOf(columns, asset), totalLimbs(totals[asset - 1]));
    if (limb === -1) continue;
    const text = `limb ${limb} of the sum over asset ${asset}, with the carries of carry row ${carryRow(asset)}, is not that of its total`;
    yield finding('C14', end, ['acc'], text);
  }
}

const carryRow = (asset: number) => Math.ceil(asset / 2) - 1;

/** c_0 … c_5 of an asset: three in the even entry of its half of its carry row, three in the odd one (spec §4.3). */
function carriesOf(columns: readonly Uint32Array[], asset: number): number[] {
  const [row, entry] = [carryRow(asset), asset % 2 === 1 ? 0 : 2];
  return Array.from({ length: limbCount - 1 }, (_, t) => {
    const column = entryWidth * (entry + Math.floor(t / 3)) + 1 + 2 * (t % 3);
    return columns[column][row] + limbRange * columns[column + 1][row];
  });
}

function wrongLimb(sums: Float64Array, carries: readonly number[], total: readonly number[]): number {
  return total.findIndex((limb, l) => sums[l] + (carries[l - 1] ?? 0) - limbRange * (carries[l] ?? 0) !== limb);
}

/** The columns that a constraint reads, by name; a dash marks the next row. */
export function columnsOf(constraint: string): string[] {
  const { nodes, columns, constraints } = liabilitiesAir;
  const names = new Set<string>();
  const seen = new Set<number>();
  const waiting = [constraints.find(({ name }) => name === constraint)!.expression];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const found = nodes[node];
    if ('left' in found) waiting.push(found.left, found.right);
    else if (found.kind === 'column') names.add(columns[found.column].name + (found.rotation === 1 ? "'" : ''));
  }
  return [...names].sort();
}

function explain(constraint: string, row: number, { rowCount, assetCount }: Table): string {
  if (constraint === 'C14') return 'the fractions of all rows do not add up to what the totals give';
  if (row < carryRowCount(assetCount))
    return `row ${row} is a carry row: its entries belong to the assets of its place`;
  const kind = row < rowCount - randomRowCount(rowCount) ? 'an active row' : 'a random row';
  return `row ${row} is ${kind}`;
}
