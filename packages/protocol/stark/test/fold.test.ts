import { createDomain, domainPoint } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { generator } from '@solvent/field/koala-bear';
import { foldFibre } from '@solvent/stark/fold';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extensions } from './random-field.js';

const polynomials = fc.array(extensions, { minLength: 1, maxLength: 64 });
const sizes = fc.constantFrom(8, 64);

/** w(x) = Σ_k x^k w_k(x^8), k < 8: the coefficients of w_k. */
function componentsOf(coefficients: readonly Extension[]): Extension[][] {
  return Array.from({ length: 8 }, (_, k) => coefficients.filter((_value, i) => i % 8 === k));
}

describe('folding by 8 (§6.8)', () => {
  it.each([
    ['H', 1],
    ['D', generator],
  ])('gives Σ b^k w_k(x^8) for every fibre of %s', (_, shift) => {
    fc.assert(
      fc.property(polynomials, extensions, sizes, fc.nat({ max: 7 }), (coefficients, challenge, size, choice) => {
        const domain = createDomain(size, shift);
        const fibre = choice % (size / 8);
        const x = domainPoint(domain, fibre);
        const values = Array.from({ length: 8 }, (_value, k) =>
          ext.evaluatePolynomial(coefficients, ext.fromBase(domainPoint(domain, fibre + (k * size) / 8))),
        );
        const y = ext.pow(ext.fromBase(x), 8);
        const expected = componentsOf(coefficients).map((component) => ext.evaluatePolynomial(component, y));
        expect(foldFibre(values, challenge, x)).toEqual(ext.evaluatePolynomial(expected, challenge));
      }),
    );
  });

  it('is the value at b of the polynomial of degree below 8 through the fibre', () => {
    // Its points are x·ζ^k; a polynomial of degree below 8 folds to its own value at b.
    fc.assert(
      fc.property(fc.array(extensions, { minLength: 8, maxLength: 8 }), extensions, (coefficients, challenge) => {
        const domain = createDomain(8, 12345);
        const values = Array.from({ length: 8 }, (_, k) =>
          ext.evaluatePolynomial(coefficients, ext.fromBase(domainPoint(domain, k))),
        );
        expect(foldFibre(values, challenge, 12345)).toEqual(ext.evaluatePolynomial(coefficients, challenge));
      }),
    );
  });

  it('changes with any one of the eight values, but for at most seven challenges', () => {
    const values = Array.from({ length: 8 }, (): Extension => [1, 2, 3, 4, 5]);
    const challenge: Extension = [9, 8, 7, 6, 5];
    for (let k = 0; k < 8; k++) {
      const changed = values.with(k, [1, 2, 3, 4, 6]);
      expect(foldFibre(changed, challenge, 5)).not.toEqual(foldFibre(values, challenge, 5));
    }
  });
});
