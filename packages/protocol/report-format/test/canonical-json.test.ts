import { utf8ToBytes } from '@solvent/commitment/bytes';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { decodeCanonicalJson, encodeCanonicalJson } from '../src/canonical-json.js';

const schema = z.strictObject({ a: z.int(), b: z.string() });
const maxSize = 1000;

function faultOf(bytes: Uint8Array, shape: Parameters<typeof decodeCanonicalJson>[2] = schema): string {
  const decoded = decodeCanonicalJson(bytes, maxSize, shape);
  if (decoded.ok) throw new Error('expected a fault');
  return decoded.fault;
}

describe('decodeCanonicalJson (RFC 8785)', () => {
  it('reads back what encodeCanonicalJson writes', () => {
    const value = { b: 'é\u{1f600}', a: -7 };
    const bytes = encodeCanonicalJson(value);
    expect(new TextDecoder().decode(bytes)).toBe('{"a":-7,"b":"é\u{1f600}"}');
    expect(decodeCanonicalJson(bytes, maxSize, schema)).toEqual({ ok: true, value });
  });

  it('writes nothing for what JSON has no value for', () => {
    expect(() => encodeCanonicalJson(undefined)).toThrow('canonical JSON: expected a JSON value, got undefined');
  });

  it.each([
    ['another order of members', '{"b":"","a":1}'],
    ['white space', '{"a":1, "b":""}'],
    ['a line end', '{"a":1,"b":""}\n'],
    ['a member twice', '{"a":1,"a":1,"b":""}'],
    ['another spelling of a number', '{"a":1.0,"b":""}'],
    ['−0', '{"a":-0,"b":""}'],
    ['another spelling of a text', '{"a":1,"b":"\\u0041"}'],
  ])('refuses %s', (_, text) => {
    expect(faultOf(utf8ToBytes(text))).toBe('not in canonical form (RFC 8785)');
  });

  it('refuses more bytes than the limit before it reads them', () => {
    expect(faultOf(new Uint8Array(maxSize + 1))).toBe('expected at most 1000 bytes, got 1001');
  });

  it.each([
    ['a byte-order mark', [0xef, 0xbb, 0xbf, 0x31]],
    ['bytes that are not UTF-8', [0x22, 0xff, 0x22]],
    ['nothing', []],
  ])('refuses %s', (_, bytes) => {
    expect(faultOf(Uint8Array.from(bytes))).toMatch(/^not JSON in UTF-8: "/);
  });

  it.each([
    ['that is no JSON', '\u001b[2J\u202etext'],
    ['in the name of a member', '{"a":1,"b":"","\u001b[2J\u202e":0}'],
  ])('says nothing that drives a terminal of a text %s', (_, text) => {
    expect(faultOf(utf8ToBytes(text))).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  });

  it('says nothing that drives a terminal, whatever the shape check says', () => {
    const shouting = (value: unknown) => ({
      success: false as const,
      error: {
        issues: [{ path: Object.keys(value as object), message: `expected no ${JSON.stringify(value)} \u009b` }],
      },
    });
    expect(faultOf(utf8ToBytes('{"\u202e":1}'), { safeParse: shouting })).toBe(
      'at \\u{202e}: expected no {\\"\\u{202e}\\":1} \\u{9b}',
    );
  });

  it('gives a fault when a check gives up', () => {
    const safeParse = () => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    expect(faultOf(utf8ToBytes('1'), { safeParse })).toBe('too large or too deep to be checked');
  });

  it('gives a fault for a value that is too deep to be made canonical', () => {
    const deep = utf8ToBytes(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    const decoded = decodeCanonicalJson(deep, 2 ** 20, z.unknown());
    expect(decoded).toEqual({ ok: false, fault: 'too large or too deep to be checked' });
  });
});
