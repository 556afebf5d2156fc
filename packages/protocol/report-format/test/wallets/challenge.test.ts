import { type Challenge, formatChallenge, parseChallenge } from '@solvent/report-format/wallets/challenge';
import { formatDecimal, parseDecimal } from '@solvent/report-format/wallets/decimal';
import { parseSnapshot } from '@solvent/report-format/wallets/snapshot';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const challenge: Challenge = {
  exchange: 'Example Exchange',
  reportId: '2026-01',
  network: 'bitcoin',
  height: 934501,
  block: '00000000000000000001f0b8',
  address: 'bc1qexample',
};
const text =
  'Solvent wallet challenge 1: this is a wallet of exchange "Example Exchange" itself, report "2026-01", network bitcoin, height 934501, ' +
  'block 00000000000000000001f0b8, address bc1qexample';

const printable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((name) => /^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(name));
const anyChallenge = fc.record({
  exchange: printable,
  reportId: printable,
  network: fc.constantFrom('bitcoin', 'bnb-smart-chain', 'ton'),
  height: fc.maxSafeNat(),
  block: fc.stringMatching(/^[A-Za-z0-9+/=_-]{1,64}$/),
  address: fc.stringMatching(/^[!-~]{1,100}$/),
});

describe('a challenge', () => {
  it('is this line', () => {
    expect(formatChallenge(challenge)).toBe(text);
    expect(parseChallenge(text)).toEqual(challenge);
  });

  it('has one text, of printable ASCII', () => {
    fc.assert(
      fc.property(anyChallenge, (value) => {
        const line = formatChallenge(value);
        expect(line).toMatch(/^[ -~]+$/);
        expect(parseChallenge(line)).toEqual(value);
      }),
    );
  });

  it('is not another one after any change of a character', () => {
    fc.assert(
      fc.property(anyChallenge, fc.nat(), fc.string({ maxLength: 2 }), (value, at, insert) => {
        const line = formatChallenge(value);
        const place = at % (line.length + 1);
        for (const changed of [
          line.slice(0, place) + insert + line.slice(place),
          line.slice(0, place) + insert + line.slice(place + 1),
        ]) {
          const parsed = parseChallenge(changed);
          if (parsed !== undefined) expect(formatChallenge(parsed)).toBe(changed);
        }
      }),
    );
  });

  it.each([
    ['another version', text.replace('challenge 1', 'challenge 2')],
    ['a line end', `${text}\n`],
    ['a leading zero', text.replace('934501', '0934501')],
    ['an unsafe height', text.replace('934501', '9999999999999999')],
    ['an escape that is not needed', text.replace('"2026', '"\\u0032026')],
    ['upper-case hexadecimal digits', text.replace('Example Exchange', '\\u00E9')],
    ['a short escape', text.replace('Example Exchange', '\\n')],
    ['a control character', text.replace('Example Exchange', '\\u0007')],
    ['a lone surrogate', text.replace('Example Exchange', '\\ud800')],
    ['two spaces', text.replace('report ', 'report  ')],
    ['no address', text.replace('bc1qexample', '')],
    ['nothing', ''],
    ['a fixed text', 'I am an OKX address'],
  ])('is not a text with %s', (_, changed) => {
    expect(parseChallenge(changed)).toBeUndefined();
  });

  it.each([
    { exchange: '' },
    { exchange: 'x\u202e' },
    { height: -1 },
    { height: 0.5 },
    { block: 'a b' },
    { block: '' },
    { address: 'a b' },
    { address: 'é' },
    { network: 'Bitcoin' },
  ])('cannot be made of %j', (change) => {
    expect(() => formatChallenge({ ...challenge, ...change })).toThrow(RangeError);
  });
});

describe('decimal text', () => {
  it('is read and written exactly', () => {
    expect(formatDecimal(parseDecimal('0.058959708849230328')!)).toBe('0.058959708849230328');
    expect(formatDecimal(parseDecimal('12.500')!)).toBe('12.5');
    expect(formatDecimal(parseDecimal('100')! - parseDecimal('100.1')!)).toBe('-0.1');
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 60n }), (units) => {
        expect(parseDecimal(formatDecimal(units))).toBe(units);
      }),
    );
  });

  it.each(['', '-1', '+1', '1.', '.1', '01', '1e1', ' 1', '1 ', '1,0', '٣', `1${'0'.repeat(40)}`])(
    'is not %j',
    (value) => {
      expect(parseDecimal(value)).toBeUndefined();
    },
  );
});

describe('a snapshot file', () => {
  const block = { network: 'bitcoin', height: 1, hash: 'ab' };
  const snapshot = { format: 'solvent-snapshot/1', exchange: 'E', reportId: 'r', blocks: [block] };

  it('is read', () => {
    expect(parseSnapshot(JSON.stringify(snapshot))).toEqual({ ok: true, value: snapshot });
  });

  it.each([
    { blocks: [block, block] },
    { blocks: [{ ...block, network: 'nowhere' }] },
    { blocks: [{ ...block, height: '1' }] },
    { format: 'solvent-snapshot/2' },
    { exchange: '' },
    { more: 1 },
  ])('is refused with %j', (change) => {
    expect(parseSnapshot(JSON.stringify({ ...snapshot, ...change })).ok).toBe(false);
  });

  it('is refused when it is not JSON', () => {
    expect(parseSnapshot('{')).toMatchObject({ ok: false });
  });
});
