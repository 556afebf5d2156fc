import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExactJson } from '../src/transport/exact-json.js';

test.each<[string, unknown]>([
  ['0.1', '0.1'],
  ['[0.10, 1e3, -2.5E-7]', ['0.10', '1e3', '-2.5E-7']],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', '9007199254740993'],
  ['{"0.5": "0.5", "a\\"1.5": 1.5}', { '0.5': '0.5', 'a"1.5': '1.5' }],
  ['"\\\\", 1.5'.replace(/^/, '[').replace(/$/, ']'), ['\\', '1.5']],
])('%s', (text, value) => {
  expect(parseExactJson(text)).toEqual(value);
});

test.each(['', '01.5', '1.', '.5', '1.5.5', '[1.5', '"1.5', '1e', '- 1.5', 'NaN'])('refuses %j', (text) => {
  expect(() => parseExactJson(text)).toThrow(SyntaxError);
});

test.each(['{"a": 1, "a": 2}', '[{"b": {"a": 1, "c": [{"a": 1}], "\\u0061": 1}}]', '{"": 1, "": 1}'])(
  'refuses %j',
  (text) => {
    expect(() => parseExactJson(text)).toThrow('is there twice');
  },
);

test('takes one name in several objects, and texts that look like names', () => {
  const value = { a: { a: [{ a: 1 }, { a: 'a": 1, "a' }] }, b: ['a', 'a', '{', '"a":'] };
  expect(parseExactJson(JSON.stringify(value))).toEqual(value);
});

test('is JSON but for numbers', () => {
  const plain = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)));
  fc.assert(
    fc.property(plain, (value) => {
      const expected = JSON.parse(JSON.stringify(value), (_, one) => {
        return typeof one === 'number' && !Number.isSafeInteger(one) ? JSON.stringify(one) : one;
      });
      expect(parseExactJson(JSON.stringify(value))).toEqual(expected);
    }),
  );
});
