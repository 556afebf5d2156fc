/** Stores of databases that are away when the service starts: what is found out at once, and what whoever asks is told. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError, StoreUnavailableError } from '@solvent/stark-prover/store-error';
import { createStoreKeyFile } from '@solvent/stark-prover/store-key';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStores } from '../src/reports/open-stores.js';

const folder = mkdtempSync(join(tmpdir(), 'solvent-open-stores-'));
const file = (name: string) => join(folder, name);
const manifest = '00'.repeat(32);

beforeAll(() => createStoreKeyFile(file('store.key')));
afterAll(() => rmSync(folder, { recursive: true }));

async function listen(onConnection: (socket: net.Socket) => void, port = 0): Promise<net.Server> {
  const server = net.createServer(onConnection);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function close(server: net.Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await closed;
}

/** A database at a port where nobody listens. */
async function awayDatabase(name: string): Promise<{ settings: string; port: number }> {
  const server = await listen(() => {});
  const { port } = server.address() as net.AddressInfo;
  await close(server);
  const place = { kind: 'postgresql', host: '127.0.0.1', port, database: 'stores', user: 'solvent', tls: {} };
  writeFileSync(file('password'), 'none');
  writeFileSync(file(name), JSON.stringify({ ...place, passwordFile: 'password' }));
  return { settings: file(name), port };
}

/** Opens them, and gives what was told of meanwhile and later. */
async function openAway(places: Parameters<typeof openStores>[0]) {
  const told: unknown[] = [];
  const stores = await openStores(places, (error) => told.push(error));
  return { stores, told };
}

test('a key that is not there is found out at once, of every store', async () => {
  const { settings } = await awayDatabase('keys.json');
  const places = ['store.key', 'no.key'].map((key) => ({ postgres: settings, store: key, keyFile: file(key) }));
  await expect(openAway(places)).rejects.toThrow('no.key');
});

test('keys are read once: a file of a key may be a pipe', async () => {
  const { settings } = await awayDatabase('once.json');
  createStoreKeyFile(file('once.key'));
  const { stores, told } = await openAway([{ postgres: settings, store: '2026-01', keyFile: file('once.key') }]);
  expect(told).toEqual([expect.any(StoreUnavailableError)]);
  rmSync(file('once.key'));
  await expect(stores.find(manifest)).rejects.toThrow(StoreUnavailableError);
  stores.retire();
});

test('while one database is away, that another has a fault is told to its operator, and to try again to who asks', async () => {
  const [faulty, away] = [await awayDatabase('faulty.json'), await awayDatabase('away.json')];
  const { stores, told } = await openAway(
    [faulty, away].map(({ settings }) => ({ postgres: settings, store: '2026-01', keyFile: file('store.key') })),
  );
  expect(told.splice(0)).toEqual([expect.any(StoreUnavailableError), expect.any(StoreUnavailableError)]);
  // A server that has no TLS.
  const server = await listen((socket) => socket.on('data', () => socket.end('N')).on('error', () => {}), faulty.port);
  await expect(stores.find(manifest)).rejects.toThrow(StoreUnavailableError);
  expect(told).toEqual([expect.any(StoreError)]);
  await close(server);
  stores.retire();
});

test('stores are closed once, however late somebody still asks', async () => {
  const { settings } = await awayDatabase('late.json');
  const { stores } = await openAway([{ postgres: settings, store: '2026-01', keyFile: file('store.key') }]);
  stores.enter();
  stores.retire();
  stores.leave();
  stores.enter();
  await expect(stores.find(manifest)).rejects.toThrow();
  // Ending the connections a second time would be a rejection that nobody handles.
  stores.leave();
  await new Promise((done) => setImmediate(done));
});
