/** The row that `wallets doctor` is asked about: one of a file, or a text. */
import { existsSync } from 'node:fs';
import { csvRecords } from '@solvent/report-format/wallets/csv-records';
import { ownCsvHeader } from '@solvent/report-format/wallets/own-csv-list';
import { walletListFormat } from '@solvent/report-format/wallets/own-json-list';
import { readWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import type { WalletRow } from '@solvent/report-format/wallets/wallet-list';
import { InputError } from '../input-error.js';
import { readListFile } from './verify-list.js';

export interface FoundRow {
  readonly row: WalletRow;
  /** All rows that were read with it. */
  readonly rows: readonly WalletRow[];
}

/** Finds the row. Throws an InputError where there is none. */
export async function findRow(text: string): Promise<FoundRow> {
  const [, path, line] = /^(.+):([1-9][0-9]{0,9})$/.exec(text) ?? [];
  if (path !== undefined && existsSync(path)) return rowOfFile(path, Number(line));
  if (existsSync(text)) throw new InputError(`${text}: expected FILE:LINE, got a file without a line`);
  return rowOfText(text);
}

async function rowOfFile(path: string, line: number): Promise<FoundRow> {
  const { rows } = await readListFile(path);
  const row = rows.find((one) => one.line === line);
  if (row !== undefined) return { row, rows };
  const last = rows.at(-1)?.line;
  const found = last === undefined ? 'a list without rows' : `none; the last row begins on line ${last}`;
  throw new InputError(`${path}: expected a row that begins on line ${line}, got ${found}`);
}

function rowOfText(text: string): FoundRow {
  const list = readWalletList(listAround(text.trim()));
  if (!list.ok) throw new InputError(`the row, line ${list.line}: expected ${list.expected}, got ${list.found}`);
  const [row] = list.rows;
  if (row !== undefined && list.rows.length === 1) return { row, rows: list.rows };
  throw new InputError(`expected FILE:LINE or one row, got ${list.rows.length} rows`);
}

/** The text of a list with the row. */
function listAround(text: string): string {
  if (text.startsWith('{'))
    return text.includes(walletListFormat) ? text : `{"format":"${walletListFormat}","wallets":[${text}]}`;
  const [first] = csvRecords(text);
  const columns = { signatureCount: 1, ownerCount: 0 };
  const isOneRow =
    first !== undefined && 'fields' in first && first.fields.length === ownCsvHeader(columns).split(',').length;
  // A header has as many fields as its rows, and is none of an address.
  return isOneRow && first.fields[0] !== 'coin' ? `${ownCsvHeader(columns)}\n${text}\n` : text;
}
