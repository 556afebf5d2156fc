/** Removes what an unfinished run has in the queue and in the storage. Workers give up what they have of it. */
import { openStorage } from '@solvent/artefacts/open-storage';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { InputError } from '../input-error.js';
import { runFolders } from '../prove/run-folder.js';
import { releaseLock, takeLock } from '../prove/run-lock.js';
import { readRunState, runName } from '../prove/run-state.js';
import { askedWorkersMark, assertSameStorage, forgetAskedWorkers } from './asked-workers.js';
import { isAway, queuePlace, refusalIn, useQueueServer } from './queue-server.js';
import { openRunObjects } from './run-objects.js';
import { openSegmentJobs } from './segment-jobs.js';
import type { DistributedSettings } from './settings.js';

/**
 * Cancels the run in a folder, whose own files stay: it can be continued, here or by workers. Gives how many segments
 * were asked for.
 *
 * @throws InputError when there is no unfinished run, or it is at work
 */
export async function cancelRun(outFolder: string, settings: DistributedSettings, key: StoreKey): Promise<number> {
  const { work } = runFolders(outFolder);
  const { plan } = readRunState(work, key);
  const server = await useQueueServer(settings);
  const jobs = openSegmentJobs(server, runName(work, key), key, settings.attempts);
  takeLock(work);
  try {
    const storage = await openStorage(settings.storage, settings.base);
    assertSameStorage(work, storage.label);
    const objects = openRunObjects(storage, runName(work, key), key, plan.segments.length);
    const asked = await objects.segments();
    // The tasks first: a worker that is at one finds it gone, and leaves nothing.
    for (const segment of asked) await objects.removeSegment(segment);
    try {
      // A cancellation that did not end has left jobs without objects.
      for (const [segment, { rowCount }] of plan.segments.entries()) await jobs.remove(segment, rowCount);
    } catch (error) {
      const refusal = server.refusal() ?? refusalIn(error);
      if (refusal === undefined && !isAway(error)) throw error;
      throw awayError(settings, refusal, work);
    }
    forgetAskedWorkers(work);
    return asked.length;
  } finally {
    releaseLock(work);
    await jobs.close();
  }
}

// When nothing is left in the storage, jobs alone are: they fail without their tasks.
function awayError(settings: DistributedSettings, refusal: string | undefined, work: string): InputError {
  const found = refusal === undefined ? 'none' : quoteExcerpt(refusal);
  return new InputError(
    `${queuePlace(settings)}: expected an answer, got ${found}; cancel again to remove what is left there ` +
      `(if it is gone for good, remove ${askedWorkersMark(work)} instead)`,
  );
}
