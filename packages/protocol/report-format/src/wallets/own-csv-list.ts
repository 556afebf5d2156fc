/** Solvent's own CSV form of a list of wallets, read and written (spec §13.4). */
import { quoteExcerpt } from '../amounts.js';
import { checkRow, unreadableRow } from './check-row.js';
import type { CsvEnd, CsvRecord } from './csv-records.js';
import {
  listFault,
  maxSignerCount,
  maxWalletRowCount,
  type WalletList,
  type WalletListFault,
  type WalletRow,
} from './wallet-list.js';

const firstColumns = ['coin', 'network', 'height', 'address', 'amount', 'message'];

interface Columns {
  readonly signatureCount: number;
  readonly ownerCount: number;
}

/** The header of a list with so many columns of signatures and owners. */
export function ownCsvHeader({ signatureCount, ownerCount }: Columns): string {
  const numbered = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i + 1}`);
  const columns = [
    ...firstColumns,
    ...numbered('signature', signatureCount),
    'script',
    ...numbered('owner', ownerCount),
  ];
  return columns.join(',');
}

/** How many columns of each kind a header of this form has; undefined for any other record. */
export function ownCsvColumns(fields: readonly string[]): Columns | undefined {
  const signatureCount = fields.indexOf('script') - firstColumns.length;
  const ownerCount = fields.length - firstColumns.length - signatureCount - 1;
  const isBounded = signatureCount >= 1 && signatureCount <= maxSignerCount && ownerCount <= maxSignerCount;
  if (!isBounded) return undefined;
  return fields.join(',') === ownCsvHeader({ signatureCount, ownerCount }) ? { signatureCount, ownerCount } : undefined;
}

/** Reads the records after the header. */
export function readOwnCsvList(records: Iterable<CsvRecord | CsvEnd>, columns: Columns): WalletList | WalletListFault {
  const rows: WalletRow[] = [];
  for (const record of records) {
    if ('unclosed' in record) return listFault(record.line, 'a closing quote', 'the end of the file');
    if (rows.length === maxWalletRowCount) return listFault(record.line, `at most ${maxWalletRowCount} rows`, 'more');
    rows.push(readRow(record, columns));
  }
  return { ok: true, form: 'csv', summary: [], rows };
}

function readRow({ line, fields, fault }: CsvRecord, { signatureCount, ownerCount }: Columns): WalletRow {
  if (fault !== undefined) return unreadableRow(line, 'fields', fault);
  const expected = firstColumns.length + signatureCount + 1 + ownerCount;
  if (fields.length !== expected) {
    return unreadableRow(line, 'fields', `expected ${expected} fields, got ${fields.length}`);
  }
  const [coin, network, height, address, amount, message, ...rest] = fields;
  const signatures = filled(rest.slice(0, signatureCount));
  const owners = filled(rest.slice(signatureCount + 1));
  const row = { line, coin, network, type: '', height, address, amount, message, script: rest[signatureCount] };
  if (signatures === undefined || owners === undefined) {
    const detail = 'expected signatures and owners from their first column on, got an empty one before another';
    return { ...row, signatures: [], owners: [], fault: { code: 'fields', detail } };
  }
  return checkRow({ ...row, signatures, owners }, true);
}

// The fields before the empty ones at the end; undefined when an empty one stands between others.
function filled(fields: readonly string[]): readonly string[] | undefined {
  const count = fields.findLastIndex((field) => field !== '') + 1;
  const values = fields.slice(0, count);
  return values.includes('') ? undefined : values;
}

/**
 * The text of a list in this form: what `readWalletList` reads back to the same rows.
 *
 * @throws RangeError when a row has more than 20 signatures or owners
 */
export function writeOwnCsvList(rows: readonly Omit<WalletRow, 'line' | 'type' | 'fault'>[]): string {
  const columns = rows.reduce<Columns>(
    (most, { signatures, owners }) => ({
      signatureCount: Math.max(most.signatureCount, signatures.length),
      ownerCount: Math.max(most.ownerCount, owners.length),
    }),
    { signatureCount: 1, ownerCount: 0 },
  );
  const most = Math.max(columns.signatureCount, columns.ownerCount);
  if (most > maxSignerCount)
    throw new RangeError(`wallet list: expected at most ${maxSignerCount} signers, got ${most}`);
  const pad = (texts: readonly string[], count: number) => [...texts, ...Array(count - texts.length).fill('')];
  const lines = rows.map(({ coin, network, height, address, amount, message, signatures, script, owners }) => {
    const { signatureCount, ownerCount } = columns;
    const fields = [coin, network, height, address, amount, message, ...pad(signatures, signatureCount), script];
    return [...fields, ...pad(owners, ownerCount)].map(quoteWhereNeeded).join(',');
  });
  return [ownCsvHeader(columns), ...lines, ''].join('\n');
}

function quoteWhereNeeded(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** What is wrong with a file whose first record is none of a list. */
export function headerFault(fields: readonly string[]): WalletListFault {
  const expected = `a header such as ${ownCsvHeader({ signatureCount: 1, ownerCount: 0 })}, or that of a published list`;
  return listFault(1, expected, quoteExcerpt(fields.join(',')));
}
