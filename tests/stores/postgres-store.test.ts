import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPostgresSettings } from '@solvent/postgres-store/postgres-settings';
import { openPostgresStores, type PostgresStores } from '@solvent/postgres-store/postgres-stores';
import { type HolderStore, openHolderStore, openStoreSource } from '@solvent/stark-prover/holder-store';
import { StoreError, StoreUnavailableError } from '@solvent/stark-prover/store-error';
import { parseStoreKey } from '@solvent/stark-prover/store-key';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalPostgres, startPostgres } from '../support/postgres.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import { smallStoreIds, writeSmallStore } from './small-store.js';

const folder = mkdtempSync(join(tmpdir(), 'solvent-stores-'));
const key = parseStoreKey('ab'.repeat(32));
const otherKey = parseStoreKey('cd'.repeat(32));
const first = join(folder, 'first');
let server: LocalPostgres;
let url: string;
let stores: PostgresStores;
let settingsCount = 0;

/** A file of settings for the server, as an operator writes it; the password is in a file beside it. */
function settingsFile(more: object = {}, password = server.password): string {
  writeFileSync(join(folder, `password-${++settingsCount}`), `${password}\n`);
  const path = join(folder, `settings-${settingsCount}.json`);
  const place = { kind: 'postgresql', host: '127.0.0.1', port: server.port, database: 'stores', user: server.user };
  // Many ask at once, and wait for each other's connections on a machine that may be busy.
  const patience = { connectSeconds: 60, querySeconds: 60 };
  writeFileSync(path, JSON.stringify({ ...place, ...patience, passwordFile: `password-${settingsCount}`, ...more }));
  return path;
}

const openStores = (more: object = {}, password?: string) =>
  openPostgresStores(readPostgresSettings(settingsFile(more, password), {}));

async function sql(text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

async function withStore<Value>(name: string, work: (store: HolderStore) => Promise<Value>): Promise<Value> {
  const store = await openStoreSource(await stores.source(name), { key });
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

/** How many bytes a load of the first store sends. */
async function bytesOfLoad(): Promise<number> {
  const proxy = await startTcpProxy(server.port);
  const whole = openStores({ port: proxy.port });
  await whole.load('whole', first);
  await whole.close();
  await proxy.stop();
  await stores.remove('whole');
  return proxy.clientBytes();
}

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase('stores');
  stores = openStores();
  await writeSmallStore(first, key);
});

afterAll(async () => {
  await stores.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe('a holder store in PostgreSQL', () => {
  it('is listed once it is loaded, and gives what the folder gives', async () => {
    expect(await stores.list()).toEqual([]);
    await stores.load('2026-01', first);
    const [listed, ...others] = await stores.list();
    expect(others).toEqual([]);
    const sizes = readdirSync(first).map((name) => readFileSync(join(first, name)).length);
    expect(listed).toMatchObject({ name: '2026-01', fileCount: 4, size: sizes.reduce((a, b) => a + b) });
    const local = await openHolderStore(first, { key });
    await withStore('2026-01', async (remote) => {
      expect(remote.manifestDigest).toEqual(local.manifestDigest);
      await Promise.all(
        [...smallStoreIds, 'nobody'].map(async (id) => {
          const expected = await local.findAccount(id);
          expect(await remote.findAccount(id)).toEqual(expected);
          if (expected) expect(await remote.inclusionFile(expected)).toEqual(await local.inclusionFile(expected));
        }),
      );
      await remote.verify();
    });
    local.close();
  });

  it('is in the database as it is on disk, sealed', async () => {
    const { rows } = await sql('SELECT file, number, bytes FROM solvent_private.blocks_1 ORDER BY file, number');
    for (const name of readdirSync(first)) {
      const bytes = Buffer.concat(rows.filter(({ file }) => file === name).map((row) => row.bytes));
      expect(bytes.equals(readFileSync(join(first, name)))).toBe(true);
      expect(bytes.includes('account-')).toBe(false);
    }
    const { rows: listed } = await sql('SELECT * FROM solvent_private.stores');
    expect(Object.keys(listed[0])).toEqual(['id', 'name', 'files', 'loaded']);
  });

  it('is not overwritten', async () => {
    const again = stores.load('2026-01', first);
    await expect(again).rejects.toThrow(StoreError);
    await expect(again).rejects.toThrow('expected no store 2026-01, got one');
    await withStore('2026-01', (store) => store.verify());
  });

  it('opens with its key alone', async () => {
    const source = await stores.source('2026-01');
    await expect(openStoreSource(source, { key: otherKey })).rejects.toThrow('the key does not open this store');
    await expect(openStoreSource(source, { key: undefined })).rejects.toThrow('the store is encrypted');
  });

  it('is refused by its file when a block was changed, swapped or deleted in the database', async () => {
    await stores.load('to-damage', first);
    const { rows } = await sql(
      "SELECT 'solvent_private.blocks_' || id AS table FROM solvent_private.stores WHERE name = 'to-damage'",
    );
    const { table } = rows[0];
    const reading = () => withStore('to-damage', (store) => store.verify());
    await reading();
    for (const [change, file] of [
      [
        `UPDATE ${table} SET bytes = set_byte(bytes, 77, get_byte(bytes, 77) # 1) WHERE file = 'segment-0000.bin' AND number = 3`,
        'segment-0000.bin: page 2',
      ],
      [
        `UPDATE ${table} a SET bytes = b.bytes FROM ${table} b WHERE a.file = 'segment-0001.bin' AND a.number = 2 AND b.file = a.file AND b.number = 4`,
        'segment-0001.bin: page 1',
      ],
      [
        `UPDATE ${table} a SET bytes = b.bytes FROM ${table} b WHERE a.file = 'segment-0001.bin' AND b.file = 'segment-0000.bin' AND a.number = b.number`,
        'segment-0001.bin',
      ],
      [`DELETE FROM ${table} WHERE file = 'accounts.idx' AND number = 1`, 'accounts.idx: page 0'],
      [`DELETE FROM ${table} WHERE file = 'store.bin'`, 'store.bin'],
    ]) {
      await stores.remove('to-damage');
      await stores.load('to-damage', first);
      const { rows: now } = await sql("SELECT id FROM solvent_private.stores WHERE name = 'to-damage'");
      await sql(change.replaceAll(table, `solvent_private.blocks_${now[0].id}`));
      await expect(reading()).rejects.toThrow(StoreError);
      await expect(reading()).rejects.toThrow(file);
    }
    await stores.remove('to-damage');
  });

  it('is removed with its blocks, whoever has it open', async () => {
    await stores.load('2025-12', first);
    const open = await openStoreSource(await stores.source('2025-12'), { key });
    await stores.remove('2025-12');
    expect((await stores.list()).map(({ name }) => name)).toEqual(['2026-01']);
    await expect(open.findAccount(smallStoreIds[3])).rejects.toThrow(/there is no such store, or it has been removed/);
    await expect(stores.source('2025-12')).rejects.toThrow('expected a store "2025-12", got none');
    await expect(stores.remove('2025-12')).rejects.toThrow('expected a store "2025-12", got none');
    const { rows } = await sql("SELECT count(*)::integer AS n FROM pg_tables WHERE tablename LIKE 'blocks%'");
    expect(rows[0].n).toBe(1);
  });

  it('is loaded whole or not at all', async () => {
    await expect(stores.load('bad name!\n', first)).rejects.toThrow('name of a store');
    const plain = join(folder, 'plain');
    await writeSmallStore(plain, undefined);
    await expect(stores.load('plain', plain)).rejects.toThrow('expected an encrypted store');
    await expect(stores.load('none', join(folder, 'none'))).rejects.toThrow('expected a finished store, got none');
    const sent = await bytesOfLoad();
    // The last 17 bytes say COMMIT and good-bye.
    for (const clientBytes of [1, 500, 2_000, sent >> 2, sent >> 1, sent - 2_000, sent - 18]) {
      const proxy = await startTcpProxy(server.port, clientBytes);
      const cut = openStores({ port: proxy.port });
      await expect(cut.load('cut', first), `${clientBytes} of ${sent} bytes`).rejects.toThrow(StoreUnavailableError);
      await cut.close();
      await proxy.stop();
    }
    expect((await stores.list()).map(({ name }) => name)).toEqual(['2026-01']);
    const { rows } = await sql("SELECT count(*)::integer AS n FROM pg_tables WHERE tablename LIKE 'blocks%'");
    expect(rows[0].n).toBe(1);
  });

  it('is loaded once when two load it at once', async () => {
    const others = openStores();
    const outcomes = await Promise.allSettled([stores.load('twice', first), others.load('twice', first)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await withStore('twice', (store) => store.verify());
    await stores.remove('twice');
    await others.close();
  });

  it('is named when the list of its files is damaged, and can be removed', async () => {
    await stores.load('listed', first);
    await sql(`UPDATE solvent_private.stores SET files = '[{"name": "store.bin"}]' WHERE name = 'listed'`);
    for (const asking of [() => stores.list(), () => stores.source('listed')]) {
      await expect(asking()).rejects.toThrow(StoreError);
      await expect(asking()).rejects.toThrow('/stores: listed: the list of its files is damaged');
    }
    await stores.remove('listed');
    expect((await stores.list()).map(({ name }) => name)).toEqual(['2026-01']);
  });

  it('is read by a user who may do nothing else', async () => {
    await sql(`CREATE ROLE reader LOGIN PASSWORD 'reads-only'; GRANT USAGE ON SCHEMA solvent_private TO reader;
      GRANT SELECT ON ALL TABLES IN SCHEMA solvent_private TO reader`);
    const reader = openStores({ user: 'reader' }, 'reads-only');
    const store = await openStoreSource(await reader.source('2026-01'), { key });
    expect((await store.findAccount(smallStoreIds[9]))?.accountId).toBe(smallStoreIds[9]);
    await expect(reader.load('mine', first)).rejects.toThrow('this user may not do this (42501)');
    await expect(reader.remove('2026-01')).rejects.toThrow('this user may not do this (42501)');
    await reader.close();
  });

  it('is not to be had while the server is away, and is again when it is back', async () => {
    const store = await openStoreSource(await stores.source('2026-01'), { key });
    await store.findAccount(smallStoreIds[0]);
    await server.kill();
    const away = store.findAccount(smallStoreIds[399]);
    await expect(away).rejects.toThrow(StoreUnavailableError);
    await expect(away).rejects.toThrow('the database cannot be reached');
    await expect(stores.list()).rejects.toThrow(StoreUnavailableError);
    await server.restart();
    expect((await store.findAccount(smallStoreIds[399]))?.accountId).toBe(smallStoreIds[399]);
    store.close();
  });
});

describe('a database that falls silent', () => {
  it('is given up after a while, and used again when it speaks', async () => {
    const proxy = await startTcpProxy(server.port);
    const distant = openStores({ port: proxy.port, querySeconds: 3, connectSeconds: 3 });
    const store = await openStoreSource(await distant.source('2026-01'), { key });
    await store.findAccount(smallStoreIds[1]);
    proxy.cut();
    for (const id of [smallStoreIds[350], smallStoreIds[20]]) {
      const silent = store.findAccount(id).then((found) => store.inclusionFile(found!));
      await expect(silent).rejects.toThrow(StoreUnavailableError);
    }
    proxy.mend();
    expect((await store.findAccount(smallStoreIds[350]))?.accountId).toBe(smallStoreIds[350]);
    await distant.close();
    await proxy.stop();
  });
});

describe('settings of a database', () => {
  it('say what is wrong with them, and no password', async () => {
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '{"password": "hidden-0123"');
    expect(() => readPostgresSettings(broken, {})).toThrow(`${broken}: expected a readable file of JSON`);
    expect(() => readPostgresSettings(settingsFile({ password: 'hidden-0123' }), {})).toThrow('no setting');
    expect(() => readPostgresSettings(settingsFile({ password: 'hidden-0123' }), {})).not.toThrow('hidden-0123');
    expect(() => readPostgresSettings(settingsFile({ passwordFile: 'nowhere' }), {})).toThrow('nowhere');
    writeFileSync(join(folder, 'empty'), '\n');
    const empty = [{ passwordFile: 'empty' }, { tls: { caFile: 'empty' } }, { tls: { certificateFile: 'empty' } }];
    for (const more of empty) {
      expect(() => readPostgresSettings(settingsFile(more), {})).toThrow('empty: expected a file with contents');
    }
    expect(() => readPostgresSettings(settingsFile({ schema: 'a; DROP' }), {})).toThrow('schema');
    expect(() => readPostgresSettings(settingsFile({ host: undefined }), {})).toThrow('the variable PGHOST');
    for (const [wrong, message] of [
      [openStores({}, 'hidden-0123'), 'the password, or the user, is not right (28P01)'],
      [openStores({ database: 'nowhere' }), 'there is no such database (3D000)'],
      [openStores({ port: 1 }), 'the database cannot be reached (ECONNREFUSED)'],
      [openStores({ tls: {} }), 'the server has no TLS, which the settings ask for'],
    ] as const) {
      const listing = wrong.list();
      await expect(listing).rejects.toThrow(message);
      await expect(listing).rejects.not.toThrow('hidden-0123');
      await wrong.close();
    }
  });

  it('take what they leave out from the variables of the database', async () => {
    const file = join(folder, 'bare.json');
    writeFileSync(file, '{"kind": "postgresql"}');
    const { user, password, port } = server;
    const environment = {
      PGHOST: '127.0.0.1',
      PGPORT: String(port),
      PGDATABASE: 'stores',
      PGUSER: user,
      PGPASSWORD: password,
    };
    const bare = openPostgresStores(readPostgresSettings(file, environment));
    expect((await bare.list()).map(({ name }) => name)).toEqual(['2026-01']);
    await bare.close();
  });
});
