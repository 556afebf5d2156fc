/** From the operator's files to a report in a folder: read, split, prove every segment, check all that was written. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { bytesToHex } from '@solvent/commitment/bytes';
import { accountCount, type Ledger } from '@solvent/ledger/ledger';
import { planSegments, type SegmentPlan, SegmentsError } from '@solvent/ledger/plan-segments';
import { systemRandom } from '@solvent/ledger/random';
import { readLedgerSource } from '@solvent/ledger-sources/read-ledger-source';
import type { SourceProgress } from '@solvent/ledger-sources/source-options';
import { manifestFileName } from '@solvent/report-format/manifest';
import { maxRowCount } from '@solvent/stark/table';
import { createDistributedProver } from '../distributed/distributed-prover.js';
import { readSettings } from '../distributed/settings.js';
import { formatCount } from '../human-text.js';
import { InputError } from '../input-error.js';
import { assertPublishable } from './assert-publishable.js';
import type { ManifestSegment } from './build-manifest.js';
import { checkWrittenReport } from './check-report.js';
import { keepWholeSegments } from './keep-segments.js';
import { createMemoryBudget, type MemoryBudget } from './memory-budget.js';
import type { ProveEvent, ProveJob, ProveSummary } from './prove-job.js';
import { readAssets } from './read-inputs.js';
import { runFolders } from './run-folder.js';
import { holdsLock } from './run-lock.js';
import { assertSameRun, type RunState, readRunState, runIdentity, runName } from './run-state.js';
import { createEmbeddedProver } from './segment-prover.js';
import { beginRun, continueRun, type StartedRun } from './start-run.js';
import { type KeySource, prepareStoreKey } from './store-key-choice.js';
import { writeReport } from './write-report.js';

/**
 * Makes `public/` and `private/` in the run's work folder, complete and verified. Nothing is written before the inputs
 * are known to be good.
 *
 * @throws InputError, LedgerError, SegmentsError for bad inputs, SelfCheckError when the result does not verify
 */
export async function proveReport(
  job: ProveJob,
  onEvent: (event: ProveEvent) => void,
  aborted: AbortSignal,
): Promise<ProveSummary> {
  const started = performance.now();
  const threads = job.threads ?? availableParallelism();
  if (job.distributed !== undefined && job.storeKey.kind === 'plain') throw keyNeeded();
  const settings = job.distributed === undefined ? undefined : await readSettings(job.distributed);
  const budget = createMemoryBudget(job.memoryLimit, settings === undefined ? threads : 0);
  budget.fittingRowCount(job.maxRowCount);
  const keySource = prepareStoreKey(job.storeKey, job.isResumed);
  const { ledger, state } = await readInputs(job, keySource, budget, onEvent, aborted);
  const { plan } = state;
  const random = systemRandom();
  const folders = runFolders(job.outFolder);

  const { key, store } = job.isResumed
    ? await continueRun(job, keySource.take())
    : await beginWithKey(job, keySource, state);
  const kept = job.isResumed
    ? await keepWholeSegments({ job, ledger, plan, folders, store, onEvent })
    : new Map<number, ManifestSegment>();
  const rowCounts = plan.segments.map(({ rowCount }) => rowCount);
  onEvent({
    kind: 'planned',
    accountCount: accountCount(ledger),
    rowCounts,
    keptSegments: [...kept.keys()],
    plannedMemory: Math.max(peakMemory(), budget.planned(Math.max(...rowCounts), ledger)),
  });

  const provingStarted = performance.now();
  const prover =
    settings === undefined
      ? createEmbeddedProver(threads, random)
      : createDistributedProver(settings, key!, runName(folders.work, key));
  const report = { job, ledger, plan, folders, store, kept, prover, onEvent, aborted };
  const { manifest, digest } = await writeReport(report);

  const checkingStarted = performance.now();
  onEvent({ kind: 'checking' });
  const checkedFileCount = await checkWrittenReport(folders, key, ledger, random);
  return {
    digest: bytesToHex(digest),
    accountCount: accountCount(ledger),
    assets: ledger.assets,
    totals: manifest.totals.map(BigInt),
    rowCounts,
    keptSegmentCount: kept.size,
    peakMemory: peakMemory(),
    manifestSize: sizeOf(join(folders.public, manifestFileName)),
    proofsSize: sizeOf(join(folders.public, 'proofs')),
    privateSize: sizeOf(folders.private),
    checkedFileCount,
    durationsMs: {
      reading: provingStarted - started,
      proving: checkingStarted - provingStarted,
      checking: performance.now() - checkingStarted,
    },
  };
}

// A difference from the run that is to be continued is told as early as it is known.
async function readInputs(
  job: ProveJob,
  keySource: KeySource,
  budget: MemoryBudget,
  onEvent: (event: ProveEvent) => void,
  aborted: AbortSignal,
): Promise<{ ledger: Ledger; state: RunState }> {
  const earlier = job.isResumed ? readRunState(runFolders(job.outFolder).work, keySource.take()) : undefined;
  const { assets, digest: assetsDigest } = await readAssets(job.assetsFile);
  const { ledger: _, ...known } = runIdentity(job, assetsDigest, '');
  if (earlier !== undefined) assertSameRun(earlier.identity, known);

  const onProgress = (progress: SourceProgress) => {
    budget.assertWithin(`the ledger ${job.accountsFile}`);
    onEvent({ kind: 'reading', ...progress });
  };
  const { ledger, digest } = await readLedgerSource(job.accountsFile, assets, { onProgress, signal: aborted });
  const identity = runIdentity(job, assetsDigest, digest);
  if (earlier === undefined) {
    const plan = planOrRefuse(ledger, job, budget);
    assertPublishable(job, ledger, plan);
    return { ledger, state: { identity, plan } };
  }
  assertSameRun(earlier.identity, identity);
  assertFits(earlier.plan, ledger, budget);
  return { ledger, state: earlier };
}

// Segments are private, and leave this machine only encrypted.
function keyNeeded(): InputError {
  return new InputError('--distributed: expected --store-key or --new-store-key, got --plain-store');
}

function planOrRefuse(ledger: Ledger, job: ProveJob, budget: MemoryBudget): SegmentPlan {
  const { allowSmallGroups } = job;
  const fitting = budget.fittingRowCount(job.maxRowCount, ledger);
  try {
    return planSegments(ledger, systemRandom(), { maxRowCount: fitting, allowSmallGroups });
  } catch (error) {
    // Options that are fine alone may not fit the ledger.
    if (error instanceof RangeError) throw new InputError(error.message);
    const isLimited = fitting < (job.maxRowCount ?? maxRowCount);
    if (!(error instanceof SegmentsError) || !isLimited) throw error;
    throw new InputError(
      `${error.message} (with more memory, segments could have more than ${formatCount(fitting)} rows)`,
    );
  }
}

function assertFits({ segments }: SegmentPlan, ledger: Ledger, budget: MemoryBudget): void {
  const rowCount = Math.max(...segments.map((segment) => segment.rowCount));
  budget.fittingRowCount(rowCount, ledger);
}

// A key that nothing was encrypted with must not stand in the way of the next try.
async function beginWithKey(job: ProveJob, keySource: KeySource, state: RunState): Promise<StartedRun> {
  const key = keySource.take();
  try {
    return await beginRun(job, key, state);
  } catch (error) {
    const isBegun = holdsLock(runFolders(job.outFolder).work);
    if (job.storeKey.kind === 'new' && !isBegun) rmSync(job.storeKey.path, { force: true });
    throw error;
  }
}

// Of the process so far, in bytes.
function peakMemory(): number {
  return 1024 * process.resourceUsage().maxRSS;
}

// Of a file, or of the files in a folder.
function sizeOf(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
