/**
 * A worker's folder among the temporary files. A worker that is killed leaves it there, with the sealed private data of one
 * segment at most; the next worker on the machine removes it.
 */
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAbandoned, takeLock } from '../prove/run-lock.js';

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

/** Makes the folder, locked, so that others see whose it is. */
export function makeWorkerFolder(): WorkerFolder {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  takeLock(folder);
  const attempt = join(folder, 'attempt');
  const clear = () => rmSync(attempt, { recursive: true, force: true });
  return {
    fresh() {
      clear();
      mkdirSync(attempt, { mode: 0o700 });
      return attempt;
    },
    clear,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
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
