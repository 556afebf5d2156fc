import { expect, it, vi } from 'vitest';

/** Words that the outputs of challenges begin with: what the hash gives only once in 2^124 draws, and once in 128. */
const words = vi.hoisted(() => ({ first: [] as number[] }));

vi.mock('../src/blake3.js', async (load) => {
  const original = await load<typeof import('../src/blake3.js')>();
  return {
    ...original,
    createHasher(purpose: string) {
      const hasher = original.createHasher(purpose);
      if (purpose !== 'transcript output') return hasher;
      return {
        ...hasher,
        digest(message: Uint8Array, size?: number) {
          const output = hasher.digest(message, size);
          const view = new DataView(output.buffer, output.byteOffset);
          for (const [i, word] of words.first.entries()) view.setUint32(4 * i, word, true);
          return output;
        },
      };
    },
  };
});

const { Transcript } = await import('../src/transcript.js');
const modulus = 2130706433;

it('draws again when an element of F lies in F_p, where it must not', () => {
  words.first = [5, 0, 0, 0, 0, 6, 0, 0, 0, 0, 7, 1, 0, 0, 0];
  expect(new Transcript('test').squeezeNonBaseExtensions('/z', 1)).toEqual([[7, 1, 0, 0, 0]]);
  expect(new Transcript('test').squeezeExtensions('/z', 1)).toEqual([[5, 0, 0, 0, 0]]);
});

it('draws again when 31 bits are no canonical element; the 32nd is left out', () => {
  words.first = [modulus, modulus - 1, 2 ** 31 - 1, 2 ** 31 + 3, 2 ** 32 - 1, 4, 2 ** 31 + modulus, 1, 2];
  expect(new Transcript('test').squeezeExtensions('/x', 1)).toEqual([[modulus - 1, 3, 4, 1, 2]]);
});

it('takes as many low bits as are asked for, and no draw twice', () => {
  words.first = [2 ** 32 - 1, 2 ** 13, 5, 5];
  expect(new Transcript('test').squeezeIntegers('/queries', 4, 13)).toEqual([8191, 0, 5, 5]);
});
