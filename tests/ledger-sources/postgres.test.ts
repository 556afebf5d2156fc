import { once } from 'node:events';
import { createServer } from 'node:net';
import { describeLedger } from '@solvent/ledger/testing';
import { readLedgerSource } from '@solvent/ledger-sources/read-ledger-source';
import type { SourceProgress } from '@solvent/ledger-sources/source-options';
import type { Asset } from '@solvent/report-format/assets';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalPostgres, startPostgres } from '../support/postgres.js';
import { temporaryFile } from './temporary-files.js';

const assets: Asset[] = [
  { symbol: 'BTC', decimals: 8 },
  { symbol: 'btc', decimals: 0 },
];

let server: LocalPostgres;
let client: pg.Client;
const database = 'ledger';

beforeAll(async () => {
  server = await startPostgres();
  client = await connect(await server.createDatabase(database));
});
afterAll(async () => {
  await client?.end();
  await server?.stop();
});

async function connect(connectionString: string): Promise<pg.Client> {
  const connected = new pg.Client({ connectionString });
  connected.on('error', () => {});
  await connected.connect();
  return connected;
}

function settingsFile(settings: object, name = 'ledger.pg.json'): string {
  const { port, user } = server;
  const base = { kind: 'postgresql', host: '127.0.0.1', port, database, user };
  return temporaryFile(name, JSON.stringify({ ...base, ...settings }));
}

function readFrom(settings: object, options: Parameters<typeof readLedgerSource>[2] = {}) {
  const environment = { PGPASSWORD: server.password };
  return readLedgerSource(settingsFile(settings), assets, { environment, ...options });
}

const accountsOf = async (settings: object) => describeLedger((await readFrom(settings)).ledger);

async function messageOf(settings: object, options: Parameters<typeof readLedgerSource>[2] = {}): Promise<string> {
  const error = (await readFrom(settings, options).catch((reason: Error) => reason)) as Error;
  expect(error.name, error.message).toBe('LedgerError');
  expect(error.message).not.toContain(server.password);
  return error.message.replace(/^.*ledger\.pg\.json: /, '');
}

/** A table with these rows; a value is the text that is cast to its column's type. */
async function createTable(name: string, columns: string, rows: (string | null)[][] = []): Promise<void> {
  const table = client.escapeIdentifier(name);
  await client.query(`DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (${columns})`);
  for (const row of rows) {
    await client.query(`INSERT INTO ${table} VALUES (${row.map((_, i) => `$${i + 1}`).join(', ')})`, row);
  }
}

const connections = async () => {
  const { rows } = await client.query("SELECT pid FROM pg_stat_activity WHERE application_name = 'solvent'");
  return rows.length;
};

/** How many statements sleep. */
const sleepers = async () => {
  const { rows } = await client.query("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
  return rows.length;
};

/** Waits until the server has ended every statement: long before one that sleeps would end by itself. */
const untilNoConnections = () => expect.poll(connections, { timeout: 30_000 }).toBe(0);

describe('a PostgreSQL ledger', () => {
  it.each(['numeric', 'numeric(38, 18)', 'text', 'varchar(40)'])(
    'is read with balances in %s, in the order of the bytes of ids',
    async (type) => {
      await createTable(
        'balances',
        `account_id text, asset varchar, balance ${type}`,
        [
          ['é', 'BTC', '0.5'],
          ['a', 'btc', '7'],
          ['Z', 'BTC', '0.00000001'],
          ['a', 'BTC', '3'],
        ].map(([id, asset, balance]) => [id, asset, type.startsWith('numeric(') || asset === 'BTC' ? balance : '7']),
      );
      expect(await accountsOf({ table: 'balances' })).toEqual([
        ['Z', { BTC: 1n }],
        ['a', { BTC: 300_000_000n, btc: 7n }],
        ['é', { BTC: 50_000_000n }],
      ]);
    },
  );

  it('is read with ids in integers, in UUIDs and in padded text, and with assets of an enumeration', async () => {
    await client.query("DROP TYPE IF EXISTS coin CASCADE; CREATE TYPE coin AS ENUM ('btc', 'BTC')");
    await createTable('balances', 'account_id bigint, asset coin, balance bigint', [['12', 'btc', '7']]);
    expect(await accountsOf({ table: 'balances' })).toEqual([['12', { btc: 7n }]]);
    await createTable('balances', 'account_id uuid, asset char(5), balance int', [
      ['6F9619FF-8B86-D011-B42D-00C04FC964FF', 'btc', '7'],
    ]);
    expect(await accountsOf({ table: 'balances' })).toEqual([['6f9619ff-8b86-d011-b42d-00c04fc964ff', { btc: 7n }]]);
  });

  it('is read from columns of other names, from a schema, and from a wide table', async () => {
    await client.query('DROP SCHEMA IF EXISTS "Books" CASCADE; CREATE SCHEMA "Books"');
    await client.query('CREATE TABLE "Books"."b" ("User Id" text, coin text, amount numeric, note text)');
    await client.query(`INSERT INTO "Books"."b" VALUES ('ann', 'BTC', 1.5, 'x')`);
    const columns = { account_id: 'User Id', asset: 'coin', balance: 'amount' };
    expect(await accountsOf({ schema: 'Books', table: 'b', columns })).toEqual([['ann', { BTC: 150_000_000n }]]);
    await createTable('balances', 'btc numeric, account_id text, "BTC" numeric', [
      ['7', 'ann', null],
      [null, 'bob', '1.5'],
      [null, 'carol', '0'],
    ]);
    expect(await accountsOf({ table: 'balances' })).toEqual([
      ['ann', { btc: 7n }],
      ['bob', { BTC: 150_000_000n }],
      ['carol', {}],
    ]);
  });

  it('is read from a query, also with a comment at its end', async () => {
    const query = "SELECT 'a' || i AS account_id, 'btc' AS asset, i AS balance FROM generate_series(1, 3) AS i -- all";
    expect(await accountsOf({ query })).toEqual([
      ['a1', { btc: 1n }],
      ['a2', { btc: 2n }],
      ['a3', { btc: 3n }],
    ]);
  });

  it('has one digest, in whatever order the rows lie and however the amounts are written', async () => {
    const rows = [
      ['a', 'BTC', '1'],
      ['b', 'BTC', '1.5'],
      ['a', 'btc', '7'],
    ];
    const digests = [];
    for (const [type, list] of [
      ['numeric', rows],
      ['numeric', [...rows].reverse()],
      ['numeric(38, 18)', rows],
      ['text', rows],
    ] as const) {
      await createTable('balances', `account_id text, asset text, balance ${type}`, list);
      digests.push((await readFrom({ table: 'balances' })).digest);
    }
    expect(new Set(digests).size).toBe(1);
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    await createTable('balances', 'account_id text, asset text, balance numeric', [...rows, ['c', 'btc', '0']]);
    expect((await readFrom({ table: 'balances' })).digest).not.toBe(digests[0]);
  });

  it('is of one moment: what another connection changes meanwhile is not in it', async () => {
    await client.query(
      `DROP TABLE IF EXISTS moving; CREATE TABLE moving AS
       SELECT 'user-' || i AS account_id, 'btc' AS asset, 1::numeric AS balance FROM generate_series(1, 300000) AS i`,
    );
    let changed: Promise<unknown> | undefined;
    const seen: SourceProgress[] = [];
    const onProgress = (progress: SourceProgress) => {
      seen.push(progress);
      // The first rows are here: from now on everything else moves, commits, and is not seen.
      if (progress.rows > 0) {
        changed ??= client.query(
          "UPDATE moving SET balance = 1000; DELETE FROM moving WHERE account_id = 'user-299999'; INSERT INTO moving VALUES ('new', 'btc', 5)",
        );
      }
    };
    const { ledger } = await readFrom({ table: 'moving' }, { onProgress });
    await changed;
    expect(changed).toBeDefined();
    const accounts = describeLedger(ledger);
    expect(accounts.length).toBe(300_000);
    expect(accounts.every(([, { btc }]) => btc === 1n)).toBe(true);
    expect(seen[0]).toMatchObject({ unit: 'rows', done: 0, isEstimate: true });
    expect(seen.at(-1)!.rows).toBe(300_000);
    expect((await accountsOf({ table: 'moving' })).some(([id]) => id === 'new')).toBe(true);
  });
});

describe('a PostgreSQL ledger is refused, with place and reason,', () => {
  const long = (type: string) => `account_id text, asset text, balance ${type}`;

  it.each([
    [
      'double precision',
      'column 3 (balance): expected a column of numeric, an integer type or text (floating point is not exact), got double precision',
    ],
    [
      'real',
      'column 3 (balance): expected a column of numeric, an integer type or text (floating point is not exact), got real',
    ],
    ['money', 'got money'],
    ['jsonb', 'got jsonb'],
  ])('with balances in %s', async (type, message) => {
    await createTable('balances', long(type));
    expect(await messageOf({ table: 'balances' })).toContain(message);
  });

  it.each([
    [
      'NaN',
      'numeric',
      ['b', 'BTC', 'NaN'],
      'row 2, account "b", column 3 (balance): expected a decimal number (digits, and digits after a point), got "NaN"',
    ],
    [
      'decimals too many',
      'numeric',
      ['b', 'BTC', '1.123456789'],
      'row 2, account "b", column 3 (balance): expected at most 8 decimals, got "1.123456789" (9 decimals)',
    ],
    ['text with zeros too many', 'text', ['b', 'BTC', '1.500000000'], 'expected at most 8 decimals, got "1.500000000"'],
    ['an exponent', 'text', ['b', 'BTC', '1e3'], 'expected a plain decimal number without an exponent, got "1e3"'],
    [
      'a negative balance',
      'numeric',
      ['b', 'BTC', '-1'],
      'row 2, account "b", column 3 (balance): expected an amount of at least 0, got "-1"',
    ],
    [
      'NULL',
      'numeric',
      ['b', 'BTC', null],
      'row 2, account "b", column 3 (balance): expected a decimal number, got NULL or an empty text',
    ],
    [
      'an id of NULL',
      'numeric',
      [null, 'BTC', '1'],
      'row 2, column 1 (account_id): expected an account id that is not empty, got NULL or an empty text',
    ],
    [
      'an unlisted asset',
      'numeric',
      ['b', 'DOGE', '1'],
      'row 2, account "b", column 2 (asset): expected a listed asset, got "DOGE"',
    ],
    [
      'a duplicate',
      'numeric',
      ['a', 'BTC', '1'],
      'row 2: expected one balance for each account and asset, got a second balance of BTC of "a" (the first is in row 1)',
    ],
  ])('with %s', async (_, type, row, message) => {
    await createTable('balances', long(type), [['a', 'BTC', '1'], row]);
    expect(await messageOf({ table: 'balances' })).toContain(message);
  });

  it('without rows, without a table, and with columns that are no ledger', async () => {
    await createTable('balances', long('numeric'));
    expect(await messageOf({ table: 'balances' })).toBe('expected at least one account, got no rows');
    expect(await messageOf({ table: 'absent' })).toContain('relation "absent" does not exist (42P01)');
    expect(await messageOf({ table: 'balances', columns: { account_id: 'nobody' } })).toContain(
      'column "nobody" does not exist',
    );
    await createTable('balances', `${long('numeric')}, note text`);
    expect(await messageOf({ table: 'balances' })).toContain(
      'column 4: expected no column but account_id, asset and balance',
    );
  });

  it('with a second statement in the query, and with one that writes', async () => {
    await createTable('precious', 'a int', [['1']]);
    const query =
      "SELECT 'a' AS account_id, 'btc' AS asset, 1 AS balance) x) y; DROP TABLE precious; SELECT (SELECT (SELECT 1";
    expect(await messageOf({ query })).toContain('cannot insert multiple commands');
    await client.query(
      "CREATE OR REPLACE FUNCTION taking() RETURNS int LANGUAGE sql AS 'DELETE FROM precious RETURNING a'",
    );
    const writing = "SELECT 'a' AS account_id, 'btc' AS asset, taking() AS balance";
    expect(await messageOf({ query: writing })).toContain('read-only transaction');
    expect((await client.query('SELECT count(*)::int AS n FROM precious')).rows).toEqual([{ n: 1 }]);
  });

  it('with bytes that are not UTF-8, which a database without an encoding may hold', async () => {
    await client.query("CREATE DATABASE bytes ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    const query = "SELECT chr(255) AS account_id, 'btc' AS asset, 1 AS balance";
    expect(await messageOf({ database: 'bytes', query })).toMatch(/UTF-?8/);
  });

  it('when policies hide rows from the user', async () => {
    await client.query("DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN PASSWORD 'another'");
    await createTable('balances', long('numeric'), [['a', 'BTC', '1']]);
    await client.query('GRANT SELECT ON balances TO reader; ALTER TABLE balances ENABLE ROW LEVEL SECURITY');
    const environment = { PGPASSWORD: 'another' };
    expect(await messageOf({ table: 'balances', user: 'reader' }, { environment })).toContain('row-level security');
  });

  it('with a wrong password, a password of none, and a server that is not there', async () => {
    await createTable('balances', long('numeric'), [['a', 'BTC', '1']]);
    const environment = { PGPASSWORD: 'the wrong one' };
    const message = await messageOf({ table: 'balances' }, { environment });
    expect(message).toContain('password authentication failed');
    expect(message).not.toContain('the wrong one');
    const absent = await messageOf({ table: 'balances', port: 1 });
    expect(absent).toBe('expected the ledger from ledger at 127.0.0.1:1, got connect ECONNREFUSED 127.0.0.1:1');
  });

  it('by a server without TLS where TLS is asked for', async () => {
    expect(await messageOf({ table: 'balances', tls: {} })).toContain('does not support SSL');
  });

  it('when the server does not answer in time', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    try {
      expect(await messageOf({ table: 'balances', port, connectSeconds: 1 })).toContain('timeout');
    } finally {
      silent.close();
    }
  });

  it('when a statement or a lock takes too long', async () => {
    const query = "SELECT 'a' AS account_id, 'btc' AS asset, 1 AS balance FROM pg_sleep(60)";
    expect(await messageOf({ query, statementSeconds: 1 })).toContain('statement timeout (57014)');
    await createTable('balances', long('numeric'), [['a', 'BTC', '1']]);
    await client.query('BEGIN; LOCK TABLE balances IN ACCESS EXCLUSIVE MODE');
    try {
      expect(await messageOf({ table: 'balances', lockSeconds: 1 })).toContain('lock timeout (55P03)');
    } finally {
      await client.query('ROLLBACK');
    }
  });

  it('when the reading is ended: the server ends the statement, too', async () => {
    const query = "SELECT 'a' AS account_id, 'btc' AS asset, 1 AS balance FROM pg_sleep(60)";
    const controller = new AbortController();
    const reason = new Error('ended by the test');
    const reading = expect(readFrom({ query }, { signal: controller.signal })).rejects.toBe(reason);
    await expect.poll(sleepers, { timeout: 30_000 }).toBe(1);
    controller.abort(reason);
    await reading;
    await untilNoConnections();
  });

  it('when a fault is found in the middle: the rest is not read', async () => {
    const query = `SELECT i AS account_id, 'btc' AS asset, CASE i WHEN 1000 THEN 'x' ELSE '1' END AS balance
      FROM generate_series(1, 2000000) AS i`;
    expect(await messageOf({ query })).toContain('column 3 (balance)');
    await untilNoConnections();
  });

  it('when the connection is lost in the middle, and when the server dies', async () => {
    const query = `SELECT i AS account_id, 'btc' AS asset, 1 AS balance FROM generate_series(1, 2000000) AS i`;
    const cut = (end: () => void) => {
      let isCut = false;
      const onProgress = ({ rows }: SourceProgress) => {
        if (rows > 1000 && !isCut) {
          isCut = true;
          end();
        }
      };
      return messageOf({ query }, { onProgress });
    };
    const terminate = () =>
      void client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'solvent'");
    expect(await cut(terminate)).toMatch(/^expected the ledger from ledger at .*(terminat|ECONNRESET|EPIPE)/);
    expect(await cut(() => void server.kill())).toMatch(
      /^expected the ledger from ledger at .*(terminat|ECONNRESET|EPIPE)/,
    );
    await server.restart();
    client = await connect(`postgres://${server.user}:${server.password}@127.0.0.1:${server.port}/${database}`);
  });
});

describe('settings of a PostgreSQL ledger', () => {
  it.each([
    [{}, 'expected either table or query, got neither'],
    [{ table: 'a', query: 'b' }, 'expected either table or query, got both'],
    [
      { table: 'a', password: 'hunter2' },
      'expected settings of a PostgreSQL ledger, got "password", which is no setting',
    ],
    [{ table: 'a', port: 'hunter2' }, 'expected settings of a PostgreSQL ledger, got a fault at port'],
    [{ table: 'a', kind: 'hunter2' }, 'expected settings of a PostgreSQL ledger, got a fault at kind'],
    [{ table: 'a', passwordFile: 'absent' }, 'expected a readable file, got ENOENT'],
  ])('%j are refused', async (settings, message) => {
    const error = await messageOf(settings);
    expect(error).toContain(message);
    expect(error).not.toContain('hunter2');
  });

  it('that are not JSON are refused without being quoted', async () => {
    const file = temporaryFile('wrong.json', '{"password": "hunter2"');
    await expect(readLedgerSource(file, assets)).rejects.toThrow(
      'wrong.json: expected a readable file of JSON, got another text',
    );
  });

  it('may name a file with the password', async () => {
    await createTable('balances', 'account_id text, asset text, balance numeric', [['a', 'BTC', '1']]);
    temporaryFile('pg-password', `${server.password}\n`);
    const { ledger } = await readFrom({ table: 'balances', passwordFile: 'pg-password' }, { environment: {} });
    expect(describeLedger(ledger)).toEqual([['a', { BTC: 100_000_000n }]]);
  });

  it('are read whatever the order of columns (property)', async () => {
    const columns = { account_id: 'a', asset: 'b', balance: 'c' };
    await createTable('mixed', 'b text, c numeric, a text', [['BTC', '2', 'ann']]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Object.entries(columns), { minLength: 3 }), async (entries) => {
        expect(await accountsOf({ table: 'mixed', columns: Object.fromEntries(entries) })).toEqual([
          ['ann', { BTC: 200_000_000n }],
        ]);
      }),
      { numRuns: 6 },
    );
  });
});
