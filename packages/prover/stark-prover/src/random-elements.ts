/** Uniformly random field elements: masks and random rows (spec §6.10). */
import type { ExtensionColumn } from '@solvent/field/extension-column';
import { modulus } from '@solvent/field/koala-bear';
import type { Engine } from '@solvent/kernels/engine';
import type { Random } from '@solvent/ledger/random';

/** Overwrites a column by uniform elements of F_p: 31 random bits each, drawn again where they are not below p. */
export function fillRandomElements(random: Random, elements: Uint32Array): void {
  random.fill(new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength));
  const word = new Uint32Array(1);
  const wordBytes = new Uint8Array(word.buffer);
  for (let i = 0; i < elements.length; i++) {
    let candidate = elements[i] & 0x7fffffff;
    while (candidate >= modulus) {
      random.fill(wordBytes);
      candidate = word[0] & 0x7fffffff;
    }
    elements[i] = candidate;
  }
}

/** A column of uniform elements of F, in the engine's memory. */
export function randomColumn(random: Random, length: number, engine: Engine): ExtensionColumn {
  const part = () => {
    const elements = engine.allocate(length);
    fillRandomElements(random, elements);
    return elements;
  };
  return [part(), part(), part(), part(), part()];
}
