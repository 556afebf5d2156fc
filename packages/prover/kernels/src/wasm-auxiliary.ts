/** The auxiliary columns by the WebAssembly kernels (spec §6.4). */

import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import { columnGroups, type Shape } from '@solvent/stark/shape';
import { carryRowCount, limbCount, limbRange } from '@solvent/stark/table';
import { carryWeights } from './carry-weights.js';
import { limbColumns } from './count-limbs.js';
import type { AuxiliaryInput } from './engine.js';
import type { KernelThreads } from './kernel-threads.js';
import { type KernelCall, scratchArgument } from './kernels.js';
import { montgomeryExtension } from './montgomery.js';
import { ranges } from './ranges.js';

const noRow = 0xffffffff;

export function createWasmAuxiliary({ memory, run }: KernelThreads) {
  const inverses = (beta: Extension, count: number) =>
    ext.batchInverse(Array.from({ length: count }, (_, v) => ext.sub(beta, ext.fromBase(v))));

  /** See `Engine.countLimbs`. */
  function countLimbs(user: readonly Uint32Array[], shape: Shape): Uint32Array {
    const limbs = limbColumns(user);
    const columns = memory.columnList(limbs);
    const parts = ranges(shape.rowCount - shape.randomRowCount, 2 ** 15);
    const counts = parts.map(() => memory.allocate(4 * limbRange));
    run(parts.map(([from, to], i) => ['countLimbs', columns, limbs.length, from, to, counts[i], scratchArgument]));
    const total = new Uint32Array(shape.rowCount);
    for (const address of counts) {
      memory.words(address, limbRange).forEach((count, value) => {
        total[value] += count;
      });
    }
    return total;
  }

  /** See `Engine.auxiliaryColumns`. Throws an Error for a limb or an asset out of range. */
  function auxiliaryColumns(input: AuxiliaryInput): ExtensionColumn[] {
    const { shape, gamma, assetCount } = input;
    const columns = columnGroups.auxiliary.map(() => memory.extensionColumn(shape.rowCount));
    const plain = inverses(input.beta0, limbRange).flat();
    const assetInverses = inverses(input.beta1, assetCount + 1).flatMap(montgomeryExtension);
    const powers = Array.from({ length: limbCount }, (_, l) => ext.pow(gamma, l));
    const weights = [powers, carryWeights(gamma, 0), carryWeights(gamma, 1)].flat().flatMap(montgomeryExtension);
    const shared = [
      memory.columnList(input.user),
      memory.addressOf(input.multiplicity),
      memory.columnList(columns.flat()),
      memory.list(plain),
      memory.list(assetInverses),
      memory.list(weights),
      assetCount,
      carryRowCount(assetCount),
    ];
    const activeRowCount = shape.rowCount - shape.randomRowCount;
    const parts = ranges(activeRowCount, 4096);
    const totals = parts.map(() => memory.allocate(20));
    const results = run(
      parts.map(([from, to], i) => ['fillAuxiliary', ...shared, from, to, totals[i], scratchArgument] as KernelCall),
    );
    const wrong = results.find((row) => row >>> 0 !== noRow);
    if (wrong !== undefined) throw new Error(`prover self-check: row ${wrong} holds a limb or an asset out of range`);
    addOffsets(columns[columns.length - 1], parts, totals, activeRowCount);
    return columns;
  }

  /** Each part counted acc from 0: adds what the parts before it come to. */
  function addOffsets(acc: ExtensionColumn, parts: [number, number][], totals: number[], end: number): void {
    let offset = ext.zero;
    const calls = parts.flatMap(([from, to], i): KernelCall[] => {
      const own = acc.map((part, c): KernelCall => ['addValue', memory.addressOf(part), offset[c], from, to]);
      offset = ext.add(offset, [...memory.words(totals[i], 5)] as unknown as Extension);
      return own;
    });
    run(calls);
    acc.forEach((part, c) => {
      part[end] = offset[c];
    });
  }

  return { auxiliaryColumns, countLimbs };
}
