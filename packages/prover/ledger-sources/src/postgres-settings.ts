/**
 * The settings file of a PostgreSQL source. It names no password: that comes from PGPASSWORD or a file of its own.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LedgerError } from '@solvent/ledger/ledger-error';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import * as z from 'zod/mini';

/** Most bytes of a settings file, and of each file that it names. */
const maxFileSize = 2 ** 20;

const nameField = z.string().check(z.minLength(1), z.maxLength(1024));
const secondsField = (usual: number) => z._default(z.int().check(z.gte(1), z.lte(86_400)), usual);

const settingsSchema = z.strictObject({
  kind: z.literal('postgresql'),
  /** A host name, an address, or the folder of a Unix socket. */
  host: nameField,
  port: z._default(z.int().check(z.gte(1), z.lte(65_535)), 5432),
  database: nameField,
  user: nameField,
  passwordFile: z.optional(nameField),
  tls: z.optional(
    z.union([
      z.literal(false),
      z.strictObject({
        caFile: z.optional(nameField),
        certificateFile: z.optional(nameField),
        keyFile: z.optional(nameField),
      }),
    ]),
  ),
  schema: z.optional(nameField),
  table: z.optional(nameField),
  query: z.optional(z.string().check(z.minLength(1), z.maxLength(100_000))),
  columns: z.optional(z.record(nameField, nameField)),
  connectSeconds: secondsField(10),
  lockSeconds: secondsField(10),
  statementSeconds: secondsField(3600),
});

/** How to encrypt the connection. The server's certificate is verified. */
export interface TlsSettings {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Where a ledger is in a database. */
export interface PostgresSettings {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly tls: TlsSettings | undefined;
  /** A table, or a query whose rows are the ledger's. */
  readonly from: { readonly schema: string | undefined; readonly table: string } | { readonly query: string };
  /** What the ledger's columns are called there, in the ledger's order; all columns under their own names unless given. */
  readonly columns: Readonly<Record<string, string>> | undefined;
  readonly connectSeconds: number;
  readonly lockSeconds: number;
  readonly statementSeconds: number;
}

/** Reads a settings file. Paths in it are relative to its folder. Throws a LedgerError that quotes no value of it. */
export function readPostgresSettings(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): PostgresSettings {
  const fail = (expected: string, found: string) => new LedgerError({ file, expected, found });
  let value: unknown;
  try {
    value = JSON.parse(readSmallFile(file, file));
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    // The engine's message can quote what stands there.
    throw fail('settings as JSON', 'another text');
  }
  const parsed = settingsSchema.safeParse(value);
  if (!parsed.success) throw fail('settings of a PostgreSQL ledger', describeIssue(parsed.error));
  const { kind: _, passwordFile, tls, schema, table, query, columns, ...rest } = parsed.data;
  if ((table === undefined) === (query === undefined)) {
    throw fail('either table or query', table === undefined ? 'neither' : 'both');
  }
  if (query !== undefined && schema !== undefined) throw fail('schema beside table alone', 'one beside query');
  const readNamed = (path: string | undefined) =>
    path === undefined ? undefined : readFilled(file, resolve(dirname(file), path));
  // The line's end is the editor's.
  const password = readNamed(passwordFile)?.replace(/\r?\n$/, '') ?? environment.PGPASSWORD;
  return {
    ...rest,
    password: password === '' ? undefined : password,
    tls: tlsOf(rest.host, tls, readNamed),
    from: query === undefined ? { schema, table: table! } : { query },
    columns,
  };
}

type GivenTls = z.infer<typeof settingsSchema>['tls'];

// What stays on this machine needs no encryption; whatever leaves it has some, unless the operator says otherwise.
function tlsOf(host: string, tls: GivenTls, readNamed: (path: string | undefined) => string | undefined) {
  const isLocal = host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
  if (tls === false || (tls === undefined && isLocal)) return undefined;
  const [ca, cert, key] = [tls?.caFile, tls?.certificateFile, tls?.keyFile].map(readNamed);
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

// Nothing in a file would stand for the system's own choice, which the operator has not made.
function readFilled(settingsFile: string, path: string): string {
  const text = readSmallFile(settingsFile, path);
  if (text.trim() !== '') return text;
  throw new LedgerError({ file: `${settingsFile}: ${path}`, expected: 'a file with contents', found: 'an empty one' });
}

function readSmallFile(settingsFile: string, path: string): string {
  const file = path === settingsFile ? path : `${settingsFile}: ${path}`;
  try {
    const status = statSync(path);
    if (!status.isFile() || status.size > maxFileSize) {
      const found = status.isFile() ? `${status.size} bytes` : 'something else';
      throw new LedgerError({ file, expected: `a file of at most ${maxFileSize} bytes`, found });
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw new LedgerError({ file, expected: 'a readable file', found: (error as NodeJS.ErrnoException).code ?? 'EIO' });
  }
}

// Places and kinds of faults, but no values: a password may stand where none belongs.
function describeIssue(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'a fault';
  const place = issue.path.length === 0 ? 'the file' : issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return `${quoteExcerpt(issue.keys[0] ?? '')}, which is no setting`;
  return `a fault at ${place}`;
}
