// Vectors of the fields, their domains and transforms.
import { createDomain, domainPoint, subgroupGenerator } from '@solvent/field/domain';
import * as ext from '@solvent/field/extension';
import * as field from '@solvent/field/koala-bear';
import { evaluate } from '@solvent/field/ntt';
import { createDraw, times } from './draw.js';
import { vectorFile } from './format.js';

/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('@solvent/field/extension').Extension} Extension */

const p = field.modulus;

export function fieldVectors() {
  const draw = createDraw('field');
  const edges = [0, 1, 2, p - 1, p - 2, (p - 1) / 2, 2 ** 24, 2 ** 30];
  const pairs = [
    ...edges.map((a, i) => [a, edges[(3 * i + 1) % edges.length]]),
    ...times(8, () => [draw.element(), draw.element()]),
  ];
  /** @type {VectorCase[]} */
  const cases = [];
  for (const [name, operation] of Object.entries({ add: field.add, sub: field.sub, mul: field.mul })) {
    pairs.forEach(([a, b], i) => {
      cases.push({ id: `${name}-${i}`, result: 'valid', operation: name, inputs: [a, b], output: operation(a, b) });
    });
  }
  pairs.forEach(([, b], i) => {
    if (b !== 0) cases.push({ id: `inv-${i}`, result: 'valid', operation: 'inv', inputs: [b], output: field.inv(b) });
  });
  cases.push({
    id: 'inv-of-zero',
    result: 'invalid',
    comment: '0 has no inverse',
    base: 'inv-1',
    operation: 'inv',
    inputs: [0],
  });
  for (const value of [0, 1, p - 1])
    cases.push({ id: `canonical-${value}`, result: 'valid', operation: 'canonical', inputs: [value] });
  for (const value of [p, p + 1, 2 ** 31, 2 ** 32 - 1]) {
    cases.push({
      id: `not-canonical-${value}`,
      result: 'invalid',
      comment: 'p or more',
      base: `canonical-${p - 1}`,
      operation: 'canonical',
      inputs: [value],
    });
  }
  return vectorFile('field', 'Arithmetic of the base field, p = 2130706433.', ['2.1'], cases);
}

export function extensionVectors() {
  const draw = createDraw('extension');
  const powerOfX = (/** @type {number} */ k) => ext.pow([0, 1, 0, 0, 0], k);
  /** @type {Extension[]} */
  const edges = [ext.one, powerOfX(1), powerOfX(4), [p - 1, p - 1, p - 1, p - 1, p - 1], [p - 2, 0, 0, 0, 0]];
  const pairs = [
    ...edges.map((a, i) => [a, edges[(2 * i + 1) % 5]]),
    ...times(8, () => [draw.extension(), draw.extension()]),
  ];
  /** @type {VectorCase[]} */
  const cases = [];
  pairs.forEach(([a, b], i) => {
    cases.push({ id: `mul-${i}`, result: 'valid', operation: 'mul', inputs: [a, b], output: ext.mul(a, b) });
    cases.push({ id: `inv-${i}`, result: 'valid', operation: 'inv', inputs: [a], output: ext.inv(a) });
  });
  cases.push({
    id: 'inv-of-zero',
    result: 'invalid',
    comment: '0 has no inverse',
    base: 'inv-0',
    operation: 'inv',
    inputs: [ext.zero],
  });
  return vectorFile('extension', 'Arithmetic of F = F_p[X]/(X^5 + X^2 − 1), constant term first.', ['2.2'], cases);
}

export function domainVectors() {
  /** @type {VectorCase[]} */
  const cases = times(field.twoAdicity + 1, (logSize) => ({
    id: `generator-${logSize}`,
    result: /** @type {const} */ ('valid'),
    operation: 'generator',
    logSize,
    output: subgroupGenerator(logSize),
  }));
  for (const [size, shift, position] of [
    [2048, 1, 0],
    [2048, 1, 2047],
    [8192, 3, 0],
    [8192, 3, 4],
    [8192, 3, 8191],
    [2 ** 21, 3, 1234567],
  ]) {
    const output = domainPoint(createDomain(size, shift), position);
    cases.push({
      id: `point-${size}-${shift}-${position}`,
      result: 'valid',
      operation: 'point',
      size,
      shift,
      position,
      output,
    });
  }
  return vectorFile(
    'domain',
    'Generators of the subgroups of order 2^logSize, and points of domains.',
    ['2.1', '2.3'],
    cases,
  );
}

export function nttVectors() {
  const draw = createDraw('ntt');
  const cases = [
    [8, 1, 8],
    [8, 3, 8],
    [32, 3, 32],
    [32, 3, 8],
    [64, 1, 64],
  ].map(([size, shift, length]) => {
    const coefficients = times(length, draw.element);
    const values = [...evaluate(Uint32Array.from(coefficients), createDomain(size, shift))];
    return {
      id: `size-${size}-shift-${shift}-length-${length}`,
      result: /** @type {const} */ ('valid'),
      size,
      shift,
      coefficients,
      values,
    };
  });
  return vectorFile(
    'ntt',
    'Polynomials as coefficients, constant term first, and their values on a domain in order of position.',
    ['2.3'],
    cases,
  );
}
