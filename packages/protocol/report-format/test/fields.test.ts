import { describe, expect, it } from 'vitest';
import { digestField, textField, timeField, unitsField } from '../src/fields.js';

describe('textField', () => {
  it.each([
    ['letters and signs of any script', 'Exchange & Söhne, 取引所 – №1'],
    ['one character', 'x'],
    ['128 characters', 'x'.repeat(128)],
    ['characters past the basic plane', '\u{1f600}'],
    // What is unassigned in one version of Unicode is not in the next, and all readers must say the same.
    ['unassigned characters', '\u0378'],
  ])('takes %s', (_, text) => {
    expect(textField.safeParse(text).success).toBe(true);
  });

  it.each([
    ['no text', ''],
    ['129 characters', 'x'.repeat(129)],
    ['a line end', 'a\nb'],
    ['an escape', '\u001b[2J'],
    ['a control of the second block', '\u009b2J'],
    ['a change of direction', 'a\u202eb'],
    ['an isolate', 'a\u2066b'],
    ['a character without width', 'a\u200bb'],
    ['a byte-order mark', '\ufeffa'],
    ['a tag character', 'a\u{e0041}'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['a private character', '\ue000'],
    ['a non-character', '\ufdd0'],
    ['a high surrogate alone', 'a\ud800'],
    ['a low surrogate alone', '\udc00a'],
  ])('refuses %s', (_, text) => {
    expect(textField.safeParse(text).success).toBe(false);
  });
});

// Characters of two bytes each, which are what overflows a pattern's stack first; and the widest ones.
describe.each([
  ['of one byte', 'a'],
  ['of two bytes', 'λ'],
  ['of four bytes', '\u{1f600}'],
])('every field refuses 8 Mi characters %s and does not throw', (_, character) => {
  const text = character.repeat(2 ** 23);

  it.each(Object.entries({ textField, digestField, unitsField, timeField }))('%s', (_name, field) => {
    expect(field.safeParse(text).success).toBe(false);
  });
});

describe('the list of format characters', () => {
  it('holds every one that this version of Unicode has, and no letter', () => {
    for (let code = 0; code < 0x110000; code++) {
      const text = String.fromCodePoint(code);
      if (/\p{Cf}/u.test(text)) expect(textField.safeParse(text).success, code.toString(16)).toBe(false);
      else if (/[\p{L}\p{N}\p{P}]/u.test(text)) expect(textField.safeParse(text).success, code.toString(16)).toBe(true);
    }
  });
});
