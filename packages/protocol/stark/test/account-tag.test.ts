import { createHasher } from '@solvent/commitment/blake3';
import { accountTag, isAccountId } from '@solvent/stark/account-tag';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const nonce = new Uint8Array(32).fill(7);
const ids = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });

describe('account tags (§4.6)', () => {
  it('hash the number of bytes of the id, the id, and the nonce', () => {
    const id = new TextEncoder().encode('zoë');
    const message = Uint8Array.of(id.length, 0, 0, 0, ...id, ...nonce);
    expect(id.length).toBe(4);
    expect(accountTag('zoë', nonce)).toEqual(createHasher('account').digest(message));
  });

  it('differ for different ids and nonces, also where their bytes run on the same', () => {
    fc.assert(
      fc.property(ids, ids, (first, second) => {
        if (first !== second) expect(accountTag(first, nonce)).not.toEqual(accountTag(second, nonce));
        const shifted = new Uint8Array([...new TextEncoder().encode(second), ...nonce]).subarray(0, 32);
        expect(accountTag(first + second, nonce)).not.toEqual(accountTag(first, shifted));
      }),
    );
    expect(accountTag('a', nonce)).not.toEqual(accountTag('a', new Uint8Array(32)));
  });

  it('tell apart ids that look the same: nothing is normalised', () => {
    expect(accountTag('é', nonce)).not.toEqual(accountTag('e\u0301', nonce));
    expect(accountTag('a', nonce)).not.toEqual(accountTag('a ', nonce));
    expect(accountTag('a', nonce)).not.toEqual(accountTag('A', nonce));
  });

  it('are for ids of 1 to 256 bytes without lone surrogates', () => {
    for (const id of ['a', 'é'.repeat(128), 'a'.repeat(256), '../x', '\u0000', '😀'])
      expect(isAccountId(id)).toBe(true);
    for (const id of ['', 'a'.repeat(257), 'é'.repeat(129), '\ud800', 'a\udc00b']) expect(isAccountId(id)).toBe(false);
  });
});
