/**
 * Golden files: the first line of each is a command, the rest what it prints and how it ends, with everything masked that
 * differs between runs. They run in the order of their names, in one folder. `vitest run -u` writes them anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { useTemporaryFolder, write } from './support/folder.js';
import { run } from './support/run.js';
import { writePublishedList, writeRehearsal } from './support/wallets.js';

useTemporaryFolder();

const folder = join(import.meta.dirname, 'golden');
const files = readdirSync(folder).sort();

beforeAll(() => {
  write('assets.json', '[{"symbol":"ETH","decimals":18},{"symbol":"BTC","decimals":8},{"symbol":"USDT","decimals":2}]');
  write('ledger.csv', 'account_id,asset,balance\nalice,BTC,0.5\nalice,ETH,12\nbob,USDT,250.75\ncarol,BTC,1\n');
  write('negative.csv', 'account_id,asset,balance\nalice,BTC,0.5\nbob,BTC,-1\n');
  write('unlisted.csv', 'account_id,BTC,ETH,USDT,DOGE\nalice,1,1,1,1\n');
  write('balances.csv', 'asset,balance\nBTC,0.5\nETH,12\n');
  const queue = { kind: 'redis', host: '127.0.0.1' };
  const settings = { format: 'solvent-distributed/1', queue, storage: { kind: 'folder', path: 'artefacts' } };
  write('settings.json', JSON.stringify(settings));
  write('wrong-settings.json', JSON.stringify({ ...settings, queue: { ...queue, password: 'secret' } }));
  writeRehearsal('wallets');
  write('wallets/later.json', readFileSync('wallets/snapshot.json', 'utf8').replace('2026-01', '2026-02'));
  writePublishedList('wallets/published.csv');
});

/** The words of a command line; double quotes keep words together. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|\S+/g)].map((match) => match[1] ?? match[0]);
}

function mask(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{64}\b/g, (digest) => (/^0+$/.test(digest) ? digest : '<digest>'))
    .replaceAll(/\b[0-9a-f]{16}_/g, '<tag>_')
    .replaceAll(/\b[0-9.]+ (ms|s|min|h)\b/g, '<time>')
    .replaceAll(/\b[0-9.]+ (B|KiB|MiB|GiB)\b/g, '<size>')
    .replaceAll(/\b[0-9]+ %/g, '<share>')
    .replaceAll(/"rows":\[[0-9,]+\]/g, '"rows":[<rows>]');
}

test('there are golden files', () => {
  expect(files.length).toBeGreaterThan(10);
});

test.each(files)('%s', async (name) => {
  const path = join(folder, name);
  const [command] = readFileSync(path, 'utf8').split('\n');
  const [program, ...args] = words(command.replace(/^\$ /, ''));
  expect(program).toBe('solvent');
  const { exitCode, stdout, stderr } = await run(args);
  const said = stderr === '' ? '' : `(standard error)\n${mask(stderr)}`;
  await expect(`${command}\n${mask(stdout)}${said}(exit code ${exitCode})\n`).toMatchFileSnapshot(path);
});
