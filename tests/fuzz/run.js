// Fuzzes decoders and verifiers for as long as is asked for, and says how far the cases came.
//
//     node tests/fuzz/run.js [--decoders N] [--verifications N] [--seed S] [--tally FILE]
//
// The same seed gives the same cases. A tally that is there already is added to, so a long run can be made of short ones.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

const { values: options } = parseArgs({
  options: {
    decoders: { type: 'string', default: '1000000' },
    verifications: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    tally: { type: 'string' },
  },
});

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-fuzz-'));
const tally = path.resolve(options.tally ?? path.join(folder, 'tally.jsonl'));
const files = [
  ...(options.decoders === '0' ? [] : ['tests/fuzz/decoders.test.ts']),
  ...(options.verifications === '0' ? [] : ['tests/fuzz/verifications.test.ts']),
];
const { status } = spawnSync('vitest', ['run', '--maxWorkers=1', ...files], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: {
    ...process.env,
    PATH: [path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter),
    FUZZ_DECODER_CASES: options.decoders,
    FUZZ_VERIFICATIONS: options.verifications,
    FUZZ_SEED: options.seed,
    FUZZ_TALLY: tally,
  },
});
if (fs.existsSync(tally)) printTally(fs.readFileSync(tally, 'utf8'));
fs.rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;

/** @param {string} lines */
function printTally(lines) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const line of lines.split('\n').filter((text) => text !== '')) {
    const { name, what, count } = JSON.parse(line);
    for (const key of [`${name}: all`, `${name}: ${what}`]) counts.set(key, (counts.get(key) ?? 0) + count);
  }
  for (const key of [...counts.keys()].sort()) console.log(`${String(counts.get(key)).padStart(9)}  ${key}`);
}
