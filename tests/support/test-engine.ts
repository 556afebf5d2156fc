import type { MerkleTree } from '@solvent/commitment/merkle';
import { type ExtensionColumn, mapColumn } from '@solvent/field/extension-column';
import { bitReverse } from '@solvent/field/ntt';
import { auxiliaryColumns } from '@solvent/kernels/auxiliary-columns';
import type { Engine } from '@solvent/kernels/engine';
import { createWasmEngine } from '@solvent/kernels/wasm-engine';

/**
 * The WebAssembly engine on one thread, its results copied into memory of their own: tests keep what it gives out, and
 * change it, while the engine goes on to other segments.
 */
export function createTestEngine(): Engine {
  const engine = createWasmEngine({ threads: 1 });
  const copy = (column: Uint32Array) => column.slice();
  const copyColumn = (column: ExtensionColumn) => mapColumn(column, copy);
  const copyTree = ({ leafCount, digests }: MerkleTree) => ({ leafCount, digests: digests.slice() });
  return {
    ...engine,
    name: 'test',
    allocate: (length) => new Uint32Array(length),
    allocateBytes: (length) => new Uint8Array(length),
    interpolate: (columns, domain) => engine.interpolate(columns, domain).map(copy),
    evaluate: (columns, domain) => engine.evaluate(columns, domain).map(copy),
    reorder: (columns) => columns.forEach(bitReverse),
    commitRows: (...table) => copyTree(engine.commitRows(...table)),
    commitFibres: (...words) => copyTree(engine.commitFibres(...words)),
    auxiliaryColumns: (input) => {
      try {
        return engine.auxiliaryColumns(input).map(copyColumn);
      } catch {
        // The kernel checks the prover's rows; the reference takes any.
        return auxiliaryColumns(input);
      }
    },
    quotientValues: (input) => copyColumn(engine.quotientValues(input)),
    combine: (columns, weights) => copyColumn(engine.combine(columns, weights)),
    add: (left, right) => copyColumn(engine.add(left, right)),
    divideByLinear: (divisions) => engine.divideByLinear(divisions).map(copyColumn),
    foldWord: (word, domain, challenge) => copyColumn(engine.foldWord(word, domain, challenge)),
  };
}
