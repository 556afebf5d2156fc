/** The queue of a run on Redis, by TLS: it asks the server that its settings mean, and says why it asks no other one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answered, type QueueServer, useQueueServer } from '@solvent/cli/distributed/queue-server';
import { readSettings } from '@solvent/cli/distributed/settings';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeCertificate } from '../support/certificate.js';
import { freePort } from '../support/local-process.js';
import { type LocalRedis, startRedis } from '../support/redis.js';
import { findPart, requirePart } from '../support/system-parts.js';

const folder = mkdtempSync(join(tmpdir(), 'solvent-redis-tls-'));
const at = (name: string) => join(folder, name);
let server: LocalRedis | undefined;
let port: number;

beforeAll(async () => {
  const [openssl, redis] = [findPart('openssl'), findPart('redis-server')];
  if (openssl === undefined || redis === undefined) return;
  makeCertificate(openssl, folder, 'server', ['localhost', 'queue.example']);
  makeCertificate(openssl, folder, 'other', ['localhost']);
  port = await freePort();
  const files = [`tls-cert-file ${at('server.pem')}`, `tls-key-file ${at('server.key')}`];
  server = await startRedis(redis, [
    `tls-port ${port}`,
    ...files,
    `tls-ca-cert-file ${at('server.pem')}`,
    'tls-auth-clients no',
  ]);
  writeFileSync(at('password'), server.password);
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});
beforeEach((context) => {
  for (const part of ['openssl', 'redis-server']) requirePart(part, context);
});

type Queue = ReturnType<QueueServer['open']>;

async function withQueue(more: object, work: (queue: Queue, opened: QueueServer) => Promise<void>): Promise<void> {
  const queue = { kind: 'redis', host: 'localhost', port, passwordFile: 'password', ...more };
  const settings = { format: 'solvent-distributed/1', queue, storage: { kind: 'folder', path: 'objects' } };
  writeFileSync(at('settings.json'), JSON.stringify(settings));
  const opened = await useQueueServer(await readSettings(at('settings.json')));
  const used = opened.open('segments');
  try {
    await work(used, opened);
  } finally {
    await used.close();
  }
}

test.each([
  ['of the authority in the settings', { tls: { caFile: 'server.pem' } }],
  [
    'that has the name in the settings',
    { host: '127.0.0.1', tls: { caFile: 'server.pem', serverName: 'queue.example' } },
  ],
])('a server is asked whose certificate is one %s', async (_, more) => {
  await withQueue(more, async (queue) => {
    await answered(queue.add('segment', { some: 'thing' }, { jobId: 'a-job' }));
    expect(await answered(queue.getJobState('a-job'))).toBe('waiting');
    await answered(queue.remove('a-job'));
  });
});

test.each([
  ['of another authority', { tls: { caFile: 'other.pem' } }, /self-signed certificate/],
  ['of no authority that the system trusts', { tls: true }, /self-signed certificate/],
  ['of another name', { tls: { caFile: 'server.pem', serverName: 'other.example' } }, /certificate's altnames/],
  [
    'of another host',
    { host: '127.0.0.1', tls: { caFile: 'server.pem' } },
    /certificate's altnames|not in the cert's list/,
  ],
])('a server is not asked whose certificate is %s, and the reason is told', async (_, more, reason) => {
  await withQueue(more, async (_queue, opened) => {
    await expect.poll(() => opened.refusal(), { timeout: 60_000 }).toMatch(reason);
  });
});
