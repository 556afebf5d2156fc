// Inputs of vectors that are drawn: always from seeded randomness, so that they are the same every time.
import { modulus } from '@solvent/field/koala-bear';
import { uniformBelow } from '@solvent/ledger/random';
import { seededRandom } from '@solvent/ledger/testing';

/** @typedef {import('@solvent/field/extension').Extension} Extension */

/**
 * Draws inputs from a seed.
 * @param {string} seed
 */
export function createDraw(seed) {
  const random = seededRandom(`vectors ${seed}`);
  const element = () => uniformBelow(random, modulus);
  return {
    random,
    element,
    /** @returns {Extension} */
    extension: () => [element(), element(), element(), element(), element()],
    /** @param {number} bound */
    below: (bound) => uniformBelow(random, bound),
    /** @param {number} length */
    bytes: (length) => {
      const bytes = new Uint8Array(length);
      random.fill(bytes);
      return bytes;
    },
  };
}

/**
 * @template T
 * @param {number} count
 * @param {(i: number) => T} make
 * @returns {T[]}
 */
export const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));
