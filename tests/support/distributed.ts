/** Runs of `solvent prove --distributed` with workers, each a process of the built command, for tests that break them. */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { startPostgres } from './postgres.js';
import { startRedis } from './redis.js';

const command = path.resolve(import.meta.dirname, '../../apps/cli/bin/solvent.js');
const waitMs = 120_000;

/** A process of the command. */
export interface RunningCommand {
  readonly child: ChildProcess;
  /** All that it has written to both streams. */
  output(): string;
  /** Waits until it has written a text, so many times. */
  says(text: string | RegExp, count?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or its signal. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

const running = new Set<ChildProcess>();

/** Ends what a test that failed has left. */
export async function endCommands(): Promise<void> {
  const left = [...running];
  for (const child of left) child.kill('SIGKILL');
  await Promise.all(left.map((child) => new Promise((resolve) => child.once('close', resolve))));
}

/** Starts `solvent` in a folder. */
export function startCommand(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
  const temporary = path.join(folder, 'tmp');
  fs.mkdirSync(temporary, { recursive: true });
  const child = spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary, NO_COLOR: '1', FORCE_COLOR: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  // It is over when all of its output has come, which is later than its exit.
  let isOver = false;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(child);
      isOver = true;
      resolve(code ?? signal!);
    });
  });
  return {
    child,
    output: () => output,
    async says(text, count = 1) {
      const limit = Date.now() + waitMs;
      while (output.split(text).length <= count) {
        if (isOver || Date.now() > limit) throw new Error(`expected ${text} ×${count}, got\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** A server of queues that a test may kill. */
export interface QueueServer {
  readonly port: number;
  /** Where its files are. */
  readonly folder: string;
  /** What the file of settings says of it, for a port that leads to it. */
  settings(port: number): Record<string, unknown>;
  readonly password: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Redis, whose program is given, or PostgreSQL. */
export async function startQueueServer(kind: 'redis' | 'postgres', redis: string | undefined): Promise<QueueServer> {
  const about = (port: number) => ({ kind, host: '127.0.0.1', port, passwordFile: 'password' });
  if (kind === 'redis') {
    const server = await startRedis(redis!);
    return { ...server, settings: about };
  }
  const server = await startPostgres();
  await server.createDatabase('queue');
  return { ...server, settings: (port) => ({ ...about(port), user: server.user, database: 'queue' }) };
}

const assets = ['BTC', 'ETH', 'USDT'];

/** Writes a ledger and everything else that a run needs into an empty folder. Segments of 2,048 rows hold 1,534 accounts. */
export function prepareFolder(folder: string, accountCount: number): void {
  const lines = ['account_id,asset,balance'];
  for (let i = 0; i < accountCount; i++) {
    lines.push(`private-holder-${i},${assets[i % 3]},${(i * 7919) % 100_000}.${i % 10}`);
    if (i % 2 === 0) lines.push(`private-holder-${i},${assets[(i + 1) % 3]},${i}`);
  }
  fs.writeFileSync(path.join(folder, 'ledger.csv'), `${lines.join('\n')}\n`);
  fs.writeFileSync(path.join(folder, 'assets.json'), JSON.stringify(assets.map((symbol) => ({ symbol, decimals: 8 }))));
  fs.writeFileSync(path.join(folder, 'store.key'), `${'5e'.repeat(32)}\n`);
}

/** Writes a file of settings: short times, so that what is lost is soon found. */
export function writeSettings(
  folder: string,
  server: QueueServer,
  {
    name = 'settings.json',
    port = server.port,
    ...more
  }: { name?: string; port?: number; [field: string]: unknown } = {},
): string {
  const settings = {
    format: 'solvent-distributed/1',
    queue: server.settings(port),
    storage: { kind: 'folder', path: 'artefacts' },
    lockSeconds: 3,
    pollSeconds: 0.1,
    ...more,
  };
  fs.writeFileSync(path.join(folder, 'password'), server.password, { mode: 0o600 });
  fs.writeFileSync(path.join(folder, name), JSON.stringify(settings));
  return name;
}

/** The arguments of a run with small segments. */
export function proveArguments(out: string, ...more: string[]): string[] {
  const title = ['--exchange', 'Example Exchange', '--report-id', '2026-01', '--time', '2026-01-31T23:59:59Z'];
  const inputs = ['--accounts', 'ledger.csv', '--assets', 'assets.json', '--store-key', 'store.key'];
  return ['prove', ...inputs, ...title, '--out', out, '--max-rows', '2048', ...more];
}

/** Starts a worker with one thread. */
export function startWorker(folder: string, name: string, settings = 'settings.json', env: NodeJS.ProcessEnv = {}) {
  return startCommand(folder, ['worker', settings, '--store-key', 'store.key', '--threads', '1', '--name', name], env);
}

/** Starts workers, each with temporary files of its own, and waits until all of them look for work. */
export async function startReadyWorkers(folder: string, names: readonly string[]): Promise<RunningCommand[]> {
  const workers = names.map((name) =>
    startWorker(folder, name, 'settings.json', { TMPDIR: temporaryOf(folder, name) }),
  );
  await Promise.all(workers.map((worker) => worker.says('ready')));
  return workers;
}

/** The worker that is the first to begin a segment: which one that is, nobody can say before. */
export function firstToBegin(workers: readonly RunningCommand[]): Promise<RunningCommand> {
  return Promise.race(workers.map((worker) => worker.says('begun').then(() => worker)));
}

/** A folder for what a worker writes beside the storage. */
export function temporaryOf(folder: string, name: string): string {
  const temporary = path.join(folder, 'tmp', name);
  fs.mkdirSync(temporary, { recursive: true });
  return temporary;
}

/** Stops a worker that has a segment as long as it is stopped: one that it has finished meanwhile does not count. */
export async function stopInSegment(worker: RunningCommand): Promise<void> {
  for (let count = 1; ; count++) {
    await worker.says('begun', count);
    worker.kill('SIGSTOP');
    // What it wrote before it stopped is in the pipe: it has come after some turns.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 20));
    if (countOf(worker, 'begun') > countOf(worker, ': done')) return;
    worker.kill('SIGCONT');
  }
}

/** How often a command has written a text so far. */
export function countOf(command: RunningCommand, text: string): number {
  return command.output().split(text).length - 1;
}

/** Totals and assets of a report that verifies. */
export async function verifiedTotals(folder: string, out: string): Promise<unknown> {
  const verify = startCommand(folder, ['verify', `${out}/public`, '--json']);
  expect(await verify.ended, verify.output()).toBe(0);
  const { report } = JSON.parse(verify.output());
  expect(report.ok).toBe(true);
  return report.totals;
}

/** All files below a folder, as paths from it. */
export function filesIn(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** A folder for runs over one ledger, and what a single process says of that. */
export interface RunsFolder {
  readonly path: string;
  /** Starts a run with workers, by the settings that were written last. */
  startRun(out: string, ...more: string[]): RunningCommand;
  /** Expects a report that says what a single process says, and that nothing else is left of its run. */
  expectWhole(out: string): Promise<void>;
  /** Ends all commands, and removes from the storage what a test that failed has left: the next one is not to find it. */
  endTest(): Promise<void>;
  remove(): void;
}

/** Makes the folder, with a ledger of so many accounts, and has a single process prove it. */
export async function makeRunsFolder(accountCount: number): Promise<RunsFolder> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-runs-'));
  const artefacts = path.join(folder, 'artefacts');
  prepareFolder(folder, accountCount);
  const single = startCommand(folder, proveArguments('single'));
  expect(await single.ended, single.output()).toBe(0);
  const expected = await verifiedTotals(folder, 'single');
  return {
    path: folder,
    startRun: (out, ...more) => startCommand(folder, proveArguments(out, '--distributed', 'settings.json', ...more)),
    async expectWhole(out) {
      expect(await verifiedTotals(folder, out)).toEqual(expected);
      expect(filesIn(artefacts)).toEqual([]);
      expect(fs.readdirSync(path.join(folder, out)).sort()).toEqual(['private', 'public']);
    },
    async endTest() {
      await endCommands();
      fs.rmSync(artefacts, { recursive: true, force: true });
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
