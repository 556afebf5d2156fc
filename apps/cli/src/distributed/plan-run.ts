/** What a run over a ledger would take, before anything is proven. */
import { accountCount, type Ledger } from '@solvent/ledger/ledger';
import { planSegments, type SegmentPlan } from '@solvent/ledger/plan-segments';
import { systemRandom } from '@solvent/ledger/random';
import { maxAccountIdSize } from '@solvent/stark/account-tag';
import { deriveShape } from '@solvent/stark/shape';
import { maxRowCount } from '@solvent/stark/table';
import { layOutSegment } from '@solvent/stark-prover/segment-layout';
import { formatSize } from '../human-text.js';
import { InputError } from '../input-error.js';
import { assertPublishable, largestManifestSize } from '../prove/assert-publishable.js';
import { createMemoryBudget } from '../prove/memory-budget.js';
import type { ReportTitle } from '../prove/prove-job.js';
import { reportMs, segmentMs } from './cost-model.js';
import { classOf, fittingClasses } from './size-classes.js';

/** A plan, without anything private but the size of the ledger. */
export interface RunPlan {
  readonly accountCount: number;
  readonly assetCount: number;
  /** Balances that are not 0. */
  readonly entryCount: number;
  /** Rows of each segment, as one split has them: a run draws its own. */
  readonly rowCounts: readonly number[];
  /** Bytes: what each worker must have to take the largest segment, and the peak where the run is started. */
  readonly workerMemory: number;
  readonly runMemory: number;
  /** Bytes. */
  readonly manifestSize: number;
  readonly proofsSize: number;
  readonly privateSize: number;
  /** Milliseconds: of the largest segment, and of the whole run after the ledger is read, for so many workers. */
  readonly segmentMs: number;
  readonly estimates: readonly { readonly machines: number; readonly ms: number }[];
}

/** What is asked of a plan. */
export interface PlanRequest {
  readonly ledger: Ledger;
  readonly maxRowCount: number | undefined;
  readonly allowSmallGroups: number | undefined;
  /** Bytes that each worker may take. */
  readonly workerMemory: number | undefined;
  /** Threads of each worker. */
  readonly threads: number;
  readonly machines: readonly number[];
}

/** Plans a run. Throws as `prove` does for a ledger that cannot be split. */
export function planRun(request: PlanRequest): RunPlan {
  const { ledger, threads, machines } = request;
  const { segments } = splitLedger(request);
  const rowCounts = segments.map(({ rowCount }) => rowCount);
  const largest = Math.max(...rowCounts);
  const accounts = accountCount(ledger);
  return {
    accountCount: accounts,
    assetCount: ledger.assets.length,
    entryCount: ledger.entryAsset.length,
    rowCounts,
    workerMemory: createMemoryBudget(undefined, threads).plannedForTask(classOf(largest)),
    runMemory: createMemoryBudget(undefined, 0).planned(largest, ledger),
    manifestSize: largestManifestSize(exampleTitle, ledger, segments.length),
    proofsSize: sumOf(rowCounts, proofSize),
    privateSize: sumOf(rowCounts, privateRowsSize) + accountsSize(ledger),
    segmentMs: segmentMs(largest, threads),
    estimates: machines.map((count) => ({ machines: count, ms: reportMs(rowCounts, accounts, count, threads) })),
  };
}

function splitLedger(request: PlanRequest): SegmentPlan {
  const { ledger, allowSmallGroups } = request;
  try {
    const plan = planSegments(ledger, systemRandom(), { maxRowCount: largestRowCount(request), allowSmallGroups });
    assertPublishable(exampleTitle, ledger, plan);
    return plan;
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(error.message);
    throw error;
  }
}

// The largest segments that a worker takes.
function largestRowCount({ maxRowCount: wanted, workerMemory, threads }: PlanRequest): number {
  if (workerMemory === undefined) return wanted ?? maxRowCount;
  const most = fittingClasses(createMemoryBudget(workerMemory, threads)).at(-1)!;
  if (wanted === undefined || wanted <= most) return wanted ?? most;
  const expected = `at most ${most}, which a worker of ${formatSize(workerMemory)} takes`;
  throw new InputError(`--max-rows: expected ${expected}, got ${wanted}`);
}

/** The longest title that a report can have. */
const exampleTitle: ReportTitle = {
  exchange: 'x'.repeat(128),
  reportId: 'x'.repeat(128),
  snapshotTime: '2026-01-31T23:59:59Z',
  previousManifest: 'f'.repeat(64),
};

// There are thousands of segments, and few sizes.
function sumOf(rowCounts: readonly number[], size: (rowCount: number) => number): number {
  const counts = new Map<number, number>();
  for (const rowCount of rowCounts) counts.set(rowCount, (counts.get(rowCount) ?? 0) + 1);
  return [...counts].reduce((sum, [rowCount, count]) => sum + count * size(rowCount), 0);
}

/** KiB of a proof of 2^11 to 2^19 rows, as measured; which queries fall together moves it by a few percent. */
const proofKibibytes = [233, 266, 295, 342, 382, 430, 476, 517, 558];

function proofSize(rowCount: number): number {
  return 1024 * proofKibibytes[Math.log2(rowCount) - 11];
}

function privateRowsSize(rowCount: number): number {
  return layOutSegment(rowCount, deriveShape(rowCount).foldCount).accounts;
}

/** Nonce, sizes and rows of an account's record, and its place in the index. */
const accountRecordSize = 32 + 6 + 12;

function accountsSize({ idBytes, idStart }: Ledger): number {
  return Math.min(idBytes.length, maxAccountIdSize * idStart.length) + accountRecordSize * (idStart.length - 1);
}
