/**
 * The rows of a table that a database writes as CSV without a header: into the same reader as the rows of a CSV file.
 */
import { syntaxFaults } from '@solvent/ledger/csv-rows';
import { CsvFault, createCsvScanner, type ScannedRow } from '@solvent/ledger/csv-scanner';
import type { Ledger } from '@solvent/ledger/ledger';
import { LedgerError } from '@solvent/ledger/ledger-error';
import { createLedgerReader } from '@solvent/ledger/ledger-reader';
import type { Asset } from '@solvent/report-format/assets';
import type { TableColumn } from './table-column.js';

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** Takes the text of one table. */
export interface TableText {
  /** Looks at the next bytes. Throws a LedgerError at the first fault. */
  push(chunk: Uint8Array): void;
  /** How many rows there were so far. */
  rowCount(): number;
  /** Says that there are no more bytes, and gives the ledger. Throws a LedgerError when it is none. */
  finish(): Ledger;
}

/** A reader of a table with these columns. Throws a LedgerError when they are not those of a ledger. */
export function createTableText(file: string, assets: readonly Asset[], columns: readonly TableColumn[]): TableText {
  const reader = createLedgerReader({ file, unit: 'row' }, assets);
  const header = columns.map(({ name }) => name);
  const isNumeric = columns.map(({ kind }) => kind === 'numeric');
  reader.start({ fields: header, line: 0 }, isNumeric);

  // The scanner takes a byte-order mark at the start for no part of the text. Behind a line, it is a character of an id.
  let rows = -1;
  // One object for all rows: making one for each of millions takes longer than reading them.
  const nothing = { bytes: new Uint8Array(0), fieldStart: new Uint32Array(0), fieldEnd: new Uint32Array(0) };
  const numbered: Mutable<ScannedRow> = { ...nothing, fieldCount: 0, line: 0 };
  const scanner = createCsvScanner((row) => {
    rows++;
    if (rows === 0) return;
    numbered.bytes = row.bytes;
    numbered.fieldCount = row.fieldCount;
    numbered.fieldStart = row.fieldStart;
    numbered.fieldEnd = row.fieldEnd;
    numbered.line = rows;
    reader.read(numbered);
  });
  const scan = (step: () => void) => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof CsvFault)) throw error;
      const [expected, found] = syntaxFaults[error.kind];
      throw new LedgerError({ file, row: rows + 1, expected, found });
    }
  };
  scanner.push(Buffer.from('columns\n'));
  return {
    push: (chunk) => scan(() => scanner.push(chunk)),
    rowCount: () => rows,
    finish() {
      scan(() => scanner.end());
      return reader.finish();
    },
  };
}
