import { hexToBytes } from '@solvent/commitment/bytes';
import { anchorForms } from '@solvent/report-format/anchor';
import { describe, expect, test } from 'vitest';
import { accountOfToken } from '../src/bearer-token.js';
import { digestGroups, readAnchor, readDigest } from '../src/digest-input.js';

const hex = '0123456789abcdef'.repeat(4);

describe('a digest that somebody pastes', () => {
  test('is taken with gaps and in capitals, whole only', () => {
    expect(readDigest('')).toEqual({ kind: 'empty' });
    expect(readDigest(' \n')).toEqual({ kind: 'empty' });
    expect(readDigest(` ${digestGroups(hex).join(' ').toUpperCase()}\n`)).toEqual({ kind: 'digest', hex });
    for (const text of [hex.slice(1), `${hex}0`, `0x${hex}`, hex.replace('0', 'g'), '…']) {
      expect(readDigest(text), text).toEqual({ kind: 'wrong' });
    }
  });

  test('is found in every form of an anchor', () => {
    const forms = Object.values(anchorForms(hexToBytes(hex), 'Example Exchange', '2026-02'));
    expect(forms.length).toBe(4);
    for (const form of forms) expect(readAnchor(form), form).toEqual({ kind: 'digest', hex });
    expect(readAnchor('Solvent report of Example Exchange, 2026-02')).toEqual({ kind: 'wrong' });
  });
});

describe('the account of a token', () => {
  const tokenOf = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

  test('is its subject, as a rule', () => {
    expect(accountOfToken(tokenOf({ sub: 'user-0000001' }), 'sub')).toBe('user-0000001');
    expect(accountOfToken(` ${tokenOf({ sub: 'Zoë-日本' })}\n`, 'sub')).toBe('Zoë-日本');
  });

  test('is in the claim that the settings name', () => {
    const token = tokenOf({ sub: 'login|17', account: 'user-0000001' });
    expect(accountOfToken(token, 'account')).toBe('user-0000001');
    expect(accountOfToken(token, 'constructor')).toBeUndefined();
  });

  test.each(['', 'a.b', 'a.b.c.d', 'e30.!!!.c2ln', tokenOf({}), tokenOf({ sub: 1 }), tokenOf(null), tokenOf('sub')])(
    'is not there in %j',
    (token) => {
      expect(accountOfToken(token, 'sub')).toBeUndefined();
    },
  );
});
