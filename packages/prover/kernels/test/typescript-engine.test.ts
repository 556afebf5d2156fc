/** The TypeScript engine against the definitions; other engines are tested against it. */

import { checkRows } from '@solvent/air/check-rows';
import { evaluateConstraints } from '@solvent/air/evaluate';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { concatBytes, encodeElements, encodeExtensions } from '@solvent/commitment/bytes';
import { createTreeHashers } from '@solvent/commitment/merkle';
import { isProofOfWork } from '@solvent/commitment/proof-of-work';
import { createDomain, domainPoint, domainPoints } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnElement, type ExtensionColumn } from '@solvent/field/extension-column';
import { modulus } from '@solvent/field/koala-bear';
import { interpolate } from '@solvent/field/ntt';
import { auxiliaryColumns } from '@solvent/kernels/auxiliary-columns';
import { chunkSize, createChunkEvaluator, windowOf } from '@solvent/kernels/constraint-evaluator';
import { quotientValues } from '@solvent/kernels/quotient-values';
import { createTypeScriptEngine } from '@solvent/kernels/typescript-engine';
import { carryAsset, publicColumnOnRow, publicColumnsAt } from '@solvent/stark/public-columns';
import { quotientAt } from '@solvent/stark/quotient';
import { columnGroups, deriveShape } from '@solvent/stark/shape';
import { totalsFraction } from '@solvent/stark/statement';
import { accountsTreeLeaf, carryRowCount, limbRange } from '@solvent/stark/table';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const element = fc.oneof(fc.integer({ min: 0, max: modulus - 1 }), fc.constantFrom(0, 1, modulus - 1));
const extension = fc.tuple(element, element, element, element, element) as fc.Arbitrary<Extension>;
const engine = createTypeScriptEngine();

// A small generator is enough where fast-check would be slow.
let state = 7;
const word = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state % modulus;
};
const randomColumn = (length: number) => Uint32Array.from({ length }, word);
const randomExtension = (): Extension => [word(), word(), word(), word(), word()];
const extensionColumn = (length: number) =>
  [0, 1, 2, 3, 4].map(() => randomColumn(length)) as unknown as ExtensionColumn;
const coefficientsOf = (column: ExtensionColumn) => [...column[0].keys()].map((i) => columnElement(column, i));

/** Coefficients in natural order from those that an engine keeps. */
function reordered(column: ExtensionColumn): ExtensionColumn {
  const copies = column.map((part) => part.slice()) as unknown as ExtensionColumn;
  engine.reorder(copies);
  return copies;
}

describe('coefficients', () => {
  it('are in bit-reversed order, which reorder turns into the natural one and back', () => {
    const domain = createDomain(64, 3);
    const values = [randomColumn(64), randomColumn(64)];
    const coefficients = engine.interpolate(values, domain);
    expect(engine.evaluate(coefficients, domain)).toEqual(values);
    const natural = coefficients.map((column) => column.slice());
    engine.reorder(natural);
    expect(natural).toEqual(values.map((column) => interpolate(column, domain)));
    engine.reorder(natural);
    expect(natural).toEqual(coefficients);
  });

  it('give the value of the polynomial at any point of F', () => {
    const natural = [randomColumn(32), randomColumn(32)];
    const kept = natural.map((column) => column.slice());
    engine.reorder(kept);
    const point = randomExtension();
    const expected = natural.map((column) => ext.evaluatePolynomial([...column].map(ext.fromBase), point));
    expect(engine.evaluateAt(kept, point)).toEqual(expected);
  });

  it('divide by X − z without remainder, once the value at z is taken off', () => {
    fc.assert(
      fc.property(extension, extension, (point, other) => {
        const dividend = extensionColumn(16);
        const f = coefficientsOf(reordered(dividend));
        const q = coefficientsOf(reordered(engine.divideByLinear([{ coefficients: dividend, point }])[0]));
        expect(q.length).toBe(16);
        expect(q[15]).toEqual(ext.zero);
        // f(x) − f(z) = (x − z)·q(x)
        const value = (polynomial: readonly Extension[], x: Extension) => ext.evaluatePolynomial(polynomial, x);
        expect(ext.sub(value(f, other), value(f, point))).toEqual(ext.mul(ext.sub(other, point), value(q, other)));
      }),
    );
  });

  it('combine with weights, and add', () => {
    const columns = [randomColumn(16), randomColumn(16), randomColumn(16)];
    const weights = [randomExtension(), randomExtension(), randomExtension()];
    const sum = engine.combine(columns, weights);
    const [left, right] = [extensionColumn(16), extensionColumn(16)];
    const added = engine.add(left, right);
    for (let i = 0; i < 16; i++) {
      const terms = columns.map((column, j) => ext.scale(weights[j], column[i]));
      expect(columnElement(sum, i)).toEqual(terms.reduce(ext.add));
      expect(columnElement(added, i)).toEqual(ext.add(columnElement(left, i), columnElement(right, i)));
    }
  });
});

describe('words', () => {
  it('fold as the polynomials of their components do', () => {
    // w(x) = Σ_k x^k w_k(x^8) folds to Σ_k b^k w_k: coefficient i of the fold is Σ_k b^k · coefficient 8i + k.
    const domain = createDomain(64, 3);
    const values = extensionColumn(64);
    const challenge = randomExtension();
    const coefficients = coefficientsOf(values.map((part) => interpolate(part, domain)) as unknown as ExtensionColumn);
    const folded = Array.from({ length: 8 }, (_, i) =>
      ext.evaluatePolynomial(coefficients.slice(8 * i, 8 * i + 8), challenge),
    );
    const result = engine.foldWord(values, domain, challenge);
    domainPoints(createDomain(8, domainPoint(domain, 0) ** 8)).forEach((y, j) => {
      expect(columnElement(result, j)).toEqual(ext.evaluatePolynomial(folded, ext.fromBase(y)));
    });
  });

  it('are committed fibre by fibre, at each place the value of every word', () => {
    const words = [extensionColumn(64), extensionColumn(64)];
    const { leaf, node } = createTreeHashers('test fibres');
    const tree = engine.commitFibres('test fibres', words);
    expect(tree.leafCount).toBe(8);
    for (let fibre = 0; fibre < 8; fibre++) {
      const places = Array.from({ length: 8 }, (_, k) => words.map((w) => columnElement(w, fibre + 8 * k)));
      const digest = leaf.digest(encodeExtensions(places.flat()));
      expect(tree.digests.subarray(32 * (8 + fibre), 32 * (9 + fibre))).toEqual(digest);
    }
    expect(tree.digests.subarray(32, 64)).toEqual(node.digest(tree.digests.subarray(64, 128)));
  });
});

describe('rows', () => {
  it.each(['natural', 'fibres'] as const)('are committed with their prefixes, in %s order', (order) => {
    const columns = [randomColumn(64), randomColumn(64), randomColumn(64)];
    const prefixes = [16, 32].map((size) => Uint8Array.from({ length: size * 64 }, () => word() % 256));
    const { leaf } = createTreeHashers('test rows');
    const tree = engine.commitRows('test rows', columns, prefixes, order);
    for (let row = 0; row < 64; row++) {
      const place = order === 'natural' ? row : accountsTreeLeaf(row, 64);
      const start = [prefixes[0].subarray(16 * row, 16 * row + 16), prefixes[1].subarray(32 * row, 32 * row + 32)];
      const digest = leaf.digest(concatBytes(...start, encodeElements(columns.map((column) => column[row]))));
      expect(tree.digests.subarray(32 * (64 + place), 32 * (65 + place))).toEqual(digest);
    }
  });

  it('are handed out fresh and zero', () => {
    expect(engine.allocate(5)).toEqual(new Uint32Array(5));
    expect(engine.allocateBytes(5)).toEqual(new Uint8Array(5));
  });

  it('are ground for by the smallest nonce', () => {
    const seed = new Uint8Array(32).fill(3);
    const nonce = engine.grind(seed, 6);
    for (let n = 0; n <= nonce; n++) expect(isProofOfWork(seed, n, 6)).toBe(n === nonce);
  });
});

const assetCount = 3;
const shape = deriveShape(2 ** 11);
const activeRowCount = shape.rowCount - shape.randomRowCount;

/** A table in which every limb is in range and every asset is listed; its sums are whatever they are. */
function sampleTable() {
  const user = columnGroups.user.map((column) => {
    const isAsset = liabilitiesAir.columns[column].name.startsWith('asset');
    return randomColumn(shape.rowCount).map((value) => value % (isAsset ? assetCount + 1 : limbRange));
  });
  for (let row = 0; row < carryRowCount(assetCount); row++) {
    for (let e = 0; e < 4; e++) user[8 * e][row] = carryAsset(row, e, assetCount);
  }
  const multiplicity = new Uint32Array(shape.rowCount);
  user.forEach((column, k) => {
    if (k % 8 === 0) return;
    for (let row = 0; row < activeRowCount; row++) multiplicity[column[row]]++;
  });
  const [beta0, beta1, gamma] = [randomExtension(), randomExtension(), randomExtension()];
  return { shape, assetCount, user, multiplicity, beta0, beta1, gamma };
}

describe('auxiliary columns (§6.4)', () => {
  const input = sampleTable();
  const columns = auxiliaryColumns(input);
  const accumulator = columns[11];

  it('satisfy C1 to C13, and end at the sum of all fractions', () => {
    const base = [...input.user, input.multiplicity];
    const violations = checkRows(liabilitiesAir, {
      rowCount: shape.rowCount,
      randomRowCount: shape.randomRowCount,
      column: (column, row) =>
        column < base.length ? ext.fromBase(base[column][row]) : columnElement(columns[column - base.length], row),
      publicColumn: (name, row) => ext.fromBase(publicColumnOnRow(name, row, assetCount)),
      challenges: { beta0: input.beta0, beta1: input.beta1, gamma: input.gamma },
      publicValues: { Phi: columnElement(accumulator, activeRowCount) },
    });
    expect(violations).toEqual([]);
  });

  it('are zero on the random rows, acc from its second one on', () => {
    columns.forEach((column, k) => {
      for (let row = activeRowCount + (k === 11 ? 1 : 0); row < shape.rowCount; row++) {
        expect(columnElement(column, row)).toEqual(ext.zero);
      }
    });
  });

  it('take values out of range as they are: their fractions are what they say', () => {
    const user = input.user.map((column) => column.slice());
    user[1][700] = modulus - 5;
    user[8][700] = 4000;
    const changed = auxiliaryColumns({ ...input, user });
    const fraction = (limb: number) => ext.inv(ext.sub(input.beta0, ext.fromBase(limb)));
    const difference = ext.sub(columnElement(changed[0], 700), columnElement(columns[0], 700));
    expect(difference).toEqual(ext.sub(fraction(modulus - 5), fraction(input.user[1][700])));
    expect(columnElement(changed[10], 700)).not.toEqual(columnElement(columns[10], 700));
  });
});

describe('the chunk evaluator (§5.6)', () => {
  it('gives on each point what the constraints give there', () => {
    const constants = Object.fromEntries(['beta0', 'beta1', 'gamma', 'Phi'].map((name) => [name, randomExtension()]));
    const evaluateChunk = createChunkEvaluator(liabilitiesAir, constants);
    const columnsOf = () =>
      liabilitiesAir.columns.map(({ field }) =>
        field === 'base' ? randomColumn(chunkSize) : extensionColumn(chunkSize),
      );
    for (let round = 0; round < 2; round++) {
      const rotations = [columnsOf(), columnsOf()];
      const publicColumns = Object.fromEntries(
        liabilitiesAir.publicColumns.map((name) => [name, randomColumn(chunkSize)]),
      );
      const at = (column: Uint32Array | ExtensionColumn, i: number) =>
        column instanceof Uint32Array ? ext.fromBase(column[i]) : columnElement(column, i);
      const values = evaluateChunk({
        columns: (column, rotation) => rotations[rotation][column],
        publicColumns: (name) => publicColumns[name],
      });
      for (const i of [0, 1, 100, chunkSize - 1]) {
        const expected = evaluateConstraints(liabilitiesAir, {
          column: (column, rotation) => at(rotations[rotation][column], i),
          publicColumns: Object.fromEntries(
            Object.entries(publicColumns).map(([name, column]) => [name, ext.fromBase(column[i])]),
          ),
          challenges: constants,
          publicValues: constants,
        });
        expect(values.map((column) => columnElement(column, i))).toEqual(expected);
      }
    }
  });

  it('goes round at the end of a column', () => {
    const column = Uint32Array.from({ length: 2 * chunkSize }, (_, i) => i);
    const window = windowOf(column, 2 * chunkSize - 3);
    expect([...window.subarray(0, 5)]).toEqual([2 * chunkSize - 3, 2 * chunkSize - 2, 2 * chunkSize - 1, 0, 1]);
    expect(windowOf(column, 5 + 2 * chunkSize)[0]).toBe(5);
    expect(window.length).toBe(chunkSize);
  });
});

describe('the quotient on D (§6.5)', () => {
  it('is, at every point, what the verifier computes from the columns there', () => {
    const columns = liabilitiesAir.columns.map(({ field }) =>
      field === 'base' ? randomColumn(4 * shape.rowCount) : extensionColumn(4 * shape.rowCount),
    );
    const challenges = { beta0: randomExtension(), beta1: randomExtension(), gamma: randomExtension() };
    const publicValues = { Phi: totalsFraction([5n, 6n, 7n], challenges.beta1, challenges.gamma) };
    const alphas = liabilitiesAir.constraints.map(randomExtension);
    const values = quotientValues({ shape, assetCount, columns, challenges, publicValues, alphas });
    for (const i of [0, 1, 4097, 8187, 8191]) {
      const point = ext.fromBase(domainPoint(shape.pointDomain, i));
      const at = (column: number, position: number): Extension => {
        const held = columns[column];
        return held instanceof Uint32Array ? ext.fromBase(held[position]) : columnElement(held, position);
      };
      const expected = quotientAt(
        point,
        {
          // g·x is four points further, round at the end.
          column: (column, rotation) => at(column, (i + 4 * rotation) % 8192),
          publicColumns: publicColumnsAt(point, shape.rowDomain, assetCount),
          challenges,
          publicValues,
        },
        alphas,
        shape,
      );
      expect(columnElement(values, i)).toEqual(expected);
    }
  });
});
