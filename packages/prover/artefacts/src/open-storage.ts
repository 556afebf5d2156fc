/** Storage as a file of settings describes it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type ArtefactStorage, StorageError } from './artefact-storage.js';
import { openFolderStorage } from './folder-storage.js';
import type { S3Key } from './s3-client.js';

const pathField = z.string().min(1).max(4096);

const folderSchema = z.strictObject({ kind: z.literal('folder'), path: pathField });

const s3Schema = z.strictObject({
  kind: z.literal('s3'),
  endpoint: z.url({ protocol: /^https?$/ }).describe('URL of the server; the bucket comes after it.'),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  region: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/)
    .default('us-east-1'),
  prefix: z
    .string()
    .regex(/^([a-z0-9_-]+\/)*$/, 'expected folders, each with a slash after it')
    .max(256)
    .default(''),
  keyFile: pathField.optional().describe('JSON: accessKeyId, secretAccessKey; or else AWS_… in the environment.'),
  attempts: z.int().min(1).max(100).default(6),
  idleSeconds: z.number().gt(0).max(3600).default(30),
  bytesPerSecond: z
    .int()
    .min(1)
    .max(2 ** 30)
    .default(65_536),
});

/** What describes storage, for a file of settings or a part of one. Paths are relative to the file. */
export const storageSettingsSchema = z.discriminatedUnion('kind', [folderSchema, s3Schema]);

/** Settings of storage. They hold no secret: keys are in files, or in the environment. */
export type StorageSettings = z.infer<typeof storageSettingsSchema>;

/**
 * Opens storage.
 *
 * @param base the folder that paths are relative to
 * @param environment where AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are looked for when there is no file of a key
 * @throws StorageError when it cannot be used
 */
export async function openStorage(
  settings: StorageSettings,
  base = '.',
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ArtefactStorage> {
  if (settings.kind === 'folder') return openFolderStorage(resolve(base, settings.path));
  // Loaded only where it is used.
  const { openS3Storage } = await import('./s3-storage.js');
  const { keyFile } = settings;
  const key = keyFile === undefined ? keyOfEnvironment(environment) : readKeyFile(resolve(base, keyFile));
  return openS3Storage(settings, key);
}

const keySchema = z.strictObject({
  accessKeyId: z.string().min(1).max(256),
  secretAccessKey: z.string().min(1).max(1024),
  sessionToken: z.string().min(1).max(65_536).optional(),
});

// What is in a key's file is in no message.
function readKeyFile(path: string): S3Key {
  const key = keySchema.safeParse(readJson(path));
  if (key.success) return key.data;
  throw new StorageError(`${path}: expected a JSON object with accessKeyId and secretAccessKey, got something else`);
}

function keyOfEnvironment(environment: NodeJS.ProcessEnv): S3Key {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new StorageError('S3: expected a keyFile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, got neither');
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new StorageError(`${path}: expected a readable file of JSON, got ${code ?? 'something else'}`);
  }
}
