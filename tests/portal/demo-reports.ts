/** Reports and inclusion files as the command makes them. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '@solvent/scripts/steps';

const command = path.join(root, 'apps/cli/bin/solvent.js');

/** The site as `npm run build` leaves it. */
export const builtSite = path.join(root, 'apps/portal/dist');

/** Runs the command `solvent`; its output. */
export function solvent(...args: string[]): string {
  return execFileSync(process.execPath, [command, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The demonstration in a folder of its own: two reports, 2026-01 and 2026-02, and what is private of both. */
export interface Demo {
  readonly folder: string;
  /** The directory of reports. */
  readonly reports: string;
  /** The path of an account's file of a month, such as `2026-02`, made when it is first asked for. */
  inclusionFile(month: string, accountId: string): string;
  /** The balances of an account in a month's ledger, in decimal text by symbol, without those of 0. */
  balances(month: string, accountId: string): Map<string, string>;
  remove(): void;
}

/** Runs `solvent demo`, with the number of accounts of the bundled example unless given. */
export function makeDemo(accountCount?: number): Demo {
  if (!fs.existsSync(path.join(builtSite, 'index.html'))) throw new Error('apps/portal/dist: run npm run build first');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-portal-'));
  solvent('demo', ...(accountCount === undefined ? [] : ['--accounts', String(accountCount)]), '--out', folder);
  return {
    folder,
    reports: path.join(folder, 'reports'),
    inclusionFile(month, accountId) {
      const file = path.join(folder, `${month}-${accountId}.json`);
      if (fs.existsSync(file)) return file;
      const key = path.join(folder, `${month}.key`);
      solvent('inclusion', path.join(folder, month), '--store-key', key, '--account', accountId, '--out', file);
      return file;
    },
    balances: (month, accountId) => balancesIn(path.join(folder, month, 'ledger.csv'), accountId),
    remove: () => fs.rmSync(folder, { recursive: true }),
  };
}

function balancesIn(ledger: string, accountId: string): Map<string, string> {
  const [header = '', ...rows] = fs.readFileSync(ledger, 'utf8').split('\n');
  if (header !== 'account_id,asset,balance') throw new Error(`${ledger}: expected a long ledger, got ${header}`);
  const own = rows.map((row) => row.split(',')).filter(([id]) => id === accountId);
  return new Map(own.flatMap(([, asset, balance]) => (Number(balance) === 0 ? [] : [[asset!, balance!] as const])));
}
