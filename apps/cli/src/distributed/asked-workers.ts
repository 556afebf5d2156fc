/**
 * Whether workers were asked for segments of an unfinished run: then there may be tasks and attempts in the storage, which
 * only the run's folder leads to. A file in that folder says so, and which storage that is.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { writeWholeFile } from '../files/whole-file.js';
import { InputError } from '../input-error.js';

/** The file that says so, in the folder of an unfinished run. */
export function askedWorkersMark(work: string): string {
  return join(work, 'asked-workers');
}

/**
 * Notes it, before the first of them is asked.
 *
 * @param storage what the storage is called
 * @throws InputError when they were asked for segments in another storage
 */
export function noteAskedWorkers(work: string, storage: string): void {
  assertSameStorage(work, storage);
  writeWholeFile(askedWorkersMark(work), storage, 0o600);
}

/** Throws an InputError when workers were asked for segments in another storage: what is there would stay for ever. */
export function assertSameStorage(work: string, storage: string): void {
  const path = askedWorkersMark(work);
  if (!existsSync(path)) return;
  const earlier = readFileSync(path, 'utf8');
  if (earlier === storage) return;
  throw new InputError(
    `${work}: expected the storage ${quoteExcerpt(earlier)}, where the segments are that workers were asked for, ` +
      `got ${quoteExcerpt(storage)} (if that is the same one, or the other is gone for good, remove ${path})`,
  );
}

/** Forgets it, when nothing is left with them. */
export function forgetAskedWorkers(work: string): void {
  rmSync(askedWorkersMark(work), { force: true });
}

/** Throws an InputError when workers were asked: a run that is published without them would leave things for ever. */
export function assertNotAskedWorkers(work: string): void {
  const path = askedWorkersMark(work);
  if (!existsSync(path)) return;
  const folder = dirname(work);
  throw new InputError(
    `${work}: expected --distributed, since workers were asked for segments of this run, got none; ` +
      `solvent cancel ${folder} takes them back (if their storage is gone for good, remove ${path} instead)`,
  );
}
