/** Checks of the vectors of field, extension, domains, transforms. Each throws if the code does not agree. */
import { createDomain, domainPoint, subgroupGenerator } from '@solvent/field/domain';
import * as ext from '@solvent/field/extension';
import * as field from '@solvent/field/koala-bear';
import { evaluate, interpolate } from '@solvent/field/ntt';
import { expect } from 'vitest';
import type { VectorCase } from './vector-files.js';

type Extension = ext.Extension;

interface FieldCase extends VectorCase {
  readonly operation: 'add' | 'sub' | 'mul' | 'inv' | 'canonical';
  readonly inputs: readonly number[];
  readonly output?: number;
}

export function checkField({ operation, inputs: [a, b], output, result }: FieldCase): void {
  const operations = {
    add: () => field.add(a, b),
    sub: () => field.sub(a, b),
    mul: () => field.mul(a, b),
    inv: () => field.inv(a),
  };
  if (operation === 'canonical') expect(field.isCanonical(a)).toBe(result === 'valid');
  else if (result === 'valid') expect(operations[operation]()).toBe(output);
  else expect(operations[operation]).toThrow(RangeError);
}

interface ExtensionCase extends VectorCase {
  readonly operation: 'mul' | 'inv';
  readonly inputs: readonly Extension[];
  readonly output?: Extension;
}

export function checkExtension({ operation, inputs: [a, b], output, result }: ExtensionCase): void {
  const compute = () => (operation === 'mul' ? ext.mul(a, b) : ext.inv(a));
  if (result === 'valid') expect(compute()).toEqual(output);
  else expect(compute).toThrow(RangeError);
}

interface DomainCase extends VectorCase {
  readonly operation: 'generator' | 'point';
  readonly logSize: number;
  readonly size: number;
  readonly shift: number;
  readonly position: number;
  readonly output: number;
}

export function checkDomain({ operation, logSize, size, shift, position, output }: DomainCase): void {
  if (operation === 'generator') expect(subgroupGenerator(logSize)).toBe(output);
  else expect(domainPoint(createDomain(size, shift), position)).toBe(output);
}

interface NttCase extends VectorCase {
  readonly size: number;
  readonly shift: number;
  readonly coefficients: readonly number[];
  readonly values: readonly number[];
}

export function checkNtt({ size, shift, coefficients, values }: NttCase): void {
  const domain = createDomain(size, shift);
  expect([...evaluate(Uint32Array.from(coefficients), domain)]).toEqual(values);
  const padded = [...coefficients, ...new Array<number>(size - coefficients.length).fill(0)];
  expect([...interpolate(Uint32Array.from(values), domain)]).toEqual(padded);
}
