/** Storage as a file of settings describes it. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { type ArtefactStorage, StorageError } from './artefact-storage.js';
import { openFolderStorage } from './folder-storage.js';

/** What describes storage, for a file of settings or a part of one. Paths are relative to the file. */
export const storageSettingsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: z.string().min(1).max(4096) }),
]);

/** Settings of storage. They hold no secret: keys are in files, or in the environment. */
export type StorageSettings = z.infer<typeof storageSettingsSchema>;

/**
 * Opens storage.
 *
 * @param base the folder that paths are relative to
 * @throws StorageError when it cannot be used
 */
export async function openStorage(settings: StorageSettings, base = '.'): Promise<ArtefactStorage> {
  return openFolderStorage(resolve(base, settings.path));
}

/** Opens the storage that a file of JSON describes. Throws a StorageError that names the file and the field. */
export async function openStorageFile(path: string): Promise<ArtefactStorage> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new StorageError(`${path}: expected a readable file of JSON, got ${code ?? 'something else'}`);
  }
  const parsed = storageSettingsSchema.safeParse(value);
  if (parsed.success) return openStorage(parsed.data, dirname(path));
  const [issue] = parsed.error.issues;
  throw new StorageError(`${path}: ${issue.path.join('.') || 'all of it'}: ${issue.message}`);
}
