import { utf8ToBytes } from '@solvent/commitment/bytes';
import { describe, expect, test } from 'vitest';
import { decodeReserves, encodeReserves, type Reserves } from '../src/reserves.js';

const entry: Reserves['entries'][number] = {
  network: 'bitcoin',
  address: 'bc1q',
  token: null,
  units: '150000000',
  height: 900,
  blockHash: 'ab',
  at: 'height',
  source: 'bitcoin-core',
  time: '2026-02-01T00:00:00Z',
};
const reserves: Reserves = { format: 'solvent-reserves/1', entries: [entry, { ...entry, token: 'x' }] };

describe('a file of reserves', () => {
  test('is read back as it was written', () => {
    expect(decodeReserves(encodeReserves(reserves))).toEqual({ ok: true, value: reserves });
  });

  test.each<[string, unknown, string]>([
    ['another format', { ...reserves, format: 'solvent-reserves/2' }, 'at format'],
    ['another member', { ...reserves, more: 1 }, 'at the top'],
    ['no list', { format: reserves.format, entries: {} }, 'at entries'],
    ['a faulty entry', { ...reserves, entries: [entry, { ...entry, units: '-1' }] }, 'at entries.1.units'],
    ['an entry with another member', { ...reserves, entries: [{ ...entry, more: 1 }] }, 'at entries.0'],
    ['nothing', null, 'at the top'],
    ['a number', 7, 'at the top'],
    ['a text', 'entries', 'at the top'],
  ])('with %s is refused, and the place is named', (_, value, place) => {
    expect(decodeReserves(utf8ToBytes(JSON.stringify(value)))).toMatchObject({
      ok: false,
      fault: expect.stringContaining(place),
    });
  });

  test('with a member named __proto__ is refused', () => {
    const text = new TextDecoder().decode(encodeReserves(reserves));
    for (const place of ['{"entries"', '{"address"']) {
      const changed = text.replace(place, `{"__proto__":{},${place.slice(1)}`);
      expect(decodeReserves(utf8ToBytes(changed)).ok).toBe(false);
    }
  });

  test('with more faults than a list may have entries is refused at once', () => {
    const started = process.cpuUsage();
    const many = `{"entries":[${'{},'.repeat(2 ** 20 - 1)}{}],"format":"solvent-reserves/1"}`;
    expect(decodeReserves(utf8ToBytes(many))).toMatchObject({ fault: expect.stringContaining('entries.0') });
    const more = `{"entries":[${'1,'.repeat(2 ** 20)}1],"format":"solvent-reserves/1"}`;
    expect(decodeReserves(utf8ToBytes(more))).toMatchObject({ fault: 'at entries: expected at most 1048576' });
    // All nine faults of each entry would take gigabytes. Processor time: other work on the machine does not count.
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(10);
  });
});
