/** The form in which exchanges publish lists of wallets today (spec §13.4). */
import { quoteExcerpt } from '../amounts.js';
import { checkRow, unreadableRow } from './check-row.js';
import type { CsvEnd, CsvRecord } from './csv-records.js';
import {
  listFault,
  maxWalletRowCount,
  type SummaryEntry,
  type WalletList,
  type WalletListFault,
  type WalletRow,
} from './wallet-list.js';

/** The columns of the two tables in use, by their names without case, spaces and signs. */
const tableColumns: readonly (readonly string[])[] = [
  ['coin', 'network', 'snapshotheight', 'address', 'amount', 'message'],
  ['coin', 'type', 'network', 'snapshotheight', 'address', 'amount', 'message'],
].map((columns) => [...columns, 'signature1', 'signature2', 'redeemscriptpublickey', 'eoa1', 'eoa2']);

const summaryColumns = ['coin', 'snapshotheight', 'amount'];

const expectedHeader =
  'the header of a wallet list: coin,network,height,address,… or coin,[Type,]Network,Snapshot Height,address,amount,' +
  'message,signature1,signature2,redeem script/public key,eoa1,eoa2';

/** Whether a first record can be that of a published list. */
export function isPublishedHeader(fields: readonly string[]): boolean {
  return isSummaryHeader(fields) || findColumns(fields) !== undefined;
}

/** Reads a published list; records come from the start of the file. */
export function readPublishedList(records: Iterable<CsvRecord | CsvEnd>): WalletList | WalletListFault {
  const summary: SummaryEntry[] = [];
  const rows: WalletRow[] = [];
  let columns: readonly string[] | undefined;
  let isSummary = false;
  let line = 1;
  for (const record of records) {
    line = record.line;
    if ('unclosed' in record) return listFault(line, 'a closing quote', 'the end of the file');
    if (columns !== undefined) {
      const row = readRow(record, columns);
      if (row === undefined) continue;
      if (rows.length === maxWalletRowCount) return listFault(line, `at most ${maxWalletRowCount} rows`, 'more');
      rows.push(row);
      continue;
    }
    columns = findColumns(record.fields);
    if (columns !== undefined || record.fields.every(isAbsent)) continue;
    if (!isSummary && isSummaryHeader(record.fields)) isSummary = true;
    else if (!isSummary) return listFault(line, expectedHeader, quoteExcerpt(record.fields.join(',')));
    else if (summary.length === maxSummarySize) return listFault(line, `at most ${maxSummarySize} sums`, 'more');
    else summary.push(readSummaryEntry(record));
  }
  if (columns === undefined) return listFault(line, expectedHeader, 'the end of the file');
  return { ok: true, form: 'published', summary, rows };
}

/** Most lines of a summary. */
const maxSummarySize = 2 ** 16;

// `Redeem Script/ Public Key` as `redeemscriptpublickey`.
function columnName(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function findColumns(fields: readonly string[]): readonly string[] | undefined {
  return tableColumns.find((columns) => hasColumns(fields, columns));
}

function isSummaryHeader(fields: readonly string[]): boolean {
  return hasColumns(fields, summaryColumns);
}

// Programs for spreadsheets make all lines equally long, with empty fields.
function hasColumns(fields: readonly string[], columns: readonly string[]): boolean {
  return (
    columns.every((column, i) => fields[i] !== undefined && columnName(fields[i]) === column) &&
    fields.slice(columns.length).every(isAbsent)
  );
}

function isAbsent(field: string): boolean {
  const text = field.trim();
  return text === '' || text === 'null' || text === '\\N';
}

function fieldText(field: string | undefined): string {
  return field === undefined || isAbsent(field) ? '' : field.trim();
}

function readSummaryEntry({ line, fields }: CsvRecord): SummaryEntry {
  const [coin, height, amount] = fields.map(fieldText);
  return { line, coin: coin ?? '', height: height ?? '', amount: amount ?? '' };
}

// Undefined for an empty line.
function readRow({ line, fields, fault }: CsvRecord, columns: readonly string[]): WalletRow | undefined {
  if (fault !== undefined) return unreadableRow(line, 'fields', fault);
  if (fields.every(isAbsent)) return undefined;
  const column = (name: string) => fields[columns.indexOf(name)];
  const text = (name: string) => (columns.includes(name) ? fieldText(column(name)) : '');
  const message = column('message');
  const row = {
    line,
    coin: text('coin'),
    network: text('network'),
    type: text('type'),
    height: text('snapshotheight'),
    address: text('address'),
    amount: text('amount'),
    // What was signed is not ours to trim.
    message: message === undefined || isAbsent(message) ? '' : message,
    signatures: [text('signature1'), text('signature2')].filter((signature) => signature !== ''),
    script: text('redeemscriptpublickey'),
    owners: [text('eoa1'), text('eoa2')].filter((owner) => owner !== ''),
  };
  const extra = fields.slice(columns.length).findIndex((field) => !isAbsent(field));
  if (extra >= 0) {
    const found = quoteExcerpt(fields[columns.length + extra]);
    return { ...row, fault: { code: 'fields', detail: `expected ${columns.length} fields, got ${found} after them` } };
  }
  return checkRow(row, false);
}
