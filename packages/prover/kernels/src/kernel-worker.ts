/** A helper thread of the WebAssembly engine: works on the jobs that the engine posts, until it is terminated. */
import { workerData } from 'node:worker_threads';
import { instantiateKernels, JobBoard } from './kernels.js';

const { module, memory, scratch } = workerData as {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  scratch: number;
};
new JobBoard(memory).serve(instantiateKernels(module, memory), scratch);
