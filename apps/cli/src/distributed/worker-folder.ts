/**
 * A worker's folder among the temporary files. A worker that is killed leaves it there, with the sealed private data of one
 * segment at most; the next worker on the machine removes it.
 */
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdsLock, isAbandoned, takeLock } from '../prove/run-lock.js';

const prefix = 'solvent-worker-';

/** The folder of one worker, for the files of one segment at a time. */
export interface WorkerFolder {
  /** An empty folder for an attempt; what was there of another one is removed. */
  fresh(): string;
  /** Removes what there is of an attempt. */
  clear(): void;
  /** Removes all of it. */
  remove(): void;
}

/** The folder, which is made when it is needed: a worker whose disk is full starts, and waits until there is room. */
export function makeWorkerFolder(): WorkerFolder {
  let folder: string | undefined;
  const attemptIn = (own: string) => join(own, 'attempt');
  const removeTree = (path: string) => rmSync(path, { recursive: true, force: true });
  return {
    fresh() {
      // A worker may have nothing to do for weeks: then its folder is what clean-ups of temporary files look for.
      folder = folder !== undefined && isStillThere(folder) ? folder : makeLockedFolder();
      const attempt = attemptIn(folder);
      removeTree(attempt);
      mkdirSync(attempt, { mode: 0o700 });
      return attempt;
    },
    clear() {
      if (folder !== undefined) removeTree(attemptIn(folder));
    },
    remove() {
      if (folder !== undefined) removeTree(folder);
    },
  };
}

// Locked, so that others see whose it is.
function makeLockedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  try {
    takeLock(folder);
    return folder;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

// When it was cleaned up, another user may have made one of this name.
function isStillThere(folder: string): boolean {
  const status = lstatSync(folder, { throwIfNoEntry: false });
  return status !== undefined && status.uid === (process.getuid?.() ?? status.uid) && holdsLock(folder);
}

/** Removes what workers of this user have left who have ended. Gives how many that were. */
export function removeAbandonedFolders(): number {
  const folders = readdirSync(tmpdir())
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(tmpdir(), name));
  const abandoned = folders.filter(isLeft);
  for (const folder of abandoned) rmSync(folder, { recursive: true, force: true });
  return abandoned.length;
}

// Others may put into a common folder what they like, also while this one looks: whatever cannot be read is left alone.
function isLeft(folder: string): boolean {
  try {
    const status = lstatSync(folder);
    return status.isDirectory() && status.uid === process.getuid?.() && isAbandoned(folder);
  } catch {
    return false;
  }
}
