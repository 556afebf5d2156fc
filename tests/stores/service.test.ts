/** The service on private stores in PostgreSQL, and new months without a restart. Needs `npm run build` before. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPostgresSettings } from '@solvent/postgres-store/postgres-settings';
import { openPostgresStores, type PostgresStores } from '@solvent/postgres-store/postgres-stores';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Identity,
  months,
  type Service,
  startIdentity,
  startService,
  useExchange,
} from '../../apps/api/test/support/exchange.js';
import { ask } from '../../apps/api/test/support/requests.js';
import { type LocalPostgres, startPostgres } from '../support/postgres.js';

const exchange = useExchange();
const account = 'user-0000001';
let identity: Identity;
let server: LocalPostgres;
let url: string;
let stores: PostgresStores;

const inDatabase = (names: readonly string[] = months) =>
  names.map((month) => ({ postgres: 'postgres.json', store: month, keyFile: `${month}.key` }));

const inFolders = (names: readonly string[] = months) =>
  names.map((month) => ({ folder: `${month}/private`, keyFile: `${month}.key` }));

async function fileOf(service: Service, month: string, holder = account) {
  const headers = { Authorization: `Bearer ${await identity.token(holder)}` };
  return ask(service.url, `/v1/me/inclusion?report=${month}`, { headers });
}

/** Waits for something to become true, for ten seconds. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect.unreachable('it did not become true');
}

beforeAll(async () => {
  identity = await startIdentity();
  server = await startPostgres();
  url = await server.createDatabase('stores');
  const { folder } = exchange;
  writeFileSync(join(folder, 'password'), server.password);
  const place = { kind: 'postgresql', host: '127.0.0.1', port: server.port, database: 'stores', user: server.user };
  writeFileSync(join(folder, 'postgres.json'), JSON.stringify({ ...place, passwordFile: 'password' }));
  stores = openPostgresStores(readPostgresSettings(join(folder, 'postgres.json'), {}));
  for (const month of months) await stores.load(month, join(folder, month, 'private'));
});

afterAll(async () => {
  await stores.close();
  await server.stop();
  identity.close();
});

describe('services on one database', () => {
  it('give the very files that one on the folders gives, and 503 while the database is away', async () => {
    const local = await startService(exchange.folder, identity);
    const services = [
      await startService(exchange.folder, identity, { privateStores: inDatabase() }),
      await startService(exchange.folder, identity, { privateStores: inDatabase() }),
    ];
    for (const month of months) {
      const expected = await fileOf(local, month);
      expect(expected.status).toBe(200);
      for (const service of services) {
        const { status, body } = await fileOf(service, month);
        expect(status).toBe(200);
        expect(body.equals(expected.body)).toBe(true);
        expect((await fileOf(service, month, 'nobody')).json.code).toBe('no-account');
      }
    }
    await server.kill();
    for (const service of services) {
      const { status, headers, json } = await fileOf(service, months[0], 'user-0000040');
      expect(status).toBe(503);
      expect(headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' });
      expect(json.code).toBe('store-unavailable');
      expect((await ask(service.url, '/reports/reports.json')).status).toBe(200);
      expect((await ask(service.url, '/readyz')).status).toBe(200);
    }
    await server.restart();
    for (const service of services) {
      expect((await fileOf(service, months[0], 'user-0000040')).status).toBe(200);
      expect(service.output()).toContain('the database cannot be reached');
      expect(service.output()).not.toContain('user-00000');
      expect(service.output()).not.toContain(server.password);
      expect(await service.stop()).toBe(0);
    }
    await local.stop();
  });

  it('do not start with a key that does not open a store, or without a month', async () => {
    const start = (place: object) =>
      startService(exchange.folder, identity, { privateStores: [{ ...inDatabase()[0], ...place }] });
    await expect(start({ keyFile: `${months[1]}.key` })).rejects.toThrow('the key does not open this store');
    await expect(start({ store: '2025-12' })).rejects.toThrow('expected a store "2025-12", got none');
    await expect(start({ keyFile: undefined })).rejects.toThrow('privateStores');
  });

  it('give no file that is made from a damaged block, and name the block in the log', async () => {
    await stores.load('damaged', join(exchange.folder, months[0], 'private'));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("SELECT id FROM solvent_private.stores WHERE name = 'damaged'");
    await client.query(
      `UPDATE solvent_private.blocks_${rows[0].id} SET bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 1) WHERE file = 'segment-0000.bin' AND number > 0`,
    );
    await client.end();
    const place = { ...inDatabase()[0], store: 'damaged' };
    const service = await startService(exchange.folder, identity, { privateStores: [place] });
    const { status, json } = await fileOf(service, months[0]);
    expect([status, json.code]).toEqual([500, 'fault']);
    expect(service.output()).toMatch(/damaged: segment-0000\.bin: page \d+ is damaged/);
    expect(service.output()).not.toContain(account);
    await service.stop();
  });
});

describe.each([
  ['folders', inFolders],
  ['a database', inDatabase],
])('a new month in %s', (_, places) => {
  it('is served after a signal, without a restart; what cannot be opened changes nothing', async () => {
    const service = await startService(exchange.folder, identity, { privateStores: places(['2026-01']) });
    const file = service.child.spawnargs.at(-1)!;
    const change = (privateStores: unknown) => {
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), privateStores }));
      service.child.kill('SIGHUP');
    };
    expect((await fileOf(service, '2026-01')).status).toBe(200);
    expect((await fileOf(service, '2026-02')).json.code).toBe('no-files');

    change([...places(['2026-01']), { ...places(['2026-02'])[0], keyFile: '2026-01.key' }]);
    await until(() => service.output().includes('not reloaded'));
    expect((await fileOf(service, '2026-02')).json.code).toBe('no-files');
    change('nothing');
    await until(() => service.output().split('not reloaded').length === 3);
    expect((await fileOf(service, '2026-01')).status).toBe(200);

    change(places());
    await until(async () => (await fileOf(service, '2026-02')).status === 200);
    expect((await fileOf(service, '2026-01')).status).toBe(200);

    change(places(['2026-02']));
    await until(async () => (await fileOf(service, '2026-01')).status === 404);
    expect(await service.stop()).toBe(0);
  });

  it('is served to those who ask while it is changed', async () => {
    const service = await startService(exchange.folder, identity, { privateStores: places() });
    let isOver = false;
    const asking = Array.from({ length: 8 }, async (_, i) => {
      for (let count = 0; !isOver || count === 0; count++) {
        expect((await fileOf(service, months[i % 2])).status).toBe(200);
      }
    });
    for (let i = 0; i < 10; i++) {
      service.child.kill('SIGHUP');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    isOver = true;
    await Promise.all(asking);
    await until(() => service.output().includes('"msg":"reloaded"'));
    expect(service.output()).not.toContain('"level":50');
    expect(await service.stop()).toBe(0);
  });
});
