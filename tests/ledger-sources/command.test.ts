/** The same ledger from a database and its files. Signals need `npm run build` before. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { valuesQuery, writeParquet } from '@solvent/ledger-sources/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCommand } from '../support/distributed.js';
import { type LocalPostgres, startPostgres } from '../support/postgres.js';
import { runSolvent } from '../support/run-command.js';

const folder = mkdtempSync(join(tmpdir(), 'solvent-ledger-command-'));
const home = process.cwd();
const write = (name: string, text: string) => writeFileSync(name, text);

const rows = [
  ['bob', 'ETH', '2.5'],
  ['ann', 'BTC', '0.5'],
  ['ann', 'ETH', '0.000000000000000001'],
  ['carol', 'BTC', '1.25'],
];
const columns = ['account_id', 'asset', 'balance'].map((name) => ({
  name,
  type: name === 'balance' ? 'DECIMAL(38,18)' : 'VARCHAR',
}));

let server: LocalPostgres;
let client: pg.Client;
let parquet: string;

/** A `prove` without encryption, unless more is said of keys. */
function prove(accounts: string, out: string, ...more: string[]): string[] {
  const input = ['--accounts', accounts, '--assets', 'assets.json'];
  const title = ['--exchange', 'Example Exchange', '--report-id', out, '--time', '2026-01-31T23:59:59Z'];
  const size = ['--allow-small-groups', '1', '--max-rows', '2048'];
  const store = more.some((word) => word.endsWith('store-key')) ? [] : ['--plain-store'];
  return ['prove', ...input, ...title, ...size, '--out', out, ...store, ...more];
}

async function runWell(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runSolvent(...args);
  expect(exitCode, stderr).toBe(0);
  return stdout;
}

/** Runs the built command, and interrupts it when it has said something. Gives its exit code, or its signal. */
async function interruptAt(text: string, args: readonly string[]): Promise<number | NodeJS.Signals> {
  const command = startCommand(folder, args);
  await command.says(text);
  command.kill('SIGINT');
  return command.ended;
}

beforeAll(async () => {
  process.chdir(folder);
  write('assets.json', '[{"symbol":"BTC","decimals":8},{"symbol":"ETH","decimals":18}]');
  write('ledger.csv', `account_id,asset,balance\n${rows.map((row) => `${row.join(',')}\n`).join('')}`);
  parquet = await writeParquet('ledger.parquet', valuesQuery(columns, rows));
  server = await startPostgres();
  client = new pg.Client({ connectionString: await server.createDatabase('exchange') });
  client.on('error', () => {});
  await client.connect();
  await client.query(`CREATE TABLE balances AS ${valuesQuery(columns, rows)}`);
  const { port, user } = server;
  const settings = { kind: 'postgresql', host: '127.0.0.1', port, user, passwordFile: 'pg-password' };
  write('pg-password', `${server.password}\n`);
  write('ledger.pg.json', JSON.stringify({ ...settings, database: 'exchange', table: 'balances' }));
  const query = "SELECT 'a' AS account_id, 'BTC' AS asset, 1 AS balance FROM pg_sleep(60)";
  write('slow.pg.json', JSON.stringify({ ...settings, database: 'exchange', query }));
  await runWell(prove('ledger.csv', 'from-csv'));
});
afterAll(async () => {
  await client?.end();
  await server?.stop();
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

const totalsOf = (out: string) => JSON.parse(readFileSync(`${out}/public/sum_proof_data.json`, 'utf8')).totals;

describe('a report', () => {
  test('from Parquet verifies, with a holder, and has the totals of the CSV file', async () => {
    const { exitCode, stderr } = await runSolvent(...prove(parquet, 'from-parquet'));
    expect(exitCode).toBe(0);
    expect(stderr).toContain('reading the ledger, 4 rows\n');
    expect(totalsOf('from-parquet')).toEqual(totalsOf('from-csv'));
    await runWell(['inclusion', 'from-parquet', '--account', 'ann', '--out', 'ann.json']);
    const stdout = await runWell(['verify', 'from-parquet/public', 'ann.json', '--account', 'ann']);
    expect(stdout).toContain('Total sum and non-negative constraint validation passed');
    expect(stdout).toContain('Inclusion constraint validation passed');
  });

  test('from PostgreSQL has the same totals, and shows no password', async () => {
    const { stdout, stderr } = await runSolvent(...prove('ledger.pg.json', 'from-postgres'));
    expect(stderr).toMatch(/reading the ledger, about [\d,]+ rows\n/);
    expect(stdout + stderr).not.toContain(server.password);
    expect(totalsOf('from-postgres')).toEqual(totalsOf('from-csv'));
    await runWell(['verify', 'from-postgres/public']);
  });

  test('is not made of a faulty source', async () => {
    const faulty = await writeParquet('faulty.parquet', valuesQuery(columns, [...rows, ['dave', 'BTC', '-1']]));
    const { exitCode, stderr } = await runSolvent(...prove(faulty, 'none'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('row 5, account "dave", column 3 (balance): expected an amount of at least 0, got "-1');
    expect(existsSync('none')).toBe(false);
  });
});

describe('an interrupted run', () => {
  test('goes on from a table whose rows have moved, and not from one that has changed', async () => {
    const usual = prove('ledger.pg.json', 'resumed', '--new-store-key', 'key');
    expect(await interruptAt('placing rows', usual)).toBe('SIGINT');
    const again = prove('ledger.pg.json', 'resumed', '--store-key', 'key', '--resume');
    // Every row is written anew, and lies elsewhere.
    await client.query("UPDATE balances SET balance = balance WHERE account_id = 'bob'");
    await client.query("UPDATE balances SET balance = balance + 1 WHERE account_id = 'ann' AND asset = 'BTC'");
    const refused = await runSolvent(...again);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('--accounts: the SHA-256');
    await client.query("UPDATE balances SET balance = balance - 1 WHERE account_id = 'ann' AND asset = 'BTC'");
    await runWell(again);
    expect(totalsOf('resumed')).toEqual(totalsOf('from-csv'));
  });

  test('ends the statement that it waits for, and leaves nothing', async () => {
    expect(await interruptAt('reading', prove('slow.pg.json', 'slow'))).toBe('SIGINT');
    expect(existsSync('slow')).toBe(false);
    const count = async () => {
      const { rows: found } = await client.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'solvent'");
      return found.length;
    };
    // Long before the statement would end by itself.
    await expect.poll(count, { timeout: 30_000 }).toBe(0);
  });

  test('lets go of a Parquet file, and leaves nothing', async () => {
    const query = `SELECT i AS account_id, 'BTC' AS asset, 1 AS balance FROM range(5000000) t(i)`;
    const large = await writeParquet('large.parquet', query);
    expect(await interruptAt('reading', prove(large, 'large'))).toBe('SIGINT');
    expect(existsSync('large')).toBe(false);
    expect(readdirSync('tmp')).toEqual([]);
    // A plan says nothing while it reads: it has begun when its pipe is there.
    const plan = startCommand(folder, ['plan', '--accounts', large, '--assets', 'assets.json']);
    await expect.poll(() => readdirSync('tmp').length, { timeout: 30_000 }).toBe(1);
    plan.kill('SIGINT');
    expect(await plan.ended).toBe('SIGINT');
    expect(readdirSync('tmp')).toEqual([]);
  });
});
