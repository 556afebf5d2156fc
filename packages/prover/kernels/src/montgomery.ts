/** Montgomery form, in which the kernels take factors: 2^32 times the element, so that a product with one is plain. */
import type { Extension } from '@solvent/field/extension';
import { modulus, mul } from '@solvent/field/koala-bear';

/** 1 in Montgomery form: 2^32 modulo p. */
export const montgomeryOne = 2 ** 32 % modulus;

/** An element in Montgomery form. */
export function montgomery(value: number): number {
  return mul(value, montgomeryOne);
}

/** The five parts of an element of F in Montgomery form. */
export function montgomeryExtension(value: Extension): number[] {
  return value.map(montgomery);
}
