/** Verifies rows on several cores: in threads, and in this one, which works from the start while they load. */
import { Worker } from 'node:worker_threads';
import { verifyWallet, type WalletVerdict } from '@solvent/ownership-verifier/verify-wallet';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { batchSize, type VerifyRows, type VerifyRowsContext, verifyRowsHere, walletContext } from './verify-rows.js';
import type { WalletBatch, WalletReply, WalletTask } from './wallet-worker.js';

/** Shorter lists are verified before a thread is ready. */
const fewestRowsInThreads = 256;
/** Each thread is sent one batch more than it works on, so that none waits. */
const batchesInFlight = 2;
/** A batch is at most this part of the rows that are left for each thread, so that all threads end together. */
const batchesLeft = 4;

/** As `VerifyRows`. All threads have ended when the promise is settled. */
export const verifyRowsInWorkers: VerifyRows = async (rows, context, threadCount, onProgress) => {
  if (threadCount <= 1 || rows.length < fewestRowsInThreads) return verifyRowsHere(rows, context, 1, onProgress);
  const task: WalletTask = { task: 'solvent wallets verify', context };
  const url = new URL('./wallet-worker.js', import.meta.url);
  const threads = Array.from({ length: threadCount - 1 }, () => new Worker(url, { workerData: task }));
  try {
    return await shareRows(rows, context, threads, onProgress);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
};

/** Verifies rows in this thread and in those given, which `wallet-worker.js` runs in. Progress is told after each part.
 * Rejects with the error of a thread that ends. */
export function shareRows(
  rows: readonly WalletRow[],
  context: VerifyRowsContext,
  threads: readonly Worker[],
  onProgress: (doneCount: number) => void,
): Promise<WalletVerdict[]> {
  return new Promise((resolve, reject) => {
    const verdicts: WalletVerdict[] = new Array(rows.length);
    let next = 0;
    let doneCount = 0;
    const keep = ({ start, verdicts: found }: WalletReply) => {
      for (const [i, verdict] of found.entries()) verdicts[start + i] = verdict;
      doneCount += found.length;
      if (found.length > 0) onProgress(doneCount);
      if (doneCount === rows.length) resolve(verdicts);
    };
    const take = (size: number): WalletBatch => {
      const start = next;
      next = Math.min(rows.length, start + size);
      return { start, rows: rows.slice(start, next) };
    };
    const sharedSize = () => Math.ceil((rows.length - next) / (batchesLeft * (threads.length + 1)));
    const fail = (error: unknown) => {
      next = rows.length;
      reject(error);
    };
    for (const thread of threads) feed(thread, () => take(Math.min(batchSize, sharedSize())), keep, fail);
    verifyOneByOne(() => take(1), context, keep).catch(fail);
  });
}

/** Keeps a thread at work once it has answered that it is ready, as long as there are rows. */
function feed(
  thread: Worker,
  takeBatch: () => WalletBatch,
  keep: (reply: WalletReply) => void,
  fail: (error: unknown) => void,
): void {
  let inFlight = 1;
  thread.on('message', (reply: WalletReply) => {
    inFlight--;
    for (; inFlight < batchesInFlight; inFlight++) {
      const batch = takeBatch();
      if (batch.rows.length === 0) break;
      thread.postMessage(batch);
    }
    keep(reply);
  });
  thread.on('error', fail);
  thread.on('exit', () => fail(new Error('a verifying thread ended before its work')));
  thread.postMessage({ start: 0, rows: [] } satisfies WalletBatch);
}

/** Verifies in this thread, which between two rows hears the others and signals. */
async function verifyOneByOne(
  takeRow: () => WalletBatch,
  context: VerifyRowsContext,
  keep: (reply: WalletReply) => void,
): Promise<void> {
  const known = walletContext(context);
  for (let batch = takeRow(); batch.rows.length > 0; batch = takeRow()) {
    keep({ start: batch.start, verdicts: [verifyWallet(batch.rows[0], known)] });
    await new Promise((resolve) => setImmediate(resolve));
  }
}
