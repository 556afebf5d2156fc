/**
 * From a Parquet file to the ledger, by DuckDB.
 *
 * DuckDB turns amounts into text and never text into amounts: its casts to a number round without a word, and take `1e3`.
 * What the text says is for the same reader as that of CSV files.
 */
import { createHash } from 'node:crypto';
import { createReadStream, symlinkSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DuckDBConnection, DuckDBDecimalType, DuckDBType } from '@duckdb/node-api';
import type { Ledger } from '@solvent/ledger/ledger';
import { LedgerError } from '@solvent/ledger/ledger-error';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import type { Asset } from '@solvent/report-format/assets';
import { loadDuckdb, quoteText, withDuckdb } from './duckdb.js';
import { type RowPipe, withRowPipe } from './row-pipe.js';
import type { SourcedLedger, SourceOptions, SourceProgress } from './source-options.js';
import { assertColumnTypes, type ColumnKind, type TableColumn } from './table-column.js';
import { createTableText } from './table-text.js';

/** What DuckDB may take: row groups of the usual size need a fraction of it. A second thread would double it. */
const duckdbMemory = 2 ** 30;
const duckdbThreads = 1;

const typeWords = {
  id: 'a column of VARCHAR, UUID or an integer type',
  asset: 'a column of VARCHAR',
  amount: 'a column of DECIMAL, an integer type or VARCHAR (floating point is not exact)',
} as const;

/**
 * Reads a Parquet file as a stream, in the order of its rows. The digest is that of the file's bytes.
 *
 * @throws LedgerError at the first fault, except that a (account, asset) that is twice in a long file is noticed after all
 *   other rows; TypeError or RangeError for a faulty asset list
 */
export async function readParquetLedger(
  file: string,
  assets: readonly Asset[],
  options: SourceOptions = {},
): Promise<SourcedLedger> {
  const module = await loadDuckdb(file);
  const before = await fileIdentity(file);
  const digest = await fileDigest(file, options.signal);
  const ledger = await withRowPipe(file, async (pipe) => {
    // By this name the path is no pattern, and says nothing about partitions.
    const path = join(pipe.folder, 'ledger.parquet');
    symlinkSync(resolve(file), path);
    const limits = { paths: [path, pipe.path], memory: duckdbMemory, threads: duckdbThreads };
    const read = (connection: DuckDBConnection) => readTable({ file, path, pipe, connection, assets, options });
    return withDuckdb(module, limits, (connection) => read(connection)).catch((error: unknown) => {
      throw isDuckdbError(error) ? readingError(file, pipe.folder, error) : error;
    });
  });
  if ((await fileIdentity(file)) !== before) {
    throw new LedgerError({
      file,
      expected: 'a file that stays as it is',
      found: 'one that changed while it was read',
    });
  }
  return { ledger, digest };
}

interface Reading {
  readonly file: string;
  /** The file, as DuckDB knows it. */
  readonly path: string;
  readonly pipe: RowPipe;
  readonly connection: DuckDBConnection;
  readonly assets: readonly Asset[];
  readonly options: SourceOptions;
}

async function readTable(reading: Reading): Promise<Ledger> {
  const { file, path, pipe, connection, assets, options } = reading;
  const { onProgress = () => {}, signal } = options;
  const { columns, texts, source } = await readColumns(reading);
  const text = createTableText(file, assets, columns);
  assertColumnTypes(file, columns, typeWords);
  const total = await countRows(connection, path);
  const report = (): SourceProgress => {
    const rows = text.rowCount();
    return { unit: 'rows', done: rows, total, isEstimate: false, rows };
  };
  onProgress(report());

  const target = `${quoteText(pipe.path)} (FORMAT csv, HEADER false, USE_TMP_FILE false)`;
  const onAbort = () => pipe.reader.destroy(signal?.reason as Error);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', onAbort);
  const writing = connection.run(`COPY (SELECT ${texts.join(', ')} FROM ${source}) TO ${target}`);
  const written = writing.finally(pipe.endWriting);
  // Told below, after what the reader finds, which is why the writer ends then.
  written.catch(() => {});
  try {
    for await (const chunk of pipe.reader) {
      text.push(chunk as Uint8Array);
      onProgress(report());
    }
    await written;
  } catch (error) {
    connection.interrupt();
    pipe.reader.destroy();
    await written.catch(() => {});
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
  if (text.rowCount() !== total) {
    throw new LedgerError({ file, expected: `${total} rows, as its end says`, found: `${text.rowCount()}` });
  }
  return text.finish();
}

interface ParquetColumns {
  readonly columns: readonly TableColumn[];
  /** What makes the text of each column's values. */
  readonly texts: readonly string[];
  readonly source: string;
}

// Columns are named by their positions, since DuckDB takes names that differ in case for the same.
async function readColumns({ file, path, connection }: Reading): Promise<ParquetColumns> {
  const names = await topLevelNames(connection, path);
  if (names.length === 0) throw new LedgerError({ file, expected: 'a table with columns', found: 'none' });
  const aliases = names.map((_, i) => `c${i}`);
  const table = `read_parquet(${quoteText(path)}, hive_partitioning = false, union_by_name = false)`;
  const source = `${table} AS ledger(${aliases.join(', ')})`;
  const types = (await connection.run(`SELECT * FROM ${source} LIMIT 0`)).columnTypes();
  const columns = types.map((type, i) => ({ name: names[i], kind: kindOf(type), typeName: String(type) }));
  return { columns, texts: types.map((type, i) => textOf(type, aliases[i])), source };
}

// The schema is a tree in one list, each node before its children; the root has the columns.
async function topLevelNames(connection: DuckDBConnection, path: string): Promise<string[]> {
  const schema = `SELECT name, num_children FROM parquet_schema(${quoteText(path)})`;
  const nodes = (await connection.runAndReadAll(schema)).getRowsJS() as [string, bigint | null][];
  const names: string[] = [];
  let inside = 0;
  for (const [name, children] of nodes.slice(1)) {
    if (inside === 0) names.push(name);
    else inside--;
    inside += Number(children ?? 0);
  }
  return names;
}

async function countRows(connection: DuckDBConnection, path: string): Promise<number> {
  const count = `SELECT num_rows FROM parquet_file_metadata(${quoteText(path)})`;
  const [row] = (await connection.runAndReadAll(count)).getRowsJS();
  return Number(row[0]);
}

const integers = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

function kindOf(type: DuckDBType): ColumnKind {
  const name = String(type);
  if (name === 'VARCHAR') return 'text';
  if (name === 'UUID') return 'uuid';
  if (integers.test(name)) return 'integer';
  return name.startsWith('DECIMAL(') ? 'numeric' : 'other';
}

// A decimal type without digits before the point is written without the zero there.
function textOf(type: DuckDBType, column: string): string {
  const text = `CAST(${column} AS VARCHAR)`;
  if (kindOf(type) !== 'numeric') return text;
  const { width, scale } = type as DuckDBDecimalType;
  return width > scale ? text : `CASE WHEN ${column} < 0 THEN ${text} ELSE '0' || ${text} END`;
}

// What another file of the same name, or another state of this one, would not share.
async function fileIdentity(file: string): Promise<string> {
  try {
    const status = await stat(file, { bigint: true });
    if (!status.isFile()) throw new LedgerError({ file, expected: 'a file', found: 'something else' });
    return [status.dev, status.ino, status.size, status.mtimeNs, status.ctimeNs].join(' ');
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw new LedgerError({ file, expected: 'a readable file', found: (error as NodeJS.ErrnoException).code ?? 'EIO' });
  }
}

async function fileDigest(file: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18, signal }))
      hash.update(chunk as Uint8Array);
  } catch (error) {
    signal?.throwIfAborted();
    throw new LedgerError({ file, expected: 'a readable file', found: (error as NodeJS.ErrnoException).code ?? 'EIO' });
  }
  return hash.digest('hex');
}

// DuckDB's errors are plain, and begin with the kind, such as `Invalid Input Error: `.
function isDuckdbError(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error && /^[A-Z][A-Za-z -]* Error: /.test(error.message);
}

function readingError(file: string, folder: string, error: Error): LedgerError {
  const text = error.message.split('\n', 1)[0].replaceAll(join(folder, 'ledger.parquet'), 'the file');
  return new LedgerError({ file, expected: 'a Parquet file', found: quoteExcerpt(text) });
}
