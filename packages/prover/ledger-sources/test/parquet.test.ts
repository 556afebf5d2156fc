import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as duckdb from '@duckdb/node-api';
import { describeLedger } from '@solvent/ledger/testing';
import type { Asset } from '@solvent/report-format/assets';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadDuckdb, withDuckdb } from '../src/duckdb.js';
import { readParquetLedger } from '../src/parquet-source.js';
import type { SourceProgress } from '../src/source-options.js';
import { longColumns, valuesQuery, writeParquet } from '../src/testing.js';
import { temporaryFile } from './temporary-files.js';

const assets: Asset[] = [
  { symbol: 'BTC', decimals: 8 },
  { symbol: 'btc', decimals: 0 },
];

// A folder of temporary files for this test alone: others make pipes at the same time.
const temporaries = temporaryFile('tmp');
beforeAll(() => {
  mkdirSync(temporaries);
  vi.stubEnv('TMPDIR', temporaries);
});
afterAll(() => void vi.unstubAllEnvs());

/** A query that gives a long table with balances of a type. */
const long = (balanceType: string, ...rows: (string | null)[][]) => valuesQuery(longColumns(balanceType), rows);

const writeTable = (name: string, query: string) => writeParquet(temporaryFile(name), query);

async function read(query: string, name = 'ledger.parquet', list = assets) {
  const { ledger } = await readParquetLedger(await writeTable(name, query), list);
  return describeLedger(ledger);
}

/** Puts other bytes, as many, everywhere in a file. */
function replaceBytes(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'latin1');
  expect(text).toContain(from);
  writeFileSync(file, text.replaceAll(from, to), 'latin1');
}

async function messageOf(query: string): Promise<string> {
  const file = await writeTable('wrong.parquet', query);
  const error = await readParquetLedger(file, assets).catch((reason: Error) => reason);
  expect((error as Error).name).toBe('LedgerError');
  return (error as Error).message.replace(`${file}: `, '');
}

describe('readParquetLedger', () => {
  it.each(['DECIMAL(38, 18)', 'DECIMAL(18, 8)', 'DECIMAL(8, 8)', 'VARCHAR'])('reads balances in %s', async (type) => {
    expect(await read(long(type, ['ann', 'BTC', '0.5'], ['bob', 'BTC', '0.00000001']))).toEqual([
      ['ann', { BTC: 50_000_000n }],
      ['bob', { BTC: 1n }],
    ]);
  });

  it.each(['TINYINT', 'UBIGINT', 'BIGINT'])('reads balances in %s', async (type) => {
    expect(await read(long(type, ['ann', 'btc', '7']))).toEqual([['ann', { btc: 7n }]]);
  });

  it.each([
    ['BIGINT', '-12', '-12'],
    ['UUID', '6F9619FF-8B86-D011-B42D-00C04FC964FF', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    ['VARCHAR', '\u{feff}a,"b"\r\n', '\u{feff}a,"b"\r\n'],
    ['VARCHAR', ' 007 ', ' 007 '],
  ])('reads ids in %s', async (type, given, id) => {
    expect(await read(valuesQuery(longColumns('VARCHAR', type), [[given, 'btc', '7']]))).toEqual([[id, { btc: 7n }]]);
  });

  it('reads a wide file, in which NULL and an empty text are 0', async () => {
    const wide = ['XRP', 'account_id', 'BTC'].map((name) => ({ name, type: 'VARCHAR' }));
    const list: Asset[] = [
      { symbol: 'BTC', decimals: 8 },
      { symbol: 'XRP', decimals: 0 },
    ];
    const rows = [
      ['7', 'ann', null],
      ['', 'bob', '1.5'],
      [null, 'carol', ''],
    ];
    expect(await read(valuesQuery(wide, rows), 'wide.parquet', list)).toEqual([
      ['ann', { XRP: 7n }],
      ['bob', { BTC: 150_000_000n }],
      ['carol', {}],
    ]);
  });

  it('keeps columns apart whose names differ in case alone, as other writers may leave them', async () => {
    const columns = ['account_id', 'BTC', 'XTC'].map((name) => ({ name, type: 'VARCHAR' }));
    const file = await writeTable('case.parquet', valuesQuery(columns, [['ann', '0.5', '7']]));
    replaceBytes(file, 'XTC', 'btc');
    const { ledger } = await readParquetLedger(file, assets);
    expect(describeLedger(ledger)).toEqual([['ann', { BTC: 50_000_000n, btc: 7n }]]);
  });

  it('reads a file whose path is a pattern, a partition and SQL', async () => {
    const name = `month=1 it's [a]*?.parquet`;
    expect(await read(long('VARCHAR', ['ann', 'btc', '7']), name)).toEqual([['ann', { btc: 7n }]]);
  });

  it('keeps the order of rows over many row groups, tells how far it is, and gives the digest of the bytes', async () => {
    const query = `SELECT 'user-' || (i * 7919 % 300007) AS account_id, 'btc' AS asset, i AS balance FROM range(300000) t(i)`;
    const file = await writeTable('large.parquet', query);
    const seen: SourceProgress[] = [];
    const { ledger, digest } = await readParquetLedger(file, assets, { onProgress: (progress) => seen.push(progress) });
    const accounts = describeLedger(ledger);
    expect(accounts.map(([id]) => id)).toEqual(
      Array.from({ length: 300_000 }, (_, i) => `user-${(i * 7919) % 300_007}`),
    );
    expect(accounts[299_999][1]).toEqual({ btc: 299_999n });
    expect(digest).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
    expect(seen[0]).toEqual({ unit: 'rows', done: 0, total: 300_000, isEstimate: false, rows: 0 });
    expect(seen.at(-1)!.done).toBe(300_000);
    expect(seen.length).toBeGreaterThan(10);
  });
});

describe('readParquetLedger refuses, with place and reason,', () => {
  const notExact =
    'column 3 (balance): expected a column of DECIMAL, an integer type or VARCHAR (floating point is not exact), got';

  it.each([
    ['DOUBLE', long('DOUBLE', ['a', 'BTC', '1']), `${notExact} DOUBLE`],
    ['FLOAT', long('FLOAT', ['a', 'BTC', '1']), `${notExact} FLOAT`],
    ['a list', `SELECT 'a' AS account_id, 'BTC' AS asset, [1, 2] AS balance`, 'got INTEGER[]'],
    ['a struct', `SELECT 'a' AS account_id, 'BTC' AS asset, {'x': 1, 'y': 2} AS balance`, 'got STRUCT'],
    [
      'ids in BLOB',
      `SELECT 'a'::BLOB AS account_id, 'BTC' AS asset, 1 AS balance`,
      'column 1 (account_id): expected a column of VARCHAR, UUID or an integer type, got BLOB',
    ],
    [
      'an exponent',
      long('VARCHAR', ['a', 'BTC', '1e3']),
      'row 1, account "a", column 3 (balance): expected a plain decimal number without an exponent, got "1e3"',
    ],
    [
      'text with zeros too many',
      long('VARCHAR', ['a', 'BTC', '1.500000000']),
      'row 1, account "a", column 3 (balance): expected at most 8 decimals, got "1.500000000" (9 decimals)',
    ],
    [
      'decimals too many',
      long('DECIMAL(38, 18)', ['a', 'BTC', '1'], ['b', 'BTC', '1.123456789']),
      'row 2, account "b", column 3 (balance): expected at most 8 decimals, got "1.123456789" (9 decimals)',
    ],
    [
      'a negative balance',
      long('DECIMAL(38, 18)', ['a', 'BTC', '-0.5']),
      'row 1, account "a", column 3 (balance): expected an amount of at least 0, got "-0.5',
    ],
    [
      'a negative balance without digits before the point',
      long('DECIMAL(18, 18)', ['a', 'BTC', '-0.5']),
      'expected an amount of at least 0',
    ],
    [
      'NULL',
      long('DECIMAL(38, 18)', ['a', 'BTC', null]),
      'row 1, account "a", column 3 (balance): expected a decimal number, got NULL or an empty text',
    ],
    [
      'an id of NULL',
      long('VARCHAR', [null, 'BTC', '1']),
      'row 1, column 1 (account_id): expected an account id that is not empty, got NULL or an empty text',
    ],
    [
      'an unlisted asset',
      long('VARCHAR', ['a', 'DOGE', '1']),
      'row 1, account "a", column 2 (asset): expected a listed asset, got "DOGE"',
    ],
    [
      'a duplicate',
      long('VARCHAR', ['a', 'BTC', '1'], ['b', 'BTC', '1'], ['a', 'BTC', '1']),
      'row 3: expected one balance for each account and asset, got a second balance of BTC of "a" (the first is in row 1)',
    ],
    [
      'a column too many',
      `SELECT 'a' AS account_id, 'BTC' AS asset, 1 AS balance, 2 AS note`,
      'column 4: expected no column but account_id, asset and balance, got the column "note"',
    ],
    ['a listed asset without a column', `SELECT 'a' AS account_id, 1 AS "BTC"`, 'got none for btc'],
    [
      'no rows',
      `SELECT 'a' AS account_id, 'BTC' AS asset, 1 AS balance WHERE false`,
      'expected at least one account, got no rows',
    ],
  ])('%s', async (_, query, message) => {
    expect(await messageOf(query)).toContain(message);
  });

  it('in the middle of a large file, and leaves nothing behind', async () => {
    const query = `SELECT i AS account_id, 'BTC' AS asset, CASE i WHEN 250000 THEN 'x' ELSE '1' END AS balance FROM range(1000000) t(i)`;
    expect(await messageOf(query)).toContain('row 250001, account "250000", column 3 (balance)');
    expect(readdirSync(temporaries)).toEqual([]);
  });

  it('a file that is not Parquet, is damaged, not there, or a folder', async () => {
    const refusal = (file: string) => expect(readParquetLedger(file, assets)).rejects;
    await refusal(temporaryFile('text.parquet', 'account_id,asset,balance\na,BTC,1\n')).toThrow(
      /expected a Parquet file, got "Invalid Input Error/,
    );
    await refusal(temporaryFile('empty.parquet', '')).toThrow('expected a Parquet file');
    await refusal(temporaryFile('absent.parquet')).toThrow('expected a readable file, got ENOENT');
    await refusal(temporaryFile('.')).toThrow('expected a file, got something else');
    const file = await writeTable(
      'cut.parquet',
      "SELECT i AS account_id, 'BTC' AS asset, 1 AS balance FROM range(100000) t(i)",
    );
    const bytes = readFileSync(file);
    bytes.fill(0xff, 100, 5000);
    writeFileSync(file, bytes);
    await refusal(file).toThrow(/cut\.parquet: .*expected/);
  });

  it('an id that is not UTF-8', async () => {
    const file = await writeTable('bytes.parquet', long('VARCHAR', ['QQQQ', 'BTC', '1']));
    replaceBytes(file, 'QQQQ', '\xff\xfe\xc0\x80');
    await expect(readParquetLedger(file, assets)).rejects.toThrow(/bytes\.parquet: .*(UTF-?8|encoding)/i);
  });

  it('a file that changes while it is read', async () => {
    const file = await writeTable('changing.parquet', long('VARCHAR', ['a', 'BTC', '1']));
    const onProgress = () => writeFileSync(file, readFileSync(file));
    await expect(readParquetLedger(file, assets, { onProgress })).rejects.toThrow(
      'expected a file that stays as it is',
    );
  });

  it('a reading that is ended, at once', async () => {
    const file = await writeTable(
      'ended.parquet',
      `SELECT i AS account_id, 'BTC' AS asset, 1 AS balance FROM range(2000000) t(i)`,
    );
    const controller = new AbortController();
    const reason = new Error('ended by the test');
    let rows = 0;
    const onProgress = (progress: SourceProgress) => {
      rows = progress.rows;
      if (rows > 1000) controller.abort(reason);
    };
    await expect(readParquetLedger(file, assets, { onProgress, signal: controller.signal })).rejects.toBe(reason);
    expect(rows).toBeLessThan(200_000);
    expect(readdirSync(temporaries)).toEqual([]);
  });
});

describe('DuckDB', () => {
  it('is closed in', async () => {
    const allowed = temporaryFile('allowed.csv', 'a\n1\n');
    const other = temporaryFile('other.csv', 'a\n1\n');
    const written = temporaryFile('written.csv');
    const limits = { paths: [allowed], memory: 2 ** 28, threads: 1 };
    await withDuckdb(duckdb, limits, async (connection) => {
      const run = (sql: string) => expect(connection.run(sql));
      await run(`SELECT * FROM read_csv('${allowed}')`).resolves.toBeDefined();
      await run(`SELECT * FROM read_csv('${other}')`).rejects.toThrow('disabled by configuration');
      await run(`COPY (SELECT 1) TO '${written}'`).rejects.toThrow('disabled by configuration');
      await run('INSTALL httpfs').rejects.toThrow('disabled');
      await run('LOAD httpfs').rejects.toThrow('disabled');
      await run(`ATTACH '${other}.db'`).rejects.toThrow('disabled by configuration');
      await run(`SET allowed_paths = ['${other}']`).rejects.toThrow('locked');
      await run('SET enable_external_access = true').rejects.toThrow();
      await run('SET threads = 4').rejects.toThrow('locked');
    });
    expect(existsSync(written)).toBe(false);
  });

  it('that is not installed is asked for', async () => {
    const name = '@duckdb/not-there';
    const load = () => import(/* @vite-ignore */ name);
    await expect(loadDuckdb('month.parquet', load)).rejects.toThrow(
      'month.parquet: expected the package @duckdb/node-api, which reads Parquet (npm install @duckdb/node-api@1.5.6-r.1), got none',
    );
  });
});
