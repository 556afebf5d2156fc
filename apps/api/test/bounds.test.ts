/** Floods, slow clients, and the end: nobody else is made to wait. Needs `npm run build` before. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutOffSlowClients } from '../src/http/slow-clients.js';
import { type Identity, type Service, startIdentity, startService, useExchange } from './support/exchange.js';
import { ask, everything, open } from './support/requests.js';

const exchange = useExchange();
const account = 'user-0000001';
let identity: Identity;

beforeAll(async () => {
  identity = await startIdentity();
});

afterAll(() => {
  identity.close();
});

const inclusionOf = async (service: Service, from: string) =>
  ask(service.url, '/v1/me/inclusion', { from, headers: { Authorization: `Bearer ${await identity.token(account)}` } });

describe('a flood', () => {
  test('from one address is turned away, while another is served', async () => {
    const service = await startService(exchange.folder, identity, {
      limits: { addressPerMinute: 50, connectionsPerAddress: 1000 },
    });
    const flood = Promise.all(
      Array.from({ length: 200 }, () => ask(service.url, '/v1/me/inclusion', { from: '127.0.0.2' })),
    );
    const started = performance.now();
    const served = await inclusionOf(service, '127.0.0.3');
    const ms = performance.now() - started;
    const statuses = (await flood).map(({ status }) => status);
    expect(served.status).toBe(200);
    // Whoever had to wait for the flood would wait for the minute after which that may ask again.
    expect(ms).toBeLessThan(30_000);
    expect(statuses.filter((status) => status === 401)).toHaveLength(50);
    const turnedAway = (await flood).filter(({ status }) => status === 429);
    expect(turnedAway).toHaveLength(150);
    for (const { headers, text } of turnedAway) {
      expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
      expect(text).toBe('{"title":"Too many requests.","status":429,"code":"too-many-requests"}');
    }
    expect((await ask(service.url, '/healthz', { from: '127.0.0.2' })).status).toBe(200);
    await service.stop();
  });

  test('under one account from many addresses is turned away', async () => {
    const service = await startService(exchange.folder, identity, { limits: { accountPerMinute: 3 } });
    const statuses: number[] = [];
    for (let i = 2; i < 8; i++) statuses.push((await inclusionOf(service, `127.0.0.${i}`)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429, 429]);
    const headers = { Authorization: `Bearer ${await identity.token('user-0000002')}` };
    expect((await ask(service.url, '/v1/me/inclusion', { headers })).status).toBe(200);
    await service.stop();
  });

  test('is not hidden by a header that names other addresses, unless a proxy is trusted', async () => {
    const forwarded = (i: number) => ({ headers: { 'X-Forwarded-For': `203.0.113.${i}` } });
    const statusesOf = async (service: Service) => {
      const statuses: number[] = [];
      for (let i = 0; i < 4; i++) statuses.push((await ask(service.url, '/reports/reports.json', forwarded(i))).status);
      await service.stop();
      return statuses;
    };
    const direct = await startService(exchange.folder, identity, { limits: { addressPerMinute: 2 } });
    expect(await statusesOf(direct)).toEqual([200, 200, 429, 429]);
    const behind = await startService(exchange.folder, identity, { limits: { addressPerMinute: 2 }, trustProxy: 1 });
    expect(await statusesOf(behind)).toEqual([200, 200, 200, 200]);
  });

  test('of connections from one address leaves room for another', async () => {
    const service = await startService(exchange.folder, identity, { limits: { connectionsPerAddress: 5 } });
    const sockets = Array.from({ length: 20 }, () => open(service.url, 'GET / HTTP/1.1\r\n', '127.0.0.2'));
    const turnedAway = () => sockets.filter((socket) => socket.destroyed).length;
    await expect.poll(turnedAway).toBe(15);
    expect((await ask(service.url, '/healthz', { from: '127.0.0.3' })).status).toBe(200);
    expect(turnedAway()).toBe(15);
    const metrics = await (await fetch(service.metricsUrl)).text();
    expect(metrics).toContain('solvent_refused_connections_total 15');
    for (const socket of sockets) socket.destroy();
    await service.stop();
  });
});

describe('slow clients', () => {
  test('that send their headers byte by byte are cut off, while others are served', async () => {
    const service = await startService(exchange.folder, identity, {
      timeouts: { headersSeconds: 1, requestSeconds: 2, idleSeconds: 2 },
    });
    const slow = Array.from({ length: 50 }, () =>
      open(service.url, 'GET /healthz HTTP/1.1\r\nHost: x\r\nX: ', '127.0.0.2'),
    );
    const drip = setInterval(() => {
      for (const socket of slow) if (!socket.destroyed) socket.write('a');
    }, 100);
    const ended = Promise.all(slow.map(everything));
    expect((await inclusionOf(service, '127.0.0.3')).status).toBe(200);
    for (const text of await ended) expect(text === '' || text.includes('HTTP/1.1 408')).toBe(true);
    clearInterval(drip);
    expect((await inclusionOf(service, '127.0.0.3')).status).toBe(200);
    await service.stop();
  });

  test('that say nothing are cut off', async () => {
    const service = await startService(exchange.folder, identity, { timeouts: { idleSeconds: 1, headersSeconds: 1 } });
    expect(await everything(open(service.url, ''))).not.toContain('200');
    await service.stop();
  });

  test('that do not read what they asked for are cut off, and those that read slowly enough are not', async () => {
    let cut = 0;
    const size = 2 ** 25;
    const chunk = Buffer.alloc(2 ** 16);
    const chunks = () => Readable.from(Array.from({ length: size / chunk.length }, () => chunk));
    const server = createServer((req, res) => {
      if (req.url === '/at-once') res.end(Buffer.alloc(size));
      else chunks().pipe(res);
    });
    cutOffSlowClients(server, 2 ** 21, () => cut++, 50);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const request = (path: string) => open(url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const stalled = request('/in-chunks');
    stalled.pause();
    // Some 16 MB a second, of a write that is whole only at its end.
    const slow = request('/at-once');
    let taken = 0;
    slow.on('data', (part) => {
      taken += part.length;
      slow.pause();
      setTimeout(() => slow.resume(), 4);
    });
    await new Promise<void>((done) => slow.once('close', done));
    expect(taken).toBeGreaterThan(size);
    await expect.poll(() => cut, { timeout: 60_000 }).toBe(1);
    stalled.destroy();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
});

test('a port that is taken is said, and nothing is left running', async () => {
  const service = await startService(exchange.folder, identity);
  const port = Number(new URL(service.metricsUrl).port);
  await expect(startService(exchange.folder, identity, { metrics: { port } })).rejects.toThrow('EADDRINUSE');
  await service.stop();
});

describe('the end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('by %s comes after what is under way', async (signal) => {
    const service = await startService(exchange.folder, identity);
    const body = JSON.stringify({ report: '2026-02' });
    const headers = { 'Content-Type': 'application/json' };
    const long = ask(service.url, '/v1/verify', { method: 'POST', headers, body });
    const load = Promise.allSettled(Array.from({ length: 40 }, () => inclusionOf(service, '127.0.0.2')));
    const idle = open(service.url, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((done) => idle.once('data', done));
    const underWay = async () => (await fetch(service.metricsUrl)).text();
    await expect.poll(underWay).toMatch(/verifications_running 1|route="verify"/);
    const ended = service.stop(signal);
    expect(await long).toMatchObject({ status: 200, json: { ok: true } });
    for (const result of await load) {
      // One that came too late finds nobody listening; none gets half an answer.
      if (result.status === 'fulfilled') expect(result.value.status).toBe(200);
      else expect((result.reason as NodeJS.ErrnoException).code).toMatch(/ECONNREFUSED|ECONNRESET/);
    }
    expect(await ended).toBe(0);
    expect(service.output()).toContain('"msg":"stopped"');
    await expect(ask(service.url, '/healthz')).rejects.toThrow('ECONNREFUSED');
  });

  test('does not wait for those who never finish', async () => {
    const service = await startService(exchange.folder, identity, { timeouts: { shutdownSeconds: 1 } });
    const stuck = open(
      service.url,
      'POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
    );
    await ask(service.url, '/healthz');
    const started = performance.now();
    expect(await service.stop()).toBe(0);
    // Long before the minute that a request may take to arrive.
    expect(performance.now() - started).toBeLessThan(30_000);
    stuck.destroy();
  });
});
