/** Makes a report in a partial folder, and lets it appear whole. */
import { existsSync, lstatSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { partialPrefix, withPartialFolder } from '../files/partial-folder.js';
import { InputError } from '../input-error.js';
import { interruptible } from '../interruption.js';
import type { Runtime } from '../runtime.js';
import { escapeUnsafe, type Terminal } from '../terminal.js';
import { createProgress } from './progress.js';
import type { ProveJob, ProveSummary } from './prove-job.js';
import { privateFolderName, publicFolderName } from './prove-report.js';
import { readPreviousReport } from './read-inputs.js';

/** What the operator asks for. */
export type ReportRequest = Omit<ProveJob, 'folder' | 'previousManifest' | 'allowSmallGroups'> & {
  readonly outFolder: string;
  /** The public folder of the previous report, if there is one. */
  readonly previous?: string;
  readonly allowSmallGroups?: number;
};

/**
 * Makes `public` and `private` in the out folder, or changes nothing there.
 *
 * @throws InputError when one of them is there already: nothing is ever overwritten
 */
export async function makeReport(request: ReportRequest, { terminal, prove }: Runtime): Promise<ProveSummary> {
  const { outFolder, previous, allowSmallGroups, ...rest } = request;
  assertVacant(outFolder);
  noteLeftovers(outFolder, terminal);
  const previousManifest = previous === undefined ? null : await previousDigest(previous, rest, terminal);
  return interruptible((aborted) =>
    withPartialFolder(outFolder, async (folder) => {
      const progress = createProgress(terminal);
      try {
        const job: ProveJob = { ...rest, allowSmallGroups, previousManifest, folder };
        const summary = await prove(job, progress.update, aborted);
        aborted.throwIfAborted();
        publish(folder, outFolder);
        return summary;
      } finally {
        progress.end();
      }
    }),
  );
}

function assertVacant(outFolder: string): void {
  for (const name of [publicFolderName, privateFolderName]) {
    const path = join(outFolder, name);
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) continue;
    throw new InputError(`${path}: expected nothing there, got something (a report is never overwritten)`);
  }
}

// A run that was killed could not clean up. It may also be another one that is still at work, so nothing is removed.
function noteLeftovers(outFolder: string, terminal: Terminal): void {
  if (!existsSync(outFolder)) return;
  for (const name of readdirSync(outFolder)) {
    if (!name.startsWith(partialPrefix)) continue;
    terminal.err(`note: ${escapeUnsafe(join(outFolder, name))} is of an unfinished run: remove it if that has ended\n`);
  }
}

async function previousDigest(
  publicFolder: string,
  { exchange, snapshotTime }: Pick<ProveJob, 'exchange' | 'snapshotTime'>,
  terminal: Terminal,
): Promise<string> {
  const { manifest, digest } = await readPreviousReport(publicFolder);
  if (manifest.snapshotTime >= snapshotTime) {
    const expected = `expected a previous report with a time before ${snapshotTime}`;
    throw new InputError(`${publicFolder}: ${expected}, got ${manifest.snapshotTime}`);
  }
  if (manifest.exchange !== exchange) {
    terminal.err(`note: the previous report is of ${escapeUnsafe(manifest.exchange)}\n`);
  }
  return digest;
}

// The private folder first: a public folder that is there is always one whose inclusion files can be made.
function publish(folder: string, outFolder: string): void {
  assertVacant(outFolder);
  const privateFolder = join(outFolder, privateFolderName);
  renameSync(join(folder, privateFolderName), privateFolder);
  try {
    renameSync(join(folder, publicFolderName), join(outFolder, publicFolderName));
  } catch (error) {
    renameSync(privateFolder, join(folder, privateFolderName));
    throw error;
  }
}
