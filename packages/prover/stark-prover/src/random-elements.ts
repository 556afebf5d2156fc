/** Uniformly random field elements: masks and random rows (spec §6.10). */
import type { ExtensionColumn } from '@solvent/field/extension-column';
import { isCanonical } from '@solvent/field/koala-bear';
import type { Random } from '@solvent/ledger/random';

/** Uniform elements of F_p: 31 random bits each, drawn again where they are not below p. */
export function randomElements(random: Random, count: number): Uint32Array {
  const elements = new Uint32Array(count);
  random.fill(new Uint8Array(elements.buffer));
  const word = new Uint32Array(1);
  for (let i = 0; i < count; i++) {
    let candidate = elements[i] & 0x7fffffff;
    while (!isCanonical(candidate)) {
      random.fill(new Uint8Array(word.buffer));
      candidate = word[0] & 0x7fffffff;
    }
    elements[i] = candidate;
  }
  return elements;
}

/** A column of uniform elements of F. */
export function randomColumn(random: Random, length: number): ExtensionColumn {
  const part = () => randomElements(random, length);
  return [part(), part(), part(), part(), part()];
}

/** Uniformly random bytes. */
export function randomBytes(random: Random, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  random.fill(bytes);
  return bytes;
}
