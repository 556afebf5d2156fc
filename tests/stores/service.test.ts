/** The service on private stores in PostgreSQL, and new months without a restart. Needs `npm run build` before. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readPostgresSettings } from '@solvent/postgres-store/postgres-settings';
import { openPostgresStores, type PostgresStores } from '@solvent/postgres-store/postgres-stores';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalPostgres, startPostgres } from '../support/postgres.js';
import { runSolvent } from '../support/run-command.js';
import { endServicesAfterwards, startService } from './service-process.js';

const months = ['2026-01', '2026-02'];
const account = 'user-0000001';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-service-'));
let server: LocalPostgres;
let url: string;
let stores: PostgresStores;
endServicesAfterwards();

const inDatabase = (names: readonly string[] = months) =>
  names.map((month) => ({ postgres: 'postgres.json', store: month, keyFile: `${month}.key` }));

const inFolders = (names: readonly string[] = months) =>
  names.map((month) => ({ folder: `${month}/private`, keyFile: `${month}.key` }));

/** Waits for something to become true. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  await expect.poll(isSo).toBe(true);
}

beforeAll(async () => {
  const made = await runSolvent('demo', '--accounts', '60', '--out', folder);
  expect(made).toMatchObject({ exitCode: 0 });
  server = await startPostgres();
  url = await server.createDatabase('stores');
  fs.writeFileSync(path.join(folder, 'password'), server.password);
  const place = { kind: 'postgresql', host: '127.0.0.1', port: server.port, database: 'stores', user: server.user };
  fs.writeFileSync(path.join(folder, 'postgres.json'), JSON.stringify({ ...place, passwordFile: 'password' }));
  stores = openPostgresStores(readPostgresSettings(path.join(folder, 'postgres.json'), {}));
  for (const month of months) await stores.load(month, path.join(folder, month, 'private'));
});

afterAll(async () => {
  await stores.close();
  await server.stop();
  fs.rmSync(folder, { recursive: true });
});

describe('services on one database', () => {
  it('give the very files that one on the folders gives, and 503 while the database is away', async () => {
    const local = await startService(folder, inFolders());
    const services = [await startService(folder, inDatabase()), await startService(folder, inDatabase())];
    for (const month of months) {
      const expected = await local.inclusion(month, account);
      expect(expected.status).toBe(200);
      for (const service of services) {
        const { status, body } = await service.inclusion(month, account);
        expect(status).toBe(200);
        expect(body.equals(expected.body)).toBe(true);
        expect((await service.inclusion(month, 'nobody')).code).toBe('no-account');
      }
    }
    await server.kill();
    for (const service of services) {
      const { status, headers, code } = await service.inclusion(months[0], 'user-0000040');
      expect(status).toBe(503);
      expect([headers.get('retry-after'), headers.get('cache-control')]).toEqual(['5', 'no-store']);
      expect(code).toBe('store-unavailable');
      expect((await fetch(`${service.url}/reports/reports.json`)).status).toBe(200);
      expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    }
    await server.restart();
    for (const service of services) {
      expect((await service.inclusion(months[0], 'user-0000040')).status).toBe(200);
      expect(await service.stop()).toBe(0);
      expect(service.output()).toContain('the database cannot be reached');
      expect(service.output()).not.toContain('user-00000');
      expect(service.output()).not.toContain(server.password);
    }
    await local.stop();
  });

  it('start while the database is away, serve what needs none of it, and open its stores once it is back', async () => {
    await server.kill();
    const wrongKey = { ...inDatabase(['2026-02'])[0], keyFile: '2026-01.key' };
    const service = await startService(folder, [...inFolders(['2026-01']), ...inDatabase(['2026-02'])]);
    const faulty = await startService(folder, [...inFolders(['2026-01']), wrongKey]);
    for (const started of [service, faulty]) {
      expect((await started.inclusion('2026-01', account)).status).toBe(200);
      const { status, code } = await started.inclusion('2026-02', account);
      expect([status, code]).toEqual([503, 'store-unavailable']);
      expect((await fetch(`${started.url}/readyz`)).status).toBe(200);
    }
    service.child.kill('SIGHUP');
    await until(() => service.output().includes('not reloaded'));
    expect((await service.inclusion('2026-01', account)).status).toBe(200);
    await server.restart();
    const asked = await Promise.all(Array.from({ length: 4 }, () => service.inclusion('2026-02', account)));
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await faulty.inclusion('2026-02', account)).status).toBe(500);
    expect((await faulty.inclusion('2026-01', account)).status).toBe(200);
    await service.stop();
    await faulty.stop();
    expect(service.output()).toContain('the database cannot be reached');
    expect(faulty.output()).toContain('the key does not open this store');
    expect(service.output() + faulty.output()).not.toContain(server.password);
  });

  it('do not start with a key that does not open a store, or without a month', async () => {
    const start = (place: object) => startService(folder, [{ ...inDatabase()[0], ...place }]);
    await expect(start({ keyFile: `${months[1]}.key` })).rejects.toThrow('the key does not open this store');
    await expect(start({ store: '2025-12' })).rejects.toThrow('expected a store "2025-12", got none');
    await expect(start({ keyFile: undefined })).rejects.toThrow('privateStores');
  });

  it('give no file that is made from a damaged block, and name the block in the log', async () => {
    await stores.load('damaged', path.join(folder, months[0], 'private'));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("SELECT id FROM solvent_private.stores WHERE name = 'damaged'");
    await client.query(
      `UPDATE solvent_private.blocks_${rows[0].id} SET bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 1) WHERE file = 'segment-0000.bin' AND number > 0`,
    );
    await client.end();
    const place = { ...inDatabase()[0], store: 'damaged' };
    const service = await startService(folder, [place]);
    const { status, code } = await service.inclusion(months[0], account);
    expect([status, code]).toEqual([500, 'fault']);
    await service.stop();
    expect(service.output()).toMatch(/damaged: segment-0000\.bin: page \d+ is damaged/);
    expect(service.output()).not.toContain(account);
  });
});

describe.each([
  ['folders', inFolders],
  ['a database', inDatabase],
])('a new month in %s', (_, places) => {
  it('is served after a signal, without a restart; what cannot be opened changes nothing', async () => {
    const service = await startService(folder, places(['2026-01']));
    const { file } = service;
    const change = (privateStores: unknown) => {
      fs.writeFileSync(file, JSON.stringify({ ...JSON.parse(fs.readFileSync(file, 'utf8')), privateStores }));
      service.child.kill('SIGHUP');
    };
    expect((await service.inclusion('2026-01', account)).status).toBe(200);
    expect((await service.inclusion('2026-02', account)).code).toBe('no-files');

    change([...places(['2026-01']), { ...places(['2026-02'])[0], keyFile: '2026-01.key' }]);
    await until(() => service.output().includes('not reloaded'));
    expect((await service.inclusion('2026-02', account)).code).toBe('no-files');
    change('nothing');
    await until(() => service.output().split('not reloaded').length === 3);
    expect((await service.inclusion('2026-01', account)).status).toBe(200);

    change(places());
    await until(async () => (await service.inclusion('2026-02', account)).status === 200);
    expect((await service.inclusion('2026-01', account)).status).toBe(200);

    change(places(['2026-02']));
    await until(async () => (await service.inclusion('2026-01', account)).status === 404);
    expect(await service.stop()).toBe(0);
  });

  it('is served to those who ask while it is changed', async () => {
    const service = await startService(folder, places());
    let isOver = false;
    const asking = Array.from({ length: 8 }, async (_, i) => {
      for (let count = 0; !isOver || count === 0; count++) {
        expect((await service.inclusion(months[i % 2], account)).status).toBe(200);
      }
    });
    for (let i = 0; i < 10; i++) {
      service.child.kill('SIGHUP');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    isOver = true;
    await Promise.all(asking);
    await until(() => service.output().includes('"msg":"reloaded"'));
    expect(await service.stop()).toBe(0);
    expect(service.output()).not.toContain('"level":50');
  });
});
