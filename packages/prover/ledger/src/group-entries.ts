/**
 * Entries in order of arrival to entries grouped by account and sorted by asset.
 */
import type { Ledger } from './ledger.js';

/** Some entries in order of arrival; the first `count` elements of each array. */
export interface EntryBlock {
  count: number;
  readonly account: Uint32Array;
  readonly asset: Uint16Array;
  readonly low: Float64Array;
  readonly high: Uint32Array;
}

/** A second balance of one account in one asset. */
export interface DuplicateBalance {
  /** The account's number, from 0. */
  readonly account: number;
  /** The asset's number, from 1. */
  readonly asset: number;
  /** Which of the balances that were added, counted from 0, is the earlier one. */
  readonly first: number;
  /** Which of them is the second one. */
  readonly second: number;
}

/** The entries of a ledger. */
export type GroupedEntries = Pick<Ledger, 'accountStart' | 'entryAsset' | 'entryLow' | 'entryHigh'>;

/**
 * The entries by account and asset, without those of amount 0; undefined when an account has an asset twice.
 *
 * @param blocks emptied when all is well, so that its memory can be used again
 */
export function groupEntries(
  blocks: EntryBlock[],
  accountCount: number,
  assetCount: number,
): GroupedEntries | undefined {
  const entries = groupByAccount(blocks, accountCount);
  if (!sortByAsset(entries, assetCount)) return undefined;
  const hasZeros = blocks.some(hasZero);
  blocks.length = 0;
  return hasZeros ? withoutZeros(entries) : entries;
}

// A counting sort; entries of an account stay in order of arrival.
function groupByAccount(blocks: readonly EntryBlock[], accountCount: number): GroupedEntries {
  const accountStart = new Uint32Array(accountCount + 1);
  for (const { account, count } of blocks) for (let i = 0; i < count; i++) accountStart[account[i] + 1]++;
  for (let account = 0; account < accountCount; account++) accountStart[account + 1] += accountStart[account];
  const entryAsset = new Uint16Array(accountStart[accountCount]);
  const entryLow = new Float64Array(entryAsset.length);
  const entryHigh = new Uint32Array(entryAsset.length);
  for (const { count, account, asset, low, high } of blocks) {
    for (let i = 0; i < count; i++) {
      const entry = accountStart[account[i]]++;
      entryAsset[entry] = asset[i];
      entryLow[entry] = low[i];
      entryHigh[entry] = high[i];
    }
  }
  // Now every start has moved to its account's end, which is the start of the next one.
  accountStart.copyWithin(1, 0, accountCount);
  accountStart[0] = 0;
  return { accountStart, entryAsset, entryLow, entryHigh };
}

const insertionLimit = 24;

// Returns false when an account has an asset twice.
function sortByAsset(entries: GroupedEntries, assetCount: number): boolean {
  const { accountStart } = entries;
  const sortLarge = createLargeSort(entries, assetCount);
  for (let account = 0; account + 1 < accountStart.length; account++) {
    const start = accountStart[account];
    const end = accountStart[account + 1];
    const isUnique = end - start > insertionLimit ? sortLarge(start, end) : sortSmall(entries, start, end);
    if (!isUnique) return false;
  }
  return true;
}

// Insertion sort.
function sortSmall({ entryAsset, entryLow, entryHigh }: GroupedEntries, start: number, end: number): boolean {
  for (let i = start + 1; i < end; i++) {
    const asset = entryAsset[i];
    if (asset > entryAsset[i - 1]) continue;
    const low = entryLow[i];
    const high = entryHigh[i];
    let to = i;
    for (; to > start && entryAsset[to - 1] > asset; to--) {
      entryAsset[to] = entryAsset[to - 1];
      entryLow[to] = entryLow[to - 1];
      entryHigh[to] = entryHigh[to - 1];
    }
    if (to > start && entryAsset[to - 1] === asset) return false;
    entryAsset[to] = asset;
    entryLow[to] = low;
    entryHigh[to] = high;
  }
  return true;
}

// Puts each entry into the place of its asset, then takes them out in order.
function createLargeSort({ entryAsset, entryLow, entryHigh }: GroupedEntries, assetCount: number) {
  const isHeld = new Uint8Array(assetCount + 1);
  const low = new Float64Array(assetCount + 1);
  const high = new Uint32Array(assetCount + 1);
  return (start: number, end: number): boolean => {
    for (let i = start; i < end; i++) {
      const asset = entryAsset[i];
      if (isHeld[asset] === 1) return false;
      isHeld[asset] = 1;
      low[asset] = entryLow[i];
      high[asset] = entryHigh[i];
    }
    let to = start;
    for (let asset = 1; asset <= assetCount; asset++) {
      if (isHeld[asset] === 0) continue;
      isHeld[asset] = 0;
      entryAsset[to] = asset;
      entryLow[to] = low[asset];
      entryHigh[to++] = high[asset];
    }
    return true;
  };
}

function hasZero({ count, low, high }: EntryBlock): boolean {
  for (let i = 0; i < count; i++) if (low[i] === 0 && high[i] === 0) return true;
  return false;
}

function withoutZeros({ accountStart, entryAsset, entryLow, entryHigh }: GroupedEntries): GroupedEntries {
  let kept = 0;
  let entry = 0;
  for (let account = 0; account + 1 < accountStart.length; account++) {
    for (const end = accountStart[account + 1]; entry < end; entry++) {
      if (entryLow[entry] === 0 && entryHigh[entry] === 0) continue;
      entryAsset[kept] = entryAsset[entry];
      entryLow[kept] = entryLow[entry];
      entryHigh[kept++] = entryHigh[entry];
    }
    accountStart[account + 1] = kept;
  }
  return {
    accountStart,
    entryAsset: entryAsset.slice(0, kept),
    entryLow: entryLow.slice(0, kept),
    entryHigh: entryHigh.slice(0, kept),
  };
}

/** The first second balance of an account in an asset, by order of arrival; undefined when there is none. */
export function findDuplicate(
  blocks: readonly EntryBlock[],
  accountCount: number,
  assetCount: number,
): DuplicateBalance | undefined {
  const total = blocks.reduce((sum, { count }) => sum + count, 0);
  const accounts = new Uint32Array(total);
  const assets = new Uint16Array(total);
  let next = 0;
  for (const { account, asset, count } of blocks) {
    accounts.set(account.subarray(0, count), next);
    assets.set(asset.subarray(0, count), next);
    next += count;
  }
  // Stable sorts, the less significant key first: second balances stand behind the first ones.
  const arrival = new Uint32Array(total);
  for (let i = 0; i < total; i++) arrival[i] = i;
  const order = countingSort(countingSort(arrival, assets, assetCount + 1), accounts, accountCount);
  let found: DuplicateBalance | undefined;
  for (let i = 1; i < total; i++) {
    const [first, second] = [order[i - 1], order[i]];
    const account = accounts[second];
    const asset = assets[second];
    if (accounts[first] !== account || assets[first] !== asset) continue;
    if (found === undefined || second < found.second) found = { account, asset, first, second };
  }
  return found;
}

function countingSort(order: Uint32Array, keys: Uint32Array | Uint16Array, keyCount: number): Uint32Array {
  const next = new Uint32Array(keyCount + 1);
  for (const item of order) next[keys[item] + 1]++;
  for (let key = 0; key < keyCount; key++) next[key + 1] += next[key];
  const sorted = new Uint32Array(order.length);
  for (const item of order) sorted[next[keys[item]]++] = item;
  return sorted;
}
