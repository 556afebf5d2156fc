import { utf8ToBytes } from '@solvent/commitment/bytes';
import { describe, expect, test } from 'vitest';
import { type Dispute, decodeDispute, encodeDispute } from '../src/dispute.js';

const dispute: Dispute = {
  format: 'solvent-dispute/1',
  accountId: 'alice',
  balances: { BTC: '1.5' },
  inclusion: 'AAEC',
  manifest: 'AA==',
  report: null,
  signature: null,
  verdict: { manifestDigest: '0'.repeat(64), passed: false, step: 'I6', code: 'balances' },
};

describe('evidence of a dispute', () => {
  test('is read back as it was written', () => {
    expect(decodeDispute(encodeDispute(dispute))).toEqual({ ok: true, value: dispute });
  });

  test('can hold the largest manifest', () => {
    const large = { ...dispute, manifest: 'A'.repeat(Math.ceil(2 ** 24 / 3) * 4) };
    expect(decodeDispute(encodeDispute(large)).ok).toBe(true);
  });

  test.each(['A', 'AA', 'AAA', '=AAA', 'A===', '====', 'AA=A', 'AA==AAAA', 'AA-_', 'AAA\n', 'AAAA '])(
    'with %j for bytes is refused',
    (inclusion) => {
      expect(decodeDispute(encodeDispute({ ...dispute, inclusion }))).toMatchObject({ ok: false });
    },
  );

  test('with more balances than a report has assets is refused before they are looked at', () => {
    const balances = Object.fromEntries(Array.from({ length: 4097 }, (_, i) => [`A${i}`, '1']));
    expect(decodeDispute(encodeDispute({ ...dispute, balances }))).toMatchObject({
      fault: 'at balances: expected at most 4096 balances',
    });
    const list = encodeDispute({ ...dispute, balances: [] as unknown as Dispute['balances'] });
    expect(decodeDispute(list)).toMatchObject({ ok: false });
  });

  test('with names that objects have of their own is kept as it is, but for __proto__, which is refused', () => {
    const text = new TextDecoder().decode(encodeDispute(dispute));
    const named = (name: string) => decodeDispute(utf8ToBytes(text.replace('"BTC"', `"${name}"`)));
    expect(named('constructor')).toEqual({ ok: true, value: { ...dispute, balances: { constructor: '1.5' } } });
    expect(named('__proto__')).toEqual({ ok: false, fault: 'not in canonical form (RFC 8785)' });
  });
});
