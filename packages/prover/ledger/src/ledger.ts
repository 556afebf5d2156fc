/**
 * The ledger in memory: accounts and their balances, as a structure of arrays so that millions fit.
 *
 * An entry is one nonzero balance. Entries are grouped by account and sorted by asset within it; a balance of zero is no
 * entry, and an account without entries is still an account.
 */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { type Asset, assertAssets } from '@solvent/report-format/assets';
import { maxAccountIdSize } from '@solvent/stark/account-tag';
import { type AmountParts, joinUnits, splitUnits } from './amount-bytes.js';
import { decodeString } from './byte-strings.js';
import { createLedgerBuilder } from './ledger-builder.js';

/** Accounts and balances of one snapshot. Private: nothing of it may be published but totals. */
export interface Ledger {
  /** The assets of the report, sorted. */
  readonly assets: readonly Asset[];
  /** The ids of the accounts in UTF-8, one after the other, none twice, in the order in which they were first seen. */
  readonly idBytes: Uint8Array;
  /** The id of account i is idBytes[idStart[i]] … idBytes[idStart[i + 1] − 1]; one element more than there are accounts. */
  readonly idStart: Uint32Array;
  /** Entries of account i are accountStart[i] … accountStart[i + 1] − 1; one element more than there are accounts. */
  readonly accountStart: Uint32Array;
  /** The asset of each entry: its position in the list, counted from 1. */
  readonly entryAsset: Uint16Array;
  /** The low 40 bits of each amount in units: amount mod 2^40. */
  readonly entryLow: Float64Array;
  /** The high 30 bits of each amount in units: ⌊amount / 2^40⌋. */
  readonly entryHigh: Uint32Array;
}

/** An account and its balances in units, by symbol. */
export interface AccountBalances {
  readonly id: string;
  readonly balances: Iterable<readonly [symbol: string, units: bigint]>;
}

/**
 * What should have been there instead of this account id, such as `an account id of at most 256 bytes of UTF-8`, or
 * undefined when it is fine. Ids are opaque: any other text is an id, and is never trimmed, folded or normalised.
 */
export function accountIdFault(id: string): string | undefined {
  if (id === '') return 'an account id that is not empty';
  // A UTF-16 code unit takes at most three bytes of UTF-8.
  if (id.length * 3 > maxAccountIdSize && Buffer.byteLength(id, 'utf8') > maxAccountIdSize) {
    return `an account id of at most ${maxAccountIdSize} bytes of UTF-8`;
  }
  return /\p{Surrogate}/u.test(id) ? 'an account id of whole Unicode characters' : undefined;
}

/** The number of each asset, counted from 1, by its symbol. */
export function indexAssets(assets: readonly Asset[]): Map<string, number> {
  return new Map(assets.map(({ symbol }, i) => [symbol, i + 1]));
}

/**
 * The ledger of accounts that are already in memory.
 *
 * @throws RangeError for a faulty or repeated id, an unlisted asset, an amount outside [0, 2^70), or an asset twice in an
 *   account; TypeError for wrong types
 */
export function createLedger(assets: readonly Asset[], accounts: Iterable<AccountBalances>): Ledger {
  assertAssets(assets);
  const numbers = indexAssets(assets);
  const builder = createLedgerBuilder(assets);
  const parts: AmountParts = { low: 0, high: 0 };
  for (const { id, balances } of accounts) {
    const where = `account ${quoteExcerpt(id)}`;
    const fault = accountIdFault(id);
    if (fault !== undefined) throw new RangeError(`${where}: expected ${fault}`);
    const account = builder.accounts.count();
    const bytes = Buffer.from(id, 'utf8');
    if (builder.accounts.add(bytes, 0, bytes.length) !== account) {
      throw new RangeError(`${where}: expected each account once, got it twice`);
    }
    for (const [symbol, units] of balances) {
      const asset = numbers.get(symbol);
      if (asset === undefined) throw new RangeError(`${where}: expected a listed asset, got ${quoteExcerpt(symbol)}`);
      splitUnits(units, parts);
      builder.addEntry(account, asset, parts.low, parts.high);
    }
  }
  return builder.build(({ account, asset }) => {
    const where = `account ${quoteExcerpt(builder.accounts.text(account))}`;
    return new RangeError(`${where}: expected each asset once, got ${assets[asset - 1].symbol} twice`);
  });
}

/** How many accounts there are. */
export function accountCount(ledger: Ledger): number {
  return ledger.accountStart.length - 1;
}

/** The id of an account, by its number from 0. */
export function accountId({ idBytes, idStart }: Ledger, account: number): string {
  return decodeString({ bytes: idBytes, start: idStart }, account);
}

/** The amount of an entry in units. */
export function entryUnits(ledger: Ledger, entry: number): bigint {
  return joinUnits(ledger.entryLow[entry], ledger.entryHigh[entry]);
}

/** How many entries an account has. */
export function entryCount(ledger: Ledger, account: number): number {
  return ledger.accountStart[account + 1] - ledger.accountStart[account];
}

/** How many accounts hold each asset; index a − 1 belongs to asset a. */
export function countHolders(ledger: Ledger): Uint32Array {
  const holders = new Uint32Array(ledger.assets.length);
  for (let entry = 0; entry < ledger.entryAsset.length; entry++) holders[ledger.entryAsset[entry] - 1]++;
  return holders;
}
