// Whole reports, from CSV to a verified folder with its private store, by number of accounts.
//
//     node bench/report.js [--accounts 10000,100000,1000000] [--threads COUNT] [--out FILE]
//
// Each account holds three balances on average. Needs a build: the command itself is run, as operators run it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeExampleLedger } from '@solvent/ledger/example-ledger';
import { printTable, round, writeResults } from './lib/table.js';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000,100000,1000000' },
    threads: { type: 'string' },
    out: { type: 'string', default: 'bench/results/report.json' },
  },
});
const command = fileURLToPath(new URL('../apps/cli/bin/solvent.js', import.meta.url));

/**
 * Runs the command: seconds of wall time, and the most memory that the system saw it hold, in MiB.
 * @param {string[]} args
 */
async function run(args) {
  const started = performance.now();
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let peakKiB = 0;
  const poll = setInterval(() => {
    try {
      const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      if (line !== null) peakKiB = Math.max(peakKiB, Number(line[1]));
    } catch {
      // The process has ended.
    }
  }, 50);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    text += piece;
  });
  const [code] = await once(child, 'exit');
  clearInterval(poll);
  if (code !== 0) throw new Error(`solvent ${args[0]} ended with exit code ${code}`);
  return { seconds: (performance.now() - started) / 1000, peakMiB: peakKiB / 1024, text };
}

/**
 * @param {string} path
 * @returns {number}
 */
function sizeOf(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** @param {number} accountCount */
async function measure(accountCount) {
  const folder = mkdtempSync(join(tmpdir(), 'solvent-bench-'));
  try {
    const ledger = { accountsFile: join(folder, 'ledger.csv'), assetsFile: join(folder, 'assets.json') };
    await writeExampleLedger({ ...ledger, count: accountCount, profile: 'exchange' });
    const files = ['--accounts', ledger.accountsFile, '--assets', ledger.assetsFile, '--out', join(folder, 'out')];
    const context = ['--exchange', 'bench', '--report-id', 'bench', '--time', '2026-01-31T23:59:59Z'];
    const key = ['--new-store-key', join(folder, 'store.key')];
    const threads = values.threads === undefined ? [] : ['--threads', values.threads];
    const prove = await run(['prove', ...files, ...context, ...key, ...threads]);
    const verify = await run(['verify', join(folder, 'out/public')]);
    return {
      accounts: accountCount,
      'csv (MiB)': round(statSync(ledger.accountsFile).size / 2 ** 20),
      'prove (s)': round(prove.seconds),
      'µs/account': round((prove.seconds * 1e6) / accountCount),
      'peak (MiB)': round(prove.peakMiB, 0),
      'verify (s)': round(verify.seconds, 2),
      'public (KiB)': round(sizeOf(join(folder, 'out/public')) / 1024, 0),
      'private (MiB)': round(sizeOf(join(folder, 'out/private')) / 2 ** 20, 0),
      parts: /^time\s+(.*)$/m.exec(prove.text)?.[1] ?? '',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const results = [];
for (const accountCount of values.accounts.split(',').map(Number)) {
  results.push(await measure(accountCount));
  console.error(`${accountCount} accounts done`);
}
printTable('Reports, from CSV to a verified folder with its private store', results);
writeResults(values.out, { reports: results });
