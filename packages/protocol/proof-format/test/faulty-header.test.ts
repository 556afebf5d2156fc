import { deriveShape, openingTerms } from '@solvent/stark/shape';
import { minRowCount } from '@solvent/stark/table';
import { describe, expect, it } from 'vitest';
import { decodeHeader, headerSize } from '../src/proof.js';

const shape = deriveShape(minRowCount);
const size = headerSize(shape) + 4;

/** Magic, zeros for all digests and elements, and a nonce of 0. */
function zeroHeader(): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(new TextEncoder().encode('SOLVENT1'));
  return bytes;
}

function faultOf(bytes: Uint8Array): string {
  const decoded = decodeHeader(bytes, shape);
  if (decoded.ok) throw new Error('expected a fault');
  return decoded.fault;
}

describe('a header', () => {
  it('of zeros is in the format', () => {
    expect(decodeHeader(zeroHeader(), shape)).toMatchObject({ ok: true, nonce: 0, rest: new Uint8Array(0) });
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('with another byte %i of its magic is refused', (place) => {
    const bytes = zeroHeader();
    bytes[place] ^= 1;
    expect(faultOf(bytes)).toBe('magic at byte 0: expected "SOLVENT1"');
  });

  it('of any fewer bytes is refused, and says where it ends', () => {
    for (const length of [0, 7, 8, 100, size - 5]) expect(faultOf(zeroHeader().subarray(0, length))).toMatch(/at byte/);
    expect(faultOf(zeroHeader().subarray(0, size - 1))).toBe(`nonce at byte ${size - 4}: expected 4 bytes, found 3`);
  });

  it('with an element that is not canonical is refused, at whichever place', () => {
    // After the magic and four digests the opened values, then two digests for each layer, then both polynomials.
    const values = 8 + 4 * 32;
    const polynomials = values + 20 * openingTerms.length + 64 * shape.foldCount;
    const places = [values, values + 20 * openingTerms.length - 4, polynomials, headerSize(shape) - 4];
    for (const place of places) {
      const bytes = zeroHeader();
      // p = 0x7f000001, little-endian.
      bytes.set([1, 0, 0, 0x7f], place);
      expect(faultOf(bytes)).toMatch(new RegExp(`at byte ${place}: expected a canonical field element`));
      bytes.set([0, 0, 0, 0x7f], place);
      expect(decodeHeader(bytes, shape).ok).toBe(true);
    }
  });
});
