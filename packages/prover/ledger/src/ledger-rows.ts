/**
 * What the rows of a ledger file say, in either layout, once the header is known.
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
import { LedgerError } from './ledger-error.js';
import { createLineIndex } from './line-index.js';

/** What the header says: where to find what in each row. */
export interface Layout {
  readonly file: string;
  readonly header: readonly string[];
  readonly assets: readonly Asset[];
  readonly idField: number;
}

/** Takes the rows behind the header. */
export interface RowReader {
  /** Adds what the row says to the ledger. Throws a LedgerError with the first fault of the row. */
  read(row: ScannedRow): void;
  /** The line of a row, counted from 0. */
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
    const index = symbols.find(bytes, fieldStart[assetField]!, fieldEnd[assetField]!);
    if (index < 0) throw assetError(layout, row, assetField);
    readBalance(layout, row, balanceField, decimals[index]!, parts);
    lines.note(row.line);
    const account = builder.accounts.add(bytes, fieldStart[idField]!, fieldEnd[idField]!);
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
    const account = builder.accounts.add(bytes, fieldStart[idField]!, fieldEnd[idField]!);
    if (account < expected) throw repetitionError(layout, row, lines.lineOf(account));
    lines.note(row.line);
    for (let field = 0; field < header.length; field++) {
      const asset = assetOfField[field]!;
      if (asset === 0 || fieldStart[field] === fieldEnd[field]) continue;
      readBalance(layout, row, field, decimalsOfField[field]!, parts);
      if (parts.low !== 0 || parts.high !== 0) builder.addEntry(account, asset, parts.low, parts.high);
    }
  };
  return { read, lineOf: lines.lineOf };
}

function assertId(layout: Layout, row: ScannedRow): void {
  if (row.fieldCount !== layout.header.length) throw lengthError(layout, decodeRow(row));
  const size = row.fieldEnd[layout.idField]! - row.fieldStart[layout.idField]!;
  if (size > 0 && size <= maxAccountIdSize) return;
  const id = fieldText(row, layout.idField);
  throw fieldError(layout, row, layout.idField, accountIdFault(id)!, quoteExcerpt(id));
}

function readBalance(layout: Layout, row: ScannedRow, field: number, decimals: number, parts: AmountParts): void {
  if (parseAmountBytes(row.bytes, row.fieldStart[field]!, row.fieldEnd[field]!, decimals, parts)) return;
  try {
    splitUnits(parseAmount(fieldText(row, field), decimals), parts);
  } catch (error) {
    if (!(error instanceof AmountError)) throw error;
    throw fieldError(layout, row, field, error.expected, error.found);
  }
}

function fieldText(row: ScannedRow, field: number): string {
  return decodeRow(row).fields[field]!;
}

function assetError(layout: Layout, row: ScannedRow, field: number): LedgerError {
  return fieldError(layout, row, field, 'a listed asset', quoteExcerpt(fieldText(row, field)));
}

function repetitionError(layout: Layout, row: ScannedRow, firstLine: number): LedgerError {
  const found = `${quoteExcerpt(fieldText(row, layout.idField))} again (the first is on line ${firstLine})`;
  return fieldError(layout, row, layout.idField, 'one row for each account', found);
}

function fieldError(layout: Layout, row: ScannedRow, field: number, expected: string, found: string): LedgerError {
  const { fields, line: rowLine } = decodeRow(row);
  const line = fieldLine(rowLine, fields, field);
  const { file, header } = layout;
  return new LedgerError({ file, line, column: field + 1, columnName: header[field], expected, found });
}

function lengthError(layout: Layout, row: CsvRow): LedgerError {
  const { header, file } = layout;
  const { fields, line } = row;
  const expected = `${header.length} fields`;
  if (fields.length === 1 && fields[0] === '') return new LedgerError({ file, line, expected, found: 'a blank line' });
  const column = Math.min(fields.length, header.length) + 1;
  return new LedgerError({ file, line, column, columnName: header[column - 1], expected, found: `${fields.length}` });
}
