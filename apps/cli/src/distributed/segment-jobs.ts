/** The jobs of one run, as whoever asks for its segments sees them. */
import type { StoreKey } from '@solvent/stark-prover/store-key';
import type { Job, Queue } from 'bullmq';
import type { SegmentStep } from '../prove/prove-job.js';
import { answered, type QueueServer } from './queue-server.js';
import { type FaultCode, isFaultCode } from './segment-fault.js';
import { decodeAnswer, type SegmentAnswer } from './segment-message.js';
import { queueOf } from './size-classes.js';

/** Where a job is. */
export type JobPlace =
  | { readonly kind: 'missing' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'active'; readonly worker: string; readonly step: SegmentStep | undefined }
  | { readonly kind: 'done'; readonly answer: SegmentAnswer | undefined }
  | { readonly kind: 'failed'; readonly code: FaultCode | undefined };

/** The jobs of a run, by the numbers of their segments. */
export interface SegmentJobs {
  /** Asks for a segment of N rows. Does nothing when there is a job for it. */
  add(segment: number, rows: number, message: Record<string, unknown>): Promise<void>;
  place(segment: number, rows: number): Promise<JobPlace>;
  /** Removes a job, if it is there and no worker holds it. */
  remove(segment: number, rows: number): Promise<void>;
  /** How many workers with the key take segments of N rows. */
  workerCount(rows: number): Promise<number>;
  close(): Promise<void>;
}

const retryMs = 2000;
/** How long the queue keeps what nobody has asked about: jobs of runs that were given up. */
const keptSeconds = 30 * 24 * 3600;
/** Bytes of a message: far more than any has. */
const maxMessageSize = 2048;

/** @param attempts how often a segment is tried that fails */
export function openSegmentJobs(server: QueueServer, run: string, key: StoreKey, attempts: number): SegmentJobs {
  const queues = new Map<string, Queue>();
  const queueFor = (rows: number) => {
    const name = queueOf(rows, key);
    const opened = queues.get(name) ?? server.open(name);
    queues.set(name, opened);
    return opened;
  };
  const idOf = (segment: number) => `${run}-${segment}`;
  const find = (segment: number, rows: number) => answered(server.findJob(queueFor(rows), idOf(segment)));
  return {
    async add(segment, rows, message) {
      const options = {
        jobId: idOf(segment),
        attempts,
        backoff: { type: 'exponential', delay: retryMs },
        removeOnComplete: { age: keptSeconds },
        removeOnFail: { age: keptSeconds },
        stackTraceLimit: 0,
        sizeLimit: maxMessageSize,
        keepLogs: 0,
      };
      await answered(queueFor(rows).add('segment', message, options));
    },
    async place(segment, rows) {
      // The state first: what a job has returned is there when it is completed, and may not be a moment before.
      const state = await answered(queueFor(rows).getJobState(idOf(segment)));
      const job = state === 'unknown' ? undefined : await find(segment, rows);
      return job === undefined ? { kind: 'missing' } : placeOf(job, state);
    },
    async remove(segment, rows) {
      const job = await find(segment, rows);
      // A worker that holds it will find that its task is gone.
      if (job === undefined) return;
      await answered(job.remove()).catch((error: Error) => {
        if (!error.message.includes('locked')) throw error;
      });
    },
    workerCount: (rows) => answered(queueFor(rows).getWorkersCount()),
    async close() {
      const limit = new Promise((resolve) => setTimeout(resolve, 2000).unref());
      await Promise.race([Promise.all([...queues.values()].map((queue) => queue.close().catch(() => {}))), limit]);
    },
  };
}

function placeOf(job: Job, state: string): JobPlace {
  if (state === 'completed') return { kind: 'done', answer: decodeAnswer(job.returnvalue) };
  if (state === 'failed') {
    return { kind: 'failed', code: isFaultCode(job.failedReason) ? job.failedReason : undefined };
  }
  if (state !== 'active') return { kind: 'waiting' };
  const { worker, step } = (typeof job.progress === 'object' ? job.progress : {}) as Record<string, unknown>;
  return {
    kind: 'active',
    worker: typeof worker === 'string' ? worker : 'a worker',
    step: isStep(step) ? step : undefined,
  };
}

const steps: readonly SegmentStep[] = [
  'placing',
  'trace',
  'auxiliary',
  'quotient',
  'openings',
  'folding',
  'grinding',
  'queries',
  'storing',
];

function isStep(value: unknown): value is SegmentStep {
  return steps.includes(value as SegmentStep);
}
