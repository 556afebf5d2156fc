/** Ledgers as tests write and read them. No code that makes a report may import this file. */
import { DuckDBInstance } from '@duckdb/node-api';
import { accountCount, accountId, entryUnits, type Ledger } from '@solvent/ledger/ledger';

/** For each id, in order, the units of each symbol. */
export function describeLedger(ledger: Ledger): [string, Record<string, bigint>][] {
  return Array.from({ length: accountCount(ledger) }, (_, account) => {
    const balances: Record<string, bigint> = {};
    for (let entry = ledger.accountStart[account]; entry < ledger.accountStart[account + 1]; entry++) {
      balances[ledger.assets[ledger.entryAsset[entry] - 1].symbol] = entryUnits(ledger, entry);
    }
    return [accountId(ledger, account), balances];
  });
}

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
