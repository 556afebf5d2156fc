/**
 * Distributed proving, proven by breaking it: workers, the queue's server, the network and the run itself are killed, cut
 * and stopped, and the report comes out, verifies, and says what a single process says.
 *
 * The network is cut for a few seconds, longer than a worker keeps its segment; SOLVENT_TEST_CUT_SECONDS=60 cuts it for a
 * minute.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import {
  endCommands,
  filesIn,
  prepareFolder,
  proveArguments,
  type QueueServer,
  startCommand,
  startQueueServer,
  startWorker,
  verifiedTotals,
  writeSettings,
} from '../support/distributed.js';
import { findPart, requirePart } from '../support/system-parts.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

const cutMs = 1000 * Number(process.env.SOLVENT_TEST_CUT_SECONDS ?? 6);
const accountCount = 6000;
const segmentCount = 4;

let folder: string;
let expected: unknown;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-distributed-'));
  prepareFolder(folder, accountCount);
  const single = startCommand(folder, proveArguments('single'));
  expect(await single.ended, single.output()).toBe(0);
  expected = await verifiedTotals(folder, 'single');
});
afterEach(endCommands);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

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
  const startRun = (out: string, ...more: string[]) =>
    startCommand(folder, proveArguments(out, '--distributed', 'settings.json', ...more));
  // Nothing is left of a run that is over: no task, no attempt, no unfinished folder.
  const expectWhole = async (out: string) => {
    expect(await verifiedTotals(folder, out)).toEqual(expected);
    expect(filesIn(path.join(folder, 'artefacts'))).toEqual([]);
    expect(fs.readdirSync(path.join(folder, out)).sort()).toEqual(['private', 'public']);
  };

  test('three workers, of which one is killed in mid-segment, and one is told to end at once', async (context) => {
    useServer(context);
    const out = `${kind}-killed`;
    const workers = ['a', 'b', 'c'].map((name) => startWorker(folder, name));
    const run = startRun(out);
    await workers[0].says('begun');
    workers[0].kill('SIGKILL');
    await workers[1].says('begun');
    workers[1].kill('SIGTERM');
    workers[1].kill('SIGTERM');
    expect(await workers[0].ended).toBe('SIGKILL');
    expect(await workers[1].ended, workers[1].output()).toBe(0);
    expect(await run.ended, run.output()).toBe(0);
    workers[2].kill('SIGTERM');
    expect(await workers[2].ended, workers[2].output()).toBe(0);
    expect(filesIn(path.join(folder, 'tmp')).filter((file) => file.includes('solvent-worker-')).length).toBeLessThan(3);
    await expectWhole(out);
  });

  test('the server of the queue is killed and comes back', async (context) => {
    const queue = useServer(context);
    const out = `${kind}-server`;
    const workers = ['a', 'b'].map((name) => startWorker(folder, name));
    const run = startRun(out);
    await workers[0].says('begun');
    await queue.kill();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await queue.restart();
    expect(await run.ended, run.output()).toBe(0);
    await expectWhole(out);
  });

  test('the network of a worker is cut, longer than it may keep its segment', async (context) => {
    const queue = useServer(context);
    const out = `${kind}-cut`;
    const proxy = await startTcpProxy(queue.port);
    try {
      const cut = startWorker(folder, 'cut', writeSettings(folder, queue, { name: 'cut.json', port: proxy.port }));
      const run = startRun(out);
      await cut.says('begun');
      proxy.cut();
      const mended = new Promise((resolve) => setTimeout(resolve, cutMs)).then(() => proxy.mend());
      const other = startWorker(folder, 'other');
      expect(await run.ended, run.output()).toBe(0);
      expect(other.output()).toContain('done');
      await mended;
      // The one that was cut off works again.
      other.kill('SIGTERM');
      await other.ended;
      const next = startRun(`${out}-next`);
      expect(await next.ended, `${next.output()}${cut.output()}`).toBe(0);
      await expectWhole(out);
      await expectWhole(`${out}-next`);
    } finally {
      await proxy.stop();
    }
  });

  test('a segment is delivered twice: a worker stops for longer than it may keep it, and goes on', async (context) => {
    useServer(context);
    const out = `${kind}-twice`;
    const slow = startWorker(folder, 'slow');
    const run = startRun(out);
    await slow.says('begun');
    slow.kill('SIGSTOP');
    const other = startWorker(folder, 'other');
    expect(await run.ended, run.output()).toBe(0);
    slow.kill('SIGCONT');
    // It finds that nobody wants its attempt, and leaves nothing of it.
    await slow.says(/lost|no longer wanted/);
    slow.kill('SIGTERM');
    expect(await slow.ended).toBe(0);
    expect(other.output().split(': done').length - 1, `${run.output()}${other.output()}`).toBe(segmentCount);
    await expectWhole(out);
  });

  test('the run itself is killed, and continued', async (context) => {
    useServer(context);
    const out = `${kind}-resumed`;
    const worker = startWorker(folder, 'a');
    const run = startRun(out);
    await worker.says(': done', 2);
    run.kill('SIGKILL');
    await run.ended;
    const again = startRun(out, '--resume');
    expect(await again.ended, again.output()).toBe(0);
    await expectWhole(out);
    // Exactly one attempt was made at each segment: none was asked for again.
    expect(worker.output().split(': done').length - 1).toBe(segmentCount);
  });
});
