/**
 * Which account goes to which segment (spec §4.7).
 *
 * A ledger that fits into one proof is one segment. A larger one is split, and since the totals of every segment are
 * public, an asset with few holders must not be spread thin:
 *
 * 1. All holders of any asset with fewer than T holders go to segment 0. T is 10,000, and is halved until the split
 *    succeeds; it never falls below the smallest group of step 2, where the step would gather the same holders anyway.
 * 2. The other accounts are mixed at random over all segments. As long as some segment has at least one but fewer than
 *    100 holders of an asset, all holders of that asset go to segment 0 too, and the others are mixed anew. (Segment 0
 *    may have few holders of an asset only if it has all of them.)
 * 3. When segment 0 overflows for every T, there is no safe split: an error names the groups. If the operator allows
 *    small groups of N holders, everything is tried again with N instead of 100, and only then.
 */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { maxSegmentCount } from '@solvent/report-format/manifest';
import { entriesPerRow, isRowCount, maxRowCount } from '@solvent/stark/table';
import { accountCount, accountId, countHolders, entryCount, type Ledger } from './ledger.js';
import { mixAccounts, sumRows } from './mix-accounts.js';
import type { Random } from './random.js';
import { rowCapacity, segmentCapacities, smallestRowCount } from './segment-sizes.js';

/** The accounts of one segment. Private. */
export interface PlannedSegment {
  /** N, the smallest allowed power of two that fits. */
  readonly rowCount: number;
  /** Numbers of the accounts in the ledger, ascending. */
  readonly accounts: Uint32Array;
}

/** A split of a ledger into segments. Private, and drawn once for a report. */
export interface SegmentPlan {
  readonly segments: readonly PlannedSegment[];
  /** T of step 1: every asset with fewer holders is in segment 0 alone. 0 when there is one segment. */
  readonly threshold: number;
  /** The fewest holders of an asset that a segment may have without having all of them. 0 when there is one segment. */
  readonly smallestGroup: number;
}

/** Choices of `planSegments`. */
export interface PlanOptions {
  /** The most rows of a segment, a power of two from 2^11 to 2^19 (the default). */
  readonly maxRowCount?: number | undefined;
  /** How few holders of an asset a segment may have when no split is safe at 100: 1 to 99. */
  readonly allowSmallGroups?: number | undefined;
}

/** An asset all of whose holders would have to be in one segment. */
export interface AssetGroup {
  readonly symbol: string;
  readonly holders: number;
}

/** A ledger that cannot be split into segments, and why. */
export class SegmentsError extends Error {
  /** The assets whose holders did not fit into segment 0 together; empty when one account alone is too large. */
  readonly groups: readonly AssetGroup[];
  readonly rowsNeeded: number;
  readonly rowsAvailable: number;

  constructor(message: string, groups: readonly AssetGroup[], rowsNeeded: number, rowsAvailable: number) {
    super(message);
    this.name = 'SegmentsError';
    this.groups = groups;
    this.rowsNeeded = rowsNeeded;
    this.rowsAvailable = rowsAvailable;
  }
}

const largestThreshold = 10_000;
const safeGroup = 100;
const namedGroups = 12;

/** How many rows an account takes: 4 entries fit into a row, and an account without entries has one row of zeros. */
export function accountRowCount(ledger: Ledger, account: number): number {
  return Math.max(1, Math.ceil(entryCount(ledger, account) / entriesPerRow));
}

/**
 * Splits a ledger into as few segments as fit. All draws come from `random`.
 *
 * @throws SegmentsError when an account is too large for any segment or no split is safe, RangeError for faulty options
 *   or a ledger without accounts
 */
export function planSegments(ledger: Ledger, random: Random, options: PlanOptions = {}): SegmentPlan {
  const split = prepareSplit(ledger, random, options.maxRowCount ?? maxRowCount);
  assertGroupOption(options.allowSmallGroups);
  const rowCount = smallestRowCount(split.rowTotal, ledger.assets.length, split.maxRowCount);
  if (rowCount !== undefined) {
    const accounts = new Uint32Array(split.rows.length);
    for (let account = 0; account < accounts.length; account++) accounts[account] = account;
    return { segments: [{ rowCount, accounts }], threshold: 0, smallestGroup: 0 };
  }
  const groupSizes = options.allowSmallGroups === undefined ? [safeGroup] : [safeGroup, options.allowSmallGroups];
  let overflow: Overflow | undefined;
  for (const smallestGroup of groupSizes) {
    for (const threshold of thresholds(smallestGroup)) {
      const result = trySplit(split, threshold, smallestGroup);
      if (!('rowsNeeded' in result)) return { segments: planned(split, result), threshold, smallestGroup };
      overflow = result;
    }
  }
  throw overflowError(split, overflow!);
}

// What stays the same over all attempts.
interface Split {
  readonly ledger: Ledger;
  readonly random: Random;
  readonly maxRowCount: number;
  readonly rows: Uint16Array;
  readonly rowTotal: number;
  readonly holders: Uint32Array;
}

// An attempt whose gathered accounts need more rows than segment 0 has.
interface Overflow {
  readonly gathered: Uint8Array;
  readonly rowsNeeded: number;
}

function prepareSplit(ledger: Ledger, random: Random, maxRows: number): Split {
  if (!isRowCount(maxRows))
    throw new RangeError(`maxRowCount: expected a power of two from 2^11 to 2^19, got ${maxRows}`);
  if (accountCount(ledger) === 0) throw new RangeError('ledger: expected at least one account, got none');
  const capacity = rowCapacity(maxRows, ledger.assets.length);
  if (capacity < 1) {
    throw new RangeError(
      `maxRowCount: expected room beside the carry rows of ${ledger.assets.length} assets, got ${maxRows}`,
    );
  }
  const rows = new Uint16Array(accountCount(ledger));
  let rowTotal = 0;
  let largest = 0;
  for (let account = 0; account < rows.length; account++) {
    rows[account] = accountRowCount(ledger, account);
    rowTotal += rows[account];
    if (rows[account] > rows[largest]) largest = account;
  }
  if (rows[largest] > capacity) throw accountError(ledger, largest, rows[largest], capacity);
  return { ledger, random, maxRowCount: maxRows, rows, rowTotal, holders: countHolders(ledger) };
}

function assertGroupOption(size: number | undefined): void {
  if (size === undefined || (Number.isInteger(size) && size >= 1 && size < safeGroup)) return;
  throw new RangeError(`allowSmallGroups: expected an integer from 1 to ${safeGroup - 1}, got ${size}`);
}

function thresholds(smallestGroup: number): number[] {
  const list: number[] = [];
  for (let t = largestThreshold; t > smallestGroup; t = Math.floor(t / 2)) list.push(t);
  return [...list, smallestGroup];
}

// The segment of each account, or why there is no such split. Each round gathers at least one asset more.
function trySplit(split: Split, threshold: number, smallestGroup: number): Uint16Array | Overflow {
  const gathered = Uint8Array.from(split.holders, (count) => (count < threshold ? 1 : 0));
  for (;;) {
    const inSegmentZero = holdersOf(split.ledger, gathered);
    const rowsNeeded = sumRows(split.rows, inSegmentZero, 1);
    if (rowsNeeded > rowCapacity(split.maxRowCount, gathered.length)) return { gathered, rowsNeeded };
    const segmentOf = mixUntilItFits(split, inSegmentZero);
    if (gatherSmallGroups(split, segmentOf, smallestGroup, gathered) === 0) return segmentOf;
  }
}

// Accounts of several rows may leave gaps that nothing fits into: then one segment more is needed.
function mixUntilItFits(split: Split, inSegmentZero: Uint8Array): Uint16Array {
  const { rows, random, rowTotal, ledger } = split;
  for (let extra = 0; ; extra++) {
    const capacities = segmentCapacities(rowTotal, ledger.assets.length, split.maxRowCount, extra);
    if (capacities.length > maxSegmentCount) {
      const message = `segments: expected at most ${maxSegmentCount}, got ${capacities.length} (larger ones are needed)`;
      throw new SegmentsError(message, [], rowTotal, maxSegmentCount * capacities[0]);
    }
    const segmentOf = mixAccounts(rows, inSegmentZero, capacities, random);
    if (segmentOf !== undefined) return segmentOf;
  }
}

function holdersOf(ledger: Ledger, gathered: Uint8Array): Uint8Array {
  const inSegmentZero = new Uint8Array(accountCount(ledger));
  for (let account = 0; account < inSegmentZero.length; account++) {
    const end = ledger.accountStart[account + 1];
    for (let entry = ledger.accountStart[account]; entry < end; entry++) {
      inSegmentZero[account] |= gathered[ledger.entryAsset[entry] - 1];
    }
  }
  return inSegmentZero;
}

// Marks the assets that some segment has too few holders of, and says how many were marked now.
function gatherSmallGroups(split: Split, segmentOf: Uint16Array, smallestGroup: number, gathered: Uint8Array): number {
  const { ledger, holders } = split;
  const assetCount = holders.length;
  const counts = new Uint32Array(countSegments(segmentOf) * assetCount);
  for (let account = 0; account < segmentOf.length; account++) {
    const end = ledger.accountStart[account + 1];
    const before = segmentOf[account] * assetCount - 1;
    for (let entry = ledger.accountStart[account]; entry < end; entry++) counts[before + ledger.entryAsset[entry]]++;
  }
  let found = 0;
  for (let i = 0; i < counts.length; i++) {
    const asset = i % assetCount;
    const isWholeInSegmentZero = i === asset && counts[i] === holders[asset];
    if (gathered[asset] !== 0 || isWholeInSegmentZero || counts[i] === 0 || counts[i] >= smallestGroup) continue;
    gathered[asset] = 1;
    found++;
  }
  return found;
}

function countSegments(segmentOf: Uint16Array): number {
  let count = 0;
  for (let account = 0; account < segmentOf.length; account++) count = Math.max(count, segmentOf[account] + 1);
  return count;
}

function planned(split: Split, segmentOf: Uint16Array): PlannedSegment[] {
  const sizes = new Uint32Array(countSegments(segmentOf));
  const rows = new Uint32Array(sizes.length);
  for (let account = 0; account < segmentOf.length; account++) {
    sizes[segmentOf[account]]++;
    rows[segmentOf[account]] += split.rows[account];
  }
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  const next = new Uint32Array(sizes.length);
  for (let account = 0; account < segmentOf.length; account++) {
    const segment = segmentOf[account];
    members[segment][next[segment]++] = account;
  }
  const segments = members.map((accounts, segment) => ({
    rowCount: smallestRowCount(rows[segment], split.ledger.assets.length, split.maxRowCount)!,
    accounts,
  }));
  // A segment that nobody was drawn for is no segment.
  return segments.filter(({ accounts }) => accounts.length > 0);
}

function accountError(ledger: Ledger, account: number, rows: number, capacity: number): SegmentsError {
  const id = quoteExcerpt(accountId(ledger, account));
  const message = `account ${id}: expected at most ${capacity} rows, which fit into a segment, got ${rows}`;
  return new SegmentsError(message, [], rows, capacity);
}

function overflowError(split: Split, { gathered, rowsNeeded }: Overflow): SegmentsError {
  const available = rowCapacity(split.maxRowCount, gathered.length);
  const groups: AssetGroup[] = [];
  for (const [i, { symbol }] of split.ledger.assets.entries()) {
    if (gathered[i] !== 0 && split.holders[i] > 0) groups.push({ symbol, holders: split.holders[i] });
  }
  const named = groups.slice(0, namedGroups).map(({ symbol, holders }) => `${symbol} (${holders} holders)`);
  if (groups.length > namedGroups) named.push(`${groups.length - namedGroups} more`);
  const message =
    `segments: no safe split: to keep small groups together, all holders of ${named.join(', ')} would have to be in ` +
    `segment 0; expected at most ${available} rows there, got ${rowsNeeded}`;
  return new SegmentsError(message, groups, rowsNeeded, available);
}
