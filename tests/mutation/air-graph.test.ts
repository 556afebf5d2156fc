/**
 * Each constraint removed or moved to other rows, each factor, term, constant and column changed: valid tables are then
 * refused, or tables that break one rule are no longer. The digest that pins the constraints is not looked at here, nor
 * any file that was made with them.
 */
import type { RowSet } from '@solvent/air/air';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnElement, type ExtensionColumn, setColumnElement } from '@solvent/field/extension-column';
import { seededRandom } from '@solvent/ledger/testing';
import { publicColumnOnRow } from '@solvent/stark/public-columns';
import { totalsFraction } from '@solvent/stark/statement';
import { limbCount } from '@solvent/stark/table';
import { describe, expect, it } from 'vitest';
import { type Cheats, cheat, type Known } from '../adversarial/cheating-prover.js';
import {
  createWitness,
  type Entry,
  type HolderRow,
  limbColumn,
  setRow,
  settledWitness,
  type Witness,
} from '../support/witness.js';
import {
  constraintMutants,
  type LeafReader,
  mutatedValues,
  nodeMutants,
  nodeValues,
  violationsOf,
} from './air-mutants.js';

// An odd number of assets: on the last carry row, two entries belong to none.
const symbols = ['A', 'B', 'C'];
const carryRows = [0, 1];
const rowCount = 2048;
const endRow = rowCount - 512;
const error: Extension = [1, 2, 3, 4, 5];

/** Every row is full, of amounts with large limbs, so that carries fill both of their limbs and no term is 0 by chance. */
const holders: readonly HolderRow[] = Array.from({ length: endRow - carryRows.length }, (_, i) => ({
  id: `holder ${i}`,
  row: carryRows.length + i,
  entries: [0, 1, 2, 3].map((e): Entry => {
    const limbs = Array.from({ length: limbCount }, (_, l) => BigInt(1023 - ((7 * i + 3 * e + 5 * l) % 16)));
    return [1 + ((i + 2 * e) % 3), limbs.reduceRight((amount, limb) => 1024n * amount + limb, 0n)];
  }),
}));
const honest = createWitness(symbols, holders, seededRandom('mutants of constraints'), rowCount);
const withoutCarries = settledWitness(honest, (columns) => {
  for (const { row } of holders) setRow(columns, row, []);
});
const oneTooMany: Witness = {
  ...honest,
  statement: { ...honest.statement, totals: honest.statement.totals.with(2, honest.statement.totals[2] + 1n) },
};

/** Some rows of a table, and what is violated on each. */
interface Table {
  readonly name: string;
  readonly rows: readonly { readonly row: number; readonly read: LeafReader; readonly values: readonly Extension[] }[];
  readonly violated: readonly string[];
}

/** Rows at which something begins or ends, and some between. */
const lookedAt = [
  ...carryRows,
  4,
  5,
  20,
  33,
  34,
  499,
  500,
  501,
  502,
  530,
  559,
  700,
  endRow - 2,
  endRow - 1,
  endRow,
  endRow + 1,
];

function readerOf(known: Known, auxiliary: readonly ExtensionColumn[], row: number): LeafReader {
  const { statement, trace, beta0, beta1, gamma } = known;
  const base = [...trace.user, trace.multiplicity];
  const challenges: Record<string, Extension> = { beta0, beta1, gamma };
  const total = totalsFraction(statement.totals, beta1, gamma);
  return (leaf) => {
    if (leaf.kind === 'constant') return ext.fromBase(leaf.value);
    if (leaf.kind === 'challenge') return challenges[leaf.name];
    if (leaf.kind === 'publicValue') return total;
    if (leaf.kind === 'publicColumn') return ext.fromBase(publicColumnOnRow(leaf.name, row, symbols.length));
    const at = (row + leaf.rotation) % rowCount;
    return leaf.column < base.length
      ? ext.fromBase(base[leaf.column][at])
      : columnElement(auxiliary[leaf.column - base.length], at);
  };
}

const holdsOn = (rows: RowSet | 'none', row: number) =>
  rows === 'all' ||
  (rows === 'active' && row < endRow) ||
  (rows === 'first' && row === 0) ||
  (rows === 'end' && row === endRow);

const violatedOn = (row: number, values: readonly Extension[]) =>
  violationsOf(values, ({ rows }) => holdsOn(rows, row));

/** The finished table that a witness and lies lead to. */
function tableOf(name: string, witness: Witness, cheats: Cheats = {}): Table {
  let rows: Table['rows'] = [];
  cheat(witness, {
    ...cheats,
    auxiliary: (columns, known) => {
      cheats.auxiliary?.(columns, known);
      const copies = columns.map((column) => column.map((part) => part.slice()) as unknown as ExtensionColumn);
      rows = lookedAt.map((row) => {
        const read = readerOf(known, copies, row);
        return { row, read, values: nodeValues(read) };
      });
    },
  });
  const violated = rows.flatMap(({ row, values }) =>
    violatedOn(row, values).map((constraint) => `${constraint} on row ${row}`),
  );
  return { name, rows, violated };
}

function addTo(column: ExtensionColumn, row: number, value: Extension): void {
  setColumnElement(column, row, ext.add(columnElement(column, row), value));
}

const valid = [
  tableOf('an honest table', honest),
  tableOf('limbs on carry rows that count for nothing', honest, {
    user: (user) => {
      for (const row of carryRows) for (const e of [0, 1, 2, 3]) user[limbColumn(e, 6)][row] = 100 * e + row + 1;
    },
  }),
];

const lies = [
  ...Array.from({ length: 11 }, (_, k) =>
    tableOf(`phi_${k + 1} too large on one row, too small on another`, honest, {
      auxiliary: (columns) => {
        addTo(columns[k], 500, error);
        addTo(columns[k], 502, ext.neg(error));
        for (const row of [501, 502]) addTo(columns[11], row, error);
      },
    }),
  ),
  tableOf('a step of acc', honest, { auxiliary: (columns) => addTo(columns[11], 700, error) }),
  tableOf('the last step of acc', honest, { auxiliary: (columns) => addTo(columns[11], endRow - 1, error) }),
  tableOf('the start of acc', oneTooMany, {
    auxiliary: (columns, { statement, beta1, gamma }) => {
      const missing = ext.sub(totalsFraction(statement.totals, beta1, gamma), columnElement(columns[11], endRow));
      for (let row = 0; row <= endRow; row++) addTo(columns[11], row, missing);
    },
  }),
  tableOf('the end of acc', oneTooMany),
  ...[0, 1, 2, 3].flatMap((e) =>
    carryRows.map((row) =>
      tableOf(`entry ${e} of carry row ${row} under another asset`, withoutCarries, {
        user: (user) => {
          // Row 0 belongs to assets 1 and 2, row 1 to asset 3 and none.
          user[8 * e][row] = row === 0 ? 3 : 1;
        },
      }),
    ),
  ),
];

/** Whether a table shows that a mutant is another set of constraints. */
const noticesNode = (table: Table, mutant: (typeof nodeMutants)[number]) =>
  table.rows.some(({ row, read, values }) => {
    const before = violatedOn(row, values);
    const after = violatedOn(row, mutatedValues(values, mutant, read));
    return before.join() !== after.join();
  });

const noticesConstraint = (table: Table, mutant: (typeof constraintMutants)[number]) =>
  table.rows.some(({ row, values }) => {
    const after = violationsOf(values, ({ name, rows }) =>
      holdsOn(name === mutant.constraint ? mutant.rows : rows, row),
    );
    return violatedOn(row, values).join() !== after.join();
  });

describe('tables', () => {
  it('that are valid violate nothing; each lie violates one constraint', () => {
    expect(valid.map(({ violated }) => violated)).toEqual([[], []]);
    const twice = (k: number) => [`C${k} on row 500`, `C${k} on row 502`];
    expect(lies.map(({ violated }) => violated)).toEqual([
      ...Array.from({ length: 11 }, (_, k) => twice(k + 1)),
      ['C12 on row 700'],
      [`C12 on row ${endRow - 2}`, `C12 on row ${endRow - 1}`],
      ['C13 on row 0'],
      [`C14 on row ${endRow}`],
      ...[15, 16, 17, 18].flatMap((k) => carryRows.map((row) => [`C${k} on row ${row}`])),
    ]);
  });
});

/**
 * Mutants that are the same constraints: carry_asset_0 and carry_asset_1 are one column under two names, as are
 * carry_asset_2 and carry_asset_3; and in C15 to C18, where s only says on which rows something must be 0, it can be
 * carry_asset_0, which is 0 on the same rows.
 */
function isSame({ name, node }: (typeof nodeMutants)[number]): boolean {
  if (/: carry_asset_(0 → carry_asset_1|1 → carry_asset_0|2 → carry_asset_3|3 → carry_asset_2)/.test(name)) return true;
  const isConstraint = liabilitiesAir.constraints.some(({ expression }) => expression === node);
  return isConstraint && /: s → carry_asset_[01] on the left/.test(name);
}
/** On random rows s is 0, whatever the others hold. */
const sameRows = ['C15', 'C16', 'C17', 'C18'].map((name) => `${name} on rows: active`);

describe('a changed constraint', () => {
  it('is noticed on a valid table or by a lie, whatever node of the graph is changed', () => {
    expect(nodeMutants.length).toBeGreaterThan(4 * liabilitiesAir.nodes.length);
    const survivors = nodeMutants.filter((mutant) => ![...valid, ...lies].some((table) => noticesNode(table, mutant)));
    expect(survivors.map(({ name }) => name)).toEqual(nodeMutants.filter(isSame).map(({ name }) => name));
  });

  it('is noticed when it holds on other rows or is left out', () => {
    const survivors = constraintMutants.filter(
      (mutant) => ![...valid, ...lies].some((table) => noticesConstraint(table, mutant)),
    );
    expect(survivors.map(({ name }) => name)).toEqual(sameRows);
  });
});
