/**
 * Errors of ledger files, each with its place.
 */

import { quoteExcerpt } from '@solvent/report-format/amounts';

/** The place and the contents of a `LedgerError`. */
export interface LedgerFault {
  /** The file, as it was named by the caller. */
  readonly file: string;
  /** The physical line, counted from 1 (a quoted line break counts); undefined when the whole file is meant. */
  readonly line?: number | undefined;
  /** The row of a table, counted from 1, where there are no lines. */
  readonly row?: number | undefined;
  /** The account that the row of a table is about; undefined when it is not known. */
  readonly account?: string | undefined;
  /** The field within its row, counted from 1; undefined when the whole row is meant. */
  readonly column?: number | undefined;
  /** The header of that column, undefined when it has none. */
  readonly columnName?: string | undefined;
  /** What should have been there. */
  readonly expected: string;
  /** What was there; values are quoted and cut to 80 characters. */
  readonly found: string;
}

/** A ledger file that cannot be read as one, with the place of the fault. The message is one line. */
export class LedgerError extends Error implements LedgerFault {
  readonly file: string;
  readonly line: number | undefined;
  readonly row: number | undefined;
  readonly account: string | undefined;
  readonly column: number | undefined;
  readonly columnName: string | undefined;
  readonly expected: string;
  readonly found: string;

  constructor(fault: LedgerFault) {
    super(`${describePlace(fault)}: expected ${fault.expected}, got ${fault.found}`);
    this.name = 'LedgerError';
    this.file = fault.file;
    this.line = fault.line;
    this.row = fault.row;
    this.account = fault.account;
    this.column = fault.column;
    this.columnName = fault.columnName;
    this.expected = fault.expected;
    this.found = fault.found;
  }
}

function describePlace({ file, line, row, account, column, columnName }: LedgerFault): string {
  const parts = [file];
  if (line !== undefined) parts.push(`line ${line}`);
  if (row !== undefined) parts.push(`row ${row}`);
  if (account !== undefined) parts.push(`account ${quoteExcerpt(account)}`);
  if (column !== undefined)
    parts.push(columnName === undefined ? `column ${column}` : `column ${column} (${columnName})`);
  return parts.length === 1 ? file : `${parts[0]}: ${parts.slice(1).join(', ')}`;
}
