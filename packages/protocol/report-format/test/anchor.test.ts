import { bytesToHex } from '@solvent/commitment/bytes';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchorForms, parseAnchor } from '../src/anchor.js';
import { textField } from '../src/fields.js';

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('an anchor', () => {
  test('is read back from every one of its forms', () => {
    fc.assert(
      fc.property(digest, fc.stringMatching(/^[ -~]{1,20}$/), (bytes, name) => {
        for (const form of Object.values(anchorForms(bytes, name, '2026-10'))) expect(parseAnchor(form)).toEqual(bytes);
      }),
    );
  });

  test('is read back from a post with the longest names that a report can have', () => {
    const longest = '\u{1d11e}'.repeat(128);
    expect(textField.safeParse(longest).success).toBe(true);
    const bytes = new Uint8Array(32).fill(7);
    expect(parseAnchor(anchorForms(bytes, longest, longest).post)).toEqual(bytes);
  });

  test('of 36 bytes is one push after OP_RETURN', () => {
    const { opReturn } = anchorForms(new Uint8Array(32).fill(7), 'Example', '2026-10');
    expect(opReturn).toBe(`6a24${'534c5654'}${'07'.repeat(32)}`);
    expect(opReturn).toHaveLength(2 * (2 + 36));
  });

  test('that is shortened, lengthened or of another tag is none', () => {
    fc.assert(
      fc.property(digest, fc.integer({ min: 0, max: 63 }), (bytes, length) => {
        const hex = bytesToHex(bytes);
        for (const text of [hex.slice(0, length), `${hex}0`, `0x534c5655${hex}`, `6a25534c5654${hex}`, `0x${hex}`]) {
          expect(parseAnchor(text)).toBeUndefined();
        }
      }),
    );
  });
});
