import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OwnershipClaim } from '../src/claim.js';
import { checksOf } from './row-verdict.js';

/** By @wharfkit/antelope 1.2.0 with the key 11…11, over SHA-256 of the message. */
const plain: OwnershipClaim = {
  address: 'exchange1111',
  message: 'Exchange, report 7: 100 €',
  signatures: ['SIG_K1_Jv1VswC2kRgmh6rVAoDnqR2BkcNX9XECTNwgWvwhHFDXLHeqtnEwhnKMsY9EyyPC4XXU2XUNJrNg2amn7hx9Krp8YGhn7N'],
  script: 'EOS7S7oY6Jrjzq8txrPmBwUhUmKzpN64835E7ura1HDDAVUu3pzSs',
  owners: [],
};
const [signature] = plain.signatures;
const newKey = 'PUB_K1_7S7oY6Jrjzq8txrPmBwUhUmKzpN64835E7ura1HDDAVUsriHtC';
const otherKey = 'PUB_K1_5RWLQudhUehv8bFcVwqJWBor8VTy4psRS2J2s9PwahRhw7t92W';

const { check, code } = checksOf('EOS', plain);

describe('accounts of Antelope', () => {
  test('a right signature proves nothing of a name, and the verdict says whose it is and what would', () => {
    for (const script of [plain.script, newKey, '']) {
      expect(code({ script })).toBe('unproven W7 account-unproven');
      expect(check({ script }).detail).toContain(newKey);
      expect(check({ script }).detail).toContain('permissions');
    }
  });

  test('another key and another message fail', () => {
    expect(code({ script: otherKey })).toBe('failed W6 signature');
    expect(code({ message: 'other' })).toBe('failed W6 signature');
  });

  test('texts that are no keys or signatures fail', () => {
    const changed = (text: string) => text.slice(0, -1) + (text.endsWith('2') ? '3' : '2');
    for (const text of [
      changed(signature),
      signature.slice(0, -1),
      signature.slice(7),
      `${signature}1`,
      'SIG_K1_0',
      '',
    ]) {
      expect(code({ signatures: [text] })).toBe('failed W5 signature-format');
    }
    for (const script of [changed(newKey), newKey.replace('PUB_K1_', 'EOS'), newKey.slice(7), 'PUB_R1_x', '02ab']) {
      expect(code({ script })).toBe('failed W5 key-format');
    }
    expect(code({ signatures: [] })).toBe('failed W5 signature-missing');
    expect(code({ signatures: [signature, signature] })).toBe('failed W5 signature-count');
  });

  test.each(['a', 'eosio', 'eosio.token', 'abcdefghijkl', 'abcdefghijklj', 'a.b'])('%j is a name', (address) => {
    expect(code({ address })).toBe('unproven W7 account-unproven');
  });

  test.each(['', '.', 'a.', 'A', 'a6', 'abcdefghijklk', 'abcdefghijklmn', 'é', 'a b'])('%j is none', (address) => {
    expect(code({ address })).toBe('failed W3 address');
  });

  test('whatever the row holds, there is a verdict, and never that it is verified', () => {
    const field = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(signature, newKey, 'a', ''));
    fc.assert(
      fc.property(field, field, fc.array(field, { maxLength: 2 }), fc.array(field, { maxLength: 2 }), (...fields) => {
        const [address, script, signatures, owners] = fields;
        for (const target of [address, plain.address]) {
          expect(check({ address: target, script, signatures, owners }).verdict).not.toBe('verified');
        }
      }),
      { numRuns: 50 },
    );
  });
});
