/**
 * From the accounts of a segment to its table of rows, in secret random order.
 */
import { carryRowCount, entriesPerRow, limbCount, randomRowCount } from '@solvent/stark/table';
import { fillCarryRows } from './carry-rows.js';
import { drawPlaces } from './fibre-placement.js';
import type { Ledger } from './ledger.js';
import { accountRowCount, type PlannedSegment } from './plan-segments.js';
import type { Random } from './random.js';
import { rowCapacity } from './segment-sizes.js';

/** The table of one segment. Private, all of it but the totals. */
export interface SegmentTable {
  /** The segment's number, from 0. */
  readonly segment: number;
  /** N. */
  readonly rowCount: number;
  /** The 32 user columns of N values: asset_0, limb_0_0 … limb_0_6, asset_1, …; entry e is columns 8e … 8e + 7. */
  readonly columns: readonly Uint32Array[];
  /** The number of the account in the ledger that each row belongs to, `noAccount` for every other row. */
  readonly rowAccount: Uint32Array;
  /** The exact total of each asset in units; index a − 1 belongs to asset a. */
  readonly totals: readonly bigint[];
}

/** What `rowAccount` says of rows without a holder: carry rows, random rows and rows that nobody needed. */
export const noAccount = 0xffffffff;

const entryWidth = limbCount + 1;

/**
 * Places the rows of a segment's accounts and fills the carry rows. The random rows at the end are left zero, for the
 * prover to fill anew at every attempt.
 *
 * @param segment its number, from 0
 * @param random  draws the order of rows; a fresh one for every proving attempt
 */
export function placeRows(ledger: Ledger, segment: number, planned: PlannedSegment, random: Random): SegmentTable {
  const { rowCount, accounts } = planned;
  const assetCount = ledger.assets.length;
  if (rowCapacity(rowCount, assetCount) < 0) {
    throw new RangeError(`rowCount: expected room for the carry rows of ${assetCount} assets, got ${rowCount}`);
  }
  const rows = Uint16Array.from(accounts, (account) => accountRowCount(ledger, account));
  const zone = { rowCount, firstRow: carryRowCount(assetCount), endRow: rowCount - randomRowCount(rowCount) };
  const places = drawPlaces(rows, zone, random);

  const columns = Array.from({ length: entriesPerRow * entryWidth }, () => new Uint32Array(rowCount));
  const rowAccount = new Uint32Array(rowCount).fill(noAccount);
  const sums = createSums(assetCount);
  let next = 0;
  for (let i = 0; i < accounts.length; i++) {
    fillAccount(ledger, accounts[i]!, places.subarray(next, next + rows[i]!), columns, rowAccount, sums);
    next += rows[i]!;
  }
  const totals = Array.from({ length: assetCount }, (_, asset) => totalOf(sums, asset));
  fillCarryRows(columns, sums.limbs, totals);
  return { segment, rowCount, columns, rowAccount, totals };
}

// Sums over the entries of each asset, all far below 2^53: of each limb, and, on their own, of three parts of the
// amount (20 bits, 20 bits, the rest), so that totals and limbs check each other.
interface Sums {
  readonly limbs: Float64Array;
  readonly parts: Float64Array;
}

function createSums(assetCount: number): Sums {
  return { limbs: new Float64Array(assetCount * limbCount), parts: new Float64Array(assetCount * 3) };
}

function totalOf({ parts }: Sums, asset: number): bigint {
  const [low, middle, high] = parts.subarray(3 * asset);
  return BigInt(low!) + (BigInt(middle!) << 20n) + (BigInt(high!) << 40n);
}

// Entries are in order of asset; four go into each row.
function fillAccount(
  ledger: Ledger,
  account: number,
  places: Uint32Array,
  columns: readonly Uint32Array[],
  rowAccount: Uint32Array,
  sums: Sums,
): void {
  for (const place of places) rowAccount[place] = account;
  const start = ledger.accountStart[account]!;
  const end = ledger.accountStart[account + 1]!;
  for (let entry = start; entry < end; entry++) {
    const place = places[Math.floor((entry - start) / entriesPerRow)]!;
    const column = ((entry - start) % entriesPerRow) * entryWidth;
    fillEntry(ledger, entry, place, columns, column, sums);
  }
}

function fillEntry(
  ledger: Ledger,
  entry: number,
  row: number,
  columns: readonly Uint32Array[],
  firstColumn: number,
  sums: Sums,
): void {
  const asset = ledger.entryAsset[entry]!;
  const low = ledger.entryLow[entry]!;
  const high = ledger.entryHigh[entry]!;
  columns[firstColumn]![row] = asset;
  for (let l = 0; l < limbCount; l++) {
    const limb = limbOf(low, high, l);
    columns[firstColumn + 1 + l]![row] = limb;
    sums.limbs[(asset - 1) * limbCount + l]! += limb;
  }
  sums.parts[(asset - 1) * 3]! += low % 2 ** 20;
  sums.parts[(asset - 1) * 3 + 1]! += Math.floor(low / 2 ** 20);
  sums.parts[(asset - 1) * 3 + 2]! += high;
}

// Ten bits of the amount low + 2^40·high. `>>> 0` takes the low 32 bits of a number of 40.
function limbOf(low: number, high: number, l: number): number {
  if (l < 3) return ((low >>> 0) >>> (10 * l)) & 1023;
  if (l === 3) return Math.floor(low / 2 ** 30);
  return (high >>> (10 * (l - 4))) & 1023;
}
