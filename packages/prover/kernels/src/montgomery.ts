/** Montgomery form, in which the kernels take factors: 2^32 times the element, so that a product with one is plain. */
import type { Extension } from '@solvent/field/extension';
import { inv, modulus, mul, pow } from '@solvent/field/koala-bear';

/** 1 in Montgomery form: 2^32 modulo p. */
export const montgomeryOne = 2 ** 32 % modulus;

/** An element in Montgomery form, or times any power of 2^32. */
export function montgomery(value: number, exponent = 1): number {
  return mul(value, exponent < 0 ? inv(pow(montgomeryOne, -exponent)) : pow(montgomeryOne, exponent));
}

/** The five parts of an element of F in Montgomery form. */
export function montgomeryExtension(value: Extension): number[] {
  return value.map((part) => montgomery(part));
}
