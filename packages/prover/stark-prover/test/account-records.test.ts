import {
  decodeRecord,
  encodeRecord,
  maxRecordSize,
  type RecordSpan,
  type StoredAccount,
  scanRecords,
} from '@solvent/stark-prover/account-records';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const nonce = new Uint8Array(32).map((_, i) => 200 + i);
const account: StoredAccount = { accountId: 'alice', nonce, segment: 0, rows: [300, 301, 524287] };

const accounts: fc.Arbitrary<StoredAccount> = fc.record({
  accountId: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((id) => Buffer.byteLength(id) <= 256),
  nonce: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  segment: fc.constant(3),
  rows: fc.uniqueArray(fc.nat(2 ** 19 - 1), { minLength: 1, maxLength: 30 }).map((rows) => rows.sort((a, b) => a - b)),
});

describe('an account record', () => {
  it('takes 42 bytes besides the id for a row and a short id', () => {
    const bytes = Buffer.alloc(maxRecordSize);
    expect(encodeRecord({ ...account, rows: [2 ** 19 - 1] }, bytes, 0)).toBe(1 + 5 + 32 + 1 + 3);
    expect(bytes.subarray(0, 6)).toEqual(Buffer.from('\x05alice'));
  });

  it('is read back, whatever its neighbours and wherever reads end', () => {
    fc.assert(
      fc.property(fc.array(accounts, { maxLength: 12 }), fc.nat(99), (list, start) => {
        const bytes = Buffer.alloc(start + list.length * maxRecordSize);
        let end = start;
        for (const each of list) end = encodeRecord(each, bytes, end);
        // Reads that end in the middle of a record, as at the end of a block.
        const read = (position: number, size: number) => bytes.subarray(position, position + Math.min(size, 400));
        const found = [...scanRecords(read, start, end)].length;
        expect(found).toBe(list.length);
        const decoded: StoredAccount[] = [];
        const positions: number[] = [];
        for (const { span, position } of scanRecords(read, start, end)) {
          decoded.push(decodeRecord(span as RecordSpan, 3));
          positions.push(position);
        }
        expect(decoded).toEqual(list);
        expect(positions).toEqual([...positions].sort((a, b) => a - b));
      }),
      { numRuns: 100 },
    );
  });

  it('may be as long as 256 bytes of id and 1024 rows', () => {
    const rows = Array.from({ length: 1024 }, (_, i) => 509 * i + 17);
    const longest = { accountId: 'é'.repeat(128), nonce, segment: 0, rows };
    const bytes = Buffer.alloc(maxRecordSize);
    const end = encodeRecord(longest, bytes, 0);
    const [{ span }] = scanRecords((position, size) => bytes.subarray(position, position + size), 0, end);
    expect(decodeRecord(span, 0)).toEqual(longest);
  });

  it.each([
    [{ accountId: '' }, '1 to 256 bytes'],
    [{ accountId: 'é'.repeat(129) }, 'got 258'],
    [{ nonce: new Uint8Array(31) }, '32 bytes, got 31'],
    [{ rows: [] }, 'expected 1 to 1024, got 0'],
    [{ rows: [2, 2] }, 'increasing order'],
    [{ rows: [3, 2] }, 'increasing order'],
    [{ rows: [-1] }, 'increasing order'],
    [{ rows: [0.5] }, 'increasing order'],
    [{ rows: [2 ** 19] }, 'below 524288'],
  ])('is not made of %j', (change, message) => {
    expect(() => encodeRecord({ ...account, ...change }, Buffer.alloc(maxRecordSize), 0)).toThrow(message);
  });
});
