// Phases and growth of the prover: both engines, one thread and all; sizes, memory, verification time.
//
//     node bench/prover.js [--max-log ROWS] [--typescript-max-log ROWS] [--repeat COUNT] [--out FILE]
//
// ROWS are logarithms: 17 stands for 2^17 rows. Processor time counts, since wall time on a shared machine is noise;
// wall time is shown for the ratio of threads.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import { createWasmEngine } from '@solvent/kernels/wasm-engine';
import { systemRandom } from '@solvent/ledger/random';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import { productionPreset } from '@solvent/stark/preset';
import { proveSegment } from '@solvent/stark-prover/prove';
import { benchSegment } from './lib/segment.js';
import { median, printTable, round, writeResults } from './lib/table.js';

const { values } = parseArgs({
  options: {
    'max-log': { type: 'string', default: '17' },
    'typescript-max-log': { type: 'string', default: '13' },
    repeat: { type: 'string', default: '3' },
    out: { type: 'string', default: 'bench/results/prover.json' },
  },
});

/** @typedef {import('@solvent/kernels/engine').Engine} Engine */
/** @typedef {ReturnType<typeof benchSegment>} SegmentInput */
/** @typedef {{ wall: number, processor: number }} Milliseconds */

/** Committed base-field cells of a row: 38 with R₁, 65 with R₂, 20 of the quotient. */
const cellsPerRow = 123;

function timesMs() {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), processor: (user + system) / 1000 };
}

/**
 * One proof: milliseconds of wall and processor time by phase and in all.
 * @param {SegmentInput} input
 * @param {Engine} engine
 */
function measure(input, engine) {
  /** @type {Record<string, Milliseconds>} */
  const phases = {};
  /** @type {string | undefined} */
  let name;
  let last = timesMs();
  const start = last;
  const enter = (/** @type {string | undefined} */ phase) => {
    const now = timesMs();
    if (name !== undefined) phases[name] = { wall: now.wall - last.wall, processor: now.processor - last.processor };
    name = phase;
    last = now;
  };
  const options = { preset: productionPreset, engine, random: systemRandom(), onPhase: enter };
  const proven = proveSegment(input, options);
  enter(undefined);
  const wall = last.wall - start.wall;
  const processor = last.processor - start.processor;
  // The search for a nonce is luck: it is shown, and left out of the sums that are compared.
  return { proven, phases, wall: wall - phases.grinding.wall, processor: processor - phases.grinding.processor };
}

/** @type {Record<string, any>[]} */
const results = [];
/**
 * @param {string} name
 * @param {() => Engine & { readonly usedMemory?: number, close?: () => Promise<void> }} createEngine
 * @param {number[]} logs
 * @param {number} repeat
 */
async function run(name, createEngine, logs, repeat) {
  const engine = createEngine();
  for (const log of logs) {
    const input = benchSegment(2 ** log);
    const runs = Array.from({ length: repeat }, () => measure(input, engine));
    const { proven } = runs[runs.length - 1];
    const started = performance.now();
    const verdict = verifySegment(input.statement, proven, proven.proof, productionPreset);
    const verify = performance.now() - started;
    if (!verdict.ok) throw new Error(`the proof does not verify: ${verdict.step} ${verdict.code} ${verdict.detail}`);
    const processor = median(runs.map((each) => each.processor));
    /** @type {Record<string, string | number>} */
    const row = {
      engine: name,
      rows: `2^${log}`,
      wallMs: round(median(runs.map((each) => each.wall)), 0),
      processorMs: round(processor, 0),
      'us/row': round((processor * 1000) / 2 ** log, 2),
      'ns/cell': round((processor * 1e6) / 2 ** log / cellsPerRow, 1),
    };
    for (const phase of Object.keys(runs[0].phases)) {
      row[phase] = round(median(runs.map((each) => each.phases[phase].processor)), 0);
    }
    results.push({
      ...row,
      verifyMs: round(verify),
      proofKiB: round(proven.proof.length / 1024),
      kernelMiB: engine.usedMemory === undefined ? '-' : round(engine.usedMemory / 2 ** 20, 0),
    });
    console.error(`${name} 2^${log} done`);
  }
  await engine.close?.();
}

const logsUpTo = (/** @type {string} */ max) => [11, 13, 15, 17, 19].filter((log) => log <= Number(max));
const repeat = Number(values.repeat);
const threads = availableParallelism();
await run('typescript', createTypeScriptEngine, logsUpTo(values['typescript-max-log']), 1);
await run('wasm ×1', () => createWasmEngine({ threads: 1 }), logsUpTo(values['max-log']), repeat);
if (threads > 1)
  await run(`wasm ×${threads}`, () => createWasmEngine({ threads }), logsUpTo(values['max-log']), repeat);
printTable('The prover: milliseconds of processor time by phase, the search for a nonce left out of the sums', results);

const ratios = results
  .filter(({ engine }) => engine === 'wasm ×1')
  .map(({ rows, processorMs, wallMs }) => {
    const typescript = results.find((other) => other.engine === 'typescript' && other.rows === rows);
    const parallel = results.find((other) => other.engine === `wasm ×${threads}` && other.rows === rows);
    return {
      rows,
      'typescript / wasm ×1': typescript === undefined ? '-' : round(typescript.processorMs / processorMs),
      [`wall, 1 thread / ${threads} threads`]: parallel === undefined ? '-' : round(wallMs / parallel.wallMs, 2),
    };
  });
printTable('Ratios', ratios);
writeResults(values.out, { prover: results, ratios });
