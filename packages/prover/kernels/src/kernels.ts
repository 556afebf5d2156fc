/** The compiled kernels as functions on addresses, and how a thread runs a list of calls (see assembly/). */
import { wasmBinary } from './wasm-binary.js';

/** The kernels, in the order of their numbers in a call. */
const kernelNames = [
  'fillTwiddles',
  'extend',
  'evaluate',
  'interpolate',
  'bitReverse',
  'hashLeaves',
  'hashNodes',
  'grind',
  'runProgram',
  'fillPowers',
  'dot',
  'combine',
  'divideByLinear',
  'foldByTwo',
  'fillGeometric',
  'addColumns',
  'addValue',
  'fillAuxiliary',
  'countLimbs',
] as const;
export type KernelName = (typeof kernelNames)[number];

export type Kernels = Readonly<Record<KernelName, (...args: number[]) => number>>;

/** Stands for the running thread's scratch space among a call's arguments. */
export const scratchArgument = 0xffffffff;
/** Bytes of a thread's scratch space: what the largest program needs. */
export const scratchSize = 2 ** 19;

/** Compiles the kernels. */
export function compileKernels(): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(atob(wasmBinary), (character) => character.charCodeAt(0)));
}

/** The kernels on a memory. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

// The control block: a ticket (number of the job, then of its next call), calls in the job, calls done.
const controlAddress = 65536;
const callsAddress = controlAddress + 64;
const ticketIndex = 0;
const countIndex = 1;
const doneIndex = 2;
/** A call: kernel, number of arguments, up to 13 arguments, result. */
const callSize = 16;
const resultIndex = 15;
const maxCallCount = 2048;
/** In a ticket in place of a call, while there is none to take: no job has so many. */
const noCall = 2 ** 16 - 1;
/** Jobs are told apart modulo this. */
const jobCycle = 2 ** 15;

/** One call of a kernel: its name, then its arguments. */
export type KernelCall = readonly [KernelName, ...number[]];

/** Runs one call on this thread; its result. */
export function runCall(kernels: Kernels, [name, ...args]: KernelCall, scratch: number): number {
  return kernels[name](...args.map((argument) => (argument === scratchArgument ? scratch : argument)));
}

/** The control block on a shared memory, as each thread sees it. */
export class JobBoard {
  readonly #control: Int32Array;
  readonly #calls: Uint32Array;

  constructor(memory: WebAssembly.Memory) {
    this.#control = new Int32Array(memory.buffer, controlAddress, 3);
    this.#calls = new Uint32Array(memory.buffer, callsAddress, callSize * maxCallCount);
  }

  /** Posts calls for all threads. The job before must be done. */
  post(calls: readonly KernelCall[]): void {
    if (calls.length > maxCallCount) throw new RangeError(`kernel job: expected at most ${maxCallCount} calls`);
    // First the ticket of the new job, with no call left to take: a thread that has read the old ticket, and the new count,
    // would otherwise take a call of the new job for one of the old.
    const job = (((this.#ticket() >>> 16) + 1) % jobCycle) * 2 ** 16;
    Atomics.store(this.#control, ticketIndex, job + noCall);
    calls.forEach(([name, ...args], i) => {
      this.#calls.set([kernelNames.indexOf(name), args.length, ...args], callSize * i);
    });
    Atomics.store(this.#control, countIndex, calls.length);
    Atomics.store(this.#control, doneIndex, 0);
    Atomics.store(this.#control, ticketIndex, job);
    Atomics.notify(this.#control, ticketIndex);
  }

  #ticket(): number {
    return Atomics.load(this.#control, ticketIndex);
  }

  /** Takes and runs calls of the posted job until none is left. */
  work(kernels: Kernels, scratch: number): void {
    for (;;) {
      const ticket = this.#ticket();
      const call = ticket % 2 ** 16;
      if (call >= Atomics.load(this.#control, countIndex)) return;
      if (Atomics.compareExchange(this.#control, ticketIndex, ticket, ticket + 1) !== ticket) continue;
      this.#run(call, kernels, scratch);
      Atomics.add(this.#control, doneIndex, 1);
      Atomics.notify(this.#control, doneIndex);
    }
  }

  #run(call: number, kernels: Kernels, scratch: number): void {
    const at = callSize * call;
    const args: number[] = [];
    for (let i = at + 2; i < at + 2 + this.#calls[at + 1]; i++) args.push(this.#calls[i]);
    this.#calls[at + resultIndex] = runCall(kernels, [kernelNames[this.#calls[at]], ...args], scratch);
  }

  /** Waits until every call of the posted job is done; their results. */
  wait(): number[] {
    const count = Atomics.load(this.#control, countIndex);
    for (;;) {
      const done = Atomics.load(this.#control, doneIndex);
      if (done === count) break;
      Atomics.wait(this.#control, doneIndex, done);
    }
    return Array.from({ length: count }, (_, i) => this.#calls[callSize * i + resultIndex]);
  }

  /** What a helper thread does for as long as it lives: waits for jobs and works on them. */
  serve(kernels: Kernels, scratch: number): never {
    for (;;) {
      this.work(kernels, scratch);
      const ticket = this.#ticket();
      // Returns at once if a job was posted since the ticket was read.
      if (ticket % 2 ** 16 >= Atomics.load(this.#control, countIndex)) Atomics.wait(this.#control, ticketIndex, ticket);
    }
  }
}
