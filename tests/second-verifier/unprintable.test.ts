import fs from 'node:fs';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { toyPreset } from '@solvent/stark/preset';
import { expect, test } from 'vitest';
import { runPython } from './run-python.js';

const formats = new URL('../../spec/07-formats.md', import.meta.url);
const golden = new URL('../../vectors/toy/manifest.json', import.meta.url);

type Range = readonly [first: number, last: number];

/** The ranges of characters that spec §7.4 lists, increasing. */
function rangesOfSpecification(): Range[] {
  const lines = fs.readFileSync(formats, 'utf8').split('\n');
  const start = lines.findIndex((line) => /^ {4}Cc /.test(line));
  const end = lines.findIndex((line, i) => i > start && line === '');
  const codes = lines
    .slice(start, end)
    .join(' ')
    .matchAll(/\b([0-9A-F]+)(?:–([0-9A-F]+))?\b(?=,|\s|$)/g);
  const ranges: Range[] = [];
  for (const [, first, last] of codes) {
    ranges.push([Number.parseInt(first as string, 16), Number.parseInt(last ?? (first as string), 16)]);
  }
  return ranges.sort((a, b) => a[0] - b[0]);
}

/** Whether a manifest with a name of this one character is refused for its encoding. */
async function isRefused(codePoint: number): Promise<boolean> {
  const manifest = JSON.parse(fs.readFileSync(golden, 'utf8'));
  manifest.exchange = String.fromCodePoint(codePoint);
  manifest.preset = '0'.repeat(64);
  const bytes = new TextEncoder().encode(JSON.stringify(manifest));
  const verdict = await verifyReport(bytes, async () => undefined, { preset: toyPreset });
  if (verdict.ok) throw new Error('expected a rejection at M1 or M2');
  return verdict.step === 'M1';
}

test('the specification lists what both verifiers refuse in names', async (context) => {
  const ranges = rangesOfSpecification();
  const run = await runPython(context, '-c', ['import fields, json; print(json.dumps(sorted(fields.UNPRINTABLE)))']);
  expect(JSON.parse(run.output)).toEqual(ranges);

  const isListed = (codePoint: number) => ranges.some(([first, last]) => first <= codePoint && codePoint <= last);
  const ends = new Set(ranges.flatMap(([first, last]) => [first - 1, first, last, last + 1]));
  for (const codePoint of ends) {
    if (codePoint < 0 || codePoint > 0x10ffff) continue;
    expect([codePoint, await isRefused(codePoint)]).toEqual([codePoint, isListed(codePoint)]);
  }
});

test('the specification lists the categories of Unicode 17.0', (context) => {
  if (process.versions.unicode !== '17.0') return context.skip(`this Node knows Unicode ${process.versions.unicode}`);
  const ranges = rangesOfSpecification();
  const unprintable = /^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]$/u;
  const wrong: number[] = [];
  let range = 0;
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    while (range < ranges.length && (ranges[range] as Range)[1] < codePoint) range++;
    const isListed = range < ranges.length && (ranges[range] as Range)[0] <= codePoint;
    if (isListed !== unprintable.test(String.fromCodePoint(codePoint))) wrong.push(codePoint);
  }
  return expect(wrong).toEqual([]);
});
