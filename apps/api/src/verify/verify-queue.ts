/** A bounded queue of threads that verify: whoever comes when it is full is told when to come again. */
import { Worker } from 'node:worker_threads';
import type { Config } from '../config.js';
import { Problem } from '../http/problem.js';
import type { VerifyJob, VerifyReply } from './verify-job.js';

const retrySeconds = 10;

/** A place in the queue. It is given back by `release`, or when its job has ended, whichever comes later. */
export interface Place {
  /** Does a job when its turn comes. Rejects with a Problem when it takes too long or the queue is closed. */
  run(job: VerifyJob, signal?: AbortSignal): Promise<VerifyReply>;
  /** Gives the place back. Calling it again does nothing. */
  release(): void;
}

/** The queue. */
export interface VerifyQueue {
  /** Takes a place. Throws a Problem, 503 when there is none and 429 when this address has as many as it may. */
  reserve(address: string): Place;
  readonly counts: () => { readonly waiting: number; readonly running: number };
  close(): Promise<void>;
}

interface Waiting {
  readonly job: VerifyJob;
  readonly done: (reply: VerifyReply) => void;
  readonly failed: (error: Error) => void;
}

/** Starts a queue; its threads are started when they are first needed. */
export function createVerifyQueue(
  limits: Config['verify'],
  workerFile = new URL('./verify-worker.js', import.meta.url),
): VerifyQueue {
  const places = new Map<string, number>();
  const waiting: Waiting[] = [];
  const idle: Worker[] = [];
  const busy = new Set<Worker>();
  let placeCount = 0;
  let isClosed = false;

  const startIdle = () => {
    const worker = startWorker(workerFile, limits.memoryMiB);
    worker.once('exit', () => {
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
    });
    return worker;
  };

  const startNext = () => {
    while (waiting.length > 0 && busy.size < limits.workers && !isClosed) {
      const worker = idle.pop() ?? startIdle();
      busy.add(worker);
      void runOn(worker, waiting.shift()!, 1000 * limits.timeoutSeconds).then((isUsable) => {
        busy.delete(worker);
        if (isUsable && !isClosed) idle.push(worker);
        else void worker.terminate();
        startNext();
      });
    }
  };

  const enqueue = (job: VerifyJob, signal: AbortSignal | undefined) =>
    new Promise<VerifyReply>((done, failed) => {
      if (isClosed) return failed(unavailable());
      const entry = { job, done, failed };
      waiting.push(entry);
      signal?.addEventListener('abort', () => {
        const at = waiting.indexOf(entry);
        if (at < 0) return;
        waiting.splice(at, 1);
        failed(unavailable());
      });
      startNext();
    });

  const reserve = (address: string): Place => {
    const held = places.get(address) ?? 0;
    if (isClosed || placeCount >= limits.workers + limits.waiting) throw unavailable();
    if (held >= limits.perAddress) {
      throw new Problem(429, 'too-many-verifications', 'One verification after another, please.', {
        'Retry-After': String(retrySeconds),
      });
    }
    placeCount++;
    places.set(address, held + 1);
    let users = 1;
    let isReleased = false;
    const leave = () => {
      users--;
      if (users > 0) return;
      placeCount--;
      const left = places.get(address)! - 1;
      if (left === 0) places.delete(address);
      else places.set(address, left);
    };
    return {
      async run(job, signal) {
        users++;
        return enqueue(job, signal).finally(leave);
      },
      release() {
        if (!isReleased) leave();
        isReleased = true;
      },
    };
  };

  return {
    reserve,
    counts: () => ({ waiting: waiting.length, running: busy.size }),
    async close() {
      isClosed = true;
      for (const { failed } of waiting.splice(0)) failed(unavailable());
      await Promise.all([...idle, ...busy].map((worker) => worker.terminate()));
    },
  };
}

const unavailable = () =>
  new Problem(503, 'busy', 'Too many verifications are waiting.', { 'Retry-After': String(retrySeconds) });

function startWorker(file: URL, memoryMiB: number): Worker {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: memoryMiB } });
  worker.unref();
  // Without a listener an error between two jobs, or at its end, would end the process.
  worker.on('error', () => {});
  return worker;
}

// Resolves when the job has ended, with whether the thread can do another.
function runOn(worker: Worker, { job, done, failed }: Waiting, timeoutMs: number): Promise<boolean> {
  return new Promise((ended) => {
    const end = (isUsable: boolean, problem?: Error) => {
      clearTimeout(timer);
      // One by one: a thread keeps listeners of its own there, without which no message comes any more.
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      if (problem !== undefined) failed(problem);
      ended(isUsable);
    };
    const onMessage = (message: { reply?: VerifyReply; fault?: string }) => {
      if (message.reply === undefined) {
        end(true, Object.assign(new Error('in a thread'), { name: message.fault }));
        return;
      }
      done(message.reply);
      end(true);
    };
    const onError = () =>
      end(false, new Problem(422, 'not-verifiable', 'These files need more memory than there is here.'));
    const onExit = () => end(false, unavailable());
    const timer = setTimeout(
      () => end(false, new Problem(503, 'too-long', 'The verification took too long here.')),
      timeoutMs,
    );
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(job);
  });
}
