import { createHash } from 'node:crypto';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import { modulus } from '@solvent/field/koala-bear';
import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import { createWasmEngine, type WasmEngine } from '@solvent/kernels/wasm-engine';
import { carryAsset } from '@solvent/stark/public-columns';
import { columnGroups, deriveShape, layerDomain } from '@solvent/stark/shape';
import { carryRowCount, limbRange } from '@solvent/stark/table';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';

// A small generator, seeded by fast-check: the kernels must agree with the oracle on any data.
let state = 1;
function nextWord(): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
}
const edges = [0, 1, modulus - 1, modulus - 2, 2 ** 30, 2 ** 24];
const element = () => (nextWord() % 8 === 0 ? edges[nextWord() % edges.length] : nextWord() % modulus);
const column = (length: number) => Uint32Array.from({ length }, element);
const extensionColumn = (length: number) => [0, 1, 2, 3, 4].map(() => column(length)) as unknown as ExtensionColumn;
const extension = () => [0, 1, 2, 3, 4].map(element) as unknown as Extension;
const bytes = (length: number) => Uint8Array.from({ length }, () => nextWord() % 256);

/** Arrays however nested, as one digest for each: comparing long arrays element by element takes a test long. */
function digests(value: unknown): string[] {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    return [
      createHash('sha256')
        .update(new Uint8Array(buffer, byteOffset, byteLength))
        .digest('hex'),
    ];
  }
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(digests);
  return [String(value)];
}

const oracle = createTypeScriptEngine();
const engines: WasmEngine[] = [1, 2].map((threads) => createWasmEngine({ threads }));
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

const assetCount = 5;

describe.each(engines.map((engine) => [engine.threadCount, engine] as const))('%i threads', (_, engine) => {
  describe.each([2048, 4096])('N = %i', (rowCount) => {
    const shape = deriveShape(rowCount);
    /** Runs a comparison on random data, twice, the second time in the memory of the time before. */
    const onRandomData = (compare: () => void) => () =>
      fc.assert(
        fc.property(fc.integer({ min: 1 }), (seed) => {
          state = seed;
          engine.begin(shape, assetCount);
          compare();
        }),
        { numRuns: 2 },
      );

    it(
      'transforms as the oracle does',
      onRandomData(() => {
        const onRows = [column(rowCount), column(rowCount)];
        const coefficients = oracle.interpolate(onRows, shape.rowDomain);
        expect(digests(engine.interpolate(onRows, shape.rowDomain))).toEqual(digests(coefficients));
        expect(digests(engine.evaluate(coefficients, shape.rowDomain))).toEqual(digests(onRows));
        const onPoints = oracle.evaluate(coefficients, shape.pointDomain);
        expect(digests(engine.evaluate(coefficients, shape.pointDomain))).toEqual(digests(onPoints));
        const wide = [column(4 * rowCount)];
        const expected = oracle.interpolate(wide, shape.pointDomain);
        expect(digests(engine.interpolate(wide, shape.pointDomain))).toEqual(digests(expected));
        oracle.reorder(expected);
        const reordered = engine.interpolate(wide, shape.pointDomain);
        engine.reorder(reordered);
        expect(digests(reordered)).toEqual(digests(expected));
      }),
    );

    it(
      'commits as the oracle does',
      onRandomData(() => {
        for (const width of [1, 12, 13, 28, 38]) {
          const columns = Array.from({ length: width }, () => column(rowCount));
          const prefixes = [bytes(16 * rowCount), bytes(32 * rowCount)].slice(0, width % 3);
          for (const order of ['natural', 'fibres'] as const) {
            const expected = oracle.commitRows('test', columns, prefixes, order);
            expect(digests(engine.commitRows('test', columns, prefixes, order))).toEqual(digests(expected));
          }
        }
        const words = [extensionColumn(rowCount), extensionColumn(rowCount)];
        expect(digests(engine.commitFibres('test', words))).toEqual(digests(oracle.commitFibres('test', words)));
        const small = [extensionColumn(64)];
        expect(digests(engine.commitFibres('test', small))).toEqual(digests(oracle.commitFibres('test', small)));
      }),
    );

    it(
      'evaluates, combines, adds and divides as the oracle does',
      onRandomData(() => {
        const columns = Array.from({ length: 5 }, () => column(rowCount));
        const point = extension();
        expect(engine.evaluateAt(columns, point)).toEqual(oracle.evaluateAt(columns, point));
        const weights = columns.map(extension);
        expect(digests(engine.combine(columns, weights))).toEqual(digests(oracle.combine(columns, weights)));
        const [left, right] = [extensionColumn(rowCount), extensionColumn(rowCount)];
        expect(digests(engine.add(left, right))).toEqual(digests(oracle.add(left, right)));
        const divisions = [left, right, left].map((coefficients, i) => ({
          coefficients,
          point: i < 2 ? point : extension(),
        }));
        const unchanged = digests([left, right]);
        expect(digests(engine.divideByLinear(divisions))).toEqual(digests(oracle.divideByLinear(divisions)));
        expect(digests([left, right])).toEqual(unchanged);
      }),
    );

    it(
      'folds as the oracle does, at every layer',
      onRandomData(() => {
        for (const domain of [shape.pointDomain, shape.rowDomain]) {
          for (let layer = 0; layer < shape.foldCount; layer++) {
            const current = layerDomain(domain, layer);
            const word = extensionColumn(current.size);
            const challenge = extension();
            expect(digests(engine.foldWord(word, current, challenge))).toEqual(
              digests(oracle.foldWord(word, current, challenge)),
            );
          }
        }
      }),
    );

    it(
      'counts limbs as the oracle does, those out of range left out',
      onRandomData(() => {
        const user = columnGroups.user.map((_, c) =>
          Uint32Array.from({ length: rowCount }, () => (nextWord() % 9 === 0 ? nextWord() : nextWord() % (40 * c + 1))),
        );
        user[3][5] = limbRange;
        user[3][6] = limbRange - 1;
        expect(digests(engine.countLimbs(user, shape))).toEqual(digests(oracle.countLimbs(user, shape)));
      }),
    );

    it(
      'computes the auxiliary columns as the oracle does',
      onRandomData(() => {
        const user = columnGroups.user.map((_, c) =>
          Uint32Array.from({ length: rowCount }, (_, row) => {
            if (c % 8 !== 0) return nextWord() % 3 === 0 ? 0 : nextWord() % limbRange;
            return row < carryRowCount(assetCount) ? carryAsset(row, c / 8, assetCount) : nextWord() % (assetCount + 1);
          }),
        );
        const [beta0, beta1, gamma] = [extension(), extension(), extension()];
        const input = { shape, assetCount, user, multiplicity: column(rowCount), beta0, beta1, gamma };
        const expected = oracle.auxiliaryColumns(input);
        const used = (columns: readonly ExtensionColumn[]) =>
          columns.map((parts, k) =>
            parts.map((part) => part.subarray(0, rowCount - shape.randomRowCount + (k === columns.length - 1 ? 1 : 0))),
          );
        expect(digests(used(engine.auxiliaryColumns(input)))).toEqual(digests(used(expected)));
        user[1][7] = limbRange;
        expect(() => engine.auxiliaryColumns(input)).toThrow('row 7');
      }),
    );

    it(
      'computes the quotient as the oracle does, on any columns',
      onRandomData(() => {
        const columns = liabilitiesAir.columns.map(({ field }) =>
          field === 'base' ? column(4 * rowCount) : extensionColumn(4 * rowCount),
        );
        const input = {
          shape,
          assetCount,
          columns,
          challenges: { beta0: extension(), beta1: extension(), gamma: extension() },
          publicValues: { Phi: extension() },
          alphas: liabilitiesAir.constraints.map(extension),
        };
        expect(digests(engine.quotientValues(input))).toEqual(digests(oracle.quotientValues(input)));
      }),
    );

    it(
      'finds the smallest nonce',
      onRandomData(() => {
        for (const bits of [1, 5, 12]) {
          const seed = bytes(32);
          expect(engine.grind(seed, bits)).toBe(oracle.grind(seed, bits));
        }
      }),
    );
  });
});
