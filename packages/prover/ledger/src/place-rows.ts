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
  const rows = new Uint16Array(accounts.length);
  for (let i = 0; i < rows.length; i++) rows[i] = accountRowCount(ledger, accounts[i]);
  const zone = { rowCount, firstRow: carryRowCount(assetCount), endRow: rowCount - randomRowCount(rowCount) };
  const places = drawPlaces(rows, zone, random);
  const { rowAccount, low, words, totals } = gatherRows(ledger, planned, rows, places);

  const columns = Array.from({ length: entriesPerRow * entryWidth }, () => new Uint32Array(rowCount));
  const limbSums = new Float64Array(assetCount * limbCount);
  for (let row = zone.firstRow; row < zone.endRow; row++) {
    for (let e = 0; e < entriesPerRow; e++) {
      const entry = row * entriesPerRow + e;
      const asset = words[4 * entry + 3];
      if (asset === 0) break;
      fillEntry(columns, row, e, asset, low[2 * entry], words[4 * entry + 2]);
      addLimbs(limbSums, columns, row, e, asset);
    }
  }
  fillCarryRows(columns, limbSums, totals);
  return { segment, rowCount, columns, rowAccount, totals };
}

// The account of each row, and its entries, 16 bytes each: low as a double, high and asset as integers of 32 bits. So a
// row is one line of the processor's cache, and random order costs one access to memory for each row; the columns are
// then written from top to bottom. The totals are those of the ledger itself.
function gatherRows(ledger: Ledger, { rowCount, accounts }: PlannedSegment, rows: Uint16Array, places: Uint32Array) {
  const { accountStart, entryAsset, entryLow, entryHigh } = ledger;
  const rowAccount = new Uint32Array(rowCount).fill(noAccount);
  const low = new Float64Array(2 * entriesPerRow * rowCount);
  const words = new Uint32Array(low.buffer);
  const sums = new Float64Array(3 * ledger.assets.length);
  let next = 0;
  for (let i = 0; i < accounts.length; i++) {
    const account = accounts[i];
    let entry = accountStart[account];
    const end = accountStart[account + 1];
    for (let k = 0; k < rows[i]; k++) {
      const row = places[next++];
      rowAccount[row] = account;
      for (let to = row * entriesPerRow; entry < end && to < (row + 1) * entriesPerRow; entry++, to++) {
        low[2 * to] = entryLow[entry];
        words[4 * to + 2] = entryHigh[entry];
        words[4 * to + 3] = entryAsset[entry];
        addAmount(sums, entryAsset[entry], entryLow[entry], entryHigh[entry]);
      }
    }
  }
  const totals = ledger.assets.map((_, i) => totalOf(sums.subarray(3 * i, 3 * i + 3)));
  return { rowAccount, low, words, totals };
}

// Sums of 20 bits, of 20 bits and of the rest of each amount, all far below 2^53. They owe nothing to the limbs in the
// columns, so that totals and sums of limbs check each other.
function addAmount(sums: Float64Array, asset: number, low: number, high: number): void {
  const upper = Math.floor(low / 2 ** 20);
  sums[3 * asset - 3] += low - upper * 2 ** 20;
  sums[3 * asset - 2] += upper;
  sums[3 * asset - 1] += high;
}

function totalOf([low, middle, high]: Float64Array): bigint {
  return BigInt(low) + (BigInt(middle) << 20n) + (BigInt(high) << 40n);
}

// Ten bits of the amount in each of seven columns. Both halves of the low 40 bits are integers of 20 bits.
function fillEntry(
  columns: readonly Uint32Array[],
  row: number,
  e: number,
  asset: number,
  low: number,
  high: number,
): void {
  const first = e * entryWidth;
  const upper = Math.floor(low / 2 ** 20);
  const lower = low - upper * 2 ** 20;
  columns[first][row] = asset;
  columns[first + 1][row] = lower & 1023;
  columns[first + 2][row] = lower >>> 10;
  columns[first + 3][row] = upper & 1023;
  columns[first + 4][row] = upper >>> 10;
  columns[first + 5][row] = high & 1023;
  columns[first + 6][row] = (high >>> 10) & 1023;
  columns[first + 7][row] = high >>> 20;
}

function addLimbs(
  limbSums: Float64Array,
  columns: readonly Uint32Array[],
  row: number,
  e: number,
  asset: number,
): void {
  const first = e * entryWidth + 1;
  const sum = (asset - 1) * limbCount;
  for (let l = 0; l < limbCount; l++) limbSums[sum + l] += columns[first + l][row];
}
