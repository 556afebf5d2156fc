import * as domain from '@solvent/field/domain';
import * as ext from '@solvent/field/extension';
import * as field from '@solvent/field/koala-bear';
import { evaluate, interpolate } from '@solvent/field/ntt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const p = BigInt(field.modulus);
const element = fc.oneof(
  fc.integer({ min: 0, max: field.modulus - 1 }),
  fc.constantFrom(0, 1, 2, field.modulus - 1, field.modulus - 2, 2 ** 30, 2 ** 24, (field.modulus - 1) / 2),
);
const extension = fc.tuple(element, element, element, element, element) as fc.Arbitrary<ext.Extension>;

/** The product by the definition: polynomials over the integers, then division by X^5 + X^2 − 1. */
function productByDefinition(a: ext.Extension, b: ext.Extension): number[] {
  const c = new Array<bigint>(9).fill(0n);
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 5; j++) c[i + j] += BigInt(a[i]) * BigInt(b[j]);
  }
  for (let i = 8; i >= 5; i--) {
    c[i - 5] += c[i];
    c[i - 3] -= c[i];
  }
  return c.slice(0, 5).map((x) => Number(((x % p) + p) % p));
}

describe('KoalaBear', () => {
  it('has the modulus 2^31 − 2^24 + 1, generator 3 and the 2^24-th root 3^127', () => {
    expect(field.modulus).toBe(2 ** 31 - 2 ** 24 + 1);
    expect(field.pow(field.generator, 127)).toBe(field.twoAdicRoot);
    expect(field.pow(field.twoAdicRoot, 2 ** 23)).toBe(field.modulus - 1);
    expect(field.pow(field.generator, (field.modulus - 1) / 127)).not.toBe(1);
  });

  it('agrees with integer arithmetic', () => {
    fc.assert(
      fc.property(element, element, (a, b) => {
        expect(field.add(a, b)).toBe(Number((BigInt(a) + BigInt(b)) % p));
        expect(field.sub(a, b)).toBe(Number((BigInt(a) - BigInt(b) + p) % p));
        expect(field.mul(a, b)).toBe(Number((BigInt(a) * BigInt(b)) % p));
      }),
      { numRuns: 20_000 },
    );
  });

  it('inverts every nonzero element and refuses zero', () => {
    fc.assert(
      fc.property(
        element.filter((a) => a !== 0),
        (a) => {
          expect(field.mul(a, field.inv(a))).toBe(1);
        },
      ),
    );
    expect(() => field.inv(0)).toThrow(RangeError);
    expect(() => field.batchInverse(Uint32Array.of(1, 0, 2))).toThrow(RangeError);
  });

  it('inverts in batches as one by one', () => {
    const values = Uint32Array.of(1, 2, 3, field.modulus - 1, 12345);
    const inverses = values.slice();
    field.batchInverse(inverses);
    expect([...inverses]).toEqual([...values].map(field.inv));
  });

  it('calls exactly the integers in [0, p) canonical', () => {
    expect([0, 1, field.modulus - 1].every(field.isCanonical)).toBe(true);
    expect([-1, field.modulus, 0.5, Number.NaN, 2 ** 32].some(field.isCanonical)).toBe(false);
  });
});

describe('the quintic extension', () => {
  it('multiplies as polynomials modulo X^5 + X^2 − 1', () => {
    fc.assert(
      fc.property(extension, extension, (a, b) => {
        expect(ext.mul(a, b)).toEqual(productByDefinition(a, b));
      }),
    );
  });

  it('is a field: X^5 + X^2 − 1 is irreducible, since X^(p^5) = X and X^p − X is invertible', () => {
    const x: ext.Extension = [0, 1, 0, 0, 0];
    let power = x;
    for (let i = 0; i < 5; i++) {
      power = ext.frobenius(power);
      expect(ext.equals(power, x)).toBe(i === 4);
    }
    expect(ext.mul(ext.sub(ext.frobenius(x), x), ext.inv(ext.sub(ext.frobenius(x), x)))).toEqual(ext.one);
  });

  it('has the Frobenius map as p-th power', () => {
    fc.assert(
      fc.property(extension, (a) => {
        expect(ext.frobenius(a)).toEqual(ext.pow(a, field.modulus));
      }),
      { numRuns: 20 },
    );
  });

  it('inverts, one by one and in batches', () => {
    const nonzero = extension.filter((a) => !ext.equals(a, ext.zero));
    fc.assert(
      fc.property(fc.array(nonzero, { minLength: 1, maxLength: 5 }), (values) => {
        values.forEach((a, i) => {
          expect(ext.mul(a, ext.inv(a))).toEqual(ext.one);
          expect(ext.batchInverse(values)[i]).toEqual(ext.inv(a));
        });
      }),
    );
    expect(() => ext.inv(ext.zero)).toThrow(RangeError);
  });
});

describe('domains and transforms', () => {
  it('evaluates as the definition says, on subgroups and cosets, for short and for long polynomials', () => {
    const sizes = fc.constantFrom(1, 2, 4, 8, 32);
    fc.assert(
      fc.property(sizes, fc.constantFrom(1, 3, 12345), fc.array(element, { maxLength: 100 }), (size, shift, list) => {
        const target = domain.createDomain(size, shift);
        const coefficients = Uint32Array.from(list);
        const expected = [...domain.domainPoints(target)].map(
          (x) => ext.evaluateBasePolynomial(coefficients, ext.fromBase(x))[0],
        );
        expect([...evaluate(coefficients, target)]).toEqual(expected);
      }),
    );
  });

  it('interpolates what it evaluates', () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 64, maxLength: 64 }), fc.constantFrom(1, 3), (list, shift) => {
        const target = domain.createDomain(64, shift);
        expect([...interpolate(evaluate(Uint32Array.from(list), target), target)]).toEqual(list);
      }),
    );
  });

  it('has points in order, and their powers form the power domain', () => {
    const coset = domain.createDomain(64, 3);
    const points = domain.domainPoints(coset);
    const powers = domain.powerDomain(coset, 8);
    for (let i = 0; i < 64; i++) {
      expect(points[i]).toBe(domain.domainPoint(coset, i));
      expect(field.pow(points[i], 8)).toBe(domain.domainPoint(powers, i % 8));
    }
  });

  it('refuses sizes that are no powers of two up to 2^24', () => {
    for (const size of [0, 3, -4, 2 ** 25, 1.5]) expect(() => domain.createDomain(size)).toThrow(RangeError);
  });
});
