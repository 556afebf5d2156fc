/** A PostgreSQL database, and how to reach it: what all files of settings of one have in common. */
import { z } from 'zod';
import { type Refusal, readNamedFile } from './settings-file.js';
import { isThisMachine } from './this-machine.js';

/** A word of a file of settings. */
export const nameField = z.string().min(1).max(1024);

/** The fields of a file of settings that say which database. */
export const connectionFields = {
  kind: z.literal('postgresql'),
  /** A host name, an address, or the folder of a Unix socket. */
  host: nameField,
  port: z.int().min(1).max(65_535).optional(),
  database: nameField,
  user: nameField,
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
};

/** What those fields hold. */
export type GivenConnection = Omit<z.infer<z.ZodObject<typeof connectionFields>>, 'kind'>;

/** How to encrypt a connection, all in PEM: the authority instead of the system's, and who we are. */
export interface TlsSettings {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** A database, and how to reach it. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  /** Undefined for a connection in the clear. */
  readonly tls: TlsSettings | undefined;
}

/**
 * The connection that a file of settings describes. Paths in it are relative to its folder.
 *
 * @param usualPassword the password when there is no file of one
 * @param refuse makes an error of a file that cannot be used
 */
export function resolveConnection(
  file: string,
  given: GivenConnection,
  usualPassword: string | undefined,
  refuse: Refusal,
): PostgresConnection {
  const { host, port = 5432, database, user, passwordFile, tls } = given;
  const read = (path: string | undefined) => (path === undefined ? undefined : readNamedFile(file, path, refuse));
  // The line's end is the editor's.
  const password = read(passwordFile)?.replace(/\r?\n$/, '') ?? usualPassword;
  return { host, port, database, user, password: password === '' ? undefined : password, tls: tlsOf(host, tls, read) };
}

// What stays on this machine needs no encryption; whatever leaves it has some, unless the operator says otherwise.
function tlsOf(
  host: string,
  given: GivenConnection['tls'],
  read: (path: string | undefined) => string | undefined,
): TlsSettings | undefined {
  if (given === false || (given === undefined && isThisMachine(host))) return undefined;
  const [ca, cert, key] = [given?.caFile, given?.certificateFile, given?.keyFile].map(read);
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

/** What a client of PostgreSQL is told: the server's certificate must verify, whatever the environment says. */
export function clientOptions({ host, port, database, user, password, tls }: PostgresConnection) {
  const ssl = tls === undefined ? (false as const) : { ...tls, rejectUnauthorized: true };
  return { host, port, database, user, ssl, ...(password !== undefined && { password }) };
}
