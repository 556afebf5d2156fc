// A ledger from each of its sources: rows read in a second, and memory.
//
//     node bench/ledger-sources.js [--accounts COUNT] [--postgres URL] [--out FILE]
//
// Writes the example of an exchange, 3 balances an account, as CSV and Parquet and into an empty PostgreSQL database, if one
// is given as postgres://user:password@host:port/database, and reads each in a process of its own. Needs a build, and 150 bytes of disk for each balance in the folder for temporary files.
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeExampleLedger } from '@solvent/ledger/example-ledger';
import { readLedgerSource } from '@solvent/ledger-sources/read-ledger-source';
import { parseAssetsJson } from '@solvent/report-format/assets';
import { printTable, round, writeResults } from './lib/table.js';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '1000000' },
    postgres: { type: 'string' },
    out: { type: 'string', default: 'bench/results/ledger-sources.json' },
    read: { type: 'string' },
    assets: { type: 'string' },
  },
});

/** @type {Record<string, string>} */
const names = { csv: 'ledger.csv', parquet: 'ledger.parquet', postgresql: 'ledger.json' };

// The clients of databases are the sources' own.
const sources = createRequire(fileURLToPath(import.meta.resolve('@solvent/ledger-sources/read-ledger-source')));

/**
 * Reads one source in this process, and prints what it took.
 * @param {string} file
 * @param {string} assetsFile
 */
async function readOne(file, assetsFile) {
  const assets = parseAssetsJson(readFileSync(assetsFile, 'utf8'));
  const started = performance.now();
  const before = process.cpuUsage();
  let rows = 0;
  const onProgress = (/** @type {{ rows: number }} */ progress) => {
    rows = progress.rows;
  };
  const { ledger } = await readLedgerSource(file, assets, { onProgress });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const arrays = Object.values(ledger).filter((value) => ArrayBuffer.isView(value));
  const size = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const peak = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(JSON.stringify({ rows, seconds, cpu: (user + system) / 1e6, size, peak }));
}

/**
 * @param {string} csv
 * @param {string} parquet
 */
async function writeParquet(csv, parquet) {
  const { DuckDBInstance } = sources('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const rows = `SELECT account_id, asset, balance::DECIMAL(38, 18) AS balance FROM read_csv('${csv}', all_varchar = true)`;
  await connection.run(`COPY (${rows}) TO '${parquet}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

/**
 * @param {string} url
 * @param {string} csv
 * @param {string} settingsFile
 */
async function fillPostgres(url, csv, settingsFile) {
  const pg = sources('pg');
  const { from } = sources('pg-copy-streams');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE balances (account_id text, asset text, balance numeric(38, 18))');
  await pipeline(createReadStream(csv), client.query(from('COPY balances FROM STDIN (FORMAT csv, HEADER true)')));
  await client.query('ANALYZE balances');
  await client.end();
  const { hostname: host, port, username: user, pathname } = new URL(url);
  const where = { host, port: Number(port || 5432), database: pathname.slice(1), user };
  writeFileSync(settingsFile, JSON.stringify({ kind: 'postgresql', ...where, table: 'balances' }));
}

/** @param {string} folder */
async function measureAll(folder) {
  const path = (/** @type {string} */ name) => join(folder, name);
  const assetsFile = path('assets.json');
  const count = Number(values.accounts);
  await writeExampleLedger({ accountsFile: path(names.csv), assetsFile, count, profile: 'exchange' });
  await writeParquet(path(names.csv), path(names.parquet));
  const url = values.postgres;
  if (url !== undefined) await fillPostgres(url, path(names.csv), path(names.postgresql));
  const found = Object.keys(names).filter((source) => source !== 'postgresql' || url !== undefined);
  const env = { ...process.env, PGPASSWORD: url === undefined ? '' : decodeURIComponent(new URL(url).password) };
  return found.map((source) => {
    const args = [fileURLToPath(import.meta.url), '--read', path(names[source]), '--assets', assetsFile];
    const { rows, seconds, cpu, size, peak } = JSON.parse(execFileSync(process.execPath, args, { env }).toString());
    const times = { 'rows/s': Math.round(rows / seconds), seconds: round(seconds, 2), cpuS: round(cpu, 2) };
    return { source, rows, ...times, 'ledger MiB': round(size / 2 ** 20, 0), 'peak MiB': round(peak / 2 ** 20, 0) };
  });
}

if (values.read !== undefined && values.assets !== undefined) {
  await readOne(values.read, values.assets);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'solvent-bench-'));
  try {
    const results = await measureAll(folder);
    printTable('A ledger from its sources', results);
    writeResults(values.out, { ledgerSources: results });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
