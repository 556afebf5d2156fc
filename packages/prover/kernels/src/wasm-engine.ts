/**
 * The WebAssembly engine: SIMD kernels on all cores over one shared memory. It gives exactly what the TypeScript engine
 * gives.
 *
 * Arrays that it gives out stand in its own memory, so that its next steps need not copy them; `begin` lets go of them.
 */
import { availableParallelism } from 'node:os';
import { createHasher } from '@solvent/commitment/blake3';
import type { Shape } from '@solvent/stark/shape';
import type { Engine } from './engine.js';
import { type KernelThreads, startKernelThreads } from './kernel-threads.js';
import { scratchArgument } from './kernels.js';
import { createWasmAuxiliary } from './wasm-auxiliary.js';
import { createWasmPolynomials } from './wasm-polynomials.js';
import { createWasmQuotient } from './wasm-quotient.js';
import { createWasmTransforms } from './wasm-transforms.js';
import { createWasmTrees } from './wasm-trees.js';

/** An engine with threads of its own. */
export interface WasmEngine extends Engine {
  readonly threadCount: number;
  /** Bytes of kernel memory that the current segment has taken so far. */
  readonly usedMemory: number;
  /** Ends the threads; the engine must not be used afterwards. */
  close(): Promise<void>;
}

/** Starts the engine. Uses all processors unless told otherwise. */
export function createWasmEngine(options: { readonly threads?: number } = {}): WasmEngine {
  const threads = startKernelThreads(options.threads ?? availableParallelism());
  const { memory } = threads;
  const transforms = createWasmTransforms(threads);
  const quotient = createWasmQuotient(threads, transforms);
  const bottom = memory.end;
  let generation = 0;
  return {
    name: 'wasm',
    get generation() {
      return generation;
    },
    threadCount: threads.threadCount,
    get usedMemory() {
      return memory.end;
    },
    begin(shape: Shape, assetCount: number) {
      generation++;
      memory.release(bottom);
      transforms.prepare(shape);
      quotient.prepare(shape, assetCount);
    },
    allocate: (length) => memory.column(length),
    allocateBytes: (length) => memory.bytes(memory.allocate(length), length),
    interpolate: transforms.interpolate,
    evaluate: transforms.evaluate,
    reorder: transforms.reorder,
    quotientValues: quotient.quotientValues,
    ...createWasmAuxiliary(threads),
    ...createWasmTrees(threads),
    ...createWasmPolynomials(threads, transforms),
    grind: (seed, bits) => grind(threads, seed, bits),
    close: threads.close,
  };
}

function grind({ memory, run, threadCount }: KernelThreads, seed: Uint8Array, bits: number): number {
  const key = memory.addressOf(createHasher('proof of work').key);
  const seedAddress = memory.addressOf(seed);
  const step = 2 ** 15;
  // A call's end must be a uint32, so the last nonces of all are not tried.
  const end = 2 ** 32 - step;
  for (let start = 0; start < end; start += threadCount * step) {
    const all = Array.from({ length: threadCount }, (_, t) => start + t * step);
    const starts = all.filter((from) => from < end);
    const found = run(starts.map((from) => ['grind', seedAddress, from, from + step, bits, key, scratchArgument]));
    // The smallest nonce, whichever thread found one first.
    const nonces = found.map((nonce) => nonce >>> 0).filter((nonce, t) => nonce < starts[t] + step);
    if (nonces.length > 0) return Math.min(...nonces);
  }
  throw new RangeError(`proof of work: no nonce below 2^32 gives ${bits} zero bits`);
}
