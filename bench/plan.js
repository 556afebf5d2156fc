// The cost model of `solvent plan`: measures what a segment costs a worker and the run that asked for it, fits the
// constants of apps/cli/src/distributed/cost-model.ts to that, and says how far the model is from each measurement.
//
//     node bench/plan.js [--max-log ROWS] [--repeat COUNT] [--out FILE]
//
// Each size is measured in a process of its own, whose most memory is compared with what is planned. Times are those of
// the processor; a second thread's gain is the ratio of two wall times, and needs a machine that is quiet.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeSegmentTask, encodeSegmentTask } from '@solvent/cli/distributed/task-bytes';
import { createMemoryBudget } from '@solvent/cli/prove/memory-budget';
import { proveSegmentTask, segmentStatement } from '@solvent/cli/prove/segment-task';
import { createWasmEngine } from '@solvent/kernels/wasm-engine';
import { systemRandom } from '@solvent/ledger/random';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import { productionPreset } from '@solvent/stark/preset';
import { createStoreWriter } from '@solvent/stark-prover/holder-store';
import { parseStoreKey } from '@solvent/stark-prover/store-key';
import { benchTask } from './lib/segment.js';
import { median, printTable, round, writeResults } from './lib/table.js';

const { values } = parseArgs({
  options: {
    'max-log': { type: 'string', default: '17' },
    repeat: { type: 'string', default: '3' },
    out: { type: 'string', default: 'bench/results/plan.json' },
    one: { type: 'string' },
    threads: { type: 'string', default: '1' },
  },
});
const repeat = Number(values.repeat);

/**
 * Some work's value, and how long it took in milliseconds, of the clock and of the processor.
 * @template Value
 * @param {() => Value | Promise<Value>} work
 */
async function timed(work) {
  const before = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, wall: performance.now() - started, processor: (user + system) / 1000 };
}

/**
 * What one size costs, in a process that measures nothing else.
 * @param {number} rowCount
 * @param {number} threads
 */
async function measureOne(rowCount, threads) {
  const key = parseStoreKey('5e'.repeat(32));
  const sealedTask = encodeSegmentTask(benchTask(rowCount));
  const engine = createWasmEngine({ threads });
  const folder = mkdtempSync(join(tmpdir(), 'solvent-bench-plan-'));
  /** @type {Record<'wall' | 'processor' | 'grinding' | 'taking' | 'finishing', number>[]} */
  const runs = [];
  try {
    for (let i = 0; i <= repeat; i++) {
      const store = await createStoreWriter(join(folder, String(i)), { key });
      let grinding = { wall: 0, processor: 0 };
      /** @type {{ wall: number, processor: number } | undefined} */
      let since;
      const onStep = (/** @type {string} */ step) => {
        const now = { wall: performance.now(), processor: process.cpuUsage().user / 1000 };
        if (since !== undefined) grinding = { wall: now.wall - since.wall, processor: now.processor - since.processor };
        since = step === 'grinding' ? now : undefined;
      };
      const task = decodeSegmentTask(sealedTask);
      const proving = await timed(async () => {
        const attempt = proveSegmentTask(decodeSegmentTask(sealedTask), { engine, random: systemRandom(), onStep });
        await store.addSegment(0, attempt.proven.holderData, attempt.accounts());
        verifySegment(segmentStatement(task, attempt.totals), attempt.proven, attempt.proven.proof, productionPreset);
        return attempt;
      });
      const { proven, totals } = proving.value;
      const taking = await timed(async () => {
        await store.findSegment(0);
        return verifySegment(segmentStatement(task, totals), proven, proven.proof, productionPreset);
      });
      if (!taking.value.ok) throw new Error('the proof does not verify');
      const privateSize = statSync(join(folder, String(i), 'segment-0000.bin')).size;
      const finishing = await timed(() => store.finish(new Uint8Array(32)));
      // The search for a nonce is luck, and is left out; what it costs on average is added by the model. The first run
      // compiles, and is left out too.
      const wall = proving.wall - grinding.wall;
      const processor = proving.processor - grinding.processor;
      if (i > 0)
        runs.push({
          wall,
          processor,
          grinding: grinding.processor,
          taking: taking.processor,
          finishing: finishing.processor,
        });
      rmSync(join(folder, String(i)), { recursive: true });
      if (i === repeat) {
        const middle = (/** @type {keyof typeof runs[number]} */ name) => median(runs.map((run) => run[name]));
        const planned = createMemoryBudget(2 ** 40, threads).plannedForTask(rowCount);
        return {
          rowCount,
          threads,
          accountCount: task.accounts.length,
          wallMs: middle('wall'),
          processorMs: middle('processor'),
          grindingMs: runs.reduce((sum, run) => sum + run.grinding, 0) / runs.length,
          takingMs: middle('taking'),
          finishingMs: middle('finishing'),
          proofBytes: proven.proof.length,
          privateBytes: privateSize,
          memory: 1024 * process.resourceUsage().maxRSS,
          plannedMemory: planned,
        };
      }
    }
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return undefined;
}

/**
 * The line a + b·x with the least sum of squared relative errors, neither below 0.
 * @param {[x: number, y: number][]} points
 */
function fitLine(points) {
  let [w, wx, wxx, wy, wxy] = [0, 0, 0, 0, 0];
  for (const [x, y] of points) {
    const weight = 1 / y ** 2;
    w += weight;
    wx += weight * x;
    wxx += weight * x * x;
    wy += weight * y;
    wxy += weight * x * y;
  }
  const slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
  const once = (wy - slope * wx) / w;
  return once >= 0 ? { once, perRow: slope } : { once: 0, perRow: wxy / wxx };
}

/**
 * @param {number} log
 * @param {number} threads
 */
function spawnOne(log, threads) {
  const args = [process.argv[1], '--one', String(log), '--threads', String(threads), '--repeat', String(repeat)];
  const result = JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  console.error(`2^${log} with ${threads} done`);
  return result;
}

if (values.one !== undefined) {
  process.stdout.write(JSON.stringify(await measureOne(2 ** Number(values.one), Number(values.threads))));
} else {
  const logs = [11, 12, 13, 14, 15, 16, 17, 18, 19].filter((log) => log <= Number(values['max-log']));
  const single = logs.map((log) => spawnOne(log, 1));
  const threads = Math.min(2, availableParallelism());
  const double = threads < 2 ? undefined : spawnOne(logs[logs.length - 1], 2);
  const largest = single[single.length - 1];
  // wall(t) = wall(1) · (serial + (1 − serial) / t)
  const serialShare = double === undefined ? 1 : Math.max(0, Math.min(1, (2 * double.wallMs) / largest.wallMs - 1));
  const proving = fitLine(single.map(({ rowCount, processorMs }) => [rowCount, processorMs]));
  const taking = fitLine(single.map(({ rowCount, takingMs }) => [rowCount, takingMs]));
  const finishing = fitLine(single.map(({ accountCount, finishingMs }) => [accountCount, finishingMs]));
  const grindingMs = single.reduce((sum, run) => sum + run.grindingMs, 0) / single.length;
  const constants = {
    proveOnceMs: round(proving.once + grindingMs, 1),
    proveRowUs: round(1000 * proving.perRow, 3),
    serialShare: round(serialShare, 2),
    takeOnceMs: round(taking.once, 1),
    takeRowUs: round(1000 * taking.perRow, 3),
    finishAccountUs: round(1000 * finishing.perRow, 3),
  };
  const percent = (/** @type {number} */ model, /** @type {number} */ measured) =>
    round(100 * (model / measured - 1), 1);
  const rows = single.map((run) => ({
    rows: `2^${Math.log2(run.rowCount)}`,
    processorMs: round(run.processorMs, 0),
    'model %': percent(proving.once + proving.perRow * run.rowCount, run.processorMs),
    takingMs: round(run.takingMs, 0),
    'taking %': percent(taking.once + taking.perRow * run.rowCount, run.takingMs),
    memoryMiB: round(run.memory / 2 ** 20, 0),
    'planned %': percent(run.plannedMemory, run.memory),
    proofKiB: round(run.proofBytes / 1024),
    privateKiB: round(run.privateBytes / 1024),
  }));
  printTable('What a segment costs, and how far the model is from it', rows);
  printTable('Constants for apps/cli/src/distributed/cost-model.ts', [constants]);
  writeResults(values.out, { segments: rows, twoThreads: double, constants });
}
