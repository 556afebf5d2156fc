/** Every call of every job runs once, however the threads' steps fall between each other's. It needs a build. */
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { JobBoard, type KernelCall, type Kernels } from '../src/kernels.js';

const modulePath = new URL('../dist/kernels.js', import.meta.url).href;
const helperCount = 3;
/** Where the helpers count themselves, behind the counters of calls. */
const readyIndex = 64;
// A helper whose kernel counts its own calls: the argument is the counter.
const helper = `
  const { workerData } = require('node:worker_threads');
  import(${JSON.stringify(modulePath)}).then(({ JobBoard }) => {
    const counters = new Int32Array(workerData.counters);
    Atomics.add(counters, ${readyIndex}, 1);
    const kernels = { dot: (i) => Atomics.add(counters, i, 1) };
    new JobBoard(workerData.memory).serve(kernels, 0);
  });
`;

const workers: Worker[] = [];
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.terminate())));

/** Which calls of a job ran another number of times than they should, once all that were taken are over. */
function findWrong(counters: Int32Array, count: number): string | undefined {
  const deadline = performance.now() + 60_000;
  const runs = () => counters.subarray(0, readyIndex).reduce((sum, one) => sum + one, 0);
  while (runs() < count && performance.now() < deadline);
  const call = counters.subarray(0, readyIndex).findIndex((one, i) => one !== (i < count ? 1 : 0));
  return call < 0 ? undefined : `of ${count} calls, call ${call} ran ${counters[call]} times`;
}

describe('a job board', () => {
  test('runs each call once, also when jobs of few calls and of many follow each other at once', async () => {
    const memory = new WebAssembly.Memory({ initial: 8, maximum: 8, shared: true });
    const shared = new SharedArrayBuffer(4 * (readyIndex + 1));
    const counters = new Int32Array(shared);
    for (let i = 0; i < helperCount; i++) {
      workers.push(new Worker(helper, { eval: true, workerData: { memory, counters: shared } }));
    }
    await expect.poll(() => Atomics.load(counters, readyIndex), { timeout: 20_000 }).toBe(helperCount);
    const board = new JobBoard(memory);
    const kernels = { dot: (i: number) => Atomics.add(counters, i, 1) } as unknown as Kernels;
    for (let job = 0; job < 100_000; job++) {
      const count = job % 2 === 0 ? 1 + (job % 3) : 16;
      counters.fill(0, 0, readyIndex);
      board.post(Array.from({ length: count }, (_, i): KernelCall => ['dot', i]));
      board.work(kernels, 0);
      const wrong = findWrong(counters, count);
      // Before the wait, which would not end when a call was counted twice.
      if (wrong !== undefined) expect.fail(`job ${job}: ${wrong}`);
      board.wait();
    }
  });
});
