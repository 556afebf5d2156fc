/** Rows of wallet lists, verified in real threads: those of the built command, which needs `npm run build` before. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { parseSnapshot } from '@solvent/report-format/wallets/snapshot';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { type VerifyRowsContext, verifyRowsHere } from '../src/wallets/verify-rows.js';
import { shareRows } from '../src/wallets/verify-rows-in-workers.js';
import type { WalletBatch, WalletTask } from '../src/wallets/wallet-worker.js';
import { useTemporaryFolder } from './support/folder.js';
import { runWell } from './support/run.js';
import { writeRehearsal } from './support/wallets.js';

useTemporaryFolder();

let rows: readonly WalletRow[] = [];
let context: VerifyRowsContext;
const threads: Worker[] = [];

beforeAll(async () => {
  writeRehearsal('r');
  const report = ['--report', 'r/snapshot.json'];
  await runWell(['wallets', 'challenge', 'r/wallets.csv', ...report, '--out', 'challenges.csv']);
  await runWell(['wallets', 'sign', 'challenges.csv', '--keys', 'r/keys.json', '--out', 'signed.csv']);
  const list = readWalletList(readFileSync('signed.csv', 'utf8'));
  const snapshot = parseSnapshot(readFileSync('r/snapshot.json', 'utf8'));
  if (!list.ok || !snapshot.ok) throw new Error('expected a list and a snapshot');
  context = { policy: { kind: 'fresh', snapshot: snapshot.value }, evidence: [], trustedBlocks: [] };
  // Each signed row, the next one's signature in it, and no signature: verdicts that a wrong order would show.
  const signed = list.rows;
  rows = signed.flatMap((row, i) => [
    row,
    { ...row, signatures: signed[(i + 1) % signed.length].signatures },
    { ...row, signatures: [] },
  ]);
});

afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.terminate()));
});

/** A thread that has loaded what it needs. */
async function startThread(): Promise<Worker> {
  const task: WalletTask = { task: 'solvent wallets verify', context };
  const url = new URL('../dist/wallets/wallet-worker.js', import.meta.url);
  // Without the options of the test's runner, which resolve packages to sources that no thread can load.
  const thread = new Worker(url, { workerData: task, execArgv: [] });
  threads.push(thread);
  thread.postMessage({ start: 0, rows: [] } satisfies WalletBatch);
  await once(thread, 'message');
  return thread;
}

test('threads give the verdicts of one thread, each row once, and tell how far they are', async () => {
  const expected = await verifyRowsHere(rows, context, 1, () => {});
  expect(new Set(expected.map(({ verdict }) => verdict))).toEqual(new Set(['verified', 'failed']));
  // Until threads have had a part in it: on a busy machine this one can be faster than both.
  for (let answered = 0; answered === 0; ) {
    const started = await Promise.all([startThread(), startThread()]);
    for (const thread of started) thread.on('message', ({ verdicts }) => (answered += verdicts.length));
    const told: number[] = [];
    const verdicts = await shareRows(rows, context, started, (doneCount) => told.push(doneCount));
    expect(verdicts).toEqual(expected);
    expect(told.at(-1)).toBe(rows.length);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  }
});

/** So many rows that no thread verifies them all before another one has failed, however busy the machine. */
const manyRows = () => Array.from({ length: 500 }, () => rows).flat();

test('a thread that cannot start ends the work with its error', async () => {
  const thread = new Worker('throw new RangeError("no memory")', { eval: true });
  threads.push(thread);
  await expect(shareRows(manyRows(), context, [thread], () => {})).rejects.toThrow('no memory');
});

test('a thread that ends before its work ends all of it', async () => {
  const thread = new Worker('', { eval: true });
  threads.push(thread);
  await expect(shareRows(manyRows(), context, [thread], () => {})).rejects.toThrow('ended before its work');
});
