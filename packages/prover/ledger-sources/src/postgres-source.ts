/**
 * From PostgreSQL to the ledger: one statement of one transaction, so that all rows are of the same moment.
 *
 * Rows come as the text of a COPY. Measured against a cursor, that takes less than half the time: no object is made for a
 * value, and the text is read like a CSV file's.
 */
import { Socket } from 'node:net';
import type { Ledger } from '@solvent/ledger/ledger';
import { LedgerError } from '@solvent/ledger/ledger-error';
import type { Asset } from '@solvent/report-format/assets';
import { clientOptions } from '@solvent/server-settings/postgres-connection';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { ledgerDigest } from './ledger-digest.js';
import { copyQuery, type DescribedColumn, describingQuery, ledgerColumns, rowsQuery } from './postgres-query.js';
import { type PostgresSettings, readPostgresSettings } from './postgres-settings.js';
import type { SourcedLedger, SourceOptions } from './source-options.js';
import { assertColumnTypes, type TableColumn } from './table-column.js';
import { createTableText } from './table-text.js';

const typeWords = {
  id: 'a column of text, varchar, uuid or an integer type',
  asset: 'a column of text, varchar or an enumeration',
  amount: 'a column of numeric, an integer type or text (floating point is not exact)',
} as const;

/**
 * Reads a table or a query as a stream. The digest is of what the ledger says, and does not depend on the order of rows or
 * on the way in which amounts are written there.
 *
 * @param file path of the settings; errors name it
 * @throws LedgerError at the first fault, except that a (account, asset) that is twice in a long table is noticed after all
 *   other rows; TypeError or RangeError for a faulty asset list
 */
export async function readPostgresLedger(
  file: string,
  assets: readonly Asset[],
  options: SourceOptions = {},
): Promise<SourcedLedger> {
  const settings = readPostgresSettings(file, options.environment ?? process.env);
  const { signal } = options;
  signal?.throwIfAborted();
  const socket = new Socket();
  const onAbort = () => socket.destroy();
  signal?.addEventListener('abort', onAbort);
  try {
    const ledger = await withClient(settings, socket, (client) =>
      inSnapshot(client, settings, () => readRows({ file, settings, client, assets, options })),
    );
    return { ledger, digest: ledgerDigest(ledger) };
  } catch (error) {
    signal?.throwIfAborted();
    throw databaseError(file, settings, error);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    socket.destroy();
  }
}

async function withClient<Value>(
  settings: PostgresSettings,
  socket: Socket,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const { connectSeconds, statementSeconds } = settings;
  const client = new pg.Client({
    ...clientOptions(settings),
    application_name: 'solvent',
    connectionTimeoutMillis: connectSeconds * 1000,
    keepAlive: true,
    stream: () => socket,
  });
  // A connection that is cut is told by what waits for it.
  client.on('error', () => {});
  await client.connect();
  // A server that says nothing for longer than a statement may take is not there any more.
  socket.setTimeout((statementSeconds + 30) * 1000, () => socket.destroy(new Error('no answer from the server')));
  const value = await work(client);
  await client.end();
  return value;
}

async function inSnapshot<Value>(
  client: pg.Client,
  { lockSeconds, statementSeconds }: PostgresSettings,
  work: () => Promise<Value>,
): Promise<Value> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const set = (name: string, value: string) => client.query('SELECT set_config($1, $2, true)', [name, value]);
  await set('statement_timeout', `${statementSeconds}s`);
  await set('lock_timeout', `${lockSeconds}s`);
  await set('idle_in_transaction_session_timeout', '60s');
  // Policies that hide rows from this user are an error, and not a smaller ledger.
  await set('row_security', 'off');
  await cancelWhenGone(client, set);
  const value = await work();
  await client.query('COMMIT');
  return value;
}

// The server looks each second whether this process is still there, and ends the statement if not. Servers before 14 and
// systems that cannot tell have no such setting, and notice when they write.
async function cancelWhenGone(
  client: pg.Client,
  set: (name: string, value: string) => Promise<unknown>,
): Promise<void> {
  await client.query('SAVEPOINT settings');
  try {
    await set('client_connection_check_interval', '1s');
    await client.query('RELEASE SAVEPOINT settings');
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT settings');
  }
}

interface Reading {
  readonly file: string;
  readonly settings: PostgresSettings;
  readonly client: pg.Client;
  readonly assets: readonly Asset[];
  readonly options: SourceOptions;
}

async function readRows({ file, settings, client, assets, options }: Reading): Promise<Ledger> {
  const { onProgress = () => {} } = options;
  const columns = await readColumns(client, settings);
  const text = createTableText(file, assets, columns);
  assertColumnTypes(file, columns, typeWords);
  const query = rowsQuery(settings, columns);
  const total = await estimateRows(client, query);
  const report = () => {
    const rows = text.rowCount();
    onProgress({ unit: 'rows', done: rows, total, isEstimate: true, rows });
  };
  report();
  for await (const chunk of client.query(copyTo(copyQuery(query)))) {
    text.push(chunk as Uint8Array);
    report();
  }
  return text.finish();
}

async function readColumns(client: pg.Client, settings: PostgresSettings): Promise<TableColumn[]> {
  // The extended protocol takes one statement only, so that a query with a second one in it is refused here.
  const { fields } = await client.query({ text: describingQuery(settings), queryMode: 'extended' } as pg.QueryConfig);
  const types = await client.query<{ oid: string; name: string; kind: string }>(
    'SELECT oid::text, format_type(oid, NULL) AS name, typtype AS kind FROM pg_type WHERE oid = ANY($1::oid[])',
    [fields.map(({ dataTypeID }) => dataTypeID)],
  );
  const described: DescribedColumn[] = fields.map(({ name, dataTypeID }) => {
    const type = types.rows.find(({ oid }) => oid === String(dataTypeID));
    return { name, typeName: type?.name ?? `type ${dataTypeID}`, isEnum: type?.kind === 'e' };
  });
  return ledgerColumns(settings, described);
}

interface Explained {
  readonly 'QUERY PLAN': readonly { readonly Plan: { readonly 'Plan Rows': number } }[];
}

async function estimateRows(client: pg.Client, query: string): Promise<number> {
  const { rows } = await client.query<Explained>(`EXPLAIN (FORMAT JSON) ${query}`);
  return rows[0]['QUERY PLAN'][0].Plan['Plan Rows'];
}

// What the server, its client and the system say, on one line. None repeats a password. Errors of other kinds are not theirs.
function databaseError(file: string, { host, port, database }: PostgresSettings, error: unknown): unknown {
  const isTheirs = error instanceof pg.DatabaseError || error instanceof AggregateError;
  if (!(error instanceof Error) || (!isTheirs && error.constructor !== Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  // A name with several addresses fails with an error for each, and no message.
  const words = (error.message || 'no connection').replaceAll(/\s+/g, ' ').slice(0, 300);
  const found = code === undefined || words.includes(code) ? words : `${words} (${code})`;
  return new LedgerError({ file, expected: `the ledger from ${database} at ${host}:${port}`, found });
}
