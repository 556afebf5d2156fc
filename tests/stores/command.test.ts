/** `solvent store` on a real database, after a real `solvent prove`. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalPostgres, startPostgres } from '../support/postgres.js';
import { runSolvent } from '../support/run-command.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-store-command-'));
const before = process.cwd();
const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);

async function runWell(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runSolvent(...args);
  expect(exitCode, stderr).toBe(0);
  return stdout;
}

let server: LocalPostgres;

beforeAll(async () => {
  server = await startPostgres();
  await server.createDatabase('stores');
  write('assets.json', '[{"symbol":"BTC","decimals":8}]');
  write('ledger.csv', 'account_id,asset,balance\nalice,BTC,0.5\nbob,BTC,2\n');
  process.chdir(folder);
  const title = ['--exchange', 'Example', '--report-id', '2026-01', '--time', '2026-01-31T23:59:59Z'];
  const input = ['--accounts', 'ledger.csv', '--assets', 'assets.json', '--allow-small-groups', '1'];
  await runWell(['prove', ...input, ...title, '--out', 'month', '--new-store-key', 'store.key']);
  write('password', server.password);
  const place = { kind: 'postgresql', host: '127.0.0.1', port: server.port, database: 'stores', user: server.user };
  write('postgres.json', JSON.stringify({ ...place, passwordFile: 'password' }));
});

afterAll(async () => {
  process.chdir(before);
  await server.stop();
  fs.rmSync(folder, { recursive: true });
});

const database = ['--postgres', 'postgres.json'];

it('loads a month, lists it, refuses to overwrite it, and removes it', async () => {
  expect(await runWell(['store', 'list', ...database])).toBe('There is no store.\n');
  const load = ['store', 'load', 'month', ...database, '--store-key', 'store.key'];
  expect(await runWell(load)).toMatch(/^\S+: 3 files, [\d.]+ KiB\n$/);
  const { stores } = JSON.parse(await runWell(['store', 'list', ...database, '--json']));
  expect(stores).toMatchObject([{ fileCount: 3 }]);
  const [{ name }] = stores;
  expect(await runWell(['store', 'list', ...database])).toMatch(new RegExp(`^${name}: 3 files, .*, loaded 20`));
  expect(await runSolvent(...load)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('nothing is overwritten'),
  });
  expect(await runWell([...load, '--name', 'again'])).toMatch(/^again: 3 files/);
  expect(await runWell(['store', 'remove', name, ...database])).toBe(`${name}: removed\n`);
  expect(await runSolvent('store', 'remove', name, ...database)).toMatchObject({ exitCode: 2 });
  expect(await runWell(['store', 'list', ...database])).toMatch(/^again: 3 files/);
});

it('does not load what its key does not open, and says so of a database that is away', async () => {
  write('other.key', `${'cd'.repeat(32)}\n`);
  const wrong = await runSolvent('store', 'load', 'month', ...database, '--store-key', 'other.key', '--name', 'wrong');
  expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('the key does not open this store') });
  await server.kill();
  const away = await runSolvent('store', 'list', ...database);
  expect(away).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^solvent: postgresql .* cannot be reached/),
  });
  expect(away.stderr).not.toContain(server.password);
  await server.restart();
  expect(await runWell(['store', 'list', ...database])).toMatch(/^again: 3 files/);
});
