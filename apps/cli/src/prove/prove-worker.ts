/** The thread that `prove-in-worker.ts` starts: proving keeps it busy without a pause, and the main thread stays free. */
import { parentPort, workerData } from 'node:worker_threads';
import { describeFailure, type Failure } from '../failure.js';
import type { ProveEvent, ProveJob, ProveSummary } from './prove-job.js';
import { proveReport } from './prove-report.js';

/** What the thread is started with. */
export interface WorkerTask {
  readonly task: 'solvent prove';
  readonly job: ProveJob;
}

/** What the thread says. */
export type WorkerMessage =
  | { readonly kind: 'event'; readonly event: ProveEvent }
  | { readonly kind: 'done'; readonly summary: ProveSummary }
  | { readonly kind: 'failed'; readonly failure: Failure };

// Imported anywhere else, this module does nothing.
if (parentPort !== null && workerData?.task === 'solvent prove') {
  const say = (message: WorkerMessage) => parentPort?.postMessage(message);
  const { job } = workerData as WorkerTask;
  const stopping = new AbortController();
  parentPort.once('message', () => stopping.abort(new Error('stopped')));
  // Waiting for that message is no reason to stay.
  parentPort.unref();
  proveReport(job, (event) => say({ kind: 'event', event }), stopping.signal).then(
    (summary) => say({ kind: 'done', summary }),
    (error: unknown) => say({ kind: 'failed', failure: describeFailure(error) }),
  );
}
