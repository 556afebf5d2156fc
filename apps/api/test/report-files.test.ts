/** Published files as people and programs ask for them, and as they should not. Needs `npm run build` before. */
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSolventClient } from '@solvent/api-client/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, type Identity, type Service, startIdentity, startService, useExchange } from './support/exchange.js';
import { ask, everything, open } from './support/requests.js';

const exchange = useExchange();
let identity: Identity;
let service: Service;
const get = (path: string, headers: Record<string, string> = {}) => ask(service.url, path, { headers });
const proofPath = '/reports/2026-02/proofs/segment-0000.bin';
const published = (path: string) => readFileSync(join(exchange.folder, 'reports', path));

beforeAll(async () => {
  const portal = join(exchange.folder, 'portal');
  mkdirSync(join(portal, 'assets'), { recursive: true });
  writeFileSync(join(portal, 'index.html'), '<!doctype html><title>portal</title>');
  writeFileSync(join(portal, 'portal.json'), '{"reports":"elsewhere/","api":null}');
  writeFileSync(join(portal, 'assets/index-Ab12_-cd.js'), 'export {};');
  writeFileSync(join(portal, '.hidden'), 'hidden');
  identity = await startIdentity();
  service = await startService(exchange.folder, identity, { portal });
});

afterAll(async () => {
  await service.stop();
  identity.close();
});

describe('files', () => {
  test.each([
    ['report.json', 'application/json'],
    ['sum_proof_data.json', 'application/json'],
    ['wallets.csv', 'text/csv; charset=utf-8'],
    ['reserves.json', 'application/json'],
    ['proofs/segment-0000.bin', 'application/octet-stream'],
  ])('%s is served as published, to be kept for ever', async (path, mediaType) => {
    const { status, headers, body } = await get(`/reports/2026-02/${path}`);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(mediaType);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(body.equals(published(`2026-02/${path}`))).toBe(true);
  });

  test('the index is revalidated, and a report that is published meanwhile appears in it', async () => {
    const file = join(exchange.folder, 'reports/reports.json');
    const whole = published('reports.json');
    const index = JSON.parse(whole.toString());
    const shorter = { ...index, reports: index.reports.slice(0, 1) };
    const replace = async (text: string | Uint8Array, isThere: (text: string) => boolean) => {
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
      await expect.poll(async () => isThere((await get('/reports/reports.json')).text)).toBe(true);
    };
    const before = await get('/reports/reports.json');
    expect(before.headers['cache-control']).toBe('no-cache');
    const etag = before.headers.etag!;
    expect((await get('/reports/reports.json', { 'If-None-Match': etag })).status).toBe(304);
    await replace(JSON.stringify(shorter), (text) => !text.includes('2026-02'));
    expect((await get('/reports/reports.json', { 'If-None-Match': etag })).status).toBe(200);
    expect((await get(proofPath)).status).toBe(404);
    await replace(whole, (text) => text.includes('2026-02'));
    expect((await get(proofPath)).status).toBe(200);
  });

  test('an index that cannot be read changes nothing, and is logged', async () => {
    const file = join(exchange.folder, 'reports/reports.json');
    const whole = published('reports.json');
    writeFileSync(file, '{"half":');
    const look = async () => {
      await get('/reports/reports.json');
      return service.output();
    };
    await expect.poll(look).toContain('expected an index of reports');
    expect((await get('/reports/reports.json')).body.equals(whole)).toBe(true);
    writeFileSync(file, whole);
  });

  test('a signature is there as soon as a published report is signed, and is verified with it', async () => {
    const path = '/reports/2026-01/report-signature.json';
    const verify = async () => {
      const headers = { 'Content-Type': 'application/json' };
      const request = { method: 'POST', headers, body: JSON.stringify({ report: '2026-01' }) };
      return (await ask(service.url, '/v1/verify', request)).json.full.signedBy;
    };
    expect((await get(path)).status).toBe(404);
    expect(await verify()).toBeNull();
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = join(exchange.folder, 'signing.pem');
    writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const folder = join(exchange.folder, 'reports/2026-01');
    await promisify(execFile)(process.execPath, [cli, 'report', 'sign', folder, '--key', key]);
    const { status, headers, json } = await get(path);
    expect([status, headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(await verify()).toBe(json.publicKey);
    rmSync(join(folder, 'report-signature.json'));
    expect((await get(path)).status).toBe(404);
  });

  test('a part of a file', async () => {
    const whole = published('2026-02/proofs/segment-0000.bin');
    const part = await get(proofPath, { Range: 'bytes=1000-1999' });
    expect(part.status).toBe(206);
    expect(part.headers['content-range']).toBe(`bytes 1000-1999/${whole.length}`);
    expect(part.body.equals(whole.subarray(1000, 2000))).toBe(true);
    const end = await get(proofPath, { Range: 'bytes=-10' });
    expect(end.body.equals(whole.subarray(-10))).toBe(true);
    const beyond = await get(proofPath, { Range: `bytes=${whole.length}-` });
    expect(beyond.status).toBe(416);
    expect(beyond.headers['content-range']).toBe(`bytes */${whole.length}`);
    expect(beyond.headers['cache-control']).toBe('no-store');
    expect((await get(proofPath, { Range: 'bytes=0-9', 'If-Range': '"another"' })).status).toBe(200);
    expect((await get(proofPath, { Range: 'bytes=0-9', 'If-Range': part.headers.etag! })).status).toBe(206);
  });

  test('a part of a text is not compressed, all of it is', async () => {
    const part = await get('/reports/2026-02/wallets.csv', { Range: 'bytes=0-2047', 'Accept-Encoding': 'gzip' });
    expect(part.headers['content-encoding']).toBeUndefined();
    expect(part.body.equals(published('2026-02/wallets.csv').subarray(0, 2048))).toBe(true);
    const whole = await get('/reports/2026-02/wallets.csv', { 'Accept-Encoding': 'gzip' });
    expect(whole.headers['content-encoding']).toBe('gzip');
    expect(whole.headers.etag).toMatch(/^W\//);
  });

  test('an ETag is the digest that the report binds, and spares sending the file again', async () => {
    const { headers } = await get(proofPath);
    const report = JSON.parse(published('2026-02/report.json').toString());
    const { digest } = report.files.find(({ path }: { path: string }) => path.startsWith('proofs/'));
    expect(headers.etag).toBe(`"${digest}"`);
    const again = await get(proofPath, { 'If-None-Match': headers.etag! });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect((await get(proofPath, { 'If-Match': '"another"' })).status).toBe(412);
  });

  test('HEAD says what GET would', async () => {
    const { status, headers, body } = await ask(service.url, proofPath, { method: 'HEAD' });
    expect([status, body.length]).toEqual([200, 0]);
    expect(Number(headers['content-length'])).toBe(published('2026-02/proofs/segment-0000.bin').length);
  });

  test('the typed client gets the same', async () => {
    const client = createSolventClient({ baseUrl: service.url });
    const index = await client.GET('/reports/reports.json');
    expect(index.data?.reports.map(({ reportId }) => reportId)).toEqual(['2026-01', '2026-02']);
    const params = { path: { folder: '2026-02', path: 'proofs/segment-0000.bin' } };
    const { data } = await client.GET('/reports/{folder}/{path}', { params, parseAs: 'arrayBuffer' });
    expect(Buffer.from(data as unknown as ArrayBuffer).equals(published('2026-02/proofs/segment-0000.bin'))).toBe(true);
  });
});

describe('nothing else is served', () => {
  test.each([
    '/reports/2026-02/../../2026-02.key',
    '/reports/2026-02/%2e%2e/%2e%2e/2026-02.key',
    '/reports/2026-02/..%2f..%2f2026-02.key',
    '/reports/..%2f2026-02.key/x',
    '/reports/2026-02/..%5c..%5c2026-02.key',
    '/reports/2026-02/..\\..\\2026-02.key',
    '/reports/2026-02/%252e%252e/2026-02.key',
    '/reports/2026-02/%c0%ae%c0%ae/2026-02.key',
    '/reports/2026-02/report.json%00.bin',
    '/reports/2026-02/report.json%00',
    '/reports/2026-02/./report.json',
    '/reports/2026-02//report.json',
    '/reports/2026-02/report.json/',
    '/reports/2026-02/proofs',
    '/reports/2026-02/',
    '/reports/2026-02/REPORT.JSON',
    '/reports/2026-02/constructor',
    '/reports/__proto__/report.json',
    '/reports/../2026-02/private/store.bin',
    '/2026-02/private/store.bin',
    '/..%2f2026-02.key',
    '/%2e%2e/2026-02.key',
    '/.hidden',
    '/%00',
    '//etc/passwd',
    '/%zz',
    '/%ff',
  ])('%s', async (path) => {
    const { status, text } = await get(path);
    expect([400, 404]).toContain(status);
    expect(text).toMatch(/^\{"title":"[^"]+","status":\d+,"code":"(not-found|malformed)"\}$/);
  });

  test('a path that is no text, or longer than any', async () => {
    expect(await get('/reports/%zz/report.json')).toMatchObject({ status: 400 });
    expect(await get(`/reports/2026-02/${'a'.repeat(4000)}`)).toMatchObject({ status: 404 });
  });

  test('a file that the report does not bind', async () => {
    writeFileSync(join(exchange.folder, 'reports/2026-02/notes.json'), '{}');
    expect((await get('/reports/2026-02/notes.json')).status).toBe(404);
    rmSync(join(exchange.folder, 'reports/2026-02/notes.json'));
  });

  test.each(['wallets.csv', 'proofs'])('a link in the place of %s, wherever it leads', async (name) => {
    const place = join(exchange.folder, 'reports/2026-01', name);
    const away = join(exchange.folder, `away-${name}`);
    renameSync(place, away);
    symlinkSync(away, place);
    const { status, text } = await get(`/reports/2026-01/${name === 'proofs' ? 'proofs/segment-0000.bin' : name}`);
    expect(status).toBe(500);
    expect(text).not.toContain(exchange.folder);
    rmSync(place);
    renameSync(away, place);
  });

  test('a file that was changed after publication', async () => {
    const place = join(exchange.folder, 'reports/2026-01/wallets.csv');
    const before = readFileSync(place);
    writeFileSync(place, Buffer.concat([before, Buffer.from('\n')]));
    expect((await get('/reports/2026-01/wallets.csv')).status).toBe(500);
    writeFileSync(place, before);
  });

  test('other methods', async () => {
    const posted = await ask(service.url, proofPath, { method: 'POST', body: 'x' });
    expect(posted.status).toBe(405);
    expect(posted.headers.allow).toBe('GET, HEAD');
    expect((await ask(service.url, '/v1/verify')).status).toBe(405);
    expect((await ask(service.url, '/nothing', { method: 'DELETE' })).status).toBe(404);
  });

  test.each([
    ['a header that is too long', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, '431'],
    ['two lengths', 'POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', '400'],
    [
      'a length and chunks',
      'POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '400',
    ],
    ['what is not HTTP', 'hello\r\n\r\n', '400'],
  ])('%s', async (_what, text, status) => {
    expect(await everything(open(service.url, text))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

describe('the portal', () => {
  test('comes with a policy that keeps everything on this server', async () => {
    const { status, headers, text } = await get('/');
    expect([status, text]).toEqual([200, '<!doctype html><title>portal</title>']);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';font-src 'self';connect-src 'self';" +
        "worker-src 'self' blob:;manifest-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  test('its files are kept for ever where their names say what is in them', async () => {
    expect((await get('/assets/index-Ab12_-cd.js')).headers['cache-control']).toContain('immutable');
  });

  test('finds reports and interface from here, whatever it was built for', async () => {
    expect((await get('/portal.json')).json).toEqual({ reports: 'reports/', api: './', accountClaim: 'sub' });
  });

  test('asks for no login where nobody can log in', async () => {
    const open = await startService(exchange.folder, identity, { identity: undefined });
    expect((await ask(open.url, '/portal.json')).json).toEqual({ reports: 'reports/', api: null });
    expect(await ask(open.url, '/v1/me/inclusion')).toMatchObject({ status: 404, json: { code: 'no-login' } });
    await open.stop();
  });
});

describe('the description', () => {
  test('of the interface, for programs and for people', async () => {
    const document = (await get('/v1/openapi.json')).json;
    expect(document.openapi).toBe('3.1.0');
    const page = await get('/v1/reference.html');
    for (const path of Object.keys(document.paths)) expect(page.text).toContain(path);
    expect(page.text).not.toMatch(/<script|https?:\/\/|style=/);
    expect((await get('/v1/reference.css')).headers['content-type']).toContain('text/css');
  });

  test('of health, which is no file', async () => {
    expect((await get('/healthz')).json).toEqual({ status: 'ok' });
    expect((await get('/readyz')).json).toEqual({ status: 'ok' });
    expect((await get('/metrics')).status).toBe(404);
    const metrics = await (await fetch(service.metricsUrl)).text();
    expect(metrics).toContain('solvent_reports 2');
    expect(metrics).toMatch(/solvent_request_seconds_count\{method="GET",route="getHealth",status="200"\} 1/);
  });
});
