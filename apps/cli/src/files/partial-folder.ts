/** Folders that appear whole or not at all: made under another name, then renamed. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../input-error.js';

/** What the names of unfinished folders begin with. */
export const partialPrefix = '.partial-';

/**
 * Runs work that makes a folder inside `parent`, under a name that nobody else has. Whatever is left there when the work
 * is over is removed; if the work fails, so are the folders above it that were not there before.
 *
 * The work calls `createPartialFolder` when it has something to write, and renames what is finished.
 */
export async function withPartialFolder<Value>(
  parent: string,
  work: (folder: string) => Promise<Value>,
): Promise<Value> {
  const folder = join(parent, `${partialPrefix}${randomBytes(8).toString('hex')}`);
  const missing = missingFolders(parent);
  try {
    const value = await work(folder);
    rmSync(folder, { recursive: true, force: true });
    return value;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    removeEmpty(missing);
    throw error;
  }
}

/** Throws an InputError where a folder is to be and something else is. */
export function assertNoFile(folder: string): void {
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status !== undefined && !status.isDirectory()) {
    throw new InputError(`${folder}: expected a folder, or nothing there, got a file`);
  }
}

/** Creates a partial folder, open to its owner alone, and the folders above it. */
export function createPartialFolder(folder: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder, { mode: 0o700 });
}

/** Writes a new file, and returns when it is on the disk. */
export function writeNewFile(path: string, bytes: Uint8Array | string, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

// The folders of a path that are not there, the innermost first.
function missingFolders(path: string): string[] {
  const missing: string[] = [];
  for (let folder = path; !existsSync(folder) && dirname(folder) !== folder; folder = dirname(folder)) {
    missing.push(folder);
  }
  return missing;
}

function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      // Not there, or somebody else has put something into it.
    }
  }
}
