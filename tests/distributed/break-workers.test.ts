/**
 * Distributed proving, proven by breaking it: workers, the queue's server, the network and the run itself are killed, cut
 * and stopped, and the report comes out, verifies, and says what a single process says.
 *
 * The network is cut for a few seconds, longer than a worker keeps its segment; SOLVENT_TEST_CUT_SECONDS=60 cuts it for a
 * minute.
 */
import fs from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, type TestContext, test, vi } from 'vitest';
import {
  countOf,
  firstToBegin,
  makeRunsFolder,
  type QueueServer,
  type RunsFolder,
  startQueueServer,
  startReadyWorkers,
  startWorker,
  stopInSegment,
  temporaryOf,
  writeSettings,
} from '../support/distributed.js';
import { findPart, requirePart } from '../support/system-parts.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

// Many processes share the machine: on a busy one each of them is slow.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const cutMs = 1000 * Number(process.env.SOLVENT_TEST_CUT_SECONDS ?? 6);
const accountCount = 6000;
const segmentCount = 4;

let runs: RunsFolder;
let folder: string;

beforeAll(async () => {
  runs = await makeRunsFolder(accountCount);
  folder = runs.path;
});
afterEach(() => runs.endTest());
afterAll(() => runs.remove());

describe.each(['redis', 'postgres'] as const)('with %s', (kind) => {
  let server: QueueServer | undefined;
  beforeAll(async () => {
    const redis = findPart('redis-server');
    if (kind === 'postgres' || redis !== undefined) server = await startQueueServer(kind, redis);
  });
  afterAll(() => server?.stop());
  const useServer = (context: TestContext) => {
    if (kind === 'redis') requirePart('redis-server', context);
    writeSettings(folder, server!);
    return server!;
  };

  test('three workers, of which one is killed in mid-segment, and one is told to end at once', async (context) => {
    useServer(context);
    const out = `${kind}-killed`;
    const names = ['a', 'b', 'c'];
    const workers = await startReadyWorkers(folder, names);
    const run = runs.startRun(out);
    const killed = await firstToBegin(workers);
    killed.kill('SIGKILL');
    const hurried = await firstToBegin(workers.filter((worker) => worker !== killed));
    const last = workers.find((worker) => worker !== killed && worker !== hurried)!;
    hurried.kill('SIGTERM');
    hurried.kill('SIGTERM');
    expect(await killed.ended).toBe('SIGKILL');
    expect(await hurried.ended, hurried.output()).toBe(0);
    expect(await run.ended, run.output()).toBe(0);
    last.kill('SIGTERM');
    expect(await last.ended, last.output()).toBe(0);
    for (const [i, name] of names.entries()) {
      if (workers[i] !== killed) expect(fs.readdirSync(temporaryOf(folder, name))).toEqual([]);
    }
    await runs.expectWhole(out);
  });

  test('the server of the queue is killed and comes back', async (context) => {
    const queue = useServer(context);
    const out = `${kind}-server`;
    const workers = await startReadyWorkers(folder, ['a', 'b']);
    const run = runs.startRun(out);
    await firstToBegin(workers);
    await queue.kill();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await queue.restart();
    expect(await run.ended, run.output()).toBe(0);
    await runs.expectWhole(out);
  });

  test('the network of a worker is cut, longer than it may keep its segment', async (context) => {
    const queue = useServer(context);
    const out = `${kind}-cut`;
    const proxy = await startTcpProxy(queue.port);
    try {
      const cut = startWorker(folder, 'cut', writeSettings(folder, queue, { name: 'cut.json', port: proxy.port }));
      const run = runs.startRun(out);
      await cut.says('begun');
      proxy.cut();
      const mended = new Promise((resolve) => setTimeout(resolve, cutMs)).then(() => proxy.mend());
      const other = startWorker(folder, 'other');
      expect(await run.ended, run.output()).toBe(0);
      await other.says(': done');
      await mended;
      // The one that was cut off works again.
      other.kill('SIGTERM');
      await other.ended;
      const next = runs.startRun(`${out}-next`);
      expect(await next.ended, `${next.output()}${cut.output()}`).toBe(0);
      await runs.expectWhole(out);
      await runs.expectWhole(`${out}-next`);
    } finally {
      await proxy.stop();
    }
  });

  test('a segment is delivered twice: a worker stops for longer than it may keep it, and goes on', async (context) => {
    useServer(context);
    const out = `${kind}-twice`;
    const slow = startWorker(folder, 'slow');
    const run = runs.startRun(out);
    await stopInSegment(slow);
    const other = startWorker(folder, 'other');
    expect(await run.ended, run.output()).toBe(0);
    slow.kill('SIGCONT');
    // It finds that nobody wants its attempt, and leaves nothing of it.
    await slow.says(/lost|no longer wanted/);
    slow.kill('SIGTERM');
    expect(await slow.ended).toBe(0);
    // Nor is any segment proven twice to the end.
    other.kill('SIGTERM');
    expect(await other.ended).toBe(0);
    const doneCount = countOf(slow, ': done') + countOf(other, ': done');
    expect(doneCount, `${run.output()}${slow.output()}${other.output()}`).toBe(segmentCount);
    await runs.expectWhole(out);
  });

  test('the run itself is killed, and continued', async (context) => {
    useServer(context);
    const out = `${kind}-resumed`;
    const worker = startWorker(folder, 'a');
    const run = runs.startRun(out);
    await worker.says(': done', 2);
    run.kill('SIGKILL');
    await run.ended;
    const again = runs.startRun(out, '--resume');
    expect(await again.ended, again.output()).toBe(0);
    await runs.expectWhole(out);
    worker.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    // Exactly one attempt was made at each segment: none was asked for again.
    expect(countOf(worker, ': done')).toBe(segmentCount);
  });
});
