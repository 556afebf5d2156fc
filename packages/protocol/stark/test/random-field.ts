import type { Extension } from '@solvent/field/extension';
import { modulus } from '@solvent/field/koala-bear';
import fc from 'fast-check';

/** Base-field elements, the edges often. */
const elements = fc.oneof(fc.integer({ min: 0, max: modulus - 1 }), fc.constantFrom(0, 1, modulus - 1));

/** Elements of F. */
export const extensions = fc.tuple(elements, elements, elements, elements, elements) as fc.Arbitrary<Extension>;

/** Elements of F outside F_p. */
export const points = extensions.filter((value) => value.slice(1).some((part) => part !== 0));
