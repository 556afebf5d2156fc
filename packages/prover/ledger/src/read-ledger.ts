/**
 * From a ledger file to the ledger: CSV in one of two layouts, told apart by the header (spec §10.3).
 *
 *     long   account_id,asset,balance      one balance a row, the rows of an account anywhere
 *     wide   account_id,BTC,ETH,…          one account a row, one column for each listed asset; an empty field is 0
 *
 * Columns may stand in any order. Ids are taken as they are, byte for byte.
 */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { type Asset, assertAssets } from '@solvent/report-format/assets';
import { type CsvRow, decodeRow, fieldLine, type ReadProgress, scanCsvFile } from './csv-rows.js';
import type { ScannedRow } from './csv-scanner.js';
import { indexAssets, type Ledger } from './ledger.js';
import { createLedgerBuilder, type LedgerBuilder } from './ledger-builder.js';
import { LedgerError } from './ledger-error.js';
import { createLongReader, createWideReader, type Layout, type RowReader } from './ledger-rows.js';

/** Choices of `readLedger`. */
export interface ReadLedgerOptions {
  /** Called at the beginning, after every block of the file that has been read, and once at the end. */
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Gets all bytes of the file in order, block by block: exactly those that the ledger is made from. */
  readonly onBytes?: (bytes: Uint8Array) => void;
}

/**
 * Reads a ledger file as a stream.
 *
 * @param file   path of a CSV file, long or wide; errors name it as it is given
 * @param assets the report's assets, sorted
 * @throws LedgerError at the first fault of the file, except that a (account, asset) that is twice in a long file is
 *   noticed after all other rows; TypeError or RangeError for a faulty asset list
 */
export async function readLedger(
  file: string,
  assets: readonly Asset[],
  options: ReadLedgerOptions = {},
): Promise<Ledger> {
  assertAssets(assets);
  const builder = createLedgerBuilder(assets);
  let reader: RowReader | undefined;
  const onRow = (row: ScannedRow) => {
    if (reader === undefined) reader = createReader(file, decodeRow(row), assets, builder);
    else reader.read(row);
  };
  await scanCsvFile(file, onRow, options.onProgress, options.onBytes);
  if (reader === undefined) throw new LedgerError({ file, expected: layouts, found: 'an empty file' });
  if (builder.accounts.count() === 0) {
    throw new LedgerError({ file, expected: 'at least one account', found: 'a header without rows' });
  }
  const { lineOf } = reader;
  return builder.build(({ account, asset, first, second }) => {
    const balance = `${assets[asset - 1]!.symbol} of ${quoteExcerpt(builder.accounts.text(account))}`;
    const found = `a second balance of ${balance} (the first is on line ${lineOf(first)})`;
    return new LedgerError({ file, line: lineOf(second), expected: 'one balance for each account and asset', found });
  });
}

const layouts = 'the header account_id,asset,balance or account_id and one column for each asset';

function createReader(file: string, row: CsvRow, assets: readonly Asset[], builder: LedgerBuilder): RowReader {
  const header = row.fields;
  const layout: Layout = { file, header, assets, idField: header.indexOf('account_id') };
  const fail = (expected: string, found: string, field?: number) => headerError(layout, row, expected, found, field);
  if (header.some((name) => name.includes('\r')))
    throw fail('lines that end with LF or CRLF', 'a carriage return alone');
  for (const [field, name] of header.entries()) {
    const first = header.indexOf(name);
    if (first < field) throw fail('each column once', `${quoteExcerpt(name)} as in column ${first + 1}`, field);
  }
  if (layout.idField < 0) throw fail(`a column account_id (${layouts})`, quoteExcerpt(header.join(',')));
  const isLong = header.includes('asset') && header.includes('balance');
  if (isLong) assertLongHeader(layout, row);
  else assertWideHeader(layout, row);
  return isLong ? createLongReader(layout, builder) : createWideReader(layout, builder);
}

function headerError(layout: Layout, row: CsvRow, expected: string, found: string, field?: number): LedgerError {
  const line = field === undefined ? row.line : fieldLine(row.line, row.fields, field);
  return new LedgerError({
    file: layout.file,
    line,
    column: field === undefined ? undefined : field + 1,
    expected,
    found,
  });
}

function assertLongHeader(layout: Layout, row: CsvRow): void {
  const { header } = layout;
  const extra = header.findIndex((name) => name !== 'account_id' && name !== 'asset' && name !== 'balance');
  if (extra < 0) return;
  const found = `the column ${quoteExcerpt(header[extra]!)}`;
  throw headerError(layout, row, 'no column but account_id, asset and balance', found, extra);
}

// A listed asset without a column would be reported with a total of 0, which nobody means to say by leaving it out.
function assertWideHeader(layout: Layout, row: CsvRow): void {
  const { header, assets, idField } = layout;
  const numbers = indexAssets(assets);
  for (const half of ['asset', 'balance']) {
    if (!header.includes(half) || numbers.has(half)) continue;
    const missing = half === 'asset' ? 'balance' : 'asset';
    throw headerError(layout, row, `a column ${missing} beside ${half}`, quoteExcerpt(header.join(',')));
  }
  const unlisted = header.findIndex((name, field) => field !== idField && !numbers.has(name));
  if (unlisted >= 0) throw headerError(layout, row, 'a listed asset', quoteExcerpt(header[unlisted]!), unlisted);
  const absent = assets.find(({ symbol }) => symbol === 'account_id' || !header.includes(symbol));
  if (absent !== undefined) {
    const expected = `a column for each listed asset, or ${layouts}`;
    throw headerError(layout, row, expected, `none for ${absent.symbol}`);
  }
}
