/** The service as a process, with an identity provider of its own. Needs `npm run build` before. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createDemoIdentity } from '@solvent/api/demo/demo-identity';
import { afterAll } from 'vitest';

const command = path.resolve(import.meta.dirname, '../../apps/api/bin/solvent-api.js');
const started: ChildProcess[] = [];

/** A service that runs. */
export interface ServiceProcess {
  readonly url: string;
  /** Its configuration. */
  readonly file: string;
  readonly child: ChildProcess;
  /** What it has printed, as far as that has arrived: all of it after `stop`. */
  readonly output: () => string;
  /** Asks for a holder's file of a month. */
  inclusion(month: string, holder: string): Promise<{ status: number; headers: Headers; body: Buffer; code?: string }>;
  /** Ends it, waits for the end of what it prints, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** Ends services that a failed test has left, after the tests of the file. */
export function endServicesAfterwards(): void {
  afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
  });
}

/** Starts a service on `folder/reports`. Throws what it printed if it ends instead. */
export async function startService(folder: string, privateStores: readonly object[]): Promise<ServiceProcess> {
  const { issuer, audience, keySet, tokenFor } = await createDemoIdentity();
  const name = Math.random().toString(36).slice(2);
  fs.writeFileSync(path.join(folder, `${name}-keys.json`), JSON.stringify(keySet));
  const identity = { issuer, audience, algorithms: ['EdDSA'], keySetFile: `${name}-keys.json` };
  const limits = { addressPerMinute: 100_000, accountPerMinute: 100_000 };
  const config = {
    listen: { port: 0 },
    metrics: null,
    reports: 'reports',
    portal: null,
    identity,
    limits,
    privateStores,
  };
  const file = path.join(folder, `${name}.json`);
  fs.writeFileSync(file, JSON.stringify(config));
  const child = spawn(process.execPath, [command, '--config', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const line = await new Promise<string>((done, failed) => {
    child.stdout.on('data', () => {
      const found = /^.*"msg":"listening".*$/m.exec(output);
      if (found) done(found[0]);
    });
    child.once('close', () => failed(new Error(output)));
  });
  const { url } = JSON.parse(line);
  return {
    url,
    file,
    child,
    output: () => output,
    async inclusion(month, holder) {
      const headers = { authorization: `Bearer ${await tokenFor(holder)}` };
      const answer = await fetch(`${url}/v1/me/inclusion?report=${month}`, { headers });
      const body = Buffer.from(await answer.arrayBuffer());
      return { status: answer.status, headers: answer.headers, body, code: JSON.parse(body.toString()).code };
    },
    async stop() {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      const [code] = await ended;
      return code;
    },
  };
}
