/** Asking the service to verify: public files, in a queue that fills up. Needs `npm run build` before. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSolventClient } from '@solvent/api-client/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyOutcomeSchema } from '../src/verify/verify-job.js';
import { type Identity, type Service, startIdentity, startService, useExchange } from './support/exchange.js';
import { type Answer, ask, everything, open } from './support/requests.js';

const exchange = useExchange();
let identity: Identity;
let service: Service;

beforeAll(async () => {
  identity = await startIdentity();
  service = await startService(exchange.folder, identity, {
    limits: { uploadBytes: 2 ** 20 },
    verify: { workers: 1, waiting: 2, perAddress: 2 },
  });
});

afterAll(async () => {
  await service.stop();
  identity.close();
});

const json = { 'Content-Type': 'application/json' };
const post = (body: string | object, headers: Record<string, string> = json, from?: string): Promise<Answer> =>
  ask(service.url, '/v1/verify', {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(from !== undefined && { from }),
  });

/** The files of a report in base64. */
function filesOf(month: string): Record<string, string> {
  const folder = join(exchange.folder, 'reports', month);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

describe('what is verified', () => {
  test.each(['2026-01', '2026-02'])('the report %s, which is published here', async (report) => {
    const { status, headers, json: outcome } = await post({ report });
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(verifyOutcomeSchema.parse(outcome)).toMatchObject({
      ok: true,
      sentence: 'Total sum and non-negative constraint validation passed',
      reportId: report,
      full: { parts: { binding: { ok: true }, ownership: { ok: true } } },
    });
    expect(outcome.path).toBeUndefined();
  });

  test('files that are sent, and the totals are those of the report', async () => {
    const { json: outcome } = await post({ files: filesOf('2026-02') });
    expect(outcome).toEqual((await post({ report: '2026-02' })).json);
  });

  test('the liabilities alone', async () => {
    const { 'sum_proof_data.json': manifest, 'proofs/segment-0000.bin': proof } = filesOf('2026-02');
    const files = { 'sum_proof_data.json': manifest, 'proofs/segment-0000.bin': proof };
    expect((await post({ files })).json).toMatchObject({ ok: true, full: null, reportId: '2026-02' });
    expect((await post({ files: { 'sum_proof_data.json': manifest } })).json).toMatchObject({
      ok: false,
      sentence: 'Total sum and non-negative constraint validation failed',
      rejection: { step: 'M5' },
      totals: null,
    });
  });

  test('a changed file, of which the step that fails is said', async () => {
    const files = filesOf('2026-02');
    const proof = Buffer.from(files['proofs/segment-0000.bin'], 'base64');
    proof[1000] ^= 1;
    const { json: outcome } = await post({ files: { ...files, 'proofs/segment-0000.bin': proof.toString('base64') } });
    expect(outcome).toMatchObject({ ok: false, rejection: { step: 'M5' } });
    const { json: other } = await post({ files: { ...files, 'reserves.json': files['wallets.csv'] } });
    expect(other).toMatchObject({ ok: false, full: { parts: { binding: { rejection: { step: 'P3' } } } } });
    const garbage = Object.fromEntries(Object.keys(files).map((name) => [name, 'AAAA']));
    expect((await post({ files: garbage })).json).toMatchObject({ ok: false, reportId: null });
  });

  test('with the typed client', async () => {
    const client = createSolventClient({ baseUrl: service.url });
    const { data } = await client.POST('/v1/verify', { body: { report: '2026-01' } });
    expect(data?.sentence).toBe('Total sum and non-negative constraint validation passed');
  });
});

describe('what is not', () => {
  test('a private file, in any disguise', async () => {
    const file = readFileSync(join(exchange.folder, '2026-02/holder-1_inclusion_proof.json'));
    const disguised = { ...filesOf('2026-02'), 'wallets.csv': file.toString('base64') };
    for (const body of [file.toString(), { files: disguised }]) {
      const { status, json: problem } = await post(body);
      expect([status, problem.code]).toEqual([422, 'private-file']);
    }
    const named = await post({ files: { 'holder-1_inclusion_proof.json': file.toString('base64') } });
    expect(named.status).toBe(400);
    expect(named.text).not.toContain('holder');
  });

  test.each<[string, string | object]>([
    ['no JSON', '{"report":'],
    ['no object', '[]'],
    ['null', 'null'],
    ['nothing', '{}'],
    ['an empty list of files', { files: {} }],
    ['two requests in one', { report: '2026-01', files: {} }],
    ['a report that is no text', { report: ['2026-01'] }],
    ['a path out of the folder', { files: { '../../etc/passwd': 'AAAA' } }],
    ['a name of an object', '{"files":{"__proto__":"AAAA","constructor":"AAAA"}}'],
    ['what is not base64', { files: { 'sum_proof_data.json': '*' } }],
  ])('%s', async (_what, body) => {
    const { status, json: problem } = await post(body);
    expect([status, problem.code]).toEqual([400, 'malformed']);
  });

  test('a report that is not here', async () => {
    expect(await post({ report: '../2026-01' })).toMatchObject({ status: 404, json: { code: 'no-report' } });
  });

  test.each<[string, Record<string, string>, number]>([
    ['another content type', { 'Content-Type': 'text/plain' }, 415],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['no content type', {}, 415],
    ['a compressed body', { ...json, 'Content-Encoding': 'gzip' }, 415],
    ['another encoding of text', { 'Content-Type': 'application/json; charset=latin1' }, 415],
  ])('%s', async (_what, headers, status) => {
    expect(await post({ report: '2026-01' }, headers)).toMatchObject({ status });
  });

  test('a body that is too large, whether it says so or not', async () => {
    const body = JSON.stringify({ files: { 'sum_proof_data.json': 'A'.repeat(2 ** 20) } });
    expect(await post(body)).toMatchObject({ status: 413, json: { code: 'too-large' } });
    const head = 'POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    const promised = open(service.url, `${head}Content-Length: 99999999999\r\n\r\n{`);
    expect(await everything(promised)).toContain('HTTP/1.1 413');
    const chunked = open(service.url, `${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n`);
    chunked.end(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
    expect(await everything(chunked)).toContain('HTTP/1.1 413');
  });
});

test('a full queue says when to come again, and one address does not fill it', async () => {
  // One thread and two requests that wait, of which an address has two at most. Uploads that have begun hold them.
  const head = 'POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  const hold = (from: string) => open(service.url, `${head}Content-Length: 100000\r\n\r\n{`, from);
  const heavy = { files: filesOf('2026-02') };
  const turnedAway = async (from: string, status: number, code: string) => {
    await expect.poll(async () => (await post(heavy, json, from)).status, { timeout: 20_000 }).toBe(status);
    const { headers, json: problem } = await post(heavy, json, from);
    expect(problem.code).toBe(code);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  };
  const held = [hold('127.0.0.2'), hold('127.0.0.2')];
  await turnedAway('127.0.0.2', 429, 'too-many-verifications');
  expect((await post(heavy, json, '127.0.0.3')).status).toBe(200);
  held.push(hold('127.0.0.3'));
  await turnedAway('127.0.0.4', 503, 'busy');
  for (const socket of held) socket.destroy();
  // Every place is given back.
  await expect.poll(async () => (await post(heavy, json, '127.0.0.4')).status, { timeout: 20_000 }).toBe(200);
});

test('a verification that takes too long ends, and the next one is done by another thread', async () => {
  const hasty = await startService(exchange.folder, identity, { verify: { workers: 1, timeoutSeconds: 0.01 } });
  const request = { method: 'POST', headers: json, body: JSON.stringify({ files: filesOf('2026-02') }) };
  for (let i = 0; i < 3; i++) {
    const { status, json: problem } = await ask(hasty.url, '/v1/verify', request);
    expect([status, problem.code]).toEqual([503, 'too-long']);
  }
  expect(await hasty.stop()).toBe(0);
});

test('an upload that never ends holds a place for a time only', async () => {
  const strict = await startService(exchange.folder, identity, {
    verify: { workers: 1, waiting: 0, perAddress: 1 },
    timeouts: { headersSeconds: 1, requestSeconds: 5 },
  });
  const head =
    'POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{';
  const stuck = everything(open(strict.url, head, '127.0.0.2'));
  const request = {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ files: filesOf('2026-01') }),
    from: '127.0.0.3',
  };
  const statusOfAnother = async () => (await ask(strict.url, '/v1/verify', request)).status;
  await expect.poll(statusOfAnother, { timeout: 5000 }).toBe(503);
  expect(await stuck).toContain('HTTP/1.1 408');
  expect((await ask(strict.url, '/v1/verify', request)).status).toBe(200);
  await strict.stop();
});
