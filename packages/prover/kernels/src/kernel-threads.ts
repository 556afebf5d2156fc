/** The threads that run kernels: this one and its helpers, on one memory. */
import { Worker } from 'node:worker_threads';
import type { KernelWorkerTask } from './kernel-worker.js';
import { compileKernels, instantiateKernels, JobBoard, type KernelCall, runCall, scratchSize } from './kernels.js';
import { SharedMemory } from './shared-memory.js';

export interface KernelThreads {
  readonly memory: SharedMemory;
  readonly threadCount: number;
  /** The address of each thread's scratch space. */
  readonly scratch: readonly number[];
  /** Runs calls, each once, in any order and on any thread; their results. */
  run(calls: readonly KernelCall[]): number[];
  close(): Promise<void>;
}

// The tests run the sources; a worker needs the compiled file.
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? '../dist/kernel-worker.js' : './kernel-worker.js',
  import.meta.url,
);

/** Starts a number of threads, this one included. */
export function startKernelThreads(threadCount: number): KernelThreads {
  const memory = new SharedMemory();
  const module = compileKernels();
  const scratch = Array.from({ length: threadCount }, () => memory.allocate(scratchSize));
  const workers = scratch.slice(1).map((address) => {
    const task: KernelWorkerTask = { task: 'solvent kernels', module, memory: memory.memory, scratch: address };
    const worker = new Worker(workerUrl, { workerData: task });
    worker.unref();
    return worker;
  });
  const kernels = instantiateKernels(module, memory.memory);
  const board = new JobBoard(memory.memory);
  return {
    memory,
    threadCount,
    scratch,
    run(calls) {
      // To wake the helpers takes longer than many a call.
      if (calls.length === 1) return [runCall(kernels, calls[0], scratch[0])];
      board.post(calls);
      board.work(kernels, scratch[0]);
      return board.wait();
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
