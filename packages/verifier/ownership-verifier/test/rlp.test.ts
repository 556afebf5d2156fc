import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { toRlp } from 'viem';
import { expect, test } from 'vitest';
import { decodeRlp, type RlpItem } from '../src/encodings/rlp.js';

const lorem = 'Lorem ipsum dolor sit amet, consectetur adipisicing elit';

// Examples of the RLP page of the Ethereum documentation.
test.each<[string, RlpItem]>([
  ['83646f67', utf8ToBytes('dog')],
  ['c88363617483646f67', [utf8ToBytes('cat'), utf8ToBytes('dog')]],
  ['80', new Uint8Array()],
  ['c0', []],
  ['00', Uint8Array.of(0)],
  ['0f', Uint8Array.of(15)],
  ['820400', Uint8Array.of(4, 0)],
  ['c7c0c1c0c3c0c1c0', [[], [[]], [[], [[]]]]],
  [`b838${bytesToHex(utf8ToBytes(lorem))}`, utf8ToBytes(lorem)],
])('%s', (text, item) => {
  expect(decodeRlp(hexToBytes(text))).toEqual(item);
});

test.each([
  ['nothing', ''],
  ['a byte below 0x80 with a length', '8105'],
  ['a string that ends early', '83646f'],
  ['bytes after the item', '83646f6700'],
  ['a list that ends early', 'c883636174'],
  ['an item across the end of its list', 'c283646f67'],
  ['a long length for a short string', `b837${'00'.repeat(55)}`],
  ['a length with a leading zero', `b90038${'00'.repeat(56)}`],
  ['a length of four bytes', 'ba01000000'],
  ['a length that ends early', 'b9'],
  ['a length of eight bytes', 'ffffffffffffffffff'],
  ['lists in lists without end', 'c1'.repeat(40)],
  ['seventeen lists in each other', `${Array.from({ length: 17 }, (_, i) => (0xc0 + 16 - i).toString(16)).join('')}`],
])('%s is no RLP', (_, text) => {
  expect(decodeRlp(hexToBytes(text))).toBeUndefined();
});

test('what an independent library encodes, and one encoding for each item', () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ minLength: 50, maxLength: 300 }));
  const { item } = fc.letrec<{ item: RlpItem; list: RlpItem[] }>((tie) => ({
    item: fc.oneof({ maxDepth: 5 }, bytes, tie('list')),
    list: fc.array(tie('item'), { maxLength: 4 }),
  }));
  fc.assert(
    fc.property(item, (value) => {
      const encoded = toRlp(value as never, 'bytes');
      expect(decodeRlp(encoded)).toEqual(value);
    }),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (encoded) => {
      const value = decodeRlp(encoded);
      if (value !== undefined) expect(toRlp(value as never, 'bytes')).toEqual(encoded);
    }),
    { numRuns: 2000 },
  );
});
