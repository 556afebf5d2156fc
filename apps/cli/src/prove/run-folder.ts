/** Where an unfinished run keeps what it has made, and how that becomes the report (spec §10.4). */
import { existsSync, lstatSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@solvent/commitment/bytes';
import { manifestDigest, manifestFileName } from '@solvent/report-format/manifest';
import { openHolderStore } from '@solvent/stark-prover/holder-store';
import { syncFolder } from '@solvent/stark-prover/paged-file';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { assertNoFile } from '../files/partial-folder.js';
import { writeWholeFile } from '../files/whole-file.js';
import { InputError } from '../input-error.js';

/** The two folders that `prove` makes; only the first is for others. */
export const publicFolderName = 'public';
export const privateFolderName = 'private';

/** Is there from the moment at which a run has planned its segments until its report is published. */
const workFolderName = '.unfinished';
/** Says, with the manifest's digest, that a report is complete and being moved to its place. */
const publishingFileName = 'publishing';

/** The folders of a run. */
export interface RunFolders {
  readonly work: string;
  readonly public: string;
  readonly private: string;
}

/** The folders of the run whose report is to appear in `outFolder`. */
export function runFolders(outFolder: string): RunFolders {
  const work = join(outFolder, workFolderName);
  return { work, public: join(work, publicFolderName), private: join(work, privateFolderName) };
}

/** Throws an InputError when a report is there already. */
function assertVacant(outFolder: string): void {
  for (const name of [publicFolderName, privateFolderName]) {
    const path = join(outFolder, name);
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) continue;
    throw new InputError(`${path}: expected nothing there, got something (a report is never overwritten)`);
  }
}

/** Throws an InputError unless a run can begin here, or go on. */
export function assertStart(outFolder: string, isResumed: boolean): void {
  assertNoFile(outFolder);
  const { work } = runFolders(outFolder);
  const isUnfinished = lstatSync(work, { throwIfNoEntry: false }) !== undefined;
  if (isResumed && !isUnfinished) throw new InputError(`${work}: expected an unfinished run to continue, got none`);
  if (!isResumed && isUnfinished) {
    throw new InputError(
      `${work}: expected no unfinished run, got one: --resume continues it; remove the folder to begin anew`,
    );
  }
  if (!isResumed || !existsSync(join(work, publishingFileName))) assertVacant(outFolder);
}

/**
 * Moves a complete report to its place. The private folder first: a public folder that is there is always one whose
 * inclusion files can be made.
 *
 * @param digest the manifest's, in hexadecimal
 */
export function publish(outFolder: string, digest: string): void {
  assertVacant(outFolder);
  const folders = runFolders(outFolder);
  writeWholeFile(join(folders.work, publishingFileName), digest, 0o600);
  renameSync(folders.private, join(outFolder, privateFolderName));
  renameSync(folders.public, join(outFolder, publicFolderName));
  syncFolder(outFolder);
}

/** Moves back what was published by a run that did not live to see it: it is checked again, and published as a whole. */
export async function recallPublished(outFolder: string, key: StoreKey | undefined): Promise<void> {
  const folders = runFolders(outFolder);
  const marker = join(folders.work, publishingFileName);
  if (!existsSync(marker)) return;
  const digest = readFileSync(marker, 'latin1');
  const places = [
    {
      from: join(outFolder, publicFolderName),
      to: folders.public,
      digestIn: async (path: string) => readManifestDigest(path),
    },
    {
      from: join(outFolder, privateFolderName),
      to: folders.private,
      digestIn: (path: string) => storeDigest(path, key),
    },
  ];
  for (const { from, to, digestIn } of places) {
    if (!existsSync(from)) continue;
    if (existsSync(to) || (await digestIn(from)) !== digest) {
      throw new InputError(
        `${from}: expected nothing there, or the report of the run in ${folders.work}; got another one`,
      );
    }
    renameSync(from, to);
  }
  rmSync(marker);
  syncFolder(outFolder);
  syncFolder(folders.work);
}

function readManifestDigest(publicFolder: string): string {
  return bytesToHex(manifestDigest(readFileSync(join(publicFolder, manifestFileName))));
}

async function storeDigest(privateFolder: string, key: StoreKey | undefined): Promise<string> {
  const store = await openHolderStore(privateFolder, { key });
  store.close();
  return bytesToHex(store.manifestDigest);
}
