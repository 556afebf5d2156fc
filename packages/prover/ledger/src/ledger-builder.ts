/**
 * Building a ledger from accounts and balances that come in any order.
 */
import { MAX_AMOUNT } from '@solvent/report-format/amounts';
import type { Asset } from '@solvent/report-format/assets';
import type { Ledger } from './ledger.js';

/** A second balance of one account in one asset. */
export interface DuplicateBalance {
  /** The account's number, from 0. */
  readonly account: number;
  /** The asset's number, from 1. */
  readonly asset: number;
  /** The line of the earlier balance. */
  readonly firstLine: number;
  /** The line of the second balance. */
  readonly line: number;
}

/** Collects accounts and balances. */
export interface LedgerBuilder {
  /** The ids of the accounts so far; an account's number is its position. */
  readonly accountIds: readonly string[];
  /** The number of the account with this id, counted from 0; the account is added when it is new. */
  addAccount(id: string): number;
  /**
   * Adds a balance of `units` in [0, 2^70) of the asset with that number, from 1. The line is named if it turns out to be
   * a duplicate.
   *
   * @throws RangeError when units is out of range
   */
  addEntry(account: number, asset: number, units: bigint, line: number): void;
  /** The ledger. Throws what `refuse` makes of the first duplicate (by line) if there is one. */
  build(refuse: (duplicate: DuplicateBalance) => Error): Ledger;
}

/** An empty builder for a ledger of these assets. */
export function createLedgerBuilder(assets: readonly Asset[]): LedgerBuilder {
  const accountIds: string[] = [];
  const numbers = new Map<string, number>();
  let entries = allocateEntries(1024);
  return {
    accountIds,
    addAccount(id) {
      const known = numbers.get(id);
      if (known !== undefined) return known;
      numbers.set(id, accountIds.length);
      return accountIds.push(id) - 1;
    },
    addEntry(account, asset, units, line) {
      if (entries.count === entries.account.length) entries = growEntries(entries);
      putEntry(entries, account, asset, units, line);
    },
    build(refuse) {
      const order = sortEntries(entries, accountIds.length, assets.length);
      const duplicate = findDuplicate(entries, order);
      if (duplicate !== undefined) throw refuse(duplicate);
      return groupEntries(assets, accountIds, entries, order);
    },
  };
}

interface Entries {
  count: number;
  readonly account: Uint32Array;
  readonly asset: Uint16Array;
  readonly low: Float64Array;
  readonly high: Uint32Array;
  readonly line: Uint32Array;
}

function allocateEntries(capacity: number): Entries {
  return {
    count: 0,
    account: new Uint32Array(capacity),
    asset: new Uint16Array(capacity),
    low: new Float64Array(capacity),
    high: new Uint32Array(capacity),
    line: new Uint32Array(capacity),
  };
}

function growEntries(entries: Entries): Entries {
  const larger = allocateEntries(entries.account.length * 2);
  larger.count = entries.count;
  larger.account.set(entries.account);
  larger.asset.set(entries.asset);
  larger.low.set(entries.low);
  larger.high.set(entries.high);
  larger.line.set(entries.line);
  return larger;
}

function putEntry(entries: Entries, account: number, asset: number, units: bigint, line: number): void {
  if (units < 0n || units >= MAX_AMOUNT) throw new RangeError(`units: expected a value in [0, 2^70), got ${units}`);
  const entry = entries.count++;
  entries.account[entry] = account;
  entries.asset[entry] = asset;
  entries.line[entry] = line;
  const value = Number(units);
  if (value <= Number.MAX_SAFE_INTEGER) {
    const high = Math.floor(value / 2 ** 40);
    entries.high[entry] = high;
    entries.low[entry] = value - high * 2 ** 40;
  } else {
    entries.high[entry] = Number(units >> 40n);
    entries.low[entry] = Number(BigInt.asUintN(40, units));
  }
}

// The entries in order of account, then asset, then arrival: two stable counting sorts, the less significant key first.
function sortEntries(entries: Entries, accounts: number, assets: number): Uint32Array {
  const arrival = new Uint32Array(entries.count);
  for (let i = 0; i < arrival.length; i++) arrival[i] = i;
  const byAsset = countingSort(arrival, entries.asset, assets + 1);
  return countingSort(byAsset, entries.account, accounts);
}

function countingSort(order: Uint32Array, keys: Uint32Array | Uint16Array, keyCount: number): Uint32Array {
  const next = new Uint32Array(keyCount + 1);
  for (const item of order) next[keys[item]! + 1]!++;
  for (let key = 0; key < keyCount; key++) next[key + 1]! += next[key]!;
  const sorted = new Uint32Array(order.length);
  for (const item of order) sorted[next[keys[item]!]!++] = item;
  return sorted;
}

function findDuplicate(entries: Entries, order: Uint32Array): DuplicateBalance | undefined {
  let found: DuplicateBalance | undefined;
  for (let i = 1; i < order.length; i++) {
    const [first, second] = [order[i - 1]!, order[i]!];
    const account = entries.account[second]!;
    const asset = entries.asset[second]!;
    if (entries.account[first] !== account || entries.asset[first] !== asset) continue;
    const line = entries.line[second]!;
    if (found === undefined || line < found.line) found = { account, asset, firstLine: entries.line[first]!, line };
  }
  return found;
}

function groupEntries(
  assets: readonly Asset[],
  accountIds: readonly string[],
  from: Entries,
  order: Uint32Array,
): Ledger {
  const kept = order.filter((entry) => from.low[entry] !== 0 || from.high[entry] !== 0);
  const accountStart = new Uint32Array(accountIds.length + 1);
  const entryAsset = new Uint16Array(kept.length);
  const entryLow = new Float64Array(kept.length);
  const entryHigh = new Uint32Array(kept.length);
  for (let i = 0; i < kept.length; i++) {
    const entry = kept[i]!;
    accountStart[from.account[entry]! + 1]!++;
    entryAsset[i] = from.asset[entry]!;
    entryLow[i] = from.low[entry]!;
    entryHigh[i] = from.high[entry]!;
  }
  for (let account = 0; account < accountIds.length; account++) accountStart[account + 1]! += accountStart[account]!;
  return { assets, accountIds, accountStart, entryAsset, entryLow, entryHigh };
}
