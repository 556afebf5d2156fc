/** Ledgers as tests write them. No code that makes a report may import this file. */
import { DuckDBInstance } from '@duckdb/node-api';

/** Writes a new file with the rows of a query, by DuckDB without any walls. Gives its path. */
export async function writeParquet(path: string, query: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    await connection.run(`COPY (${query}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, USE_TMP_FILE false)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return path;
}

/** A column of a table in a test. */
export interface TestColumn {
  readonly name: string;
  readonly type: string;
}

/** A query that gives these rows. A value is the text that is cast to its column's type; null is NULL. */
export function valuesQuery(columns: readonly TestColumn[], rows: readonly (readonly (string | null)[])[]): string {
  const literal = (value: string | null) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ');
  const aliases = columns.map((_, i) => `c${i}`);
  const chosen = columns.map(({ name, type }, i) => `c${i}::${type} AS "${name.replaceAll('"', '""')}"`);
  return `SELECT ${chosen.join(', ')} FROM (VALUES ${values}) AS v(${aliases.join(', ')})`;
}

/** The columns of a long table. */
export const longColumns = (balanceType: string, idType = 'VARCHAR'): TestColumn[] => [
  { name: 'account_id', type: idType },
  { name: 'asset', type: 'VARCHAR' },
  { name: 'balance', type: balanceType },
];
