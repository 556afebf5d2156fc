import { describe, expect, test } from 'vitest';
import { balancesInUnits, parseBalanceOptions, readBalancesFile } from '../src/verify/balances.js';
import { useTemporaryFolder, write } from './support/folder.js';

useTemporaryFolder();

const assets = [
  { symbol: 'A=B', decimals: 2 },
  { symbol: 'BTC', decimals: 8 },
];

describe('balances', () => {
  test('of options; the last = is the sign', () => {
    const units = balancesInUnits(parseBalanceOptions(['BTC=0.5', 'A=B=3']), assets);
    expect([...units]).toEqual([
      ['BTC', 50_000_000n],
      ['A=B', 300n],
    ]);
  });

  test('of a CSV file, with a byte-order mark and CRLF', async () => {
    const path = write('balances.csv', '\ufeffasset,balance\r\nBTC,1.00000001\r\n"A=B",0\r\n');
    expect([...balancesInUnits(await readBalancesFile(path), assets)]).toEqual([
      ['BTC', 100_000_001n],
      ['A=B', 0n],
    ]);
  });

  test('of a JSON file', async () => {
    const path = write('balances.json', '{"BTC": "2", "__proto__": "0"}');
    expect([...balancesInUnits(await readBalancesFile(path), assets)]).toEqual([
      ['BTC', 200_000_000n],
      ['__proto__', 0n],
    ]);
  });

  test('an asset that is not listed is read in the finest precision', () => {
    expect([...balancesInUnits(parseBalanceOptions(['DOGE=1']), assets)]).toEqual([['DOGE', 10n ** 18n]]);
  });

  test.each([
    ['BTC', /SYMBOL=AMOUNT/],
    ['=1', /SYMBOL=AMOUNT/],
    ['BTC=', /--balance "BTC=": expected a decimal number/],
    ['BTC=1e3', /without an exponent/],
    ['BTC=0.123456789', /at most 8 decimals/],
    [`${'X'.repeat(33)}=1`, /at most 32 characters/],
  ])('the option %s is refused', (option, message) => {
    expect(() => balancesInUnits(parseBalanceOptions([option]), assets)).toThrow(message);
  });

  test('an asset twice is refused', () => {
    expect(() => parseBalanceOptions(['BTC=1', 'BTC=1'])).toThrow(/each asset once/);
  });

  test.each([
    ['header.csv', 'BTC,1\n', /line 1: expected the header asset,balance/],
    ['fields.csv', 'asset,balance\nBTC\n', /line 2: expected 2 fields/],
    ['twice.csv', 'asset,balance\nBTC,1\nBTC,1\n', /line 3: expected each asset once/],
    ['empty.csv', '', /got an empty file/],
    ['number.json', '{"BTC": 1}', /"BTC": expected an amount in quotes, got number/],
    ['list.json', '["BTC"]', /a JSON object/],
    ['text.json', 'BTC', /not JSON/],
    ['balances.txt', '', /ends in \.csv or \.json/],
  ])('the file %s is refused', async (name, contents, message) => {
    await expect(readBalancesFile(write(name, contents))).rejects.toThrow(message);
  });
});
