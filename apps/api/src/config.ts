/** The configuration: one JSON file, in which every limit has a default. Paths in it are relative to its folder. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';

const count = (least: number, most: number, usual: number) => z.int().min(least).max(most).default(usual);
const seconds = (usual: number) => z.number().gt(0).max(3600).default(usual);
const pathField = z.string().min(1).max(4096);
const hostField = z.string().min(1).max(255);
const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

function isTrustedKeySetUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && loopbackHosts.includes(hostname));
}

/** Signatures by private keys alone: a shared secret is not for a service that only reads tokens. */
const tokenAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

const identitySchema = z.strictObject({
  issuer: z.string().min(1).max(1024).describe('The `iss` of every token.'),
  audience: z.string().min(1).max(1024).describe('What the `aud` of every token contains.'),
  algorithms: z.array(z.enum(tokenAlgorithms)).min(1).describe('Algorithms of the signatures that are accepted.'),
  keySetUrl: z.string().refine(isTrustedKeySetUrl, 'expected an https URL, or http to this machine').optional(),
  keySetFile: pathField.optional().describe("The provider's JWKS as a file, in place of its URL."),
  accountClaim: z.string().min(1).max(128).default('sub').describe('The claim with the account id.'),
  tokenType: z.string().min(1).max(64).optional().describe('The `typ` of every token, such as `at+jwt`.'),
  clockToleranceSeconds: z.number().min(0).max(300).default(5),
});

const limitsSchema = z.strictObject({
  addressPerMinute: count(1, 10_000_000, 600).describe('Requests of one address.'),
  accountPerMinute: count(1, 10_000_000, 30).describe('Inclusion files of one account.'),
  verifyPerMinute: count(1, 10_000_000, 10).describe('Verifications that one address asks for.'),
  uploadBytes: count(1024, 2 ** 30, 2 ** 25).describe('Body of a request to verify uploaded files.'),
  connections: count(1, 1_000_000, 2000),
  connectionsPerAddress: count(1, 1_000_000, 100).describe('Not applied behind a proxy, whose address all have.'),
  bytesPerSecond: count(1, 2 ** 30, 4096).describe('A client that takes less of what waits for it is cut off.'),
});

const timeoutsSchema = z.strictObject({
  headersSeconds: seconds(10).describe('For the headers of a request to arrive.'),
  requestSeconds: seconds(60).describe('For a whole request to arrive.'),
  idleSeconds: seconds(30).describe('Without a byte in either direction.'),
  keepAliveSeconds: seconds(5).describe('Between two requests of a connection.'),
  shutdownSeconds: seconds(30).describe('For what is under way at a signal to end.'),
});

const verifySchema = z.strictObject({
  workers: count(0, 64, 1).describe('Threads; with 0 nothing is verified here.'),
  waiting: count(0, 1000, 8).describe('Requests that wait for a thread; more are turned away.'),
  perAddress: count(1, 1000, 2).describe('Requests of one address, waiting or running.'),
  timeoutSeconds: seconds(120).describe('For one verification.'),
  memoryMiB: count(64, 65_536, 1024).describe("Each thread's heap."),
});

const folderStoreSchema = z.strictObject({
  folder: pathField.describe('The `private` folder of a report.'),
  keyFile: pathField.optional(),
});

const postgresStoreSchema = z.strictObject({
  postgres: pathField.describe('Settings of the database that `solvent store load` has copied the folder to.'),
  store: z.string().min(1).max(128).describe('What the store is called there.'),
  keyFile: pathField,
});

/** The shape of the configuration. */
const configSchema = z
  .strictObject({
    listen: z.strictObject({ host: hostField.default('127.0.0.1'), port: z.int().min(0).max(65_535).default(8080) }),
    metrics: z
      .strictObject({ host: hostField.default('127.0.0.1'), port: z.int().min(0).max(65_535).default(9464) })
      .nullable()
      .describe('Where Prometheus asks; null for nowhere.'),
    reports: pathField.describe('The directory that `solvent report publish` makes.'),
    privateStores: z
      .array(z.union([folderStoreSchema, postgresStoreSchema]))
      .max(1000)
      .describe('The private store of each report whose inclusion files are served, and its key.'),
    identity: identitySchema.optional().describe("The exchange's identity provider; without it nobody can log in."),
    portal: pathField.nullable().optional().describe('The built portal; found beside this package unless named.'),
    portalOrigins: z
      .array(z.url())
      .max(100)
      .describe('Other origins whose pages may ask for inclusion files and verifications.'),
    trustProxy: z
      .union([z.literal(false), z.int().min(1).max(10), z.array(z.string().min(1)).min(1)])
      .describe('Proxies whose X-Forwarded-For is believed: how many, or their addresses.'),
    limits: limitsSchema,
    timeouts: timeoutsSchema,
    verify: verifySchema,
    logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
  })
  .refine(
    ({ identity }) =>
      identity === undefined || (identity.keySetUrl === undefined) !== (identity.keySetFile === undefined),
    {
      path: ['identity'],
      message: 'expected keySetUrl or keySetFile',
    },
  );

/** A configuration with every default in its place; paths are absolute. */
export type Config = z.infer<typeof configSchema>;
/** What a configuration says of the identity provider. */
export type IdentityConfig = NonNullable<Config['identity']>;
/** A configuration as it is written, in which whatever has a default may be left out. */
export type GivenConfig = z.input<typeof configSchema>;

const emptySections = {
  listen: {},
  metrics: {},
  privateStores: [],
  portalOrigins: [],
  trustProxy: false,
  limits: {},
  timeouts: {},
  verify: {},
  logLevel: 'info',
};

/** A configuration that cannot be used. The message is one line that names the field. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads a configuration file. Throws a ConfigError. */
export function readConfig(path: string): Config {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new ConfigError(`${path}: expected a readable file of JSON, got ${code ?? 'something else'}`);
  }
  return parseConfig(value, dirname(resolve(path)), path);
}

/**
 * Checks a configuration and puts defaults and absolute paths in it. Throws a ConfigError.
 *
 * @param folder what its paths are relative to
 * @param name of the file, for messages
 */
export function parseConfig(value: unknown, folder: string, name = 'configuration'): Config {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const parsed = configSchema.safeParse(isObject ? { ...emptySections, ...value } : value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${name}: ${issue.path.join('.') || 'all of it'}: ${issue.message}`);
  }
  const config = parsed.data;
  const absolute = (path: string) => resolve(folder, path);
  return {
    ...config,
    reports: absolute(config.reports),
    privateStores: config.privateStores.map((place) => absoluteStore(place, absolute)),
    ...(config.identity && { identity: absoluteIdentity(config.identity, absolute) }),
    ...(config.portal != null && { portal: absolute(config.portal) }),
  };
}

/** Where a private store is. */
export type StorePlace = Config['privateStores'][number];

function absoluteStore(place: StorePlace, absolute: (path: string) => string): StorePlace {
  if ('postgres' in place) {
    return { ...place, postgres: absolute(place.postgres), keyFile: absolute(place.keyFile) };
  }
  const { folder, keyFile } = place;
  return { folder: absolute(folder), ...(keyFile !== undefined && { keyFile: absolute(keyFile) }) };
}

function absoluteIdentity(identity: IdentityConfig, absolute: (path: string) => string): IdentityConfig {
  return identity.keySetFile === undefined ? identity : { ...identity, keySetFile: absolute(identity.keySetFile) };
}
