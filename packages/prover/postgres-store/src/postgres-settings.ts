/** Which database: a file of settings without secrets, and the variables of PostgreSQL's own programs for the rest. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StoreError } from '@solvent/stark-prover/store-error';
import { z } from 'zod';

const nameField = z.string().min(1).max(1024);

const settingsSchema = z.strictObject({
  kind: z.literal('postgresql'),
  /** A host name, an address, or the folder of a Unix socket. */
  host: nameField.optional(),
  port: z.int().min(1).max(65_535).optional(),
  database: nameField.optional(),
  user: nameField.optional(),
  passwordFile: nameField.optional(),
  tls: z
    .union([
      z.literal(false),
      z.strictObject({
        caFile: nameField.optional(),
        certificateFile: nameField.optional(),
        keyFile: nameField.optional(),
      }),
    ])
    .optional(),
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,40}$/, 'expected lower-case letters, digits and _')
    .optional(),
  connectSeconds: z.number().gt(0).max(600).default(5),
  querySeconds: z.number().gt(0).max(600).default(10),
  connections: z.int().min(1).max(100).default(10),
});

/** How to encrypt the connection. The server's certificate is verified. */
export interface TlsSettings {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** A database, and how to reach it. */
export interface PostgresSettings {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  /** Undefined for a connection in the clear. */
  readonly tls: TlsSettings | undefined;
  /** Where the stores are. */
  readonly schema: string;
  readonly connectSeconds: number;
  readonly querySeconds: number;
  /** Most connections of one process. */
  readonly connections: number;
}

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
  const parsed = settingsSchema.safeParse(parseJson(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue.code === 'unrecognized_keys' ? 'a field that is no setting' : issue.path.join('.');
    throw new StoreError(
      `${file}: expected the settings of a PostgreSQL database, got a fault: ${place || 'all of it'}`,
    );
  }
  const given = parsed.data;
  const { PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD } = environment;
  const needed = (value: string | undefined, field: string, variable: string) => {
    if (value) return value;
    throw new StoreError(`${file}: expected ${field}, or the variable ${variable}, got neither`);
  };
  const read = (path: string | undefined) => (path === undefined ? undefined : readNamed(file, path));
  const host = needed(given.host ?? PGHOST, 'host', 'PGHOST');
  const password = read(given.passwordFile)?.replace(/\r?\n$/, '') ?? PGPASSWORD;
  return {
    host,
    port: given.port ?? portOf(file, PGPORT),
    database: needed(given.database ?? PGDATABASE, 'database', 'PGDATABASE'),
    user: needed(given.user ?? PGUSER, 'user', 'PGUSER'),
    password: password === '' ? undefined : password,
    tls: tlsOf(host, given.tls, read),
    schema: given.schema ?? 'solvent_private',
    connectSeconds: given.connectSeconds,
    querySeconds: given.querySeconds,
    connections: given.connections,
  };
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new StoreError(`${file}: expected a readable file of JSON, got ${code ?? 'something else'}`);
  }
}

function portOf(file: string, text = '5432'): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new StoreError(`${file}: expected a port in PGPORT, got something else`);
}

// Nothing in a file would stand for the system's own choice, which the operator has not made.
function readNamed(file: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(resolve(dirname(file), path), 'utf8');
  } catch (error) {
    throw new StoreError(`${file}: ${path}: expected a readable file, got ${(error as NodeJS.ErrnoException).code}`);
  }
  if (text.trim() === '') throw new StoreError(`${file}: ${path}: expected a file with contents, got an empty one`);
  return text;
}

type GivenTls = z.infer<typeof settingsSchema>['tls'];

// What stays on this machine needs no encryption; whatever leaves it has some, unless the operator says otherwise.
function tlsOf(host: string, tls: GivenTls, read: (path: string | undefined) => string | undefined) {
  const isLocal = host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
  if (tls === false || (tls === undefined && isLocal)) return undefined;
  const [ca, cert, key] = [tls?.caFile, tls?.certificateFile, tls?.keyFile].map(read);
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}
