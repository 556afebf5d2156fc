import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adviceOn } from '../src/advice.js';
import { checkCommand, downloadCommands, type PartName } from '../src/commands.js';
import { inclusionSentence, reportSentence } from '../src/sentences.js';
import { strings } from '../src/strings/en.js';

const spec = fs.readFileSync(new URL('../../../spec/08-verification.md', import.meta.url), 'utf8');

test('the sentences are those of the specification', () => {
  for (const ok of [true, false]) {
    expect(spec).toContain(`\n    ${inclusionSentence(ok)}\n`);
    expect(spec).toContain(`\n    ${reportSentence(ok)}\n`);
  }
});

describe('advice', () => {
  const codes = [...spec.matchAll(/^\| (I[1-7]) +\| `([a-z-]+)`/gm)].map(([, step, code]) => [step!, code!] as const);

  test('is there for every code of an inclusion, and is not one for all', () => {
    expect(codes.length).toBeGreaterThan(15);
    const advice = codes.map(([step, code]) => adviceOn(step, code));
    for (const text of advice) expect(text.length).toBeGreaterThan(40);
    expect(new Set(advice)).toEqual(new Set(Object.values(strings.advice)));
  });

  test.each([
    ['I4', 'accounts-path', 'letter by letter'],
    ['I2', 'other-report', 'another report'],
    ['I2', 'inclusion-encoding', 'incomplete'],
    ['I5', 'final-polynomial', 'not in the proven total'],
    ['I6', 'balances', 'statement'],
  ])('on %s %s says: %s', (step, code, words) => {
    expect(adviceOn(step, code)).toContain(words);
  });
});

describe('commands', () => {
  const published = {
    base: 'https://exchange.example/reports/',
    folder: '2026-02',
    manifest: 'a'.repeat(64),
    digest: 'b'.repeat(64),
    paths: [
      'report.json',
      'report-signature.json',
      'proofs/segment-0000.bin',
      'proofs/segment-0001.bin',
      'wallets.csv',
    ],
  };

  test('fetch every file of the report', () => {
    expect(downloadCommands(published)).toEqual([
      "curl --fail --create-dirs -o '2026-02/#1' 'https://exchange.example/reports/2026-02/{report.json,report-signature.json,wallets.csv}'",
      "curl --fail --create-dirs -o '2026-02/proofs/segment-#1.bin' 'https://exchange.example/reports/2026-02/proofs/segment-[0000-0001].bin'",
    ]);
  });

  test.each<[PartName, string]>([
    ['binding', `--anchor ${published.digest}`],
    ['liabilities', `--manifest ${published.manifest}`],
    ['ownership', '--json'],
    ['reserves', '--rpc nodes.json'],
    ['ratio', '--min-ratio 100'],
  ])('check %s', (part, options) => {
    expect(checkCommand(published, part)).toMatch(/^solvent verify 2026-02 /);
    expect(checkCommand(published, part)).toContain(options);
  });
});
