/** From the operator's files to a report in a folder: read, split, prove every segment, check all that was written. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@solvent/commitment/bytes';
import { accountCount, type Ledger } from '@solvent/ledger/ledger';
import { type PlanOptions, planSegments, type SegmentPlan } from '@solvent/ledger/plan-segments';
import { type Random, systemRandom } from '@solvent/ledger/random';
import { manifestFileName } from '@solvent/report-format/manifest';
import { createPartialFolder } from '../files/partial-folder.js';
import { InputError } from '../input-error.js';
import { checkWrittenReport } from './check-report.js';
import type { ProveEvent, ProveJob, ProveSummary } from './prove-job.js';
import { withEngine } from './proving-engine.js';
import { readAccounts, readAssets } from './read-inputs.js';
import { writeReport } from './write-report.js';

/** The two folders that `prove` makes; only the first is for others. */
export const publicFolderName = 'public';
export const privateFolderName = 'private';

/**
 * Makes `public/` and `private/` in the job's folder, complete and verified. Nothing is written before the inputs are
 * known to be good; whoever calls removes the folder if this fails.
 *
 * @throws InputError, LedgerError, SegmentsError for bad inputs, SelfCheckError when the result does not verify
 */
export async function proveReport(
  job: ProveJob,
  onEvent: (event: ProveEvent) => void,
  aborted: AbortSignal,
): Promise<ProveSummary> {
  const started = performance.now();
  const assets = await readAssets(job.assetsFile);
  const ledger = await readAccounts(job.accountsFile, assets, (read) => onEvent({ kind: 'reading', ...read }));
  const random = systemRandom();
  const { maxRowCount, allowSmallGroups } = job;
  const plan = planOrRefuse(ledger, random, { maxRowCount, allowSmallGroups });
  const rowCounts = plan.segments.map(({ rowCount }) => rowCount);
  onEvent({ kind: 'planned', accountCount: accountCount(ledger), rowCounts });

  const provingStarted = performance.now();
  createPartialFolder(job.folder);
  const publicFolder = join(job.folder, publicFolderName);
  const privateFolder = join(job.folder, privateFolderName);
  const { manifest, digest } = await withEngine((engine) =>
    writeReport({ job, ledger, plan, publicFolder, privateFolder, engine, random, onEvent, aborted }),
  );

  const checkingStarted = performance.now();
  onEvent({ kind: 'checking' });
  const checkedFileCount = await checkWrittenReport(publicFolder, privateFolder, ledger, random);
  return {
    digest: bytesToHex(digest),
    accountCount: accountCount(ledger),
    assets,
    totals: manifest.totals.map(BigInt),
    rowCounts,
    manifestSize: sizeOf(join(publicFolder, manifestFileName)),
    proofsSize: sizeOf(join(publicFolder, 'proofs')),
    privateSize: sizeOf(privateFolder),
    checkedFileCount,
    durationsMs: {
      reading: provingStarted - started,
      proving: checkingStarted - provingStarted,
      checking: performance.now() - checkingStarted,
    },
  };
}

// Options that are fine alone may not fit the ledger.
function planOrRefuse(ledger: Ledger, random: Random, options: PlanOptions): SegmentPlan {
  try {
    return planSegments(ledger, random, options);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(error.message);
    throw error;
  }
}

// Of a file, or of the files in a folder.
function sizeOf(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
