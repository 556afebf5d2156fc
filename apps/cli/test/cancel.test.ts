/** Runs that ask for workers, or are taken back from them, while the queue or the storage does not answer or refuses. */
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { readStoreKey } from '@solvent/stark-prover/store-key';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { objectNames } from '../src/distributed/segment-message.js';
import { runName } from '../src/prove/run-state.js';
import { filesBelow, proveArgs, useTemporaryFolder, write } from './support/folder.js';
import { run } from './support/run.js';

useTemporaryFolder();

const work = 'out/.unfinished';
const prove = (...more: string[]) => run(proveArgs('ledger.csv', 'assets.json', 'out', '--store-key', 'key', ...more));
const cancel = (settings: string) => run(['cancel', 'out', '--distributed', settings, '--store-key', 'key']);
let server: Server;

beforeAll(async () => {
  server = createServer((_, answer) => answer.writeHead(408).end('<Code>RequestTimeout</Code>'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port: bucketPort } = server.address() as AddressInfo;
  // Nobody listens there once it is closed.
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const queue = { kind: 'postgres', host: '127.0.0.1', port, user: 'u', database: 'd' };
  const storages = {
    folder: { kind: 'folder', path: 'objects' },
    bucket: { kind: 's3', endpoint: `http://127.0.0.1:${bucketPort}`, bucket: 'bucket', attempts: 1 },
  };
  for (const [name, storage] of Object.entries(storages)) {
    const settings = { format: 'solvent-distributed/1', queue, storage, patienceSeconds: 1 };
    write(`${name}.json`, JSON.stringify(settings));
  }
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'b');
  write('key', `${'5e'.repeat(32)}\n`);
  write('assets.json', '[{"symbol": "BTC", "decimals": 8}]');
  write('ledger.csv', 'account_id,asset,balance\na,BTC,1\n');
  const { exitCode, stderr } = await prove('--distributed', 'folder.json');
  expect(exitCode, stderr).toBe(2);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => server.close(resolve));
});

test('a storage that does not answer is not taken for the queue', async () => {
  const { exitCode, stderr } = await cancel('bucket.json');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('s3://bucket/');
  expect(stderr).not.toContain('queue');
});

test('a queue that refuses the password is no error of the program, for a run or a cancellation', async () => {
  const reason = Buffer.from('SFATAL\0C28P01\0Mpassword authentication failed for user "u"\0\0');
  const head = Buffer.alloc(5, 'E');
  head.writeUInt32BE(4 + reason.length, 1);
  // Whatever it is told, it answers as PostgreSQL does to a wrong password.
  const refusing = createTcpServer((socket) => {
    socket.on('error', () => {}).once('data', () => socket.end(Buffer.concat([head, reason])));
  });
  await once(refusing.listen(0, '127.0.0.1'), 'listening');
  const settings = JSON.parse(readFileSync('folder.json', 'utf8'));
  settings.queue.port = (refusing.address() as AddressInfo).port;
  write('refusing.json', JSON.stringify(settings));
  for (const { exitCode, stderr } of [
    await prove('--resume', '--distributed', 'refusing.json'),
    await cancel('refusing.json'),
  ]) {
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /queue \(postgres at 127\.0\.0\.1, port \d+\): expected .*, got "password authentication failed/,
    );
    expect(stderr).not.toContain('internal error');
  }
  await new Promise((resolve) => refusing.close(resolve));
});

test('a run is neither cancelled nor continued with another storage than that which its workers have', async () => {
  const settings = JSON.parse(readFileSync('folder.json', 'utf8'));
  settings.storage.path = 'elsewhere';
  write('elsewhere.json', JSON.stringify(settings));
  const ended = [await cancel('elsewhere.json'), await prove('--resume', '--distributed', 'elsewhere.json')];
  for (const { exitCode, stderr } of ended) {
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/expected the storage "\/.*\/objects", where .*, got "\/.*\/elsewhere"/);
  }
  expect(existsSync(join(work, 'asked-workers'))).toBe(true);
});

test('a run whose queue is gone for good is continued without workers as the message says', async () => {
  const task = { run: runName(work, readStoreKey('key')), segment: 0, rows: 2048, task: 'ab'.repeat(16) };
  write(`objects/${objectNames.task(task)}`, 'x');
  const { exitCode, stderr } = await cancel('folder.json');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('cancel again to remove what is left there');
  expect(filesBelow('objects')).toEqual([]);
  expect((await prove('--resume')).stderr).toContain('expected --distributed');
  const [, path] = /gone for good, remove (\S+) instead\)/.exec(stderr)!;
  rmSync(path);
  const again = await prove('--resume');
  expect(again.exitCode, again.stderr).toBe(0);
  expect(existsSync(work)).toBe(false);
});
