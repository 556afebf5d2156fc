/** Trees by the WebAssembly kernels (spec §3.6, §7.2). */
import { digestSize } from '@solvent/commitment/blake3';
import { createTreeHashers, type MerkleTree } from '@solvent/commitment/merkle';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import { fibreSize } from '@solvent/stark/table';
import type { KernelThreads } from './kernel-threads.js';
import { type KernelCall, scratchArgument } from './kernels.js';
import { partSize, ranges } from './ranges.js';

export function createWasmTrees({ memory, run }: KernelThreads) {
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

  /** See `Engine.commitRows`. */
  function commitRows(
    tree: string,
    columns: readonly Uint32Array[],
    prefixes: readonly Uint8Array[],
    order: 'natural' | 'fibres',
  ): MerkleTree {
    const rowCount = columns[0].length;
    const columnList = memory.columnList(columns);
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

  /** See `Engine.commitFibres`. */
  function commitFibres(tree: string, words: readonly ExtensionColumn[]): MerkleTree {
    const fibreCount = words[0][0].length / fibreSize;
    const parts = words.flat().map((part) => memory.addressOf(part));
    const places = Array.from({ length: fibreSize }, (_, k) => parts.map((part) => part + 4 * k * fibreCount));
    const columnList = memory.list(places.flat());
    return hashTree(tree, fibreCount, (digests, key) =>
      ranges(fibreCount, partSize).map(([from, to]) => {
        return ['hashLeaves', 0, 0, columnList, places.flat().length, digests, 0, 1, from, to, key, scratchArgument];
      }),
    );
  }

  return { commitRows, commitFibres };
}
