/**
 * DuckDB, closed in: it reads and writes the paths that it is given and no other file, loads nothing and reaches no network.
 */
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { LedgerError } from '@solvent/ledger/ledger-error';

type DuckdbModule = Pick<typeof import('@duckdb/node-api'), 'DuckDBInstance' | 'DuckDBTypeId'>;

/** The version that the tests run with. */
const duckdbVersion = '1.5.6-r.1';

/** Loads DuckDB, which is not installed with everything else. Throws a LedgerError that says how to install it. */
export async function loadDuckdb(
  file: string,
  load: () => Promise<DuckdbModule> = () => import('@duckdb/node-api'),
): Promise<DuckdbModule> {
  try {
    return await load();
  } catch (error) {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    const expected = `the package @duckdb/node-api, which reads Parquet (npm install @duckdb/node-api@${duckdbVersion})`;
    throw new LedgerError({ file, expected, found: isMissing ? 'none' : 'one that cannot be loaded' });
  }
}

/** What DuckDB may use. */
export interface DuckdbLimits {
  /** The only paths that it may read or write. */
  readonly paths: readonly string[];
  /** Bytes. */
  readonly memory: number;
  readonly threads: number;
}

/** Runs some work on a database without contents, and closes it. */
export async function withDuckdb<Value>(
  { DuckDBInstance }: DuckdbModule,
  limits: DuckdbLimits,
  work: (connection: DuckDBConnection) => Promise<Value>,
): Promise<Value> {
  const instance: DuckDBInstance = await DuckDBInstance.create(':memory:', {
    threads: String(limits.threads),
    memory_limit: `${Math.floor(limits.memory / 2 ** 20)}MiB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
  });
  const connection = await instance.connect();
  try {
    await connection.run("SET temp_directory = ''");
    await connection.run(`SET allowed_paths = [${limits.paths.map(quoteText).join(', ')}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A text as SQL writes it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
