/** A worker's proving thread, started when it is needed and again after it was ended. */
import { Worker } from 'node:worker_threads';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import type { SegmentStep } from '../prove/prove-job.js';
import { SegmentFault } from './segment-fault.js';
import type { ThreadMessage, ThreadRequest, ThreadResult, ThreadSetup } from './segment-thread.js';

/** Proves segments, one at a time. */
export interface ProvingThread {
  /** Proves a segment. When the signal says so, the thread is ended at once. */
  prove(request: ThreadRequest, onStep: (step: SegmentStep) => void, stopped: AbortSignal): Promise<ThreadResult>;
  close(): Promise<void>;
}

/** @param threads how many threads the kernels use */
export function createProvingThread(key: StoreKey, threads: number): ProvingThread {
  let thread: Worker | undefined;
  const start = () => {
    const workerData: ThreadSetup = { task: 'solvent worker', key, threads };
    const started = new Worker(new URL('./segment-thread.js', import.meta.url), { workerData });
    // Whoever waits for it listens as well; between segments nobody does.
    started.on('error', () => {});
    started.once('exit', () => {
      if (thread === started) thread = undefined;
    });
    return started;
  };
  return {
    async prove(request, onStep, stopped) {
      stopped.throwIfAborted();
      thread ??= start();
      const current = thread;
      const stop = () => void current.terminate();
      stopped.addEventListener('abort', stop);
      try {
        current.postMessage(request);
        return await resultOf(current, onStep);
      } catch (error) {
        stopped.throwIfAborted();
        // Whatever it was left with goes with it.
        await current.terminate();
        throw error;
      } finally {
        stopped.removeEventListener('abort', stop);
      }
    },
    async close() {
      await thread?.terminate();
    },
  };
}

function resultOf(thread: Worker, onStep: (step: SegmentStep) => void): Promise<ThreadResult> {
  return new Promise((resolve, reject) => {
    const end = (finish: () => void) => {
      thread.off('message', onMessage);
      thread.off('exit', onExit);
      thread.off('error', onError);
      finish();
    };
    const onMessage = (message: ThreadMessage) => {
      if (message.kind === 'step') onStep(message.step);
      else if (message.kind === 'done') end(() => resolve(message.result));
      else end(() => reject(new SegmentFault(message.code, message.detail)));
    };
    const onExit = () => end(() => reject(new SegmentFault('prover-failed', 'the proving thread ended')));
    const onError = (error: Error) => end(() => reject(new SegmentFault('prover-failed', error.name)));
    thread.on('message', onMessage);
    thread.once('exit', onExit);
    thread.once('error', onError);
  });
}
