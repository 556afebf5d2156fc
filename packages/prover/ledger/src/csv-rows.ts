/**
 * The rows of a CSV file, one by one, with the physical line on which each starts.
 *
 * Strict RFC 4180 with these freedoms: a byte-order mark at the start, lines that end with LF or CRLF (also mixed), any
 * UTF-8 text. A quote opens a field only as its first character, and nothing may follow the closing one.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CsvError, Parser } from 'csv-parse';
import { LedgerError } from './ledger-error.js';
import { createUtf8Checker } from './utf8-checker.js';

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

/** The most characters that the fields of a row can have together; more are taken for a quote that is never closed. */
export const maxRowSize = 1 << 20;

const readSize = 1 << 18;

/**
 * Calls `onRow` for each row in order, and stops at the first fault: one that `onRow` throws, or the file's own.
 *
 * @throws LedgerError when the file cannot be read, is not UTF-8 or is not CSV
 */
export async function readCsvRows(
  file: string,
  onRow: (row: CsvRow) => void,
  onProgress: (progress: ReadProgress) => void = () => {},
): Promise<void> {
  const utf8 = createUtf8Checker();
  let header: readonly string[] | undefined;
  let line = 1;
  let rows = 0;
  const parser = new RowParser((fields) => {
    const next = fieldLine(line, fields, fields.length) + 1;
    if (utf8.faultLine() < next) throw encodingError(file, utf8.faultLine(), header, { fields, line });
    header ??= fields;
    rows++;
    onRow({ fields, line });
    line = next;
  });
  try {
    const { size: bytesTotal } = await stat(file);
    const chunks = createReadStream(file, { highWaterMark: readSize });
    const watch = utf8.watch((bytesRead) => {
      parser.throwFault();
      onProgress({ bytesRead, bytesTotal, rows });
    });
    await pipeline(chunks, watch, parser);
    parser.throwFault();
    onProgress({ bytesRead: bytesTotal, bytesTotal, rows });
  } catch (error) {
    // A fault of an earlier row comes before one that the parser met in the same block.
    parser.throwFault();
    if (!(error instanceof CsvError)) throw isSystemError(error) ? accessError(file, error) : error;
    if (utf8.faultLine() <= line) throw encodingError(file, utf8.faultLine(), undefined, undefined);
    throw syntaxError(file, line, header, error);
  }
}

/** The physical line on which a field of a row starts: line breaks inside the fields before it count. */
export function fieldLine(rowLine: number, fields: readonly string[], field: number): number {
  let line = rowLine;
  for (let i = 0; i < field; i++) {
    const text = fields[i]!;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
  }
  return line;
}

// Rows are taken as the parser pushes them, in the same turn. As a stream it would lose the rows before a fault that it
// meets in the same block, and with them the count of lines; its own hook for rows is three times slower.
class RowParser extends Parser {
  readonly #onFields: (fields: string[]) => void;
  #fault: { readonly error: unknown } | undefined;

  constructor(onFields: (fields: string[]) => void) {
    super({
      bom: true,
      record_delimiter: ['\r\n', '\n'],
      // Rows of the wrong length are refused by the caller, who knows what is missing.
      relax_column_count: true,
      max_record_size: maxRowSize,
    });
    this.#onFields = onFields;
  }

  override push(fields: string[] | null): boolean {
    if (fields === null) return super.push(null);
    if (this.#fault !== undefined) return true;
    try {
      this.#onFields(fields);
    } catch (error) {
      this.#fault = { error };
    }
    return true;
  }

  /** Throws what the first faulty row threw, if any did. */
  throwFault(): void {
    if (this.#fault !== undefined) throw this.#fault.error;
  }
}

// The parser puts a replacement character where bytes are not UTF-8. A file may hold that character itself, so it only
// serves to find the column; the line comes from the checker.
function encodingError(
  file: string,
  line: number,
  header: readonly string[] | undefined,
  row: CsvRow | undefined,
): LedgerError {
  const field = row?.fields.findIndex(
    (text, i) => text.includes('\u{fffd}') && fieldLine(row.line, row.fields, i + 1) >= line,
  );
  const column = field === undefined || field < 0 ? undefined : field + 1;
  const columnName = column === undefined ? undefined : header?.[column - 1];
  return new LedgerError({ file, line, column, columnName, expected: 'UTF-8 text', found: 'bytes that are not UTF-8' });
}

function syntaxError(file: string, line: number, header: readonly string[] | undefined, error: CsvError): LedgerError {
  const index: unknown = error.column;
  const column = typeof index === 'number' ? index + 1 : undefined;
  const columnName = column === undefined ? undefined : header?.[column - 1];
  const [expected, found] = syntaxFaults[error.code] ?? ['a row of CSV', error.code];
  return new LedgerError({ file, line, column, columnName, expected, found });
}

const syntaxFaults: Readonly<Record<string, readonly [expected: string, found: string]>> = {
  INVALID_OPENING_QUOTE: ['a quote only as the first character of a field', 'one inside an unquoted field'],
  CSV_INVALID_CLOSING_QUOTE: ['a comma or the end of the line after a closing quote', 'other text'],
  CSV_QUOTE_NOT_CLOSED: ['a closing quote', 'the end of the file, in the row that starts here'],
  CSV_MAX_RECORD_SIZE: [`a row of at most ${maxRowSize} characters`, 'a longer one (a quote that is never closed?)'],
};

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function accessError(file: string, error: NodeJS.ErrnoException): LedgerError {
  return new LedgerError({ file, expected: 'a readable file', found: error.code ?? error.message });
}
