import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteStrings, decodeString } from '../src/byte-strings.js';
import { halfSipHash } from '../src/half-sip-hash.js';

describe('createByteStrings', () => {
  // Few letters, so that there are repetitions and strings that begin alike.
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\u{0}'), maxLength: 7 }), {
    maxLength: 400,
  });
  const bytesOf = (text: string) => Buffer.from(`-${text}-`);
  const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

  it('numbers strings as a map does, in order of bytes, in any order, and first in one, then in the other (property)', () => {
    fc.assert(
      fc.property(texts, fc.nat({ max: 400 }), (texts, sortedCount) => {
        const list = [...texts.slice(0, sortedCount).sort(byBytes), ...texts.slice(sortedCount)];
        const strings = createByteStrings();
        const numbers = new Map<string, number>();
        for (const text of list) {
          if (!numbers.has(text)) numbers.set(text, numbers.size);
          expect(strings.add(bytesOf(text), 1, bytesOf(text).length - 1)).toBe(numbers.get(text));
        }
        expect(strings.count()).toBe(numbers.size);
        const packed = strings.pack();
        for (const [text, number] of numbers) {
          expect(strings.text(number)).toBe(text);
          expect(decodeString(packed, number)).toBe(text);
          expect(strings.find(bytesOf(text), 1, bytesOf(text).length - 1)).toBe(number);
        }
        expect(packed.start.length).toBe(numbers.size + 1);
        expect(packed.bytes.length).toBe(packed.start.at(-1));
      }),
    );
  });

  it('finds only what was added, at any time (property)', () => {
    fc.assert(
      fc.property(texts, texts, (texts, others) => {
        const strings = createByteStrings();
        const added = new Set<string>();
        for (const [i, text] of texts.entries()) {
          strings.add(bytesOf(text), 1, bytesOf(text).length - 1);
          added.add(text);
          const other = others[i] ?? '';
          expect(strings.find(bytesOf(other), 1, bytesOf(other).length - 1) >= 0).toBe(added.has(other));
        }
      }),
    );
  });

  it('finds each of very many', () => {
    const strings = createByteStrings();
    const idOf = (i: number) => Buffer.from(`user-${i * 7}`);
    const numbers = Array.from({ length: 100_000 }, (_, i) => i);
    expect(numbers.filter((i) => strings.add(idOf(i), 0, idOf(i).length) !== i)).toEqual([]);
    expect(numbers.filter((i) => strings.find(idOf(i), 0, idOf(i).length) !== i)).toEqual([]);
    expect(strings.find(idOf(100_000), 0, idOf(100_000).length)).toBe(-1);
  });
});

describe('halfSipHash', () => {
  const message = Uint8Array.from({ length: 80 }, (_, i) => i - 8);

  // From the authors' reference code with the key 00 01 … 07 and the messages 00 01 …, of 0 to 9 bytes.
  it.each([
    [0, 0x5814c896],
    [1, 0xe7e864ca],
    [2, 0xbc4b0e30],
    [3, 0x01539939],
    [4, 0x7e059ea6],
    [5, 0x88e3d89b],
    [8, 0x577999b1],
    [9, 0xc839caed],
  ])('of %i bytes', (size, hash) => {
    expect(halfSipHash([0x03020100, 0x07060504], message, 8, 8 + size) >>> 0).toBe(hash);
  });

  it('depends on the key', () => {
    expect(halfSipHash([1, 0], message, 0, 12)).not.toBe(halfSipHash([0, 0], message, 0, 12));
    expect(halfSipHash([0, 1], message, 0, 12)).not.toBe(halfSipHash([0, 0], message, 0, 12));
  });
});
