import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { modulus } from '@solvent/field/koala-bear';
import { createDeepWords } from '@solvent/stark/deep';
import { columnGroups, deriveShape, type OpeningTerm, openingTerms } from '@solvent/stark/shape';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extensions, points } from './random-field.js';

const shape = deriveShape(2 ** 11);
const degree = 5;

/** A polynomial for each column, each chunk and each mask: base-field ones have base-field coefficients. */
const polynomials = fc.record({
  columns: fc.array(fc.array(extensions, { minLength: degree, maxLength: degree }), {
    minLength: liabilitiesAir.columns.length,
    maxLength: liabilitiesAir.columns.length,
  }),
  chunks: fc.array(fc.array(extensions, { minLength: degree, maxLength: degree }), { minLength: 4, maxLength: 4 }),
  masks: fc.array(fc.array(extensions, { minLength: degree, maxLength: degree }), { minLength: 2, maxLength: 2 }),
  lambdas: fc.array(extensions, { minLength: openingTerms.length, maxLength: openingTerms.length }),
});

const base = (polynomial: readonly Extension[]) => polynomial.map(([first]) => ext.fromBase(first));

/** (f(X) − f(z))/(X − z) by synthetic division. */
function quotient(polynomial: readonly Extension[], z: Extension): Extension[] {
  const result: Extension[] = [];
  let carried = ext.zero;
  for (let i = polynomial.length - 1; i >= 1; i--) {
    carried = ext.add(polynomial[i], ext.mul(carried, z));
    result.unshift(carried);
  }
  return result;
}

describe('the DEEP words (§6.7)', () => {
  it('are the masks and the quotients of all opened polynomials, each under its λ, at any point of D or H', () => {
    const point = fc.integer({ min: 1, max: modulus - 1 });
    fc.assert(
      fc.property(polynomials, points, point, (given, zeta, x) => {
        const columns = given.columns.map((polynomial, i) =>
          liabilitiesAir.columns[i].field === 'base' ? base(polynomial) : polynomial,
        );
        const at = [zeta, ext.scale(zeta, shape.rowDomain.root)];
        const polynomialOf = (term: OpeningTerm) =>
          term.kind === 'chunk' ? given.chunks[term.chunk] : columns[term.column];
        const openings = openingTerms.map((term) => ext.evaluatePolynomial(polynomialOf(term), at[term.rotation]));
        const value = (polynomial: readonly Extension[]) => ext.evaluatePolynomial(polynomial, ext.fromBase(x));
        const expected = (word: 0 | 1) =>
          openingTerms.reduce((sum: Extension, term, i) => {
            if (term.word !== word) return sum;
            const divided = quotient(polynomialOf(term), at[term.rotation]);
            return ext.add(sum, ext.mul(given.lambdas[i], value(divided)));
          }, value(given.masks[word]));

        const inGroup = (group: 'user' | 'multiplicity' | 'auxiliary') =>
          columnGroups[group].map((column) => value(columns[column]));
        const row = {
          user: inGroup('user').map(([first]) => first),
          multiplicity: inGroup('multiplicity').map(([first]) => first),
          traceMask: value(given.masks[0]),
          auxiliary: inGroup('auxiliary'),
          auxiliaryMask: value(given.masks[1]),
          chunks: given.chunks.map(value),
        };
        const words = createDeepWords(openings, given.lambdas, zeta, shape);
        expect(words.first(x, row.user, row.traceMask)).toEqual(expected(0));
        expect(words.second(x, row)).toEqual(expected(1));
      }),
      { numRuns: 30 },
    );
  });

  it('take the user columns into the first word and everything else into the second, never a mask', () => {
    const groups = (word: 0 | 1) =>
      openingTerms.flatMap((term) => {
        if (term.word !== word) return [];
        return [term.kind === 'chunk' ? 'chunk' : `${liabilitiesAir.columns[term.column].name} ${term.rotation}`];
      });
    expect(groups(0)).toEqual(columnGroups.user.map((column) => `${liabilitiesAir.columns[column].name} 0`));
    expect(groups(1)).toEqual([
      'm 0',
      ...Array.from({ length: 11 }, (_, k) => `phi_${k + 1} 0`),
      'acc 0',
      'acc 1',
      ...Array.from({ length: 4 }, () => 'chunk'),
    ]);
  });
});
