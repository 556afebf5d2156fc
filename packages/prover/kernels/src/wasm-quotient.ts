/** The quotient by the WebAssembly kernels: runs the program that the AIR was compiled to (spec §6.5). */
import type { RowSet } from '@solvent/air/air';
import { foldGraph, type Leaf } from '@solvent/air/expression';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { createDomain, domainPoint, domainPoints } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import * as field from '@solvent/field/koala-bear';
import { bitReverse } from '@solvent/field/ntt';
import { publicColumnOnRow } from '@solvent/stark/public-columns';
import type { Shape } from '@solvent/stark/shape';
import { carryRowCount } from '@solvent/stark/table';
import { alphaName } from './combine-constraints.js';
import { compileAir } from './compile-air.js';
import type { QuotientInput } from './engine.js';
import { exemptionPolynomial } from './exemption-polynomial.js';
import type { KernelThreads } from './kernel-threads.js';
import { type KernelCall, scratchArgument, scratchSize } from './kernels.js';
import { montgomery } from './montgomery.js';
import { chunkSize, type ProgramColumn } from './program.js';
import { ranges } from './ranges.js';
import type { WasmTransforms } from './wasm-transforms.js';

const partSize = 16 * chunkSize;

/** Columns on D that depend on the shape and the number of assets alone. */
interface FixedColumns {
  readonly publicColumns: Readonly<Record<string, Uint32Array>>;
  readonly cofactors: Readonly<Partial<Record<RowSet, Uint32Array>>>;
  readonly inverseVanishing: Uint32Array;
}

export function createWasmQuotient({ memory, run }: KernelThreads, transforms: WasmTransforms) {
  const program = compileAir(liabilitiesAir, 4);
  const slotBytes = 4 * (program.columns.length + program.registerCount) + 64;
  const neededBytes = slotBytes + 4 * chunkSize * program.registerCount;
  if (neededBytes > scratchSize) {
    throw new Error(`constraint program: expected at most ${scratchSize} bytes of scratch space, got ${neededBytes}`);
  }
  let fixed: FixedColumns | undefined;
  let preparedFor = '';
  let fixedEnd = 0;

  /** Computes the fixed columns, unless those of the segment before still stand where they stood. */
  function prepare(shape: Shape, assetCount: number): void {
    const begin = memory.end;
    const key = `${shape.rowCount} ${assetCount} ${begin}`;
    if (key !== preparedFor) fixed = computeFixedColumns(shape, assetCount);
    else memory.release(fixedEnd);
    preparedFor = key;
    fixedEnd = memory.end;
  }

  function computeFixedColumns(shape: Shape, assetCount: number): FixedColumns {
    const { rowCount, rowDomain, pointDomain } = shape;
    const onRows = liabilitiesAir.publicColumns.map((name) => {
      const column = memory.column(rowCount).fill(0);
      // Only T goes beyond the carry rows.
      const end = name === 'T' ? rowCount : carryRowCount(assetCount);
      for (let row = 0; row < end; row++) column[row] = publicColumnOnRow(name, row, assetCount);
      return column;
    });
    const publicCoefficients = transforms.interpolate(onRows, rowDomain);
    const cofactorSets: RowSet[] = ['active', 'first', 'end'];
    const cofactorCoefficients = cofactorSets.map((rows) => cofactorPolynomial(rows, shape));
    const values = transforms.evaluate([...publicCoefficients, ...cofactorCoefficients], pointDomain);
    const publicCount = liabilitiesAir.publicColumns.length;
    return {
      publicColumns: Object.fromEntries(liabilitiesAir.publicColumns.map((name, i) => [name, values[i]])),
      cofactors: Object.fromEntries(cofactorSets.map((rows, i) => [rows, values[publicCount + i]])),
      inverseVanishing: inverseVanishing(shape),
    };
  }

  /** 1/(x^N − 1) on D, where x^N takes only four values; scaled so that the program's result is as it should be. */
  function inverseVanishing({ rowCount, pointDomain }: Shape): Uint32Array {
    const cycle = createDomain(pointDomain.size / rowCount, field.pow(pointDomain.shift, rowCount));
    const scale = montgomery(1, -program.resultExponent);
    const inverses = domainPoints(cycle).map((power) => field.mul(scale, field.inv(field.sub(power, 1))));
    const column = memory.column(pointDomain.size);
    for (let i = 0; i < column.length; i += inverses.length) column.set(inverses, i);
    return column;
  }

  /** The program's constants by number. */
  function constantValues(input: QuotientInput): number[] {
    const named: Record<string, Extension> = { ...input.challenges, ...input.publicValues };
    input.alphas.forEach((alpha, j) => {
      named[alphaName(j)] = alpha;
    });
    const values = foldGraph<Extension>(program.nodes, {
      leaf: (leaf) => constantLeaf(leaf, named),
      add: ext.add,
      sub: ext.sub,
      mul: ext.mul,
    });
    return program.constants.map(({ node, part, negative, exponent }) => {
      const value = montgomery(values[node][part], exponent);
      return negative ? field.neg(value) : value;
    });
  }

  /** See `Engine.quotientValues`. */
  function quotientValues(input: QuotientInput): ExtensionColumn {
    const { pointDomain } = input.shape;
    const quotient = memory.extensionColumn(pointDomain.size);
    const columns = program.columns.map((column) => memory.addressOf(columnBehind(column, input, quotient)));
    const shared = [
      memory.addressOf(program.code),
      memory.list(constantValues(input).flatMap((value) => [value, value, value, value])),
      memory.list(columns),
    ];
    const sizes = [columns.length, program.registerCount, pointDomain.size];
    run(
      ranges(pointDomain.size, partSize).map(([from, to]): KernelCall => {
        return ['runProgram', ...shared, ...sizes, from, to, scratchArgument];
      }),
    );
    return quotient;
  }

  function columnBehind(column: ProgramColumn, input: QuotientInput, quotient: ExtensionColumn): Uint32Array {
    switch (column.kind) {
      case 'witness': {
        const witness = input.columns[column.column];
        return witness instanceof Uint32Array ? witness : witness[column.part];
      }
      case 'public':
        return fixed!.publicColumns[column.name];
      case 'cofactor':
        return fixed!.cofactors[column.rows]!;
      case 'inverseVanishing':
        return fixed!.inverseVanishing;
      case 'quotient':
        return quotient[column.part];
    }
  }

  return { prepare, quotientValues };
}

/** Leaves that vary from point to point count as 0: nothing that depends on them is read. */
function constantLeaf(leaf: Leaf, named: Readonly<Record<string, Extension>>): Extension {
  if (leaf.kind === 'constant') return ext.fromBase(leaf.value);
  return leaf.kind === 'challenge' || leaf.kind === 'publicValue' ? named[leaf.name] : ext.zero;
}

/** Coefficients, in bit-reversed order, of (x^N − 1)/Z for the vanishing polynomial Z of a row set. */
function cofactorPolynomial(rows: RowSet, shape: Shape): Uint32Array {
  const { rowCount, randomRowCount, rowDomain } = shape;
  const coefficients = new Uint32Array(rowCount);
  if (rows === 'active') coefficients.set(exemptionPolynomial(shape));
  else {
    // (x^N − 1)/(x − r) = Σ_i r^(N−1−i) x^i for a point r of H.
    const point = rows === 'first' ? 1 : domainPoint(rowDomain, rowCount - randomRowCount);
    let power = 1;
    for (let i = rowCount - 1; i >= 0; i--) {
      coefficients[i] = power;
      power = field.mul(power, point);
    }
  }
  bitReverse(coefficients);
  return coefficients;
}
