/**
 * The settings file of a PostgreSQL source. It names no password: that comes from PGPASSWORD or a file of its own.
 */
import { LedgerError } from '@solvent/ledger/ledger-error';
import {
  connectionFields,
  nameField,
  type PostgresConnection,
  resolveConnection,
} from '@solvent/server-settings/postgres-connection';
import { readSettingsFile } from '@solvent/server-settings/settings-file';
import { z } from 'zod';

const secondsField = (usual: number) => z.int().min(1).max(86_400).default(usual);

const settingsSchema = z.strictObject({
  ...connectionFields,
  schema: nameField.optional(),
  table: nameField.optional(),
  query: z.string().min(1).max(100_000).optional(),
  columns: z.record(nameField, nameField).optional(),
  connectSeconds: secondsField(10),
  lockSeconds: secondsField(10),
  statementSeconds: secondsField(3600),
});

/** Where a ledger is in a database. */
export interface PostgresSettings extends PostgresConnection {
  /** A table, or a query whose rows are the ledger's. */
  readonly from: { readonly schema: string | undefined; readonly table: string } | { readonly query: string };
  /** What the ledger's columns are called there, in the ledger's order; all columns under their own names unless given. */
  readonly columns: Readonly<Record<string, string>> | undefined;
  readonly connectSeconds: number;
  readonly lockSeconds: number;
  readonly statementSeconds: number;
}

const refuse = (file: string, expected: string, found: string) => new LedgerError({ file, expected, found });

/** Reads a settings file. Paths in it are relative to its folder. Throws a LedgerError that quotes no value of it. */
export function readPostgresSettings(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): PostgresSettings {
  const given = readSettingsFile(file, settingsSchema, 'settings of a PostgreSQL ledger', refuse);
  const { columns, connectSeconds, lockSeconds, statementSeconds } = given;
  return {
    ...resolveConnection(file, given, environment.PGPASSWORD, refuse),
    from: placeOf(file, given),
    columns,
    connectSeconds,
    lockSeconds,
    statementSeconds,
  };
}

function placeOf(file: string, { schema, table, query }: z.infer<typeof settingsSchema>): PostgresSettings['from'] {
  if (table !== undefined && query !== undefined) throw refuse(file, 'either table or query', 'both');
  if (table !== undefined) return { schema, table };
  if (query === undefined) throw refuse(file, 'either table or query', 'neither');
  if (schema !== undefined) throw refuse(file, 'schema beside table alone', 'one beside query');
  return { query };
}
