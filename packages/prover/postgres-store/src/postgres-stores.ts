/**
 * Holder stores in a database: for each report one table of the blocks of its files, exactly as they are in the folder
 * (`docs/holder-store.md`). The database never has the key; what it gives is opened, and found out if it was changed.
 *
 *     SCHEMA.stores        name of the store, its files with their sizes, when it was loaded
 *     SCHEMA.blocks_ID     file, number, bytes
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { clientOptions } from '@solvent/server-settings/postgres-connection';
import { fetchingSource, type RemoteFile } from '@solvent/stark-prover/fetching-source';
import { StoreError } from '@solvent/stark-prover/store-error';
import { finishedStoreFiles } from '@solvent/stark-prover/store-files';
import type { StoreSource } from '@solvent/stark-prover/store-source';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import { type CopiedFile, copyRows } from './copy-rows.js';
import { databaseError, isLost } from './database-errors.js';
import type { PostgresSettings } from './postgres-settings.js';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,127}$/;
/** Names the lock of whoever changes the list of stores; any number that nothing else here uses. */
const lockNumber = 5_872_661_402;
const fetchedAtOnce = 256;

const filesSchema = z.array(
  z.strictObject({ name: z.string(), size: z.int().min(1), blockSize: z.int().min(256).max(65_536) }),
);

/** A store in the database. */
export interface ListedStore {
  readonly name: string;
  readonly loaded: Date;
  readonly fileCount: number;
  /** Bytes of all files. */
  readonly size: number;
}

/** The stores of one database. Throws StoreError, or StoreUnavailableError when the database does not answer. */
export interface PostgresStores {
  /** The database for messages: host, port and name. */
  readonly label: string;
  list(): Promise<ListedStore[]>;
  /**
   * Copies a finished and encrypted store from its folder. It is visible whole or not at all, and compared first: the
   * database computes the digests of what it has.
   */
  load(name: string, folder: string): Promise<ListedStore>;
  /** Removes a store, and gives its disk space back. */
  remove(name: string): Promise<void>;
  /** Opens a store for reading. */
  source(name: string): Promise<StoreSource>;
  close(): Promise<void>;
}

/** Where stores are: the schema of their tables, and what messages call the database. */
interface Place {
  readonly schema: string;
  readonly label: string;
}

/** Makes the stores of a database ready; connections are made when they are used. */
export function openPostgresStores(settings: PostgresSettings): PostgresStores {
  const { host, port, database, schema } = settings;
  const label = `postgresql ${host}:${port}/${database}`;
  const place: Place = { schema, label };
  const pool = new pg.Pool(connectionOf(settings));
  // An idle connection that is cut is replaced when the next is needed.
  pool.on('error', () => {});
  const told = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      throw databaseError(label, error);
    }
  };
  const change = <Value>(work: (client: pg.Client) => Promise<Value>) =>
    told(() => inTransaction(settings, (client) => work(client)));
  return {
    label,
    list: () => told(() => listStores(pool, place)),
    async load(name, folder) {
      assertName(name);
      return change((client) => loadStore(client, place, name, folder));
    },
    remove: (name) => change((client) => removeStore(client, place, name)),
    source: (name) => told(() => openSource(pool, place, name, told)),
    close: () => pool.end(),
  };
}

function connectionOf(settings: PostgresSettings): pg.PoolConfig {
  const { connectSeconds, querySeconds, connections } = settings;
  return {
    ...clientOptions(settings),
    max: connections,
    application_name: 'solvent',
    connectionTimeoutMillis: 1000 * connectSeconds,
    query_timeout: 1000 * querySeconds,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  };
}

function assertName(name: string): void {
  if (namePattern.test(name)) return;
  throw new StoreError('name of a store: expected letters, digits, spaces and ._-, at most 128, got something else');
}

async function inTransaction<Value>(
  settings: PostgresSettings,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  // A load takes as long as it takes.
  const client = new pg.Client({ ...connectionOf(settings), query_timeout: 0 });
  let lost: Error | undefined;
  client.on('error', (error) => {
    lost = error;
  });
  await client.connect();
  try {
    await client.query("BEGIN; SET LOCAL lock_timeout = '10s'");
    const value = await work(client);
    await client.query('COMMIT');
    return value;
  } catch (error) {
    // With the connection, the transaction ends as well.
    await client.query('ROLLBACK').catch(() => {});
    throw lost ?? error;
  } finally {
    await client.end().catch(() => {});
  }
}

async function listStores(pool: pg.Pool, place: Place): Promise<ListedStore[]> {
  const { schema } = place;
  const { rows: found } = await queryTwice(pool, `SELECT to_regclass('${schema}.stores') IS NOT NULL AS there`);
  if (!found[0].there) return [];
  const { rows } = await queryTwice(pool, `SELECT name, files, loaded FROM ${schema}.stores ORDER BY loaded, name`);
  return rows.map(({ name, files, loaded }) => listed(name, filesOf(place, name, files), loaded));
}

function filesOf({ label }: Place, name: string, value: unknown): RemoteFile[] {
  const files = filesSchema.safeParse(value);
  if (files.success) return files.data;
  throw new StoreError(`${label}: ${name}: the list of its files is damaged`);
}

function listed(name: string, files: readonly RemoteFile[], loaded: Date): ListedStore {
  return { name, loaded, fileCount: files.length, size: files.reduce((sum, { size }) => sum + size, 0) };
}

async function loadStore(client: pg.Client, place: Place, name: string, folder: string): Promise<ListedStore> {
  const { schema, label } = place;
  const files = finishedStoreFiles(folder);
  await prepareSchema(client, schema);
  const { rows } = await client.query(
    `INSERT INTO ${schema}.stores (name, files) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id, loaded`,
    [name, JSON.stringify(files)],
  );
  if (rows.length === 0) throw new StoreError(`${label}: expected no store ${name}, got one (nothing is overwritten)`);
  const table = `${schema}.blocks_${rows[0].id}`;
  await client.query(`CREATE TABLE ${table} (file text NOT NULL, number integer NOT NULL, bytes bytea NOT NULL)`);
  // Sealed bytes are never smaller when they are compressed.
  await client.query(`ALTER TABLE ${table} ALTER bytes SET STORAGE EXTERNAL`);
  const copied: CopiedFile[] = [];
  const copy = client.query(copyFrom(`COPY ${table} FROM STDIN (FORMAT binary, FREEZE)`));
  await pipeline(Readable.from(copyRows(folder, files, (file) => copied.push(file))), copy);
  await client.query(`ALTER TABLE ${table} ADD PRIMARY KEY (file, number)`);
  await client.query(`ANALYZE ${table}`);
  await assertCopied(client, table, label, copied);
  return listed(name, files, rows[0].loaded);
}

// Whoever may load but not create schemas finds what an administrator has made.
async function prepareSchema(client: pg.Client, schema: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(${lockNumber})`);
  const { rows } = await client.query(
    `SELECT to_regnamespace('${schema}') IS NULL AS bare, to_regclass('${schema}.stores') IS NULL AS empty`,
  );
  if (rows[0].bare) await client.query(`CREATE SCHEMA ${schema}`);
  if (!rows[0].empty) return;
  await client.query(
    `CREATE TABLE ${schema}.stores (
       id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       name text NOT NULL UNIQUE,
       files jsonb NOT NULL,
       loaded timestamptz NOT NULL DEFAULT now()
     )`,
  );
}

async function assertCopied(
  client: pg.Client,
  table: string,
  label: string,
  copied: readonly CopiedFile[],
): Promise<void> {
  const { rows } = await client.query(
    `SELECT file, count(*)::integer AS blocks, sum(length(bytes))::float8 AS size,
       encode(sha256(string_agg(sha256(bytes), ''::bytea ORDER BY number)), 'hex') AS digest
     FROM ${table} GROUP BY file`,
  );
  const stored = new Map(rows.map((row) => [row.file, `${row.blocks} ${row.size} ${row.digest}`]));
  for (const { name, size, blockCount, digest } of copied) {
    if (stored.get(name) === `${blockCount} ${size} ${digest}`) continue;
    throw new StoreError(`${label}: ${name}: expected the blocks that were sent, got others`);
  }
  if (stored.size !== copied.length) throw new StoreError(`${label}: expected ${copied.length} files, got others`);
}

async function removeStore(client: pg.Client, { schema, label }: Place, name: string): Promise<void> {
  const { rows } = await client.query(`DELETE FROM ${schema}.stores WHERE name = $1 RETURNING id`, [name]);
  if (rows.length === 0) throw new StoreError(`${label}: expected a store ${JSON.stringify(name)}, got none`);
  await client.query(`DROP TABLE ${schema}.blocks_${rows[0].id}`);
}

async function openSource(
  pool: pg.Pool,
  place: Place,
  name: string,
  told: <Value>(work: () => Promise<Value>) => Promise<Value>,
): Promise<StoreSource> {
  const { schema, label } = place;
  const { rows } = await queryTwice(pool, {
    text: `SELECT id, files FROM ${schema}.stores WHERE name = $1`,
    values: [name],
  });
  if (rows.length === 0) throw new StoreError(`${label}: expected a store ${JSON.stringify(name)}, got none`);
  const table = `blocks_${rows[0].id}`;
  // The client takes bytes as text alone: base64 is a third smaller than what it would ask for.
  const content = "encode(bytes, 'base64') AS content";
  const text = `SELECT number, ${content} FROM ${schema}.${table} WHERE file = $1 AND number = ANY($2::integer[])`;
  return fetchingSource({
    label: `${label}: ${name}`,
    files: filesOf(place, name, rows[0].files),
    async fetch(file, numbers) {
      const found = new Map<number, Uint8Array>();
      for (let start = 0; start < numbers.length; start += fetchedAtOnce) {
        const wanted = numbers.slice(start, start + fetchedAtOnce);
        const { rows: blocks } = await told(() => queryTwice(pool, { name: table, text, values: [file, wanted] }));
        for (const { number, content: block } of blocks) found.set(number, Buffer.from(block, 'base64'));
      }
      return found;
    },
    close() {},
  });
}

// A connection that the server has cut meanwhile says so when it is used; a new one may do.
async function queryTwice(pool: pg.Pool, query: string | pg.QueryConfig): Promise<pg.QueryResult> {
  try {
    return await pool.query(query);
  } catch (error) {
    if (!isLost(error)) throw error;
    return pool.query(query);
  }
}
