// One ledger, written in six ways, is one ledger; and one fault is one fault.

import type { LedgerError } from '@solvent/ledger/ledger-error';
import { describeLedger } from '@solvent/ledger/testing';
import { readLedgerSource } from '@solvent/ledger-sources/read-ledger-source';
import { type TestColumn, valuesQuery, writeParquet } from '@solvent/ledger-sources/testing';
import { formatAmount } from '@solvent/report-format/amounts';
import type { Asset } from '@solvent/report-format/assets';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalPostgres, startPostgres } from '../support/postgres.js';
import { accountLists, assetLists, type RandomAccount } from './random-ledgers.js';
import { temporaryFile } from './temporary-files.js';

type Row = (string | null)[];

/** A table in a test, with amounts in a type of each database, or as text. */
interface TestTable {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly amountType: 'text' | 'numeric';
}

let server: LocalPostgres;
let client: pg.Client;

beforeAll(async () => {
  server = await startPostgres();
  client = new pg.Client({ connectionString: await server.createDatabase('ledger') });
  client.on('error', () => {});
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await server?.stop();
});

const isAmount = (name: string) => name !== 'account_id' && name !== 'asset';

function typesOf({ columns, amountType }: TestTable, numeric: string): TestColumn[] {
  return columns.map((name) => ({ name, type: isAmount(name) && amountType === 'numeric' ? numeric : 'text' }));
}

function writeCsv({ columns, rows }: TestTable): string {
  const field = (text: string) => (/[",\r\n\u{feff}]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [columns, ...rows].map((row) => row.map((text) => field(text ?? '')).join(','));
  return temporaryFile('one.csv', lines.map((line) => `${line}\n`).join(''));
}

async function writePostgres(table: TestTable): Promise<string> {
  const types = typesOf(table, 'numeric(40, 18)');
  const columns = types.map(({ name, type }) => `${client.escapeIdentifier(name)} ${type}`).join(', ');
  await client.query(`DROP TABLE IF EXISTS one; CREATE TABLE one (${columns})`);
  const query = valuesQuery(types, table.rows);
  await client.query(`INSERT INTO one ${query}`);
  const { port, user } = server;
  const settings = { kind: 'postgresql', host: '127.0.0.1', port, database: 'ledger', user, table: 'one' };
  return temporaryFile('one.json', JSON.stringify(settings));
}

async function writeAll(table: TestTable): Promise<string[]> {
  const parquet = await writeParquet(
    temporaryFile('one.parquet'),
    valuesQuery(typesOf(table, 'DECIMAL(38, 18)'), table.rows),
  );
  return [writeCsv(table), parquet, await writePostgres(table)];
}

const read = (file: string, assets: readonly Asset[]) =>
  readLedgerSource(file, assets, { environment: { PGPASSWORD: server.password } });

function longTable(assets: readonly Asset[], accounts: readonly RandomAccount[]): Row[] {
  return accounts.flatMap(({ id, balances }) =>
    (balances.length > 0 ? balances : [[0, 0n] as const]).map(([asset, units]) => {
      const { symbol, decimals } = assets[asset];
      return [id, symbol, formatAmount(units, decimals)];
    }),
  );
}

function wideTable(assets: readonly Asset[], accounts: readonly RandomAccount[]): Row[] {
  return accounts.map(({ id, balances }) => {
    const fields: Row = assets.map(() => null);
    for (const [asset, units] of balances) fields[asset] = formatAmount(units, assets[asset].decimals);
    return [id, ...fields];
  });
}

// What holds in all sources: databases keep no NUL in a text, and the writer of Parquet, unlike its reader, takes names of
// columns that differ in case for the same. Numbers of 38 digits with 18 decimals hold every amount of 2 or more decimals.
const ledgers = assetLists(6)
  .filter((assets) => new Set(assets.map(({ symbol }) => symbol.toLowerCase())).size === assets.length)
  .map((assets) => assets.map((asset) => ({ ...asset, decimals: Math.max(2, asset.decimals) })))
  .chain((assets) => fc.record({ assets: fc.constant(assets), accounts: accountLists(assets.length, 12) }))
  .filter(({ accounts }) => accounts.every(({ id }) => !id.includes('\0')));

describe('one ledger', () => {
  it.each(['text', 'numeric'] as const)(
    'is the same from CSV, Parquet and PostgreSQL, long and wide, with amounts as %s (property)',
    async (amountType) => {
      await fc.assert(
        fc.asyncProperty(ledgers, async ({ assets, accounts }) => {
          const long = { columns: ['account_id', 'asset', 'balance'], rows: longTable(assets, accounts), amountType };
          const columns = ['account_id', ...assets.map(({ symbol }) => symbol)];
          const wide = { columns, rows: wideTable(assets, accounts), amountType };
          const expected = accounts.map(({ id, balances }) => {
            const held = balances.filter(([, units]) => units > 0n);
            return [id, Object.fromEntries(held.map(([asset, units]) => [assets[asset].symbol, units]))] as const;
          });
          const byBytes = [...expected].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
          const digests = new Set<string>();
          for (const table of [long, wide]) {
            const [csv, parquet, postgres] = await writeAll(table);
            expect(describeLedger((await read(csv, assets)).ledger)).toEqual(expected);
            expect(describeLedger((await read(parquet, assets)).ledger)).toEqual(expected);
            const { ledger, digest } = await read(postgres, assets);
            expect(describeLedger(ledger)).toEqual(byBytes);
            digests.add(digest);
          }
          expect(digests.size).toBe(1);
        }),
        { numRuns: 15 },
      );
    },
  );
});

const assets: Asset[] = [
  { symbol: 'BTC', decimals: 8 },
  { symbol: 'XRP', decimals: 0 },
];

const wrongBalances = fc.oneof(
  fc.constantFrom('-1', '+1', '1e3', '.5', '5.', '007', ' 1', '1 ', '1,5', '0x10', 'NaN', 'Infinity', '1_000', '١'),
  fc.constantFrom('1.123456789', '1.500000000', '11805916207174.11303424', '9'.repeat(100)),
  fc.string({ unit: fc.constantFrom(...'0123456789.-e '), minLength: 1, maxLength: 12 }),
);

describe('one fault', () => {
  it('has the same reason in a text of CSV, Parquet and PostgreSQL (property)', async () => {
    const fault = fc.record({
      balance: wrongBalances,
      asset: fc.constantFrom('BTC', 'XRP', 'DOGE'),
      id: fc.constantFrom('b', 'x'.repeat(257)),
      isWide: fc.boolean(),
    });
    const reasons = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fault, async ({ balance, asset, id, isWide }) => {
        const long: Row[] = [
          ['a', 'BTC', '1'],
          [id, asset, balance],
        ];
        const wide: Row[] = [
          ['a', '1', null],
          [id, asset === 'BTC' ? balance : null, asset === 'XRP' ? balance : null],
        ];
        const columns = isWide ? ['account_id', 'BTC', 'XRP'] : ['account_id', 'asset', 'balance'];
        const files = await writeAll({ columns, rows: isWide ? wide : long, amountType: 'text' });
        const outcomes = [];
        for (const file of files) {
          const outcome = await read(file, assets).then(
            ({ ledger }) => describeLedger(ledger),
            ({ name, column, columnName, expected, found, row, line }: LedgerError) => {
              reasons.add(expected);
              return { name, column, columnName, expected, found, row: row ?? line! - 1 };
            },
          );
          outcomes.push(outcome);
        }
        expect(outcomes[1]).toEqual(outcomes[0]);
        expect(outcomes[2]).toEqual(outcomes[0]);
      }),
      { numRuns: 60 },
    );
    expect(reasons.size).toBeGreaterThan(4);
  });
});
