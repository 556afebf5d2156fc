/**
 * What the rows of a ledger say, in either layout, once the columns are known.
 */
import { AmountError, parseAmount, quoteExcerpt } from '@solvent/report-format/amounts';
import type { Asset } from '@solvent/report-format/assets';
import { maxAccountIdSize } from '@solvent/stark/account-tag';
import { type AmountParts, parseAmountBytes, splitUnits } from './amount-bytes.js';
import { createByteStrings } from './byte-strings.js';
import { type CsvRow, decodeRow, fieldLine } from './csv-rows.js';
import type { ScannedRow } from './csv-scanner.js';
import { accountIdFault, indexAssets } from './ledger.js';
import type { LedgerBuilder } from './ledger-builder.js';
import { LedgerError, type LedgerFault } from './ledger-error.js';
import { type LedgerOrigin, placeWords } from './ledger-origin.js';
import { createLineIndex } from './line-index.js';

/** What the names of the columns say: where to find what in each row. */
export interface Layout {
  readonly origin: LedgerOrigin;
  readonly header: readonly string[];
  /** For each column whether zeros beyond the asset's decimals come from its type; none are when it is shorter. */
  readonly isNumeric: readonly boolean[];
  readonly assets: readonly Asset[];
  readonly idField: number;
}

/** Takes the rows. */
export interface RowReader {
  /** Adds what the row says to the ledger. Throws a LedgerError with the first fault of the row. */
  read(row: ScannedRow): void;
  /** The place of a row, counted from 0. */
  lineOf(row: number): number;
}

/** Reads rows of one balance each, so that balance i is in row i. */
export function createLongReader(layout: Layout, builder: LedgerBuilder): RowReader {
  const { header, assets, idField } = layout;
  const assetField = header.indexOf('asset');
  const balanceField = header.indexOf('balance');
  const symbols = createByteStrings();
  for (const { symbol } of assets) symbols.add(Buffer.from(symbol), 0, symbol.length);
  const decimals = Uint8Array.from(assets, (asset) => asset.decimals);
  const parts: AmountParts = { low: 0, high: 0 };
  const lines = createLineIndex();
  const read = (row: ScannedRow) => {
    const { bytes, fieldStart, fieldEnd } = row;
    assertId(layout, row);
    const index = symbols.find(bytes, fieldStart[assetField], fieldEnd[assetField]);
    if (index < 0) throw assetError(layout, row, assetField);
    readBalance(layout, row, balanceField, decimals[index], parts);
    lines.note(row.line);
    const account = builder.accounts.add(bytes, fieldStart[idField], fieldEnd[idField]);
    builder.addEntry(account, index + 1, parts.low, parts.high);
  };
  return { read, lineOf: lines.lineOf };
}

/** Reads rows of one account each, so that account i is in row i. */
export function createWideReader(layout: Layout, builder: LedgerBuilder): RowReader {
  const { header, assets, idField } = layout;
  const numbers = indexAssets(assets);
  // By field, the number of its asset; 0 for the id.
  const assetOfField = Uint16Array.from(header, (name) => numbers.get(name) ?? 0);
  assetOfField[idField] = 0;
  const decimalsOfField = Uint8Array.from(assetOfField, (asset) => assets[asset - 1]?.decimals ?? 0);
  const parts: AmountParts = { low: 0, high: 0 };
  const lines = createLineIndex();
  const read = (row: ScannedRow) => {
    const { bytes, fieldStart, fieldEnd } = row;
    assertId(layout, row);
    const expected = builder.accounts.count();
    const account = builder.accounts.add(bytes, fieldStart[idField], fieldEnd[idField]);
    if (account < expected) throw repetitionError(layout, row, lines.lineOf(account));
    lines.note(row.line);
    for (let field = 0; field < header.length; field++) {
      const asset = assetOfField[field];
      if (asset === 0 || fieldStart[field] === fieldEnd[field]) continue;
      readBalance(layout, row, field, decimalsOfField[field], parts);
      if (parts.low !== 0 || parts.high !== 0) builder.addEntry(account, asset, parts.low, parts.high);
    }
  };
  return { read, lineOf: lines.lineOf };
}

function assertId(layout: Layout, row: ScannedRow): void {
  if (row.fieldCount !== layout.header.length) throw lengthError(layout, decodeRow(row));
  const size = row.fieldEnd[layout.idField] - row.fieldStart[layout.idField];
  if (size > 0 && size <= maxAccountIdSize) return;
  const id = fieldText(row, layout.idField);
  throw fieldError(
    layout,
    row,
    layout.idField,
    accountIdFault(id)!,
    id === '' ? emptyField(layout, '""') : quoteExcerpt(id),
  );
}

function readBalance(layout: Layout, row: ScannedRow, field: number, decimals: number, parts: AmountParts): void {
  if (layout.isNumeric[field] === true) dropSpareZeros(row, field, decimals);
  if (parseAmountBytes(row.bytes, row.fieldStart[field], row.fieldEnd[field], decimals, parts)) return;
  try {
    splitUnits(parseAmount(fieldText(row, field), decimals), parts);
  } catch (error) {
    if (!(error instanceof AmountError)) throw error;
    const found = error.reason === 'empty' ? emptyField(layout, error.found) : error.found;
    throw fieldError(layout, row, field, error.expected, found);
  }
}

// What an empty field is called. In a table it may be NULL as well.
function emptyField({ origin }: Layout, textName: string): string {
  return origin.unit === 'line' ? textName : 'NULL or an empty text';
}

// Ends the field after the last of the asset's decimals, or after a digit beyond them that is not 0.
function dropSpareZeros({ bytes, fieldStart, fieldEnd }: ScannedRow, field: number, decimals: number): void {
  let point = fieldStart[field];
  let end = fieldEnd[field];
  while (point < end && bytes[point] !== decimalPoint) point++;
  while (end - 1 > point + decimals && bytes[end - 1] === zero) end--;
  // Without decimals the point goes, too.
  fieldEnd[field] = end - 1 === point ? point : end;
}

const zero = 0x30;
const decimalPoint = 0x2e;

function fieldText(row: ScannedRow, field: number): string {
  return decodeRow(row).fields[field];
}

function assetError(layout: Layout, row: ScannedRow, field: number): LedgerError {
  return fieldError(layout, row, field, 'a listed asset', quoteExcerpt(fieldText(row, field)));
}

function repetitionError(layout: Layout, row: ScannedRow, firstLine: number): LedgerError {
  const first = `the first is ${placeWords[layout.origin.unit]} ${firstLine}`;
  const found = `${quoteExcerpt(fieldText(row, layout.idField))} again (${first})`;
  return fieldError(layout, row, layout.idField, 'one row for each account', found);
}

function fieldError(layout: Layout, row: ScannedRow, field: number, expected: string, found: string): LedgerError {
  const { origin, header } = layout;
  const place = faultPlace(layout, decodeRow(row), field);
  const column = { column: field + 1, columnName: header[field] };
  return new LedgerError({ file: origin.file, ...place, ...column, expected, found });
}

/** Where a field of a row is: its physical line, or the number of its row and the account. */
export function faultPlace({ origin, idField }: Layout, { fields, line }: CsvRow, field: number): Partial<LedgerFault> {
  if (origin.unit === 'line') return { line: fieldLine(line, fields, field) };
  const account = fields[idField];
  return { row: line, account: account === '' || field === idField ? undefined : account };
}

function lengthError({ header, origin: { file } }: Layout, row: CsvRow): LedgerError {
  const { fields, line } = row;
  const expected = `${header.length} fields`;
  if (fields.length === 1 && fields[0] === '') return new LedgerError({ file, line, expected, found: 'a blank line' });
  const column = Math.min(fields.length, header.length) + 1;
  return new LedgerError({ file, line, column, columnName: header[column - 1], expected, found: `${fields.length}` });
}
