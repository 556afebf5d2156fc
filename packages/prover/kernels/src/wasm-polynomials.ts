/** Sums and folds of columns and polynomials by the WebAssembly kernels (spec §6.6 to §6.8). */
import type { Domain } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import * as field from '@solvent/field/koala-bear';
import { fibreSize } from '@solvent/stark/table';
import type { Division } from './engine.js';
import type { KernelThreads } from './kernel-threads.js';
import { type KernelCall, scratchArgument } from './kernels.js';
import { montgomery, montgomeryExtension } from './montgomery.js';
import { partSize, ranges } from './ranges.js';
import type { WasmTransforms } from './wasm-transforms.js';

export function createWasmPolynomials({ memory, run }: KernelThreads, transforms: WasmTransforms) {
  /** See `Engine.evaluateAt`. */
  function evaluateAt(columns: readonly Uint32Array[], point: Extension): Extension[] {
    const length = columns[0].length;
    const powers = memory.columnList(transforms.powersOf(point, length));
    const parts = ranges(length, partSize);
    const sums = parts.map(() => memory.allocate(80 * columns.length));
    const shared = [memory.columnList(columns), columns.length, powers];
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

  /** See `Engine.combine`. */
  function combine(columns: readonly Uint32Array[], weights: readonly Extension[]): ExtensionColumn {
    const length = columns[0].length;
    const out = memory.extensionColumn(length);
    // The kernel takes four columns at a time.
    const missing = (4 - (columns.length % 4)) % 4;
    const paddedColumns = [...columns, ...Array<Uint32Array>(missing).fill(columns[0])];
    const paddedWeights = [...weights, ...Array<Extension>(missing).fill(ext.zero)];
    const weightList = memory.list(paddedWeights.flatMap(montgomeryExtension));
    const lists = [memory.columnList(out), memory.columnList(paddedColumns), weightList, paddedColumns.length];
    run(ranges(length, partSize).map(([from, to]) => ['combine', ...lists, from, to] as KernelCall));
    return out;
  }

  /** See `Engine.divideByLinear`. */
  function divideByLinear(divisions: readonly Division[]): ExtensionColumn[] {
    const quotients = divisions.map(({ coefficients }) => memory.extensionColumn(coefficients[0].length));
    run(
      divisions.map(({ coefficients, point }, i): KernelCall => {
        const { length } = coefficients[0];
        const zeta = memory.list(montgomeryExtension(point));
        const partPower = memory.list(montgomeryExtension(ext.pow(point, length / 16)));
        const columns = [memory.columnList(coefficients), memory.columnList(quotients[i])];
        return ['divideByLinear', ...columns, Math.log2(length), zeta, partPower, scratchArgument] as KernelCall;
      }),
    );
    return quotients;
  }

  /** See `Engine.foldWord`. */
  function foldWord(word: ExtensionColumn, domain: Domain, challenge: Extension): ExtensionColumn {
    let values = word;
    let factor = challenge;
    let shift = domain.shift;
    for (let size = domain.size; size > domain.size / fibreSize; size /= 2) {
      const out = memory.extensionColumn(size / 2);
      // The table holds the inverses of the powers of the root; the shift goes with the challenge.
      const weight = ext.scale(factor, field.inv(field.mul(2, shift)));
      const { inversePoints, stride } = transforms.inversePointsOf(size);
      const weightList = memory.list(montgomeryExtension(weight));
      const lists = [
        memory.columnList(values),
        memory.columnList(out),
        size,
        inversePoints,
        stride,
        weightList,
        montgomery(field.inv(2)),
      ];
      const parts = ranges(size / 2, partSize);
      run(parts.map(([from, to]) => ['foldByTwo', ...lists, from, to, scratchArgument] as KernelCall));
      values = out;
      factor = ext.mul(factor, factor);
      shift = field.mul(shift, shift);
    }
    return values;
  }

  /** See `Engine.add`. */
  function add(left: ExtensionColumn, right: ExtensionColumn): ExtensionColumn {
    const sum = memory.extensionColumn(left[0].length);
    const [to, from, other] = [sum, left, right].map((column) => column.map((part) => memory.addressOf(part)));
    run(sum.map((part, c) => ['addColumns', to[c], from[c], other[c], 0, part.length]));
    return sum;
  }

  return { evaluateAt, combine, divideByLinear, foldWord, add };
}
