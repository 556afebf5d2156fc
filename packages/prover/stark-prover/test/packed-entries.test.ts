import { packEntries, packedEntriesSize, unpackEntries } from '@solvent/stark-prover/packed-entries';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const stride = packedEntriesSize + 5;
const entry = fc.tuple(fc.nat(65535), ...Array.from({ length: 7 }, () => fc.nat(1023)));
const row = fc.array(entry, { minLength: 4, maxLength: 4 }).map((entries) => entries.flat());

function pack(rows: readonly (readonly number[])[], start: number): Buffer {
  const columns = Array.from({ length: 32 }, (_, c) => Uint32Array.from(rows, (values) => values[c]));
  const bytes = Buffer.alloc(stride * (rows.length - start) + 3);
  packEntries(columns, start, rows.length, new DataView(bytes.buffer, bytes.byteOffset), 3, stride);
  return bytes;
}

describe('packed entries', () => {
  it('are the values of the rows in 44 bytes each', () => {
    expect(packedEntriesSize).toBe(44);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), fc.nat(4), (rows, drawn) => {
        const start = drawn % rows.length;
        const bytes = pack(rows, start);
        rows.slice(start).forEach((values, i) => {
          expect(unpackEntries(bytes.subarray(3 + stride * i, 3 + stride * i + packedEntriesSize))).toEqual(values);
        });
      }),
    );
  });

  it('hold the greatest amount', () => {
    const values = [4096, ...Array<number>(7).fill(1023)];
    const greatest = [...values, ...values, ...values, ...values];
    expect(unpackEntries(pack([greatest], 0).subarray(3, 47))).toEqual(greatest);
  });

  it.each([
    [0, 65536],
    [1, 1024],
    [7, 2130706432],
    [31, 1024],
  ])('cannot hold column %i with the value %i', (column, value) => {
    const values = Array<number>(32).fill(0);
    values[column] = value;
    expect(() => pack([Array<number>(32).fill(0), values], 0)).toThrow('rows 0 to 1: expected assets of 16 bits');
  });
});
