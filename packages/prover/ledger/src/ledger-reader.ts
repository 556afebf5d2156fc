/**
 * From the rows of a table to the ledger, in one of two layouts that the names of the columns tell apart (spec §10.3).
 *
 *     long   account_id,asset,balance      one balance a row, the rows of an account anywhere
 *     wide   account_id,BTC,ETH,…          one account a row, one column for each listed asset; an empty field is 0
 *
 * Columns may stand in any order. Ids are taken as they are, byte for byte.
 */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { type Asset, assertAssets } from '@solvent/report-format/assets';
import type { CsvRow } from './csv-rows.js';
import type { ScannedRow } from './csv-scanner.js';
import { indexAssets, type Ledger } from './ledger.js';
import { createLedgerBuilder, type LedgerBuilder } from './ledger-builder.js';
import { LedgerError } from './ledger-error.js';
import { type LedgerOrigin, placeWords } from './ledger-origin.js';
import { createLongReader, createWideReader, faultPlace, type Layout, type RowReader } from './ledger-rows.js';

/** Takes the names of the columns, and then the rows. */
export interface LedgerReader {
  /**
   * Takes the names of the columns.
   *
   * @param isNumeric for each column whether its values are numbers of the source's own, whose text has as many decimals as
   *   its type asks for: there, zeros beyond those of the asset are dropped. Text is never changed
   */
  start(header: CsvRow, isNumeric?: readonly boolean[]): void;
  /** Whether the columns are known. */
  isStarted(): boolean;
  /** Adds what a row says. Throws a LedgerError with the first fault of the row. */
  read(row: ScannedRow): void;
  /** The ledger. Throws a LedgerError when there is none, or a (account, asset) is twice in a long table. */
  finish(): Ledger;
}

/** A reader of a ledger of these assets, which are sorted. Throws a TypeError or a RangeError for a faulty list. */
export function createLedgerReader(origin: LedgerOrigin, assets: readonly Asset[]): LedgerReader {
  assertAssets(assets);
  const { file, unit } = origin;
  const builder = createLedgerBuilder(assets);
  let reader: RowReader | undefined;
  return {
    start(header, isNumeric = []) {
      reader = createReader({ origin, header: header.fields, isNumeric, assets, builder, row: header });
    },
    isStarted: () => reader !== undefined,
    read(row) {
      if (reader === undefined) throw new TypeError('ledger reader: expected the names of the columns before the rows');
      reader.read(row);
    },
    finish() {
      if (reader === undefined) throw new LedgerError({ file, expected: layoutsIn[unit], found: 'an empty file' });
      if (builder.accounts.count() === 0) {
        const found = unit === 'line' ? 'a header without rows' : 'no rows';
        throw new LedgerError({ file, expected: 'at least one account', found });
      }
      const { lineOf } = reader;
      return builder.build(({ account, asset, first, second }) => {
        const balance = `${assets[asset - 1].symbol} of ${quoteExcerpt(builder.accounts.text(account))}`;
        const found = `a second balance of ${balance} (the first is ${placeWords[unit]} ${lineOf(first)})`;
        const place = { [unit]: lineOf(second) };
        return new LedgerError({ file, ...place, expected: 'one balance for each account and asset', found });
      });
    },
  };
}

const layoutsIn = {
  line: 'the header account_id,asset,balance or account_id and one column for each asset',
  row: 'the columns account_id, asset and balance, or account_id and one for each asset',
} as const;

interface Start {
  readonly origin: LedgerOrigin;
  readonly header: readonly string[];
  readonly isNumeric: readonly boolean[];
  readonly assets: readonly Asset[];
  readonly builder: LedgerBuilder;
  readonly row: CsvRow;
}

function createReader({ origin, header, isNumeric, assets, builder, row }: Start): RowReader {
  const layout: Layout = { origin, header, isNumeric, assets, idField: header.indexOf('account_id') };
  const fail = (expected: string, found: string, field?: number) => headerError(layout, row, expected, found, field);
  if (origin.unit === 'line' && header.some((name) => name.includes('\r')))
    throw fail('lines that end with LF or CRLF', 'a carriage return alone');
  for (const [field, name] of header.entries()) {
    const first = header.indexOf(name);
    if (first < field) throw fail('each column once', `${quoteExcerpt(name)} as in column ${first + 1}`, field);
  }
  const layouts = layoutsIn[origin.unit];
  if (layout.idField < 0) throw fail(`a column account_id (${layouts})`, quoteExcerpt(header.join(',')));
  const isLong = header.includes('asset') && header.includes('balance');
  if (isLong) assertLongHeader(layout, row);
  else assertWideHeader(layout, row);
  return isLong ? createLongReader(layout, builder) : createWideReader(layout, builder);
}

function headerError(layout: Layout, row: CsvRow, expected: string, found: string, field?: number): LedgerError {
  const place = layout.origin.unit === 'row' ? {} : faultPlace(layout, row, field ?? 0);
  const column = field === undefined ? undefined : field + 1;
  return new LedgerError({ file: layout.origin.file, ...place, column, expected, found });
}

function assertLongHeader(layout: Layout, row: CsvRow): void {
  const { header } = layout;
  const extra = header.findIndex((name) => name !== 'account_id' && name !== 'asset' && name !== 'balance');
  if (extra < 0) return;
  const found = `the column ${quoteExcerpt(header[extra])}`;
  throw headerError(layout, row, 'no column but account_id, asset and balance', found, extra);
}

// A listed asset without a column would be reported with a total of 0, which nobody means to say by leaving it out.
function assertWideHeader(layout: Layout, row: CsvRow): void {
  const { header, assets, idField, origin } = layout;
  const numbers = indexAssets(assets);
  for (const half of ['asset', 'balance']) {
    if (!header.includes(half) || numbers.has(half)) continue;
    const missing = half === 'asset' ? 'balance' : 'asset';
    throw headerError(layout, row, `a column ${missing} beside ${half}`, quoteExcerpt(header.join(',')));
  }
  const unlisted = header.findIndex((name, field) => field !== idField && !numbers.has(name));
  if (unlisted >= 0) throw headerError(layout, row, 'a listed asset', quoteExcerpt(header[unlisted]), unlisted);
  const absent = assets.find(({ symbol }) => symbol === 'account_id' || !header.includes(symbol));
  if (absent !== undefined) {
    const expected = `a column for each listed asset, or ${layoutsIn[origin.unit]}`;
    throw headerError(layout, row, expected, `none for ${absent.symbol}`);
  }
}
