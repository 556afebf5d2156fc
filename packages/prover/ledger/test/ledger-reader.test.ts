import type { Asset } from '@solvent/report-format/assets';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvScanner } from '../src/csv-scanner.js';
import { accountId, entryUnits, type Ledger } from '../src/ledger.js';
import { createLedgerReader } from '../src/ledger-reader.js';

const assets: Asset[] = [
  { symbol: 'BTC', decimals: 8 },
  { symbol: 'XRP', decimals: 0 },
];

const long = ['account_id', 'asset', 'balance'];
const wide = ['account_id', 'BTC', 'XRP'];

// A table whose fields are these; line i of the text is row i + 1.
function readTable(header: string[], rows: string[], isNumeric?: boolean[]): Ledger {
  const reader = createLedgerReader({ file: 'table', unit: 'row' }, assets);
  reader.start({ fields: header, line: 0 }, isNumeric);
  const scanner = createCsvScanner((row) => reader.read(row));
  scanner.push(Buffer.from(rows.map((row) => `${row}\n`).join('')));
  scanner.end();
  return reader.finish();
}

const units = (ledger: Ledger) => Array.from(ledger.entryAsset, (_, entry) => entryUnits(ledger, entry));

describe('a reader of a table', () => {
  it('drops zeros that come from the type of a number', () => {
    const isNumeric = [false, false, true];
    const rows = ['a,BTC,1.500000000000000000', 'b,XRP,7.000', 'c,XRP,30', 'd,BTC,0.000000010000', 'e,XRP,0.00'];
    const ledger = readTable(long, rows, isNumeric);
    expect(units(ledger)).toEqual([150_000_000n, 7n, 30n, 1n]);
    expect(accountId(ledger, 4)).toBe('e');
  });

  it('drops nothing else: no digit but 0, nothing before the point, nothing of a text', () => {
    const isNumeric = [false, false, true];
    expect(() => readTable(long, ['a,BTC,0.000000011000'], isNumeric)).toThrow(
      'table: row 1, account "a", column 3 (balance): expected at most 8 decimals, got "0.000000011" (9 decimals)',
    );
    expect(() => readTable(long, ['a,XRP,1.50'], isNumeric)).toThrow('got "1.5" (1 decimal)');
    expect(() => readTable(long, ['a,BTC,1.500000000'])).toThrow('expected at most 8 decimals, got "1.500000000"');
    expect(() => readTable(long, ['a,XRP,7.0'])).toThrow('expected a whole number');
    expect(() => readTable(long, ['a,BTC,NaN'], isNumeric)).toThrow('expected a decimal number');
    expect(() => readTable(long, ['a,BTC,-1.0000000000'], isNumeric)).toThrow('expected an amount of at least 0');
  });

  it('reads numbers of any scale as their text without spare zeros (property)', () => {
    const number = fc.record({
      whole: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fraction: fc.string({ unit: fc.constantFrom('0', '0', '5', '9'), maxLength: 30 }),
    });
    fc.assert(
      fc.property(number, ({ whole, fraction }) => {
        const text = fraction === '' ? `${whole}` : `${whole}.${fraction}`;
        const exact = /[^0]/.test(fraction.slice(8))
          ? undefined
          : BigInt(`${whole}${fraction.slice(0, 8).padEnd(8, '0')}`);
        const read = () => units(readTable(wide, [`a,${text},1`], [false, true, true]))[0];
        if (exact === undefined) expect(read).toThrow('at most 8 decimals');
        else if (exact === 0n) expect(read()).toBe(1n);
        else expect(read()).toBe(exact);
      }),
    );
  });

  it('names rows and accounts', () => {
    expect(() => readTable(long, ['a,BTC,1', '"b\nc",BTC,'])).toThrow(
      'table: row 2, account "b\\u{a}c", column 3 (balance): expected a decimal number, got NULL or an empty text',
    );
    expect(() => readTable(wide, ['a,1,1', ',1,1'])).toThrow(
      'table: row 2, column 1 (account_id): expected an account id that is not empty, got NULL or an empty text',
    );
    expect(() => readTable(wide, ['a,1,1', 'b,1,1', 'a,1,1'])).toThrow(
      'table: row 3, column 1 (account_id): expected one row for each account, got "a" again (the first is in row 1)',
    );
    expect(() => readTable(long, ['a,BTC,1', 'b,BTC,1', 'a,BTC,1'])).toThrow(
      'table: row 3: expected one balance for each account and asset, got a second balance of BTC of "a" (the first is in row 1)',
    );
  });

  it('names columns that are no ledger', () => {
    expect(() => readTable(['account_id', 'BTC'], [])).toThrow(
      'table: expected a column for each listed asset, or the columns account_id, asset and balance, or account_id and one for each asset, got none for XRP',
    );
    expect(() => readTable([...wide, 'DOGE'], [])).toThrow('table: column 4: expected a listed asset, got "DOGE"');
    expect(() => readTable(['id'], [])).toThrow('expected a column account_id (the columns account_id, asset and');
    expect(() => readTable(long, [])).toThrow('table: expected at least one account, got no rows');
  });

  it('wants the columns before the rows', () => {
    const reader = createLedgerReader({ file: 'table', unit: 'row' }, assets);
    expect(() => reader.finish()).toThrow('an empty file');
    const scanner = createCsvScanner((row) => reader.read(row));
    expect(() => scanner.push(Buffer.from('a,BTC,1\n'))).toThrow(TypeError);
  });
});
