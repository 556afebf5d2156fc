/** Which database: a file of settings without secrets, and the variables of PostgreSQL's own programs for the rest. */
import {
  connectionFields,
  type PostgresConnection,
  resolveConnection,
} from '@solvent/server-settings/postgres-connection';
import { readSettingsFile } from '@solvent/server-settings/settings-file';
import { StoreError } from '@solvent/stark-prover/store-error';
import { z } from 'zod';

const settingsSchema = z.strictObject({
  ...connectionFields,
  host: connectionFields.host.optional(),
  database: connectionFields.database.optional(),
  user: connectionFields.user.optional(),
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,40}$/, 'expected lower-case letters, digits and _')
    .default('solvent_private'),
  connectSeconds: z.number().gt(0).max(600).default(5),
  querySeconds: z.number().gt(0).max(600).default(10),
  connections: z.int().min(1).max(100).default(10),
});

/** A database of stores, and how to reach it. */
export interface PostgresSettings extends PostgresConnection {
  /** Where the stores are. */
  readonly schema: string;
  readonly connectSeconds: number;
  readonly querySeconds: number;
  /** Most connections of one process. */
  readonly connections: number;
}

const refuse = (file: string, expected: string, found: string) =>
  new StoreError(`${file}: expected ${expected}, got ${found}`);

/**
 * Reads a file of settings. Paths in it are relative to its folder; what it leaves out comes from PGHOST, PGPORT,
 * PGDATABASE, PGUSER and PGPASSWORD.
 *
 * @throws StoreError, which names the file and the field and quotes no value
 */
export function readPostgresSettings(
  file: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): PostgresSettings {
  const given = readSettingsFile(file, settingsSchema, 'settings of a PostgreSQL database', refuse);
  const { schema, connectSeconds, querySeconds, connections } = given;
  const { PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD } = environment;
  const needed = (value: string | undefined, field: string, variable: string) => {
    if (value) return value;
    throw refuse(file, `${field}, or the variable ${variable}`, 'neither');
  };
  const place = {
    ...given,
    host: needed(given.host ?? PGHOST, 'host', 'PGHOST'),
    port: given.port ?? portOf(file, PGPORT),
    database: needed(given.database ?? PGDATABASE, 'database', 'PGDATABASE'),
    user: needed(given.user ?? PGUSER, 'user', 'PGUSER'),
  };
  const connection = resolveConnection(file, place, PGPASSWORD, refuse);
  return { ...connection, schema, connectSeconds, querySeconds, connections };
}

function portOf(file: string, text = '5432'): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw refuse(file, 'a port in PGPORT', 'something else');
}
