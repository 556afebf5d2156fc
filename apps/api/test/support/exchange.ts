/** The demonstration's two months on disk, an identity provider, and the built service before them as a process. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll } from 'vitest';
import type { GivenConfig } from '../../src/config.js';

/** The command `solvent`. */
export const cli = resolve(import.meta.dirname, '../../../cli/bin/solvent.js');
const command = resolve(import.meta.dirname, '../../bin/solvent-api.js');

export const issuer = 'https://login.example.invalid';
export const audience = 'solvent';
const months = ['2026-01', '2026-02'] as const;

const started: ChildProcess[] = [];

/** Two published months in `folder`, made by the command `solvent`; removed after the tests of the file. */
export function useExchange(accounts = 60): { readonly folder: string } {
  const made = { folder: '' };
  beforeAll(async () => {
    made.folder = mkdtempSync(join(tmpdir(), 'solvent-api-'));
    await promisify(execFile)(process.execPath, [cli, 'demo', '--accounts', String(accounts), '--out', made.folder]);
  });
  afterAll(() => {
    // Those of a test that failed before it stopped them.
    for (const child of started) child.kill('SIGKILL');
    rmSync(made.folder, { recursive: true });
  });
  return made;
}

/** The keys of an identity provider, served on loopback, and tokens signed by it. */
export async function startIdentity() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  const server = createServer((_req, res) => {
    res.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys: [key] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    privateKey,
    publicKey,
    key,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    token: (account: string, change: (jwt: SignJWT) => SignJWT = (jwt) => jwt) =>
      change(
        new SignJWT({ sub: account })
          .setProtectedHeader({ alg: 'ES256', kid: 'one' })
          .setIssuer(issuer)
          .setAudience(audience)
          .setIssuedAt()
          .setExpirationTime('5 minutes'),
      ).sign(privateKey),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type Identity = Awaited<ReturnType<typeof startIdentity>>;

/** The service as a process. */
export interface Service {
  readonly url: string;
  readonly metricsUrl: string;
  readonly child: ChildProcess;
  /** Everything that it has printed. */
  readonly output: () => string;
  /** Sends a signal and waits for the end, and for all that it prints; gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the service with limits that tests do not reach, but for those that are given. */
export async function startService(
  folder: string,
  identity: Identity,
  changes: Partial<GivenConfig> = {},
): Promise<Service> {
  const config = {
    listen: { port: 0 },
    metrics: { port: 0 },
    reports: 'reports',
    privateStores: months.map((month) => ({ folder: `${month}/private`, keyFile: `${month}.key` })),
    identity: { issuer, audience, algorithms: ['ES256'], keySetUrl: identity.url },
    portal: null,
    ...changes,
    limits: { addressPerMinute: 100_000, accountPerMinute: 100_000, verifyPerMinute: 1000, ...changes.limits },
  };
  const file = join(folder, `api-${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(file, JSON.stringify(config));
  const child = spawn(process.execPath, [command, '--config', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  // Later than its exit: all that it has printed has come.
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const line = await new Promise<string>((done, failed) => {
    child.stdout!.on('data', () => {
      const found = /^(.*"msg":"listening".*)\n/m.exec(output);
      if (found) done(found[1]);
    });
    void ended.then(() => failed(new Error(output)));
  });
  const { url, metrics } = JSON.parse(line);
  return {
    url,
    metricsUrl: metrics,
    child,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
