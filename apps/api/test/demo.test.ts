/** One command shows the demonstration in the portal. Needs `npm run build` before. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { useExchange } from './support/exchange.js';

const exchange = useExchange();
const command = resolve(import.meta.dirname, '../bin/solvent-api.js');

test('it says where the portal is, and whose token logs in', async () => {
  const child = spawn(process.execPath, [command, '--demo', exchange.folder, '--port', '0'], { stdio: 'pipe' });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 60_000 }).toContain('Ctrl-C');
  const said = (name: string) => new RegExp(`^${name} +(\\S+)$`, 'm').exec(output)![1];
  const url = said('portal');
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const headers = { Authorization: `Bearer ${said('token')}` };
  for (const month of ['2026-01', '2026-02']) {
    const response = await fetch(`${url}v1/me/inclusion?report=${month}`, { headers });
    expect(response.status).toBe(200);
  }
  expect((await fetch(said('interface'))).status).toBe(200);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('at a port that is taken it says so, and ends', async () => {
  const taken = createServer();
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const child = spawn(process.execPath, [command, '--demo', exchange.folder, '--port', String(port)], {
    stdio: 'pipe',
    // It would go on for ever if something of it stayed.
    timeout: 60_000,
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(errors).toContain('EADDRINUSE');
  taken.close();
});

test('a folder without a demonstration is refused', async () => {
  const child = spawn(process.execPath, [command, '--demo', `${exchange.folder}/reports`], { stdio: 'pipe' });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(errors).toContain('expected what `solvent demo --out');
});
