/** A month of an exchange with one account holder, for tests of whole reports: ledger, wallets, signatures, balances. */
import { readFileSync } from 'node:fs';
import { proveArgs, write } from './folder.js';
import { runWell } from './run.js';

/** What the account is owed: the wallets hold 1.5 of each coin, and ether on two networks. */
const ledger = 'account_id,BTC,ETH,XRP\nalice,1.4,2.5,1.6\n';

/** Makes wallets and keys once, for all months: `example/`. */
export async function makeWallets(): Promise<void> {
  await runWell(['wallets', 'example', '--out', 'example']);
}

/**
 * Proves a month and prepares everything else for its report: `ID/public`, `ID-wallets.csv`, `ID-snapshot.json`,
 * `ID-reserves.json`. Gives the arguments that make the report.
 */
export async function prepareMonth(id: string, previous?: string): Promise<string[]> {
  write('assets.json', '[{"symbol":"BTC","decimals":8},{"symbol":"ETH","decimals":18},{"symbol":"XRP","decimals":6}]');
  write('ledger.csv', ledger);
  const follows = previous === undefined ? [] : ['--previous', `${previous}/public`];
  const args = proveArgs('ledger.csv', 'assets.json', id, '--allow-small-groups', '1', ...follows);
  await runWell(args.map((argument) => (argument.startsWith('2026-01-31') ? `${id}-28T23:59:59Z` : argument)));
  const snapshot = readFileSync('example/snapshot.json', 'utf8').replace('"2026-01"', `"${id}"`);
  write(`${id}-snapshot.json`, snapshot);
  const files = [`${id}-challenges.csv`, `${id}-wallets.csv`];
  await runWell(['wallets', 'challenge', 'example/wallets.csv', '--report', `${id}-snapshot.json`, '--out', files[0]]);
  await runWell(['wallets', 'sign', files[0], '--keys', 'example/keys.json', '--out', files[1]]);
  write(`${id}-reserves.json`, readFileSync('example/reserves.json'));
  return makeArgs(id, ...(previous === undefined ? [] : ['--previous', `${previous}/public`]));
}

/** The arguments of `report make` for a month that was prepared. */
export function makeArgs(id: string, ...more: string[]): string[] {
  const inputs = ['--wallets', `${id}-wallets.csv`, '--reserves', `${id}-reserves.json`];
  return [
    'report',
    'make',
    `${id}/public`,
    ...inputs,
    '--snapshot',
    `${id}-snapshot.json`,
    '--tokens',
    'example/tokens.json',
    ...more,
  ];
}
