/** Where a run begins, or goes on: from there on it can be interrupted and continued. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createStoreWriter, type StoreWriter } from '@solvent/stark-prover/holder-store';
import { syncFolder } from '@solvent/stark-prover/paged-file';
import { rootFileName } from '@solvent/stark-prover/store-folder';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { createPartialFolder } from '../files/partial-folder.js';
import { InputError, systemErrorCode } from '../input-error.js';
import type { ProveJob } from './prove-job.js';
import { recallPublished, runFolders } from './run-folder.js';
import { takeLock } from './run-lock.js';
import { type RunState, writeRunState } from './run-state.js';

/** What a run writes with. */
export interface StartedRun {
  readonly key: StoreKey | undefined;
  readonly store: StoreWriter;
}

/** Makes the work folder of a new run, whole or not at all: locked, and with the run's state. */
export async function beginRun(job: ProveJob, key: StoreKey | undefined, state: RunState): Promise<StartedRun> {
  const { outFolder, partialFolder } = job;
  createPartialFolder(partialFolder);
  takeLock(partialFolder);
  writeRunState(partialFolder, key, state);
  const folders = runFolders(outFolder);
  try {
    renameSync(partialFolder, folders.work);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    throw new InputError(`${folders.work}: expected nothing there, got another run, which began in the meantime`);
  }
  syncFolder(outFolder);
  return { key, store: await openFolders(job, key) };
}

/** Takes up the work folder of a run that was interrupted. Its lock is taken already. */
export async function continueRun(job: ProveJob, key: StoreKey | undefined): Promise<StartedRun> {
  await recallPublished(job.outFolder, key);
  // A store that is complete is completed again, when all that is in it has been examined.
  rmSync(join(runFolders(job.outFolder).private, rootFileName), { force: true });
  return { key, store: await openFolders(job, key) };
}

async function openFolders(job: ProveJob, key: StoreKey | undefined): Promise<StoreWriter> {
  const folders = runFolders(job.outFolder);
  mkdirSync(join(folders.public, 'proofs'), { recursive: true, mode: 0o755 });
  return createStoreWriter(folders.private, { key });
}
