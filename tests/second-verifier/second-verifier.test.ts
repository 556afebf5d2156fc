import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runPython } from './run-python.js';

const vectors = new URL('../../vectors/', import.meta.url);

/** Python takes a quarter of a minute for all of them on a machine that has nothing else to do. */
const vectorsMsMax = 300_000;

/** Wallets, and whole reports, which need them, are not what this verifier verifies; their chain, ratios and anchors are. */
const otherKinds = 'wallet wallet-list wallet-challenge wallet-sums coin address document full-report'.split(' ');

/** Number of cases in all vector files of the other kinds. */
function countCases(): number {
  let count = 0;
  for (const name of fs.readdirSync(vectors, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json') || name.startsWith('schemas')) continue;
    const content = JSON.parse(fs.readFileSync(new URL(name, vectors), 'utf8')) as { kind?: string; cases?: unknown[] };
    if (content.kind === undefined || otherKinds.includes(content.kind)) continue;
    count += content.cases?.length ?? 0;
  }
  return count;
}

test('a verifier written from spec/ alone agrees with every vector', { timeout: vectorsMsMax }, async (context) => {
  const run = await runPython(context, 'run_vectors.py', []);
  const lines = run.output.trim().split('\n');
  expect(
    lines.filter((line) => !line.endsWith(' s')),
    run.output,
  ).toEqual([`${countCases()} vectors agree, 0 disagree`]);
  expect(run.code).toBe(0);
});

test('its runner fails on a vector that disagrees', async (context) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'second-verifier-'));
  try {
    const file = `${fs.realpathSync(folder)}/table.json`;
    const source = JSON.parse(fs.readFileSync(new URL('primitives/table.json', vectors), 'utf8'));
    source.cases[0].output += 1;
    fs.writeFileSync(file, JSON.stringify(source));
    const run = await runPython(context, 'run_vectors.py', [file]);
    expect(run.output).toContain(`${source.cases[0].id} disagrees`);
    expect(run.output).toContain(`${source.cases.length - 1} vectors agree, 1 disagree`);
    expect(run.code).toBe(1);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
