import { expect, test } from 'vitest';
import { mapKey } from '../src/sources/substrate-json-rpc.js';
import { twox128, xxh64 } from '../src/sources/twox.js';

test.each([
  // As the reference implementation has them; the last is longer than one stripe.
  ['', 0n, 0xef46db3751d8e999n],
  ['a', 0n, 0xd24ec4f1a98c6e5bn],
  ['abc', 0n, 0x44bc2cf5ad770999n],
  ['Nobody inspects the spammish repetition', 0n, 0xfbcea83c8a378bf1n],
])('XXH64 of %j', (text, seed, hash) => {
  expect(xxh64(Buffer.from(text), seed)).toBe(hash);
});

test.each([
  // Prefixes of storage that Substrate's documentation names.
  ['System', '26aa394eea5630e07c48ae0c9558cef7'],
  ['Account', 'b99d880ec681799c0cf30e8886371da9'],
  ['Timestamp', 'f0c365c3cf59d671eb72da0e7a4113c4'],
  ['Now', '9f1f0515f462cdcf84e0f1d6045dfcbb'],
])('twox_128 of %s', (text, digits) => {
  expect(twox128(text)).toBe(digits);
});

test('the key of an account holds the hash of the account and the account', () => {
  const key = mapKey('System', 'Account', new Uint8Array(32));
  expect(key.slice(2, 66)).toBe('26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9');
  expect(key.length).toBe(2 + 2 * (32 + 16 + 32));
  expect(key.endsWith('00'.repeat(32))).toBe(true);
});
