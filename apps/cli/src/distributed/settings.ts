/** The file of settings that the prover of a report and its workers share: which queue, which storage. No secrets. */
import { dirname, resolve } from 'node:path';
import { storageSettingsSchema } from '@solvent/artefacts/open-storage';
import { z } from 'zod';
import { readInputText } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';

const maxSettingsSize = 2 ** 16;

const pathField = z.string().min(1).max(4096);
const portField = z.int().min(1).max(65_535);
const wordField = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/, 'expected lower-case letters, digits and _');
const serverFields = {
  host: z.string().min(1).max(255),
  /** A file with the password alone; otherwise the variable SOLVENT_QUEUE_PASSWORD, if it is there. */
  passwordFile: pathField.optional(),
  /** `true` for certificates that the system trusts; `caFile` for one's own; `false` for a connection in the clear. */
  tls: z.union([z.boolean(), z.strictObject({ caFile: pathField, serverName: z.string().optional() })]).optional(),
};
const queueSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('redis'),
    ...serverFields,
    port: portField.default(6379),
    username: z.string().min(1).max(128).optional(),
    /** What all keys begin with. */
    prefix: wordField.default('solvent'),
  }),
  z.strictObject({
    kind: z.literal('postgres'),
    ...serverFields,
    port: portField.default(5432),
    user: z.string().min(1).max(128),
    database: z.string().min(1).max(128),
    /** Where the tables of the queue are made. */
    schema: wordField.default('solvent_queue'),
  }),
]);

const settingsSchema = z.strictObject({
  format: z.literal('solvent-distributed/1'),
  queue: queueSchema,
  storage: storageSettingsSchema,
  /** How long a worker that says nothing keeps its segment. */
  lockSeconds: z.number().min(1).max(3600).default(60),
  /** How often the queue is asked. */
  pollSeconds: z.number().min(0.05).max(60).default(1),
  /** Most segments that wait for a worker: their tasks are in the storage. */
  waitingSegments: z.int().min(1).max(1024).default(8),
  /** How often a segment that fails is tried before it is parked. */
  attempts: z.int().min(1).max(100).default(5),
  /** How long a run waits for a queue or a storage that does not answer. */
  patienceSeconds: z.number().min(1).max(86_400).default(900),
});

/** Settings with their defaults. */
export type DistributedSettings = z.infer<typeof settingsSchema> & {
  /** The folder of the file: paths are relative to it. */
  readonly base: string;
};

/** Reads a file of settings. Throws an InputError that names the file and the field. */
export async function readSettings(path: string): Promise<DistributedSettings> {
  const text = await readInputText(path, maxSettingsSize);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${path}: expected JSON, got something else`);
  }
  const parsed = settingsSchema.safeParse(value);
  if (parsed.success) return { ...parsed.data, base: dirname(resolve(path)) };
  const [issue] = parsed.error.issues;
  throw new InputError(`${path}: ${issue.path.join('.') || 'all of it'}: ${issue.message}`);
}
