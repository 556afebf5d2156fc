/**
 * The WebAssembly engine: SIMD kernels on all cores over one shared memory. It gives exactly what the TypeScript engine
 * gives.
 *
 * Arrays that it gives out stand in its own memory, so that its next steps need not copy them; `begin` lets go of them.
 */
import { availableParallelism } from 'node:os';
import { createHasher, digestSize } from '@solvent/commitment/blake3';
import { createTreeHashers, type MerkleTree } from '@solvent/commitment/merkle';
import type { Domain } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import * as field from '@solvent/field/koala-bear';
import type { Shape } from '@solvent/stark/shape';
import { fibreSize } from '@solvent/stark/table';
import type { Division, Engine } from './engine.js';
import { startKernelThreads } from './kernel-threads.js';
import { type KernelCall, scratchArgument } from './kernels.js';
import { montgomery, montgomeryExtension } from './montgomery.js';
import { ranges } from './ranges.js';
import { createWasmAuxiliary } from './wasm-auxiliary.js';
import { createWasmQuotient } from './wasm-quotient.js';
import { createWasmTransforms } from './wasm-transforms.js';

/** An engine with threads of its own. */
export interface WasmEngine extends Engine {
  readonly threadCount: number;
  /** Bytes of kernel memory that the current segment has taken so far. */
  readonly usedMemory: number;
  /** Ends the threads; the engine must not be used afterwards. */
  close(): Promise<void>;
}

/** Most rows of a call that hashes or adds: short enough that all threads end at about the same time. */
const partSize = 8192;

/** Starts the engine. Uses all processors unless told otherwise. */
export function createWasmEngine(options: { readonly threads?: number } = {}): WasmEngine {
  const threads = startKernelThreads(options.threads ?? availableParallelism());
  const { memory, run } = threads;
  const transforms = createWasmTransforms(threads);
  const quotient = createWasmQuotient(threads, transforms);
  const auxiliary = createWasmAuxiliary(threads);
  const bottom = memory.end;
  const columnOf = (length: number) => memory.column(length);
  const extensionColumn = (length: number): ExtensionColumn =>
    [0, 1, 2, 3, 4].map(() => columnOf(length)) as unknown as ExtensionColumn;
  const addresses = (columns: readonly Uint32Array[]) => columns.map((column) => memory.addressOf(column));
  const list = (columns: readonly Uint32Array[]) => memory.list(addresses(columns));

  function hashTree(tree: string, leafCount: number, leafCalls: (digests: number, key: number) => KernelCall[]) {
    const { leaf, node } = createTreeHashers(tree);
    const address = memory.allocate(2 * digestSize * leafCount);
    run(leafCalls(address + digestSize * leafCount, memory.addressOf(leaf.key)));
    const key = memory.addressOf(node.key);
    for (let count = leafCount / 2; count >= 4; count /= 2) {
      const [children, parents] = [address + 2 * digestSize * count, address + digestSize * count];
      run(
        ranges(count, partSize).map(([from, to]) => ['hashNodes', children, parents, from, to, key, scratchArgument]),
      );
    }
    const digests = memory.bytes(address, 2 * digestSize * leafCount);
    // Number 0 is unused.
    digests.fill(0, 0, digestSize);
    // The last few nodes are fewer than the kernel takes at a time.
    for (let k = Math.min(4, leafCount) - 1; k >= 1; k--) {
      digests.set(node.digest(digests.slice(2 * digestSize * k, 2 * digestSize * (k + 1))), digestSize * k);
    }
    return { leafCount, digests };
  }

  function commitRows(
    tree: string,
    columns: readonly Uint32Array[],
    prefixes: readonly Uint8Array[],
    order: 'natural' | 'fibres',
  ): MerkleTree {
    const rowCount = columns[0].length;
    const columnList = list(columns);
    const units = prefixes.flatMap((prefix) => [memory.addressOf(prefix), prefix.length / rowCount / 16]);
    const prefixList = memory.list(units);
    return hashTree(tree, rowCount, (digests, key) => {
      // Row i of place k of the fibres is leaf 8·(i − k·N/8) + k.
      const blockSize = order === 'natural' ? rowCount : rowCount / fibreSize;
      const stride = order === 'natural' ? 1 : fibreSize;
      return ranges(rowCount, Math.min(partSize, blockSize)).map(([from, to]) => {
        const place = Math.floor(from / blockSize);
        const target = digests + digestSize * (place - stride * blockSize * place);
        const table = [prefixList, prefixes.length, columnList, columns.length];
        return ['hashLeaves', ...table, target, 0, stride, from, to, key, scratchArgument] as KernelCall;
      });
    });
  }

  function commitFibres(tree: string, words: readonly ExtensionColumn[]): MerkleTree {
    const fibreCount = words[0][0].length / fibreSize;
    const parts = addresses(words.flat());
    const places = Array.from({ length: fibreSize }, (_, k) => parts.map((part) => part + 4 * k * fibreCount));
    const columnList = memory.list(places.flat());
    return hashTree(tree, fibreCount, (digests, key) =>
      ranges(fibreCount, partSize).map(([from, to]) => {
        return ['hashLeaves', 0, 0, columnList, places.flat().length, digests, 0, 1, from, to, key, scratchArgument];
      }),
    );
  }

  function evaluateAt(columns: readonly Uint32Array[], point: Extension): Extension[] {
    const length = columns[0].length;
    const powers = list(transforms.powersOf(point, length));
    const parts = ranges(length, partSize);
    const sums = parts.map(() => memory.allocate(80 * columns.length));
    const shared = [list(columns), columns.length, powers];
    run(parts.map(([from, to], i) => ['dot', ...shared, from, to, sums[i]] as KernelCall));
    return columns.map((_, j) => {
      const value = [0, 0, 0, 0, 0];
      for (const address of sums) {
        memory.words(address + 80 * j, 20).forEach((lane, k) => {
          value[k >> 2] = field.add(value[k >> 2], lane);
        });
      }
      return value as unknown as Extension;
    });
  }

  function combine(columns: readonly Uint32Array[], weights: readonly Extension[]): ExtensionColumn {
    const length = columns[0].length;
    const out = extensionColumn(length);
    // The kernel takes four columns at a time.
    const missing = (4 - (columns.length % 4)) % 4;
    const paddedColumns = [...columns, ...Array<Uint32Array>(missing).fill(columns[0])];
    const paddedWeights = [...weights, ...Array<Extension>(missing).fill(ext.zero)];
    const weightList = memory.list(paddedWeights.flatMap(montgomeryExtension));
    const lists = [list(out), list(paddedColumns), weightList, paddedColumns.length];
    run(ranges(length, partSize).map(([from, to]) => ['combine', ...lists, from, to] as KernelCall));
    return out;
  }

  function divideByLinear(divisions: readonly Division[]): ExtensionColumn[] {
    const quotients = divisions.map(({ coefficients }) => extensionColumn(coefficients[0].length));
    run(
      divisions.map(({ coefficients, point }, i): KernelCall => {
        const { length } = coefficients[0];
        const zeta = memory.list(montgomeryExtension(point));
        const partPower = memory.list(montgomeryExtension(ext.pow(point, length / 16)));
        const columns = [list(coefficients), list(quotients[i])];
        return ['divideByLinear', ...columns, Math.log2(length), zeta, partPower, scratchArgument] as KernelCall;
      }),
    );
    return quotients;
  }

  function foldWord(word: ExtensionColumn, domain: Domain, challenge: Extension): ExtensionColumn {
    let values = word;
    let factor = challenge;
    let shift = domain.shift;
    for (let size = domain.size; size > domain.size / fibreSize; size /= 2) {
      const out = extensionColumn(size / 2);
      // The table holds the inverses of the powers of the root; the shift goes with the challenge.
      const weight = ext.scale(factor, field.inv(field.mul(2, shift)));
      const { inversePoints, stride } = transforms.inversePointsOf(size);
      const weightList = memory.list(montgomeryExtension(weight));
      const lists = [list(values), list(out), size, inversePoints, stride, weightList, montgomery(field.inv(2))];
      const parts = ranges(size / 2, partSize);
      run(parts.map(([from, to]) => ['foldByTwo', ...lists, from, to, scratchArgument] as KernelCall));
      values = out;
      factor = ext.mul(factor, factor);
      shift = field.mul(shift, shift);
    }
    return values;
  }

  function add(left: ExtensionColumn, right: ExtensionColumn): ExtensionColumn {
    const sum = extensionColumn(left[0].length);
    const [to, from, other] = [sum, left, right].map(addresses);
    run(sum.map((part, c) => ['addColumns', to[c], from[c], other[c], 0, part.length]));
    return sum;
  }

  function grind(seed: Uint8Array, bits: number): number {
    const key = memory.addressOf(createHasher('proof of work').key);
    const seedAddress = memory.addressOf(seed);
    const step = 2 ** 15;
    // A call's end must be a uint32, so the last nonces of all are not tried.
    const end = 2 ** 32 - step;
    for (let start = 0; start < end; start += threads.threadCount * step) {
      const all = Array.from({ length: threads.threadCount }, (_, t) => start + t * step);
      const starts = all.filter((from) => from < end);
      const found = run(starts.map((from) => ['grind', seedAddress, from, from + step, bits, key, scratchArgument]));
      // The smallest nonce, whichever thread found one first.
      const nonces = found.map((nonce) => nonce >>> 0).filter((nonce, t) => nonce < starts[t] + step);
      if (nonces.length > 0) return Math.min(...nonces);
    }
    throw new RangeError(`proof of work: no nonce below 2^32 gives ${bits} zero bits`);
  }

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
    allocate: columnOf,
    allocateBytes: (length) => memory.bytes(memory.allocate(length), length),
    interpolate: transforms.interpolate,
    evaluate: transforms.evaluate,
    reorder: transforms.reorder,
    evaluateAt,
    commitRows,
    commitFibres,
    countLimbs: auxiliary.countLimbs,
    auxiliaryColumns: auxiliary.auxiliaryColumns,
    quotientValues: quotient.quotientValues,
    combine,
    add,
    divideByLinear,
    foldWord,
    grind,
    close: threads.close,
  };
}
