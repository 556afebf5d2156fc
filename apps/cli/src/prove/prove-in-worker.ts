/** Proves in a thread of its own, so that the progress bar moves and a signal is heard. */
import { Worker } from 'node:worker_threads';
import { FailureError } from '../failure.js';
import type { Prove, ProveEvent } from './prove-job.js';
import type { WorkerMessage, WorkerTask } from './prove-worker.js';

const lettingGoMs = 2000;

/** As `proveReport`. The promise is settled only when the thread has ended, and writes no more. */
export const proveInWorker: Prove = async (job, onEvent, aborted) => {
  aborted.throwIfAborted();
  const task: WorkerTask = { task: 'solvent prove', job };
  const worker = new Worker(new URL('./prove-worker.js', import.meta.url), { workerData: task });
  // Until the ledger is there, the thread lets go of its source when it is asked to. Later it is too busy to be asked.
  let isReading = true;
  const stop = () => {
    if (!isReading) return void worker.terminate();
    worker.postMessage('stop');
    setTimeout(() => void worker.terminate(), lettingGoMs).unref();
  };
  const follow = (event: ProveEvent) => {
    isReading = event.kind === 'reading';
    onEvent(event);
  };
  aborted.addEventListener('abort', stop);
  try {
    const ended = new Promise<number>((resolve) => worker.once('exit', resolve));
    const last = await lastMessage(worker, ended, follow);
    await ended;
    aborted.throwIfAborted();
    if (last === undefined) throw new Error('the proving thread ended without a result');
    if (last.kind === 'failed') throw new FailureError(last.failure);
    return last.summary;
  } finally {
    aborted.removeEventListener('abort', stop);
  }
};

type LastMessage = Exclude<WorkerMessage, { kind: 'event' }>;

// Undefined when the thread ends without one.
function lastMessage(
  worker: Worker,
  ended: Promise<number>,
  onEvent: Parameters<Prove>[1],
): Promise<LastMessage | undefined> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'event') onEvent(message.event);
      else resolve(message);
    });
    worker.on('error', reject);
    void ended.then(() => resolve(undefined));
  });
}
