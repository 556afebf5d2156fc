/** Verifies rows on several cores: each thread is sent one batch more than it works on, so that none waits. */
import { Worker } from 'node:worker_threads';
import type { WalletVerdict } from '@solvent/ownership-verifier/verify-wallet';
import { FailureError } from '../failure.js';
import { batchSize, type VerifyRows, verifyRowsHere } from './verify-rows.js';
import type { WalletReply, WalletTask } from './wallet-worker.js';

/** Shorter lists are verified before a thread has started. */
const fewestRowsInThreads = 2 * batchSize;
const batchesInFlight = 2;

/** As `VerifyRows`. All threads have ended when the promise is settled. */
export const verifyRowsInWorkers: VerifyRows = async (rows, context, threadCount, onProgress) => {
  if (threadCount <= 1 || rows.length < fewestRowsInThreads) return verifyRowsHere(rows, context, 1, onProgress);
  const verdicts: WalletVerdict[] = new Array(rows.length);
  const batchCount = Math.ceil(rows.length / batchSize);
  let nextBatch = 0;
  let doneCount = 0;
  const task: WalletTask = { task: 'solvent wallets verify', context };
  const threads = Array.from({ length: Math.min(threadCount, batchCount) }, () => {
    return new Worker(new URL('./wallet-worker.js', import.meta.url), { workerData: task });
  });
  const send = (thread: Worker) => {
    if (nextBatch >= batchCount) return false;
    const start = nextBatch++ * batchSize;
    thread.postMessage({ start, rows: rows.slice(start, start + batchSize) });
    return true;
  };
  const work = (thread: Worker) =>
    new Promise<void>((resolve, reject) => {
      let inFlight = 0;
      thread.on('message', (reply: WalletReply) => {
        if ('failure' in reply) return reject(new FailureError(reply.failure));
        reply.verdicts.forEach((verdict, i) => {
          verdicts[reply.start + i] = verdict;
        });
        doneCount += reply.verdicts.length;
        onProgress(doneCount);
        if (!send(thread) && --inFlight === 0) resolve();
      });
      thread.on('error', reject);
      thread.on('exit', () => reject(new Error('a verifying thread ended before its work')));
      for (let i = 0; i < batchesInFlight; i++) if (send(thread)) inFlight++;
      if (inFlight === 0) resolve();
    });
  try {
    await Promise.all(threads.map(work));
    return verdicts;
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
};
