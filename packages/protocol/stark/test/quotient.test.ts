import { rowSetSize } from '@solvent/air/analyse';
import { domainPoints } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { inverseVanishingAt, joinChunks } from '@solvent/stark/quotient';
import { deriveShape } from '@solvent/stark/shape';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extensions, points } from './random-field.js';

const shape = deriveShape(2 ** 11);
const rows = domainPoints(shape.rowDomain);
const activeRowCount = shape.rowCount - shape.randomRowCount;

describe('vanishing polynomials (§6.5)', () => {
  it.each([
    ['active', rows.subarray(0, activeRowCount)],
    ['first', rows.subarray(0, 1)],
    ['end', rows.subarray(activeRowCount, activeRowCount + 1)],
    ['all', rows],
  ] as const)('are the products over the points of their rows: %s', (set, members) => {
    expect(members.length).toBe(rowSetSize(set, shape.rowCount, shape.randomRowCount));
    fc.assert(
      fc.property(points, (point) => {
        const product = members.reduce(
          (value: Extension, row) => ext.mul(value, ext.sub(point, ext.fromBase(row))),
          ext.one,
        );
        expect(ext.mul(inverseVanishingAt(point, shape)[set], product)).toEqual(ext.one);
      }),
      { numRuns: 5 },
    );
  });
});

describe('the chunks of the quotient (§6.5)', () => {
  it('join as Σ z^(ic) q_i', () => {
    const chunks = fc.array(extensions, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(points, chunks, (point, values) => {
        const terms = values.map((value, i) => ext.mul(value, ext.pow(point, i * (shape.rowCount - 256))));
        expect(joinChunks(point, values, shape)).toEqual(terms.reduce(ext.add));
      }),
    );
  });
});
