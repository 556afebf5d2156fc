import { describe, expect, it } from 'vitest';
import { toyPreset } from '../src/preset.js';
import { findStatementFault, type Statement, startTranscript, totalBound, totalLimbs } from '../src/statement.js';

const btc = { symbol: 'BTC', decimals: 8 };
const context = {
  exchange: 'Example Exchange',
  reportId: '2026-01',
  snapshotTime: '2026-01-31T23:59:59Z',
  previousManifest: new Uint8Array(0),
};
const statement: Statement = {
  context,
  segment: 0,
  segmentCount: 1,
  rowCount: 2 ** 11,
  assets: [btc],
  totals: [5n],
};

function assets(count: number): Pick<Statement, 'assets' | 'totals'> {
  const list = Array.from({ length: count }, (_, i) => ({ symbol: `A${i}`, decimals: 0 }));
  return { assets: list, totals: list.map(() => 0n) };
}

describe('findStatementFault (§4.8)', () => {
  it.each<[string, Partial<Statement>]>([
    ['the fewest rows', {}],
    ['the most rows', { rowCount: 2 ** 19 }],
    ['the last segment', { segment: 4095, segmentCount: 4096 }],
    ['as many totals as there may be', { segmentCount: 2 ** 20 / 256, ...assets(256) }],
    ['the largest total', { totals: [totalBound - 1n] }],
    ['the most assets', { rowCount: 2 ** 13, ...assets(4096) }],
    ['the most decimals', { assets: [{ ...btc, decimals: 18 }] }],
    ['a previous report', { context: { ...context, previousManifest: new Uint8Array(32) } }],
  ])('takes %s, which can be absorbed', (_, change) => {
    const changed = { ...statement, ...change };
    expect(findStatementFault(changed)).toBeUndefined();
    startTranscript(changed, toyPreset);
  });

  it.each<[string, Partial<Statement>, RegExp]>([
    ['2^10 rows', { rowCount: 2 ** 10 }, /^rows/],
    ['2^20 rows', { rowCount: 2 ** 20 }, /^rows/],
    // Its logarithm is 19 as far as a double can tell.
    ['not quite 2^19 rows', { rowCount: 2 ** 19 - 2 ** -33 }, /^rows/],
    ['rows that are no power of two', { rowCount: 3000 }, /^rows/],
    ['NaN rows', { rowCount: Number.NaN }, /^rows/],
    ['no segments', { segmentCount: 0 }, /^segments/],
    ['half a segment', { segmentCount: 1.5 }, /^segments/],
    ['2^32 segments', { segmentCount: 2 ** 32 }, /^segments/],
    ['infinitely many segments', { segmentCount: Number.POSITIVE_INFINITY }, /^segments/],
    ['segment −1', { segment: -1 }, /^segment:/],
    ['segment 1 of 1', { segment: 1 }, /^segment:/],
    ['half a segment number', { segment: 0.5, segmentCount: 2 }, /^segment:/],
    ['no assets', assets(0), /^assets/],
    ['4097 assets', { rowCount: 2 ** 13, ...assets(4097) }, /^assets/],
    ['−1 decimals', { assets: [{ ...btc, decimals: -1 }] }, /^assets/],
    ['19 decimals', { assets: [{ ...btc, decimals: 19 }] }, /^assets/],
    ['half a decimal', { assets: [{ ...btc, decimals: 0.5 }] }, /^assets/],
    ['2^32 decimals', { assets: [{ ...btc, decimals: 2 ** 32 }] }, /^assets/],
    ['more totals than there may be', { segmentCount: 2 ** 20 / 256 + 1, ...assets(256) }, /^totals/],
    ['a total too few', { totals: [] }, /^totals/],
    ['a total too many', { totals: [1n, 2n] }, /^totals/],
    ['a negative total', { totals: [-1n] }, /^totals/],
    ['a total of p·2^60', { totals: [totalBound] }, /^totals/],
    [
      'as many carry rows as active ones',
      assets(2 * (2 ** 11 - 512)),
      /^rows: expected more than 1536 active ones for 3072 assets, got 1536$/,
    ],
    ['31 bytes of a previous report', { context: { ...context, previousManifest: new Uint8Array(31) } }, /^previous/],
    ['33 bytes of a previous report', { context: { ...context, previousManifest: new Uint8Array(33) } }, /^previous/],
  ])('refuses %s', (_, change, fault) => {
    expect(findStatementFault({ ...statement, ...change })).toMatch(fault);
  });
});

describe('totalLimbs', () => {
  it('cuts a total into six limbs of 10 bits and the rest', () => {
    expect(totalLimbs(0n)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(totalLimbs(totalBound - 1n)).toEqual([1023, 1023, 1023, 1023, 1023, 1023, 0x7f000000]);
    expect(() => totalLimbs(totalBound)).toThrow(RangeError);
    expect(() => totalLimbs(-1n)).toThrow(RangeError);
  });
});
