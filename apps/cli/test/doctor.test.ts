/** `wallets doctor`: the row of a file or of a text, for people and for programs. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { useTemporaryFolder, write } from './support/folder.js';
import { run, runWell } from './support/run.js';
import { writeRehearsal } from './support/wallets.js';

useTemporaryFolder();

let lines: readonly string[] = [];
const report = ['--report', 'r/snapshot.json'];
const evmLine = () => lines.findIndex((line) => line.startsWith('ETH,'));

beforeAll(async () => {
  writeRehearsal('r');
  await runWell(['wallets', 'challenge', 'r/wallets.csv', ...report, '--out', 'r/challenged.csv']);
  await runWell(['wallets', 'sign', 'r/challenged.csv', '--keys', 'r/keys.json', '--out', 'r/signed.csv']);
  lines = readFileSync('r/signed.csv', 'utf8').split('\n');
});

it('says of a verified row that it is', async () => {
  const { exitCode, stdout } = await run(['wallets', 'doctor', `r/signed.csv:${evmLine() + 1}`, ...report]);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('verified at W7, address-proven')]);
  expect(stdout).not.toContain('What would prove it');
});

it('explains a row of a file, of CSV and of JSON alike', async () => {
  const line = lines[evmLine()].replace(/(0x[0-9a-f]{126})[0-9a-f]{2}(?=[0-9a-f]{2},)/, '$101');
  const changed = lines.with(evmLine(), line);
  write('changed.csv', changed.join('\n'));
  const ofFile = await run(['wallets', 'doctor', `changed.csv:${evmLine() + 1}`, ...report]);
  expect([ofFile.exitCode, ofFile.stderr]).toEqual([1, '']);
  expect(ofFile.stdout).toContain(`line ${evmLine() + 1}: failed at W7, address-mismatch`);
  expect(ofFile.stdout).toMatch(/signature 1, EIP-191: would be by 0x[0-9a-f]{40}\n/);
  expect(ofFile.stdout).toContain('What would prove it:\n  a signature of the row');
  const ofText = await run(['wallets', 'doctor', `${lines[0]}\n${line}`, ...report]);
  expect(ofText.stdout.split('\n').slice(1)).toEqual(ofFile.stdout.split('\n').slice(1));
  const json = async (text: string) => {
    const { stdout, exitCode } = await run(['wallets', 'doctor', text, ...report, '--json']);
    const { line: _, ...rest } = JSON.parse(stdout);
    expect(exitCode).toBe(1);
    return rest;
  };
  const found = await json(`changed.csv:${evmLine() + 1}`);
  expect(found).toMatchObject({ ok: false, verdict: { step: 'W7' }, network: { id: 'ethereum' } });
  const [coin, network, height, address, amount, message, ...rest] = fieldsOf(line);
  const signatures = rest.filter((text) => text.startsWith('0x') && text.length === 132);
  const row = { coin, network, height, address, amount, message, signatures, script: '', owners: [] };
  expect(await json(JSON.stringify(row))).toEqual(found);
});

it('takes one row in eight fields without a header', async () => {
  const { exitCode, stdout } = await run(['wallets', 'doctor', 'ETH,ethereum,1,0x12,1,hello,0xab,']);
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('failed at W3, address')]);
  expect(stdout).toContain('an address of Ethereum: account, contract by evidence');
});

it.each([
  ['r/signed.csv', 'expected FILE:LINE, got a file without a line'],
  ['r/signed.csv:99999', 'expected a row that begins on line 99999, got none; the last row begins on line'],
  ['nothing', 'expected'],
  ['{"coin": 1', 'expected'],
])('refuses %s', async (text, message) => {
  const { exitCode, stderr } = await run(['wallets', 'doctor', text]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});

it('lets nothing of a row drive the terminal', async () => {
  const { stdout } = await run(['wallets', 'doctor', 'ETH,ethereum,1,\u001b[31m0x12,1,\u202ehello,\u0007,']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});

/** The fields of a line of CSV. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
  );
}
