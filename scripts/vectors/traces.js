// Vectors of tables: an honest one, and for every constraint one that violates it alone.
import { checkRows } from '@solvent/air/check-rows';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import * as ext from '@solvent/field/extension';
import { columnElement } from '@solvent/field/extension-column';
import { add } from '@solvent/field/koala-bear';
import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import { createLedger } from '@solvent/ledger/ledger';
import { placeRows } from '@solvent/ledger/place-rows';
import { publicColumnOnRow } from '@solvent/stark/public-columns';
import { deriveShape } from '@solvent/stark/shape';
import { totalsFraction } from '@solvent/stark/statement';
import { minRowCount } from '@solvent/stark/table';
import { createDraw } from './draw.js';
import { vectorFile } from './format.js';

/** @typedef {import('@solvent/field/extension').Extension} Extension */

/** Adds to a column on rows `from` to `to`, the last one included. */
/** @typedef {{ column: string, from: number, to: number, add: Extension }} Change */

/**
 * A table as a vector describes it.
 * @typedef {object} TraceVector
 * @property {number} rowCount
 * @property {string[]} totals one for each asset
 * @property {[row: number, entry: number, asset: number, amount: string][]} entries outside the carry rows
 * @property {number[][]} carries limbs 0 to 5 of the entries of carry rows, row by row, entry by entry
 * @property {{ beta0: Extension, beta1: Extension, gamma: Extension }} challenges
 * @property {Change[]} changes
 */

const shape = deriveShape(minRowCount);
const activeRowCount = shape.rowCount - shape.randomRowCount;

/**
 * The user columns that a vector describes: unnamed entries and random rows are zeros.
 * @param {TraceVector} vector
 */
function userColumns({ rowCount, totals, entries, carries }) {
  const columns = Array.from({ length: 32 }, () => new Uint32Array(rowCount));
  const setEntry = (/** @type {number} */ row, /** @type {number} */ entry, /** @type {number[]} */ values) => {
    values.forEach((value, i) => {
      columns[8 * entry + i][row] = value;
    });
  };
  for (const [row, entry, asset, amount] of entries) {
    const limbs = Array.from({ length: 7 }, (_, l) => Number((BigInt(amount) >> BigInt(10 * l)) & 1023n));
    setEntry(row, entry, [asset, ...limbs]);
  }
  carries.forEach((limbs, i) => {
    const [row, entry] = [Math.floor(i / 4), i % 4];
    setEntry(row, entry, [publicColumnOnRow(`carry_asset_${entry}`, row, totals.length), ...limbs]);
  });
  return columns;
}

/**
 * The constraints that a described table violates, with their rows: m, φ₁ … φ₁₁ and acc are what they should be for the
 * user columns, then the changes are made.
 * @param {TraceVector} vector
 * @returns {[constraint: string, row: number][]}
 */
export function violationsOf(vector) {
  const { totals, challenges, changes } = vector;
  const user = userColumns(vector);
  const assetCount = totals.length;
  const engine = createTypeScriptEngine();
  const multiplicity = engine.countLimbs(user, shape);
  engine.begin(shape, assetCount);
  const auxiliary = engine.auxiliaryColumns({ shape, assetCount, user, multiplicity, ...challenges });
  for (const { column, from, to, add: difference } of changes) {
    const number = liabilitiesAir.columns.findIndex(({ name }) => name === column);
    const parts = number < 32 ? [user[number]] : number === 32 ? [multiplicity] : auxiliary[number - 33];
    for (let row = from; row <= to; row++) {
      for (const [c, part] of parts.entries()) part[row] = add(part[row], difference[c]);
    }
  }
  const base = [...user, multiplicity];
  return checkRows(liabilitiesAir, {
    rowCount: shape.rowCount,
    randomRowCount: shape.randomRowCount,
    column: (column, row) =>
      column < 33 ? ext.fromBase(base[column][row]) : columnElement(auxiliary[column - 33], row),
    publicColumn: (name, row) => ext.fromBase(publicColumnOnRow(name, row, assetCount)),
    challenges,
    publicValues: { Phi: totalsFraction(totals.map(BigInt), challenges.beta1, challenges.gamma) },
  }).map(({ constraint, row }) => [constraint, row]);
}

/** An honest table over two assets, made by the ledger. */
function honestTrace() {
  const draw = createDraw('traces');
  const assets = [
    { symbol: 'BTC', decimals: 8 },
    { symbol: 'ETH', decimals: 8 },
  ];
  const amounts = [1n, 1023n, 1024n, 2n ** 70n - 1n, 123456789012345678901n];
  const ledger = createLedger(
    assets,
    amounts.map((amount, i) => ({
      id: String(i),
      balances:
        i % 2 === 0
          ? [['BTC', amount]]
          : [
              ['BTC', amount],
              ['ETH', amount],
            ],
    })),
  );
  const planned = { rowCount: shape.rowCount, accounts: Uint32Array.from(amounts.keys()) };
  const { columns, totals } = placeRows(ledger, 0, planned, draw.random);
  /** @type {TraceVector['entries']} */
  const entries = [];
  for (let row = 1; row < activeRowCount; row++) {
    for (let entry = 0; entry < 4; entry++) {
      const limbs = Array.from({ length: 7 }, (_, l) => BigInt(columns[8 * entry + 1 + l][row]));
      const amount = limbs.reduceRight((sum, limb) => sum * 1024n + limb, 0n);
      if (columns[8 * entry][row] !== 0) entries.push([row, entry, columns[8 * entry][row], String(amount)]);
    }
  }
  const carries = [0, 1, 2, 3].map((entry) => [0, 1, 2, 3, 4, 5].map((l) => columns[8 * entry + 1 + l][0]));
  const challenges = { beta0: draw.extension(), beta1: draw.extension(), gamma: draw.extension() };
  return { rowCount: shape.rowCount, totals: totals.map(String), entries, carries, challenges, changes: [] };
}

/** @type {Extension} */
const one = [1, 0, 0, 0, 0];
const minusOne = ext.neg(one);

/**
 * For each constraint changes after which it fails and no other does, and the rows on which it fails.
 * @returns {{ name: string, comment: string, changes: Change[], rows: number[], totals?: (totals: string[]) => string[], carries?: boolean }[]}
 */
function lies() {
  const end = activeRowCount;
  const oneMore = (/** @type {string[]} */ totals) => [String(BigInt(totals[0]) + 1n), ...totals.slice(1)];
  const phis = Array.from({ length: 11 }, (_, k) => ({
    name: `C${k + 1}`,
    comment: `phi_${k + 1} is 1 too large on one row and 1 too small on a later one; acc follows`,
    changes: [
      { column: `phi_${k + 1}`, from: 100, to: 100, add: one },
      { column: 'acc', from: 101, to: 200, add: one },
      { column: `phi_${k + 1}`, from: 200, to: 200, add: minusOne },
    ],
    rows: [100, 200],
  }));
  const assets = [0, 1, 2, 3].map((entry) => ({
    name: `C${15 + entry}`,
    comment: `entry ${entry} of carry row 0, which carries nothing, is said to belong to another asset`,
    changes: [{ column: `asset_${entry}`, from: 0, to: 0, add: entry < 2 ? one : minusOne }],
    rows: [0],
    carries: false,
  }));
  return [
    ...phis,
    {
      name: 'C12',
      comment: 'acc takes a leap and returns',
      changes: [{ column: 'acc', from: 300, to: 300, add: one }],
      rows: [299, 300],
    },
    {
      name: 'C12',
      comment: 'acc is wrong from row 1000 on; the last step makes up for it',
      changes: [{ column: 'acc', from: 1000, to: end - 1, add: one }],
      rows: [999, end - 1],
    },
    {
      name: 'C13',
      comment: 'a total is 1 too large, and acc starts with the difference',
      changes: [],
      rows: [0],
      totals: oneMore,
    },
    { name: 'C14', comment: 'a total is 1 too large', changes: [], rows: [end], totals: oneMore },
    ...assets,
  ];
}

export function traceVectors() {
  /** @type {TraceVector} */
  const honest = honestTrace();
  /** @type {TraceVector} */
  const empty = { ...honest, entries: [], carries: [0, 1, 2, 3].map(() => [0, 0, 0, 0, 0, 0]), totals: ['0', '0'] };
  /** @type {import('./format.js').VectorCase[]} */
  const cases = [
    { id: 'honest', result: 'valid', ...honest, violations: expectViolations(honest, []) },
    { id: 'empty', result: 'valid', ...empty, violations: expectViolations(empty, []) },
  ];
  const counts = new Map();
  for (const { name, comment, changes, rows, totals, carries } of lies()) {
    const base = carries === false ? 'empty' : 'honest';
    /** @type {TraceVector} */
    const vector = { ...(carries === false ? empty : honest), changes };
    if (totals) vector.totals = totals(honest.totals);
    if (name === 'C13')
      vector.changes = [{ column: 'acc', from: 0, to: activeRowCount, add: missingStart(honest, vector) }];
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const violations = expectViolations(
      vector,
      rows.map((row) => [name, row]),
    );
    const flags = name === 'C13' ? ['repaired'] : undefined;
    const id = count === 1 ? name : `${name}-${count}`;
    cases.push({ id, result: 'invalid', comment, constraint: name, base, flags, ...vector, violations });
  }
  const comment =
    'Tables, as entries and carries, completed by m, phi_1 to phi_11 and acc as they should be, then changed. ' +
    'Entries that are not named and random rows are zeros. Violations are all violated constraints with their rows.';
  return vectorFile('trace', comment, ['4.2', '4.3', '5.4', '5.6'], cases);
}

/**
 * What acc must start with so that it ends at a wrong Φ.
 * @param {TraceVector} honest
 * @param {TraceVector} wrong
 */
function missingStart(honest, wrong) {
  const { beta1, gamma } = honest.challenges;
  const phi = (/** @type {TraceVector} */ { totals }) => totalsFraction(totals.map(BigInt), beta1, gamma);
  return ext.sub(phi(wrong), phi(honest));
}

/**
 * @param {TraceVector} vector
 * @param {[string, number][]} expected
 */
function expectViolations(vector, expected) {
  const found = violationsOf(vector);
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`trace vector: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found.slice(0, 9))}`);
  }
  return found;
}
