import { quantityText } from '@solvent/report-format/fraction';
import { describe, expect, test } from 'vitest';
import { compareReserves, findUnder } from '../src/compare.js';
import { bitcoin, tether, verify } from './small-reserves.js';

describe('the ratio of an asset', () => {
  const owed = [
    { symbol: 'BTC', decimals: 8, total: 200_000_000n },
    { symbol: 'ETH', decimals: 4, total: 10_000n },
    { symbol: 'USDT', decimals: 2, total: 700n },
    { symbol: 'XRP', decimals: 6, total: 0n },
  ];
  const held = verify([bitcoin('a', '199999999'), tether]);
  if (!held.ok) throw new Error(held.detail);
  const ratios = compareReserves(owed, held.assets);

  test('is exact, and printed rounded down', () => {
    expect(ratios.map(({ asset, percent, covered }) => [asset, percent, covered])).toEqual([
      ['BTC', '99.99 %', false],
      ['ETH', '0.00 %', false],
      ['USDT', '100.00 %', true],
      ['XRP', undefined, true],
    ]);
  });

  test('below 100 % has the exact shortfall', () => {
    expect(ratios.map(({ shortfall }) => quantityText(shortfall))).toEqual([
      '0.00000001',
      '1.0000',
      '0.000000',
      '0.000000',
    ]);
  });

  test('is compared with a bound exactly', () => {
    const under = (numerator: bigint, denominator: bigint) =>
      findUnder(ratios, { numerator, denominator }).map(({ asset }) => asset);
    expect(under(1n, 1n)).toEqual(['BTC', 'ETH']);
    expect(under(199_999_999n, 200_000_000n)).toEqual(['ETH']);
    expect(under(100_001n, 100_000n)).toEqual(['BTC', 'ETH', 'USDT']);
  });

  test('of an asset that is not owed is not in the report', () => {
    expect(compareReserves([], held.assets)).toEqual([]);
  });
});
