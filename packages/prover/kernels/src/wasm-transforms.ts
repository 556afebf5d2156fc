/** Transforms of the WebAssembly engine, with the tables that they need for one shape. */
import type { Domain } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import * as field from '@solvent/field/koala-bear';
import type { Shape } from '@solvent/stark/shape';
import type { KernelThreads } from './kernel-threads.js';
import { type KernelCall, scratchArgument } from './kernels.js';
import { montgomery, montgomeryExtension, montgomeryOne } from './montgomery.js';

/** Twiddle tables of one domain. */
interface DomainTables {
  readonly forward: number;
  readonly inverse: number;
}

export interface WasmTransforms {
  /** Lays out the tables of a shape at the beginning of the memory. */
  prepare(shape: Shape): void;
  interpolate(columns: readonly Uint32Array[], domain: Domain): Uint32Array[];
  evaluate(columns: readonly Uint32Array[], domain: Domain): Uint32Array[];
  reorder(columns: readonly Uint32Array[]): void;
  /** The powers of a point in bit-reversed order, in Montgomery form. */
  powersOf(point: Extension, length: number): ExtensionColumn;
  /** The inverses of the powers of the root of order `size`: element i stands at i·stride, in Montgomery form. */
  inversePointsOf(size: number): { readonly inversePoints: number; readonly stride: number };
}

export function createWasmTransforms({ memory, run }: KernelThreads): WasmTransforms {
  let prepared: Shape | undefined;
  let tables = new Map<number, DomainTables>();
  let inversePoints = 0;

  const allocateTables = (domain: Domain): DomainTables => ({
    forward: memory.allocate(8 * domain.size),
    inverse: memory.allocate(8 * domain.size),
  });
  const fillCalls = (domain: Domain, { forward, inverse }: DomainTables): KernelCall[] => {
    const parameters = (root: number, shift: number) => [domain.size, montgomery(root), montgomery(shift)];
    return [
      ['fillTwiddles', forward, ...parameters(domain.root, domain.shift)],
      ['fillTwiddles', inverse, ...parameters(field.inv(domain.root), field.inv(domain.shift))],
    ];
  };
  const tablesOf = (domain: Domain): DomainTables => {
    const found = tables.get(domain.size);
    if (found !== undefined) return found;
    throw new RangeError(
      `transform: expected the domain H or D of the current segment, got one of ${domain.size} points`,
    );
  };
  const transformEach = (
    columns: readonly Uint32Array[],
    size: number,
    call: (from: number, to: number, length: number) => KernelCall,
  ): Uint32Array[] => {
    const results = columns.map(() => memory.column(size));
    run(columns.map((column, i) => call(memory.addressOf(column), memory.addressOf(results[i]), column.length)));
    return results;
  };

  return {
    prepare(shape) {
      const { rowDomain, pointDomain } = shape;
      const [rows, points] = [allocateTables(rowDomain), allocateTables(pointDomain)];
      inversePoints = memory.allocate(2 * pointDomain.size);
      tables = new Map([
        [rowDomain.size, rows],
        [pointDomain.size, points],
      ]);
      // The tables of the same shape stand where they stood.
      if (prepared?.rowCount === shape.rowCount) return;
      const half = pointDomain.size / 2;
      run([
        ...fillCalls(pointDomain, points),
        ...fillCalls(rowDomain, rows),
        ['fillGeometric', inversePoints, half, montgomeryOne, montgomery(field.inv(pointDomain.root))],
      ]);
      prepared = shape;
    },
    interpolate(columns, domain) {
      const { inverse } = tablesOf(domain);
      const scale = field.inv(domain.size);
      const companion = Math.floor((scale * 2 ** 32) / field.modulus);
      return transformEach(columns, domain.size, (from, to) => {
        return ['interpolate', from, to, domain.size, inverse, scale, companion];
      });
    },
    evaluate(columns, domain) {
      const { forward } = tablesOf(domain);
      return transformEach(columns, domain.size, (from, to, length) => {
        return [length === domain.size ? 'evaluate' : 'extend', from, to, length, forward];
      });
    },
    reorder(columns) {
      const bits = Math.log2(columns[0].length);
      const copies = columns.map((column) => memory.addressOf(column));
      run(copies.map((address) => ['bitReverse', address, bits, scratchArgument]));
      // Columns from elsewhere were copied into the memory.
      columns.forEach((column, i) => {
        if (column.byteOffset !== copies[i]) column.set(memory.words(copies[i], column.length));
      });
    },
    powersOf(point, length) {
      const powers = memory.extensionColumn(length);
      const bits = Math.log2(length);
      const squares: Extension[] = [point];
      while (squares.length < bits) squares.push(ext.mul(squares[squares.length - 1], squares[squares.length - 1]));
      const list = memory.columnList(powers);
      run([
        ['fillPowers', list, bits, memory.list(squares.flatMap(montgomeryExtension)), montgomeryOne, scratchArgument],
      ]);
      return powers;
    },
    inversePointsOf: (size) => ({ inversePoints, stride: prepared!.pointDomain.size / size }),
  };
}
