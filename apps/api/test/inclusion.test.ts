/** Account holders and their files, whoever else tries to have them, and what stays of it. Needs `npm run build` before. */
import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createSolventClient } from '@solvent/api-client/client';
import { verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { decodeInclusionFile } from '@solvent/proof-format/inclusion-file';
import { base64url, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  audience,
  type Identity,
  issuer,
  type Service,
  startIdentity,
  startService,
  useExchange,
} from './support/exchange.js';
import { ask } from './support/requests.js';

const exchange = useExchange();
const account = 'user-0000001';
let identity: Identity;
let service: Service;
const tokens: string[] = [];

beforeAll(async () => {
  identity = await startIdentity();
  service = await startService(exchange.folder, identity, { portalOrigins: ['https://portal.example'] });
});

afterAll(async () => {
  await service.stop();
  identity.close();
});

/** Asks with a token, and remembers it: none may stay in the log. */
function mine(token: string | undefined, query = '') {
  if (token !== undefined) tokens.push(token);
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return ask(service.url, `/v1/me/inclusion${query}`, { headers });
}

const read = (path: string) => new Uint8Array(readFileSync(join(exchange.folder, 'reports', path)));

async function verify(file: Uint8Array, month: string, accountId: string) {
  const report = await verifyReport(read(`${month}/sum_proof_data.json`), (segment) =>
    read(`${month}/proofs/segment-${String(segment).padStart(4, '0')}.bin`),
  );
  if (!report.ok) throw new Error(report.detail);
  return verifyInclusion({ file, report, accountId });
}

describe('the holder gets their file', () => {
  test('of the newest report, and it verifies', async () => {
    const { status, headers, body } = await mine(await identity.token(account));
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename=2026-02_inclusion_proof.json',
    });
    expect(headers.etag).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(await verify(new Uint8Array(body), '2026-02', account)).toMatchObject({ ok: true });
    expect(await verify(new Uint8Array(body), '2026-02', 'user-0000002')).toMatchObject({ ok: false });
  });

  test('of last month', async () => {
    const { body } = await mine(await identity.token(account), '?report=2026-01');
    expect(await verify(new Uint8Array(body), '2026-01', account)).toMatchObject({ ok: true });
    expect(await verify(new Uint8Array(body), '2026-02', account)).toMatchObject({ ok: false });
  });

  test('with the typed client', async () => {
    const token = await identity.token(account);
    const client = createSolventClient({ baseUrl: service.url, token: () => token });
    const { data } = await client.GET('/v1/me/inclusion', { params: { query: { report: '2026-01' } } });
    expect(data?.format).toBe('solvent-inclusion/1');
    const { error } = await client.GET('/v1/me/inclusion', { params: { query: { report: 'never' } } });
    expect(error).toMatchObject({ status: 404, code: 'no-report' });
  });

  test('not where there is none', async () => {
    expect(await mine(await identity.token('nobody'))).toMatchObject({ status: 404, json: { code: 'no-account' } });
    expect(await mine(await identity.token(account), '?report=2025-12')).toMatchObject({
      status: 404,
      json: { code: 'no-report' },
    });
  });

  test.each(['?account=user-0000002', '?report=2026-01&report=2026-02', '?report=', '?token=x', '?__proto__=x'])(
    'not with %s',
    async (query) => {
      const { status, text } = await mine(await identity.token(account), query);
      expect(status).toBe(400);
      expect(text).not.toContain('user-0000002');
    },
  );

  test('in pages of the portals that are named, and in no other', async () => {
    const preflight = (origin: string) =>
      ask(service.url, '/v1/me/inclusion', { method: 'OPTIONS', headers: { Origin: origin } });
    const allowed = await preflight('https://portal.example');
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': 'https://portal.example',
      'access-control-allow-headers': 'Authorization, Content-Type',
    });
    const other = await preflight('https://other.example');
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
    expect(other.headers['access-control-allow-headers']).toBeUndefined();
  });
});

describe('nobody else does', () => {
  const part = (value: object) => base64url.encode(JSON.stringify(value));
  const claims = () => {
    const now = Math.floor(Date.now() / 1000);
    return { iss: issuer, aud: audience, sub: account, iat: now, exp: now + 300 };
  };
  const signedBy = async (header: { alg: string; [name: string]: unknown }, key: CryptoKey) =>
    new SignJWT(claims()).setProtectedHeader(header).sign(key);
  const hmac = (header: object, secret: string | Uint8Array) => {
    const text = `${part(header)}.${part(claims())}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };

  const forgeries: [string, () => string | Promise<string>][] = [
    ['no signature', () => `${part({ alg: 'none' })}.${part(claims())}.`],
    ['no signature, in other letters', () => `${part({ alg: 'nOnE', kid: 'one' })}.${part(claims())}.AAAA`],
    [
      'the public key as a shared secret',
      async () => hmac({ alg: 'HS256', kid: 'one' }, await exportSPKI(identity.publicKey)),
    ],
    ['the key set as a shared secret', () => hmac({ alg: 'HS256', kid: 'one' }, JSON.stringify(identity.key))],
    ['an empty shared secret', () => hmac({ alg: 'HS256' }, '')],
    [
      "another key under the provider's name",
      async () => signedBy({ alg: 'ES256', kid: 'one' }, (await generateKeyPair('ES256')).privateKey),
    ],
    [
      'a key that the token brings along',
      async () => {
        const { privateKey, publicKey } = await generateKeyPair('ES256');
        return signedBy({ alg: 'ES256', kid: 'one', jwk: await exportJWK(publicKey) }, privateKey);
      },
    ],
    ['a key that nobody has', async () => signedBy({ alg: 'ES256', kid: '../../one' }, identity.privateKey)],
    [
      'another algorithm',
      async () => signedBy({ alg: 'EdDSA', kid: 'one' }, (await generateKeyPair('EdDSA')).privateKey),
    ],
    [
      'an extension that must be understood',
      () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'ES256', kid: 'one', crit: ['urn:x'], 'urn:x': 1 })
          .sign(identity.privateKey, { crit: { 'urn:x': true } }),
    ],
    ['another issuer', () => identity.token(account, (jwt) => jwt.setIssuer('https://elsewhere.invalid'))],
    ['another audience', () => identity.token(account, (jwt) => jwt.setAudience('shop'))],
    ['no audience', () => identity.token(account, (jwt) => jwt.setAudience([]))],
    ['an end that has passed', () => identity.token(account, (jwt) => jwt.setExpirationTime('-1 minute'))],
    ['a beginning that is to come', () => identity.token(account, (jwt) => jwt.setNotBefore('1 hour'))],
    [
      'no end',
      () =>
        new SignJWT({ sub: account, iss: issuer, aud: audience })
          .setProtectedHeader({ alg: 'ES256', kid: 'one' })
          .sign(identity.privateKey),
    ],
    ['no account', () => identity.token(account, (jwt) => jwt.setSubject(''))],
    ['an account that is no id', () => identity.token(account, (jwt) => jwt.setSubject('x'.repeat(257)))],
    ['an account with half a character', () => identity.token(account, (jwt) => jwt.setSubject('a\ud800'))],
    [
      'a changed account',
      async () => {
        const [header, , signature] = (await identity.token('user-0000002')).split('.');
        return `${header}.${part(claims())}.${signature}`;
      },
    ],
    ['a cut signature', async () => (await identity.token(account)).slice(0, -4)],
    ['what is no token', () => 'abc'],
    ['parts that are no JSON', () => 'YQ.YQ.YQ'],
    ['five parts', () => 'YQ.YQ.YQ.YQ.YQ'],
    ['more than any token', () => `${part({ alg: 'ES256', kid: 'one', x: 'y'.repeat(9000) })}.${part(claims())}.AAAA`],
  ];

  test.each(forgeries)('with %s', async (_what, forge) => {
    const { status, headers, json } = await mine(await forge());
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    expect(json).toEqual({ title: 'The token is not one that this accepts.', status: 401, code: 'unauthorized' });
  });

  test('without a token, or with one in another place', async () => {
    const token = await identity.token(account);
    tokens.push(token);
    expect(await mine(undefined)).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    const elsewhere = [{ Cookie: `token=${token}` }, { 'X-Account-Id': account }, { Authorization: `Basic ${token}` }];
    for (const headers of elsewhere) {
      expect((await ask(service.url, '/v1/me/inclusion', { headers })).status).toBe(401);
    }
    expect((await ask(service.url, `/v1/me/inclusion?access_token=${token}`)).status).toBe(401);
  });

  test('and a good token still does', async () => {
    expect((await mine(await identity.token(account))).status).toBe(200);
  });
});

test('the account is in the claim that the configuration names, and the portal is told which', async () => {
  const keys = { issuer, audience, algorithms: ['ES256' as const], keySetUrl: identity.url };
  const other = await startService(exchange.folder, identity, { identity: { ...keys, accountClaim: 'account' } });
  const token = await new SignJWT({ sub: 'user-0000002', account, iss: issuer, aud: audience })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setExpirationTime('5 minutes')
    .sign(identity.privateKey);
  const { body } = await ask(other.url, '/v1/me/inclusion', { headers: { Authorization: `Bearer ${token}` } });
  expect(await verify(new Uint8Array(body), '2026-02', account)).toMatchObject({ ok: true });
  const without = { headers: { Authorization: `Bearer ${await identity.token(account)}` } };
  expect((await ask(other.url, '/v1/me/inclusion', without)).status).toBe(401);
  expect((await ask(other.url, '/portal.json')).json).toMatchObject({ accountClaim: 'account' });
  await other.stop();
});

test('while the keys of the provider cannot be had, that is said', async () => {
  const gone = await startIdentity();
  gone.close();
  const other = await startService(exchange.folder, gone);
  const headers = { Authorization: `Bearer ${await gone.token(account)}` };
  const { status, json } = await ask(other.url, '/v1/me/inclusion', { headers });
  expect([status, json.code]).toEqual([503, 'identity-unreachable']);
  expect((await ask(other.url, '/reports/reports.json')).status).toBe(200);
  expect((await ask(other.url, '/readyz')).status).toBe(200);
  await other.stop();
  expect(other.output()).toMatch(/"fault":\{"kind":"[^"]+".*"msg":"identity"/);
});

test.runIf(existsSync('/proc/self/fdinfo'))('private stores are open for reading alone', () => {
  const folder = `/proc/${service.child.pid}`;
  const open = readdirSync(`${folder}/fd`).flatMap((number) => {
    try {
      return [{ number, path: readlinkSync(`${folder}/fd/${number}`) }];
    } catch {
      return [];
    }
  });
  const stores = open.filter(({ path }) => path.includes('/private/'));
  expect(stores.length).toBeGreaterThanOrEqual(2);
  for (const { number } of stores) {
    const [, flags] = /^flags:\s+(\d+)$/m.exec(readFileSync(`${folder}/fdinfo/${number}`, 'utf8'))!;
    // The two lowest bits are 0 for a file that can only be read.
    expect(Number.parseInt(flags, 8) & 3).toBe(0);
  }
});

test('no log and no metric holds an id, a balance, a salt or a token', async () => {
  const { body } = await mine(await identity.token(account));
  await ask(service.url, `/nothing/${account}?token=${tokens[0]}`);
  await ask(service.url, '/v1/verify', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: new Uint8Array(body),
  });
  const file = decodeInclusionFile(new Uint8Array(body));
  if (!file.ok) throw new Error(file.fault);
  const { nonce, manifest, openings, rows } = file.value;
  const amounts = rows.flatMap(({ entries }) =>
    entries.map(({ amount }) => amount).filter((amount) => amount.length > 5),
  );
  const secrets = [
    account,
    'user-',
    nonce,
    manifest,
    openings.slice(0, 20),
    ...amounts,
    ...rows.flatMap(({ salt, mask }) => [salt, mask]),
    ...tokens.flatMap((token) => [token, ...token.split('.')]).filter((text) => text.length > 8),
    '127.0.0.1:',
    'Bearer',
  ];
  await expect.poll(() => service.output()).toMatch(/"route":"verify","status":422/);
  const [listening, ...lines] = service.output().trim().split('\n');
  expect(JSON.parse(listening).msg).toBe('listening');
  expect(lines.length).toBeGreaterThanOrEqual(3);
  const metrics = await (await fetch(service.metricsUrl)).text();
  expect(metrics).toMatch(/solvent_inclusion_files_total [1-9]/);
  for (const secret of secrets) {
    expect(lines.join('\n').includes(secret), `${secret} in the log`).toBe(false);
    expect(metrics.includes(secret), `${secret} in the metrics`).toBe(false);
  }
  const names = new Set(lines.flatMap((line) => Object.keys(JSON.parse(line))));
  expect([...names].sort()).toEqual(['level', 'method', 'ms', 'msg', 'request', 'route', 'service', 'status', 'time']);
});
