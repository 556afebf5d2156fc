/** What else goes wrong in distributed proving: disks that are full, objects that are damaged, keys that do not fit. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, type TestContext, test, vi } from 'vitest';
import {
  countOf,
  endCommands,
  filesIn,
  firstToBegin,
  makeRunsFolder,
  prepareFolder,
  proveArguments,
  type QueueServer,
  type RunsFolder,
  startCommand,
  startQueueServer,
  startWorker,
  stopInSegment,
  verifiedTotals,
  writeSettings,
} from '../support/distributed.js';
import { findPart, requirePart } from '../support/system-parts.js';

// Many processes share the machine: on a busy one each of them is slow.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let runs: RunsFolder;
let folder: string;
let server: QueueServer | undefined;

beforeAll(async () => {
  runs = await makeRunsFolder(3500);
  folder = runs.path;
  const redis = findPart('redis-server');
  if (redis !== undefined) server = await startQueueServer('redis', redis);
});
afterEach(() => runs.endTest());
afterAll(async () => {
  await server?.stop();
  runs.remove();
});

function useServer(context: TestContext, more: Record<string, unknown> = {}): QueueServer {
  requirePart('redis-server', context);
  writeSettings(folder, server!, more);
  return server!;
}

/** Waits until something is there. */
async function until<Found>(find: () => Found | undefined): Promise<Found> {
  const limit = Date.now() + 120_000;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > limit) throw new Error('expected it within two minutes');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const artefact = (end: RegExp) => () => filesIn(path.join(folder, 'artefacts')).find((file) => end.test(file));

function damage(file: string): void {
  const bytes = fs.readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  fs.writeFileSync(file, bytes);
}

/** A folder on a disk of its own, of so many KiB. Needs root; without it, the test is left out, and fails in CI. */
function mountDisk(name: string, kibibytes: number, context: TestContext): string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    const needed = 'root is needed to mount a small disk';
    if (process.env.CI === 'true') throw new Error(needed);
    return context.skip(needed);
  }
  const disk = path.join(folder, name);
  fs.mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', disk]);
  return disk;
}

test('a worker whose disk is full gives its segment back, and another one proves it', async (context) => {
  useServer(context);
  const disk = mountDisk('small', 128, context);
  try {
    const full = startWorker(folder, 'full', 'settings.json', { TMPDIR: disk });
    const run = runs.startRun('disk-of-worker');
    await full.says('given back');
    const other = startWorker(folder, 'other');
    expect(await run.ended, run.output()).toBe(0);
    expect(other.output()).toContain('done');
    full.kill('SIGTERM');
    expect(await full.ended, full.output()).toBe(0);
    await runs.expectWhole('disk-of-worker');
  } finally {
    await endCommands();
    execFileSync('umount', [disk]);
  }
});

test('a run whose disk is full ends with one line, and goes on when there is room', async (context) => {
  useServer(context);
  const disk = mountDisk('out', 700, context);
  try {
    startWorker(folder, 'a');
    const run = runs.startRun('out/report');
    expect(await run.ended, run.output()).toBe(2);
    expect(run.output()).toContain('ENOSPC');
    execFileSync('mount', ['-o', 'remount,size=64m', disk]);
    const again = runs.startRun('out/report', '--resume');
    expect(await again.ended, again.output()).toBe(0);
    await runs.expectWhole('out/report');
  } finally {
    await endCommands();
    execFileSync('umount', [disk]);
  }
});

test('a proof, private data and a task that are damaged in the storage are made again', async (context) => {
  useServer(context);
  const run = runs.startRun('damaged');
  // The run sleeps while there is something to damage, so that it cannot be faster than the test.
  damage(await until(artefact(/segment-0001\/task-/)));
  await run.says('no worker');
  for (const name of ['proof.bin', 'private.bin']) {
    const worker = startWorker(folder, 'a');
    await stopInSegment(worker);
    run.kill('SIGSTOP');
    worker.kill('SIGCONT');
    await worker.says(': done', countOf(worker, ': done') + 1);
    worker.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    const [segment] = [...worker.output().matchAll(/segment (\d): done/g)].map(([, number]) => number).reverse();
    damage(await until(artefact(new RegExp(`segment-000${segment}/.*/${name}$`))));
    const told = `segment ${segment} came damaged`;
    const toldBefore = countOf(run, told);
    run.kill('SIGCONT');
    await run.says(told, toldBefore + 1);
  }
  startWorker(folder, 'b');
  expect(await run.ended, run.output()).toBe(0);
  await runs.expectWhole('damaged');
});

test('workers with another key are given nothing, and both sides say which key they have', async (context) => {
  useServer(context, { attempts: 1 });
  fs.writeFileSync(path.join(folder, 'other.key'), `${'07'.repeat(32)}\n`);
  const stranger = startCommand(folder, [
    'worker',
    'settings.json',
    '--store-key',
    'other.key',
    '--threads',
    '1',
    '--name',
    'stranger',
  ]);
  await stranger.says('ready');
  const [, strange] = /key ([0-9a-f]{16})/.exec(stranger.output())!;
  const run = runs.startRun('strange');
  await run.says(/no worker with key [0-9a-f]{16} takes/);
  expect(run.output()).not.toContain(strange);
  const worker = startWorker(folder, 'a');
  expect(await run.ended, run.output()).toBe(0);
  stranger.kill('SIGTERM');
  expect(await stranger.ended, stranger.output()).toBe(0);
  expect(stranger.output()).not.toMatch(/begun|failed/);
  const [, known] = /key ([0-9a-f]{16})/.exec(worker.output())!;
  expect(run.output()).toContain(`no worker with key ${known} takes`);
  await runs.expectWhole('strange');
});

test('a segment that ends every worker that has it is parked', async (context) => {
  const queue = useServer(context);
  const own = path.join(folder, 'poison');
  fs.mkdirSync(own);
  prepareFolder(own, 500);
  writeSettings(own, queue, { lockSeconds: 1 });
  const start = (...more: string[]) =>
    startCommand(own, proveArguments('report', '--distributed', 'settings.json', ...more));
  const run = start();
  // Two at a time, so that one is ready when the other ends.
  const workers = ['w0', 'w1'].map((name) => startWorker(own, name));
  for (let count = 2; run.child.exitCode === null && count < 20; count++) {
    const holder = await Promise.race([firstToBegin(workers), run.ended.then(() => undefined)]);
    if (holder === undefined) break;
    holder.kill('SIGKILL');
    workers[workers.indexOf(holder)] = startWorker(own, `w${count}`);
  }
  expect(await run.ended, run.output()).toBe(2);
  expect(run.output()).toContain('segment 0 (workers that had it ended again and again');
  await endCommands();
  startWorker(own, 'good');
  const again = start('--resume');
  expect(await again.ended, again.output()).toBe(0);
  await verifiedTotals(own, 'report');
});

test('a run that is cancelled leaves nothing with its workers, and can be continued without them', async (context) => {
  useServer(context);
  const run = runs.startRun('cancelled');
  await run.says('no worker');
  const worker = startWorker(folder, 'a');
  await stopInSegment(worker);
  run.kill('SIGINT');
  expect(await run.ended).toBe('SIGINT');
  const alone = startCommand(folder, proveArguments('cancelled', '--resume'));
  expect(await alone.ended, alone.output()).toBe(2);
  expect(alone.output()).toContain('solvent cancel cancelled takes them back');
  const cancel = startCommand(folder, [
    'cancel',
    'cancelled',
    '--distributed',
    'settings.json',
    '--store-key',
    'store.key',
  ]);
  expect(await cancel.ended, cancel.output()).toBe(0);
  expect(cancel.output()).toContain('taken back');
  worker.kill('SIGCONT');
  await worker.says(/lost|no longer wanted/);
  expect(filesIn(path.join(folder, 'artefacts'))).toEqual([]);
  const again = startCommand(folder, proveArguments('cancelled', '--resume'));
  expect(await again.ended, again.output()).toBe(0);
  await runs.expectWhole('cancelled');
});

test('neither the queue nor the storage nor a log holds anything of the ledger, or a secret', async (context) => {
  const { password, folder: serverFolder } = useServer(context);
  const run = runs.startRun('secrets');
  // It is asked for, and nobody takes what is made.
  await run.says('no worker');
  run.kill('SIGSTOP');
  const worker = startWorker(folder, 'a');
  await worker.says(': done', 2);
  // What the storage holds at its fullest, and every command that the queue's server was ever given.
  const held = filesIn(path.join(folder, 'artefacts'));
  expect(held.filter((file) => file.endsWith('proof.bin')).length).toBeGreaterThan(1);
  const commands = filesIn(path.join(serverFolder, 'appendonlydir'));
  expect(commands.length).toBeGreaterThan(0);
  const texts = ['private-holder-', 'Example Exchange', '5e'.repeat(32), password];
  for (const file of [...held, ...commands]) {
    const bytes = fs.readFileSync(file);
    for (const text of texts) expect(bytes.includes(text), `${file}: ${text}`).toBe(false);
  }
  const args = fs.readFileSync(`/proc/${worker.child.pid}/cmdline`, 'latin1');
  run.kill('SIGCONT');
  expect(await run.ended, run.output()).toBe(0);
  for (const text of texts)
    expect(`${args}${run.output().replace(/^report ".*/m, '')}${worker.output()}`).not.toContain(text);
  await runs.expectWhole('secrets');
});
