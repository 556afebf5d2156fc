/**
 * The rows of a CSV file, one by one, with the physical line on which each starts. What CSV is, `csv-scanner` says.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CsvFault, type CsvFaultKind, createCsvScanner, maxRowSize, type ScannedRow } from './csv-scanner.js';
import { LedgerError } from './ledger-error.js';

/** How far a file has been read. */
export interface ReadProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
  /** Rows so far, the header included. */
  readonly rows: number;
}

/** A row as it stands in the file. */
export interface CsvRow {
  /** The fields, at least one; a blank line has one empty field. */
  readonly fields: readonly string[];
  /** The physical line on which the row starts, counted from 1. */
  readonly line: number;
}

const readSize = 1 << 18;

/**
 * Calls `onRow` for each row in order, and stops at the first fault: one that `onRow` throws, or the file's own.
 *
 * @throws LedgerError when the file cannot be read, is not UTF-8 or is not CSV
 */
export async function readCsvRows(
  file: string,
  onRow: (row: CsvRow) => void,
  onProgress?: (progress: ReadProgress) => void,
): Promise<void> {
  await scanCsvFile(file, (row) => onRow(decodeRow(row)), onProgress);
}

/** As `readCsvRows`, but the rows are bytes, which makes millions of them cheap. `onBytes` sees the file before them. */
export async function scanCsvFile(
  file: string,
  onRow: (row: ScannedRow) => void,
  onProgress: (progress: ReadProgress) => void = () => {},
  onBytes: (bytes: Uint8Array) => void = () => {},
): Promise<void> {
  let header: readonly string[] | undefined;
  let bytesRead = 0;
  let rows = 0;
  const scanner = createCsvScanner((row) => {
    header ??= decodeRow(row).fields;
    rows++;
    onRow(row);
  });
  try {
    const { size: bytesTotal } = await stat(file);
    onProgress({ bytesRead, bytesTotal, rows });
    for await (const chunk of createReadStream(file, { highWaterMark: readSize })) {
      onBytes(chunk as Uint8Array);
      scanner.push(chunk as Uint8Array);
      bytesRead += (chunk as Uint8Array).length;
      onProgress({ bytesRead, bytesTotal, rows });
    }
    scanner.end();
    onProgress({ bytesRead: bytesTotal, bytesTotal, rows });
  } catch (error) {
    if (error instanceof CsvFault) throw syntaxError(file, header, error);
    throw isSystemError(error) ? accessError(file, error) : error;
  }
}

/** The fields of a row as text. */
export function decodeRow({ bytes, fieldCount, fieldStart, fieldEnd, line }: ScannedRow): CsvRow {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const fields = Array.from({ length: fieldCount }, (_, i) => text.toString('utf8', fieldStart[i], fieldEnd[i]));
  return { fields, line };
}

/** The physical line on which a field of a row starts: line breaks inside the fields before it count. */
export function fieldLine(rowLine: number, fields: readonly string[], field: number): number {
  let line = rowLine;
  for (let i = 0; i < field; i++) {
    const text = fields[i];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
  }
  return line;
}

function syntaxError(file: string, header: readonly string[] | undefined, fault: CsvFault): LedgerError {
  const column = fault.field === undefined ? undefined : fault.field + 1;
  const columnName = column === undefined ? undefined : header?.[column - 1];
  const [expected, found] = syntaxFaults[fault.kind];
  return new LedgerError({ file, line: fault.line, column, columnName, expected, found });
}

/** What is expected and found at each kind of fault. */
export const syntaxFaults: Readonly<Record<CsvFaultKind, readonly [expected: string, found: string]>> = {
  encoding: ['UTF-8 text', 'bytes that are not UTF-8'],
  'opening-quote': ['a quote only as the first character of a field', 'one inside an unquoted field'],
  'closing-quote': ['a comma or the end of the line after a closing quote', 'other text'],
  'open-quote': ['a closing quote', 'the end of the file, in the row that starts here'],
  'row-size': [`a row of at most ${maxRowSize} bytes`, 'a longer one (a quote that is never closed?)'],
};

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function accessError(file: string, error: NodeJS.ErrnoException): LedgerError {
  return new LedgerError({ file, expected: 'a readable file', found: error.code ?? error.message });
}
