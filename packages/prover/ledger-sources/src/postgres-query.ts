/**
 * What PostgreSQL is asked for.
 */
import pg from 'pg';
import type { PostgresSettings } from './postgres-settings.js';
import type { ColumnKind, TableColumn } from './table-column.js';

const name = (text: string) => pg.escapeIdentifier(text);

/** The table or the query as a table in a statement. A comment at the query's end ends there. */
function sourceOf({ from }: PostgresSettings): string {
  if ('query' in from) return `(${from.query}\n)`;
  return from.schema === undefined ? name(from.table) : `${name(from.schema)}.${name(from.table)}`;
}

/** What has the columns of the ledger, in their order, under whatever names. */
function tableOf(settings: PostgresSettings): string {
  const chosen = settings.columns === undefined ? '*' : Object.values(settings.columns).map(name).join(', ');
  return `(SELECT ${chosen} FROM ${sourceOf(settings)} AS source)`;
}

/** A statement whose columns are those of the ledger, without rows. */
export function describingQuery(settings: PostgresSettings): string {
  return `SELECT * FROM ${tableOf(settings)} AS ledger LIMIT 0`;
}

/**
 * A statement that gives the rows of the ledger as text.
 *
 * The order of accounts is that of the bytes of their ids, whatever the database's collation is, so that accounts have the
 * same numbers each time: without an order, rows come as they lie in the table, and they move.
 */
export function rowsQuery(settings: PostgresSettings, columns: readonly TableColumn[]): string {
  const aliases = columns.map((_, i) => `c${i}`);
  const texts = aliases.map((alias) => `${alias}::text`).join(', ');
  const id = aliases[columns.findIndex((column) => column.name === 'account_id')];
  return `SELECT ${texts} FROM ${tableOf(settings)} AS ledger(${aliases.join(', ')}) ORDER BY ${id}::text COLLATE "C"`;
}

/** A statement that gives the rows as CSV in UTF-8. */
export function copyQuery(rows: string): string {
  return `COPY (${rows}) TO STDOUT (FORMAT csv, ENCODING 'UTF8')`;
}

/** A column as the server describes it: the name in the statement, and the type. */
export interface DescribedColumn {
  readonly name: string;
  readonly typeName: string;
  /** Whether it is of an enumeration, whose values are words. */
  readonly isEnum: boolean;
}

const kinds: Readonly<Record<string, ColumnKind>> = {
  text: 'text',
  'character varying': 'text',
  character: 'text',
  name: 'text',
  uuid: 'uuid',
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  numeric: 'numeric',
};

/** The columns of the ledger, under its own names for them. */
export function ledgerColumns(settings: PostgresSettings, described: readonly DescribedColumn[]): TableColumn[] {
  const names = settings.columns === undefined ? undefined : Object.keys(settings.columns);
  return described.map(({ name, typeName, isEnum }, i) => {
    return { name: names?.[i] ?? name, kind: isEnum ? 'text' : (kinds[typeName] ?? 'other'), typeName };
  });
}
