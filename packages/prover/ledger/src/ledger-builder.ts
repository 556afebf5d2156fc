/**
 * Building a ledger from accounts and balances that come in any order.
 */
import type { Asset } from '@solvent/report-format/assets';
import { type ByteStrings, createByteStrings } from './byte-strings.js';
import { type DuplicateBalance, type EntryBlock, findDuplicate, groupEntries } from './group-entries.js';
import type { Ledger } from './ledger.js';

/** Collects accounts and balances. */
export interface LedgerBuilder {
  /** The ids of the accounts so far, in UTF-8. An account's number is that of its id; `add` adds the account. */
  readonly accounts: ByteStrings;
  /**
   * Adds a balance of the asset with that number, from 1, in two parts: amount mod 2^40 and ⌊amount / 2^40⌋ below 2^30.
   * A balance of 0 is no entry of the ledger, but it may not be there twice either.
   */
  addEntry(account: number, asset: number, low: number, high: number): void;
  /** The ledger; nothing can be added any more. Throws what `refuse` makes of the first second balance, by order of arrival, if there is one. */
  build(refuse: (duplicate: DuplicateBalance) => Error): Ledger;
}

/** An empty builder for a ledger of these assets. */
export function createLedgerBuilder(assets: readonly Asset[]): LedgerBuilder {
  const accounts = createByteStrings();
  let block = allocateBlock(smallestBlock);
  const blocks = [block];
  return {
    accounts,
    addEntry(account, asset, low, high) {
      if (block.count === block.account.length) {
        block = allocateBlock(Math.min(largestBlock, 2 * block.count));
        blocks.push(block);
      }
      const entry = block.count++;
      block.account[entry] = account;
      block.asset[entry] = asset;
      block.low[entry] = low;
      block.high[entry] = high;
    },
    build(refuse) {
      const entries = groupEntries(blocks, accounts.count(), assets.length);
      if (entries === undefined) throw refuse(findDuplicate(blocks, accounts.count(), assets.length)!);
      const { bytes: idBytes, start: idStart } = accounts.pack();
      return { assets, idBytes, idStart, ...entries };
    },
  };
}

// Blocks are never copied to larger ones, so that memory does not double when there are many.
const smallestBlock = 1 << 10;
const largestBlock = 1 << 20;

function allocateBlock(capacity: number): EntryBlock {
  return {
    count: 0,
    account: new Uint32Array(capacity),
    asset: new Uint16Array(capacity),
    low: new Float64Array(capacity),
    high: new Uint32Array(capacity),
  };
}
