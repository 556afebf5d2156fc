/**
 * Accounts that take more than one row: they are few, and are placed before the others.
 */
import { type Random, shuffle } from './random.js';

/**
 * The accounts of more than one row for which `isWanted` holds: the largest first, those of the same size in random order.
 *
 * @param rows rows that each account takes
 */
export function drawLarger(rows: Uint16Array, isWanted: (account: number) => boolean, random: Random): Uint32Array {
  const accounts = selectLarger(rows, isWanted);
  shuffle(random, accounts);
  return sortByRows(accounts, rows);
}

// Ascending.
function selectLarger(rows: Uint16Array, isWanted: (account: number) => boolean): Uint32Array {
  let count = 0;
  for (let account = 0; account < rows.length; account++) if (rows[account] > 1 && isWanted(account)) count++;
  const accounts = new Uint32Array(count);
  for (let account = 0, next = 0; next < count; account++) {
    if (rows[account] > 1 && isWanted(account)) accounts[next++] = account;
  }
  return accounts;
}

// A counting sort: accounts with the same number of rows stay in order.
function sortByRows(accounts: Uint32Array, rows: Uint16Array): Uint32Array {
  const largest = accounts.reduce((best, account) => Math.max(best, rows[account]), 0);
  // next[r] is where the next account of `largest − r` rows goes.
  const next = new Uint32Array(largest + 1);
  for (const account of accounts) next[largest - rows[account] + 1]++;
  for (let key = 0; key < largest; key++) next[key + 1] += next[key];
  const sorted = new Uint32Array(accounts.length);
  for (const account of accounts) sorted[next[largest - rows[account]]++] = account;
  return sorted;
}
