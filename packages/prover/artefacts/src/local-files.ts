/** Files of this machine as every kind of storage reads and writes them. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { StorageError } from './artefact-storage.js';

/** Writes a new file, readable by its owner alone, that is on the disk when this returns. */
export async function createFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes a file whole, or not at all; what was there is replaced. */
export async function replaceFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await createFile(partial, write);
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Runs system calls, whose errors do not always say what they are about, and names that in a StorageError. */
export async function named<Value>(place: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const isOurs = error instanceof StorageError || (error as Error).name === 'AbortError';
    if (isOurs || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new StorageError(`${place}: ${(error as Error).message}`, { cause: error });
  }
}
