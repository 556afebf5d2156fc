/** Makes a report in a work folder, and lets it appear whole. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { assertNotAskedWorkers } from '../distributed/asked-workers.js';
import { FailureError } from '../failure.js';
import { partialPrefix, withPartialFolder } from '../files/partial-folder.js';
import { InputError, SelfCheckError } from '../input-error.js';
import { interruptible } from '../interruption.js';
import type { Runtime } from '../runtime.js';
import { escapeUnsafe, type Terminal } from '../terminal.js';
import { createProgress } from './progress.js';
import type { ProveEvent, ProveJob, ProveSummary } from './prove-job.js';
import { readPreviousReport } from './read-inputs.js';
import { assertStart, publish, runFolders } from './run-folder.js';
import { holdsLock, releaseLock, takeLock } from './run-lock.js';

/** What the operator asks for. */
export type ReportRequest = Omit<ProveJob, 'partialFolder' | 'previousManifest'> & {
  /** The public folder of the previous report, if there is one. */
  readonly previous: string | undefined;
  /** Whether what an interrupted run has made is kept, to be continued. */
  readonly isResumable: boolean;
};

/**
 * Makes `public` and `private` in the out folder. When that is interrupted, or fails, what is finished stays in its
 * folder `.unfinished` from the moment at which the segments are planned; before, nothing is left.
 *
 * @throws InputError when there is a report already: nothing is ever overwritten
 */
export async function makeReport(request: ReportRequest, { terminal, prove }: Runtime): Promise<ProveSummary> {
  const { previous, isResumable, ...rest } = request;
  const { outFolder, isResumed } = rest;
  const { work } = runFolders(outFolder);
  assertStart(outFolder, isResumed);
  if (rest.distributed === undefined) assertNotAskedWorkers(work);
  noteLeftovers(outFolder, terminal);
  const previousManifest = previous === undefined ? null : await previousDigest(previous, rest, terminal);
  return interruptible((aborted) =>
    withPartialFolder(outFolder, async (partialFolder) => {
      if (isResumed) takeLock(work);
      // When the inputs turn out to be those of another run, the same command does not continue.
      let isUnderWay = !isResumed;
      try {
        const job: ProveJob = { ...rest, previousManifest, partialFolder };
        const summary = await withProgress(terminal, (update) => {
          const onEvent = (event: ProveEvent) => {
            isUnderWay ||= event.kind === 'examining';
            update(event);
          };
          return prove(job, onEvent, aborted);
        });
        aborted.throwIfAborted();
        publish(outFolder, summary.digest);
        // From one moment to the next there is no unfinished run; what is left of it is removed under that name.
        renameSync(work, partialFolder);
        return summary;
      } catch (error) {
        if (holdsLock(work))
          leaveUnfinished(work, isResumable && !isSelfCheck(error), isUnderWay ? terminal : undefined);
        throw error;
      }
    }),
  );
}

async function withProgress<Value>(
  terminal: Terminal,
  work: (update: (event: ProveEvent) => void) => Promise<Value>,
): Promise<Value> {
  const progress = createProgress(terminal);
  try {
    return await work(progress.update);
  } finally {
    progress.end();
  }
}

// What does not verify is not continued.
function isSelfCheck(error: unknown): boolean {
  return error instanceof SelfCheckError || (error instanceof FailureError && error.failure.exitCode === 1);
}

function leaveUnfinished(work: string, isKept: boolean, terminal: Terminal | undefined): void {
  if (!isKept) {
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
    return;
  }
  releaseLock(work);
  terminal?.err(`note: what is finished is kept in ${escapeUnsafe(work)}: the same command with --resume continues\n`);
}

// A run that was killed could not clean up. It may also be another one that is still at work, so nothing is removed.
function noteLeftovers(outFolder: string, terminal: Terminal): void {
  if (!existsSync(outFolder)) return;
  for (const name of readdirSync(outFolder)) {
    if (!name.startsWith(partialPrefix)) continue;
    terminal.err(
      `note: ${escapeUnsafe(join(outFolder, name))} is of a run that was killed: remove it if that has ended\n`,
    );
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
