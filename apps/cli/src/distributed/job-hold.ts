/** A worker's hold on a job: it is renewed while there is a connection, and told when it is lost. */
import type { Job } from 'bullmq';
import type { SegmentStep } from '../prove/prove-job.js';
import { answered } from './queue-server.js';
import type { FaultCode } from './segment-fault.js';

/** What a worker tells of a segment on the way. */
export interface SegmentProgress {
  readonly worker: string;
  readonly step: SegmentStep;
}

/** A job that this worker holds. */
export interface JobHold {
  /** Aborted when another worker has the job, when the job is no longer there, and when this worker is stopped. */
  readonly lost: AbortSignal;
  /** Tells how far it is, if the queue answers, and not more often than anybody looks. */
  tell(progress: SegmentProgress): void;
  /** These three retry while the queue does not answer, as long as the hold may last. */
  complete(answer: Record<string, unknown>): Promise<void>;
  fail(code: FaultCode): Promise<void>;
  giveBack(delayMs: number): Promise<void>;
  /** No longer renews it. */
  end(): void;
}

const tellMs = 200;
const retryMs = 500;

/** @param lockMs how long the hold lasts without being renewed */
export function holdJob(job: Job, token: string, lockMs: number, stopped: AbortSignal): JobHold {
  const controller = new AbortController();
  const lose = () => controller.abort(new Error('the hold on the job is lost'));
  stopped.addEventListener('abort', lose);
  if (stopped.aborted) lose();
  let isRenewing = false;
  const renew = async () => {
    if (isRenewing) return;
    isRenewing = true;
    try {
      if (isRefusal(await answered(job.extendLock(token, lockMs)))) lose();
    } catch (error) {
      // Without an answer nobody knows; the next one will say.
      if (isHoldError(error)) lose();
    } finally {
      isRenewing = false;
    }
  };
  const timer = setInterval(() => void renew(), lockMs / 3);
  let toldAt = Number.NEGATIVE_INFINITY;
  // Whether the queue was told; not, when the hold is lost.
  const untilTold = async (say: () => Promise<unknown>) => {
    const limit = performance.now() + 2 * lockMs;
    for (;;) {
      try {
        await answered(say());
        return;
      } catch (error) {
        if (isHoldError(error) || performance.now() > limit) throw error;
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  };
  // What cannot be told is found out by the others when the hold has run out.
  const ifPossible = (say: () => Promise<unknown>) => untilTold(say).catch(() => {});
  return {
    lost: controller.signal,
    tell(progress) {
      if (performance.now() - toldAt < tellMs) return;
      toldAt = performance.now();
      job.updateProgress({ ...progress }).catch(() => {});
    },
    async complete(answer) {
      try {
        await untilTold(() => job.moveToCompleted(answer, token, false));
      } catch (error) {
        if (isHoldError(error)) lose();
        throw error;
      }
    },
    fail: (code) => ifPossible(() => job.moveToFailed(plainError(code), token, false)),
    giveBack: (delayMs) =>
      ifPossible(() => (delayMs === 0 ? job.moveToWait(token) : job.moveToDelayed(Date.now() + delayMs, token))),
    end() {
      clearInterval(timer);
      stopped.removeEventListener('abort', lose);
    },
  };
}

// The queue keeps the message and the stack; the code is all that it is to know.
function plainError(code: FaultCode): Error {
  const error = new Error(code);
  error.stack = '';
  if (unrecoverable.has(code)) error.name = 'UnrecoverableError';
  return error;
}

const unrecoverable: ReadonlySet<FaultCode> = new Set([
  'malformed',
  'not-authentic',
  'task-missing',
  'task-damaged',
  'too-often',
]);

function isRefusal(answer: unknown): boolean {
  return answer === 0;
}

// Errors of the queue itself, which have a code below 0: another holder, another state, or no such job.
function isHoldError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'number' && code < 0;
}
