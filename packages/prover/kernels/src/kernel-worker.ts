/** A helper thread of the WebAssembly engine: works on the jobs that the engine posts, until it is terminated. */
import { workerData } from 'node:worker_threads';
import { instantiateKernels, JobBoard } from './kernels.js';

/** What the thread is started with. */
export interface KernelWorkerTask {
  readonly task: 'solvent kernels';
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the thread's scratch space. */
  readonly scratch: number;
}

// Imported anywhere else, this module does nothing.
if (workerData?.task === 'solvent kernels') {
  const { module, memory, scratch } = workerData as KernelWorkerTask;
  new JobBoard(memory).serve(instantiateKernels(module, memory), scratch);
}
