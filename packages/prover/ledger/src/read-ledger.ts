/**
 * From a ledger file to the ledger: CSV in one of two layouts, told apart by the header.
 *
 *     long   account_id,asset,balance      one balance a row, the rows of an account anywhere
 *     wide   account_id,BTC,ETH,…          one account a row, one column for each listed asset; an empty field is 0
 *
 * Columns may stand in any order. Ids are taken as they are, byte for byte.
 */
import { AmountError, parseAmount, quoteExcerpt } from '@solvent/report-format/amounts';
import { type Asset, assertAssets } from '@solvent/report-format/assets';
import { type CsvRow, fieldLine, type ReadProgress, readCsvRows } from './csv-rows.js';
import { accountIdFault, indexAssets, type Ledger } from './ledger.js';
import { createLedgerBuilder, type LedgerBuilder } from './ledger-builder.js';
import { LedgerError } from './ledger-error.js';

/** Choices of `readLedger`. */
export interface ReadLedgerOptions {
  /** Called after every block of the file that has been read, and once at the end. */
  readonly onProgress?: (progress: ReadProgress) => void;
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
  let readRow: ((row: CsvRow) => void) | undefined;
  const onRow = (row: CsvRow) => {
    if (readRow === undefined) readRow = createRowReader(file, row, assets, builder);
    else readRow(row);
  };
  await readCsvRows(file, onRow, options.onProgress);
  if (readRow === undefined) throw new LedgerError({ file, expected: layouts, found: 'an empty file' });
  if (builder.accountIds.length === 0) {
    throw new LedgerError({ file, expected: 'at least one account', found: 'a header without rows' });
  }
  return builder.build(({ account, asset, firstLine, line }) => {
    const balance = `${assets[asset - 1]!.symbol} of ${quoteExcerpt(builder.accountIds[account]!)}`;
    const found = `a second balance of ${balance} (the first is on line ${firstLine})`;
    return new LedgerError({ file, line, expected: 'one balance for each account and asset', found });
  });
}

const layouts = 'the header account_id,asset,balance or account_id and one column for each asset';

// What the header says: where to find what in each row.
interface Layout {
  readonly file: string;
  readonly header: readonly string[];
  readonly assets: readonly Asset[];
  readonly idField: number;
}

function createRowReader(
  file: string,
  row: CsvRow,
  assets: readonly Asset[],
  builder: LedgerBuilder,
): (row: CsvRow) => void {
  const header = row.fields;
  const layout = { file, header, assets, idField: header.indexOf('account_id') };
  const fail = (expected: string, found: string, field?: number) => headerError(layout, row, expected, found, field);
  if (header.some((name) => name.includes('\r')))
    throw fail('lines that end with LF or CRLF', 'a carriage return alone');
  for (const [field, name] of header.entries()) {
    const first = header.indexOf(name);
    if (first < field) throw fail('each column once', `${quoteExcerpt(name)} as in column ${first + 1}`, field);
  }
  if (layout.idField < 0) throw fail(`a column account_id (${layouts})`, quoteExcerpt(header.join(',')));
  const isLong = header.includes('asset') && header.includes('balance');
  return isLong ? createLongReader(layout, row, builder) : createWideReader(layout, row, builder);
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

function createLongReader(layout: Layout, headerRow: CsvRow, builder: LedgerBuilder): (row: CsvRow) => void {
  const { header, assets } = layout;
  const extra = header.findIndex((name) => name !== 'account_id' && name !== 'asset' && name !== 'balance');
  if (extra >= 0) {
    const found = `the column ${quoteExcerpt(header[extra]!)}`;
    throw headerError(layout, headerRow, 'no column but account_id, asset and balance', found, extra);
  }
  const numbers = indexAssets(assets);
  const assetField = header.indexOf('asset');
  const balanceField = header.indexOf('balance');
  return (row) => {
    const id = readId(layout, row);
    const symbol = row.fields[assetField]!;
    const asset = numbers.get(symbol);
    if (asset === undefined) throw fieldError(layout, row, assetField, 'a listed asset', quoteExcerpt(symbol));
    const units = readBalance(layout, row, balanceField, assets[asset - 1]!.decimals);
    builder.addEntry(builder.addAccount(id), asset, units, row.line);
  };
}

function createWideReader(layout: Layout, headerRow: CsvRow, builder: LedgerBuilder): (row: CsvRow) => void {
  const { header, assets, idField } = layout;
  assertWideHeader(layout, headerRow);
  const numbers = indexAssets(assets);
  // By field, the number of its asset; 0 for the id.
  const assetOfField = Uint16Array.from(header, (name) => numbers.get(name) ?? 0);
  assetOfField[idField] = 0;
  const lines: number[] = [];
  return (row) => {
    const id = readId(layout, row);
    const account = builder.addAccount(id);
    if (account < lines.length) {
      const found = `${quoteExcerpt(id)} again (the first is on line ${lines[account]})`;
      throw fieldError(layout, row, idField, 'one row for each account', found);
    }
    lines.push(row.line);
    for (let field = 0; field < header.length; field++) {
      const asset = assetOfField[field]!;
      if (asset === 0 || row.fields[field] === '') continue;
      const units = readBalance(layout, row, field, assets[asset - 1]!.decimals);
      if (units > 0n) builder.addEntry(account, asset, units, row.line);
    }
  };
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

function readId(layout: Layout, row: CsvRow): string {
  if (row.fields.length !== layout.header.length) throw lengthError(layout, row);
  const id = row.fields[layout.idField]!;
  const fault = accountIdFault(id);
  if (fault !== undefined) throw fieldError(layout, row, layout.idField, fault, quoteExcerpt(id));
  return id;
}

function readBalance(layout: Layout, row: CsvRow, field: number, decimals: number): bigint {
  try {
    return parseAmount(row.fields[field]!, decimals);
  } catch (error) {
    if (!(error instanceof AmountError)) throw error;
    throw fieldError(layout, row, field, error.expected, error.found);
  }
}

function fieldError(layout: Layout, row: CsvRow, field: number, expected: string, found: string): LedgerError {
  const line = fieldLine(row.line, row.fields, field);
  return new LedgerError({
    file: layout.file,
    line,
    column: field + 1,
    columnName: layout.header[field],
    expected,
    found,
  });
}

function lengthError(layout: Layout, row: CsvRow): LedgerError {
  const { header, file } = layout;
  const { fields, line } = row;
  const expected = `${header.length} fields`;
  if (fields.length === 1 && fields[0] === '') return new LedgerError({ file, line, expected, found: 'a blank line' });
  const column = Math.min(fields.length, header.length) + 1;
  return new LedgerError({ file, line, column, columnName: header[column - 1], expected, found: `${fields.length}` });
}
