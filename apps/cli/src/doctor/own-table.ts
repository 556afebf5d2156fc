/** A table to look at: of a ledger, or of an invented one; and changes of it, to see what they break. */

import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { modulus } from '@solvent/field/koala-bear';
import { exampleAccounts, exampleAssets, exampleSeed } from '@solvent/ledger/example-ledger';
import { createLedger, type Ledger } from '@solvent/ledger/ledger';
import { placeRows, type SegmentTable } from '@solvent/ledger/place-rows';
import { planSegments } from '@solvent/ledger/plan-segments';
import type { Random } from '@solvent/ledger/random';
import { readLedger } from '@solvent/ledger/read-ledger';
import { seededRandom } from '@solvent/ledger/testing';
import { InputError } from '../input-error.js';
import { readAssets } from '../prove/read-inputs.js';

/** One cell of a table that is given another value. */
export interface Change {
  readonly column: number;
  readonly row: number;
  readonly value: number;
}

/** `limb_0_3:17=1024` as a change of column limb_0_3 on row 17. */
export function parseChange(text: string): Change {
  const match = /^([a-z]+(?:_\d)+):(\d{1,6})=(\d{1,10})$/.exec(text);
  const column = liabilitiesAir.columns.findIndex(({ name, group }) => name === match?.[1] && group === 'user');
  const [row, value] = [Number(match?.[2]), Number(match?.[3])];
  if (column === -1 || !(value < modulus)) {
    throw new InputError(`--set: expected COLUMN:ROW=VALUE such as limb_0_3:17=1024, got ${text}`);
  }
  return { column, row, value };
}

/** How many accounts the invented ledger has: few, and of one segment. */
const exampleCount = 500;

/** The ledger in a file, or the invented one, which everybody may see. */
export async function readOrInventLedger(accounts?: string, assets?: string): Promise<Ledger> {
  if (accounts !== undefined && assets !== undefined) return readLedger(accounts, (await readAssets(assets)).assets);
  if (accounts !== undefined || assets !== undefined) throw new InputError('expected --accounts and --assets, got one');
  return createLedger(exampleAssets, exampleAccounts(exampleSeed, exampleCount));
}

/** One segment of a ledger as a table, with changes made to it. An invented ledger is placed the same way every time. */
export function ownTable(ledger: Ledger, segment: number, changes: readonly Change[], random: Random): SegmentTable {
  const { segments } = planSegments(ledger, random);
  if (segments[segment] === undefined) {
    throw new InputError(`--segment: expected a number below ${segments.length}, got ${segment}`);
  }
  const table = placeRows(ledger, segment, segments[segment], random);
  for (const { column, row, value } of changes) {
    if (row >= table.rowCount) throw new InputError(`--set: expected a row below ${table.rowCount}, got ${row}`);
    table.columns[column][row] = value;
  }
  return table;
}

/** Randomness for the invented ledger, so that a row that was told can be looked at again. */
export const inventedRandom = () => seededRandom('solvent doctor');
