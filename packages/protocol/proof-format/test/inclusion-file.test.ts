import { deriveShape } from '@solvent/stark/shape';
import { minRowCount } from '@solvent/stark/table';
import { describe, expect, it } from 'vitest';
import {
  decodeInclusionFile,
  decodeInclusionOpenings,
  decodeMask,
  encodeInclusionFile,
  encodeInclusionOpenings,
  type InclusionFile,
  maxInclusionFileSize,
} from '../src/inclusion-file.js';

const digest = (digit: string) => digit.repeat(64);
const unused = { asset: 0, amount: '0' };

const file: InclusionFile = {
  format: 'solvent-inclusion/1',
  manifest: digest('1'),
  segment: 0,
  nonce: digest('2'),
  rows: [
    {
      index: 100,
      entries: [{ asset: 1, amount: '5' }, unused, unused, unused],
      salt: digest('3'),
      mask: '0'.repeat(40),
    },
  ],
  openings: '',
};

function decodeChanged(change: object) {
  return decodeInclusionFile(encodeInclusionFile({ ...file, ...change }));
}

describe('decodeInclusionFile', () => {
  it('reads back what encodeInclusionFile writes', () => {
    expect(decodeChanged({})).toEqual({ ok: true, value: file });
  });

  it.each(['', 'QUJD', 'QUI=', 'QQ==', '+/+/'])('takes the openings %j', (openings) => {
    expect(decodeChanged({ openings }).ok).toBe(true);
  });

  it.each(['=', 'Q', 'Q=', 'QR=='])('leaves it to the decoder of openings to refuse %j', (openings) => {
    expect(decodeChanged({ openings }).ok).toBe(true);
    const decoded = decodeInclusionOpenings(openings, deriveShape(minRowCount), [100]);
    expect(decoded).toEqual({ ok: false, fault: 'not base64' });
  });

  it.each(['QUJ-', 'QUJD\n', ' QUJD', 'Q=Q=', '===', 'QUJDλ'])('refuses the openings %j', (openings) => {
    expect(decodeChanged({ openings })).toEqual({ ok: false, fault: 'at openings: expected base64' });
  });

  it.each([
    ['of one byte each', ''],
    // Engines then keep all of them as two bytes each, and patterns run out of stack sooner.
    ['of two bytes each', 'λ'],
  ])('does not throw on openings of 8 Mi characters %s', (_, last) => {
    const openings = 'A'.repeat(maxInclusionFileSize - 1000) + last;
    expect(decodeChanged({ openings }).ok).toBe(last === '');
    expect(decodeInclusionOpenings(openings, deriveShape(minRowCount), [100]).ok).toBe(false);
  });

  it('refuses a file of more than 2^23 bytes', () => {
    const fault = `expected at most ${maxInclusionFileSize} bytes, got ${maxInclusionFileSize + 1}`;
    expect(decodeInclusionFile(new Uint8Array(maxInclusionFileSize + 1))).toEqual({ ok: false, fault });
  });
});

describe('decodeInclusionOpenings', () => {
  const shape = deriveShape(minRowCount);

  it('reads back what encodeInclusionOpenings writes, and refuses a byte less or more', () => {
    // One row of 2^11: eleven siblings of its leaf; seven values and eight, then five siblings, of the two layers.
    const layer = (siblings: number) => ({
      values: Array.from({ length: 7 }, () => [1, 2, 3, 4, 5] as const),
      siblings: new Uint8Array(32 * siblings).fill(6),
    });
    const openings = { rowSiblings: new Uint8Array(32 * 11).fill(7), layers: [layer(8), layer(5)] };
    const text = encodeInclusionOpenings(openings);
    expect(decodeInclusionOpenings(text, shape, [100])).toEqual({ ok: true, value: openings });
    const shorter = { ...openings, rowSiblings: openings.rowSiblings.subarray(1) };
    expect(decodeInclusionOpenings(encodeInclusionOpenings(shorter), shape, [100]).ok).toBe(false);
    const longer = { ...openings, rowSiblings: new Uint8Array(32 * 11 + 1) };
    expect(decodeInclusionOpenings(encodeInclusionOpenings(longer), shape, [100]).ok).toBe(false);
  });
});

describe('decodeMask', () => {
  it('takes canonical elements only', () => {
    // p = 0x7f000001, little-endian.
    expect(decodeMask(`0000007f${'0'.repeat(32)}`)).toEqual([0x7f000000, 0, 0, 0, 0]);
    expect(decodeMask(`0100007f${'0'.repeat(32)}`)).toBeUndefined();
  });
});
