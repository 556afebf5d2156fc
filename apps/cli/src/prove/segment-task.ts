/**
 * All that proving one segment takes, and nothing of other segments; and the proving itself. A segment is proven here, or
 * on another machine: both by these functions.
 */
import { hexToBytes } from '@solvent/commitment/bytes';
import type { Engine } from '@solvent/kernels/engine';
import type { Ledger } from '@solvent/ledger/ledger';
import { placeRows } from '@solvent/ledger/place-rows';
import type { SegmentPlan } from '@solvent/ledger/plan-segments';
import type { Random } from '@solvent/ledger/random';
import { productionPreset } from '@solvent/stark/preset';
import type { ReportContext, Statement } from '@solvent/stark/statement';
import type { StoredAccount } from '@solvent/stark-prover/account-records';
import { type ProvenSegment, proveSegment } from '@solvent/stark-prover/prove';
import { assignTags } from './account-places.js';
import type { ProveJob, SegmentStep } from './prove-job.js';

/** A segment to prove. Private. */
export interface SegmentTask {
  readonly context: ReportContext;
  /** The segment's number, from 0, of so many. */
  readonly segment: number;
  readonly segmentCount: number;
  /** N. */
  readonly rowCount: number;
  /** The assets of the report, and at least the accounts of the segment. */
  readonly ledger: Ledger;
  /** The numbers of the segment's accounts in that ledger, ascending. */
  readonly accounts: Uint32Array;
}

/** What the proof of a segment is about, but for the totals. */
export type SegmentSubject = Omit<SegmentTask, 'ledger' | 'accounts'> & { readonly ledger: Pick<Ledger, 'assets'> };

/** What ties every proof of a report to it. */
function reportContext({ exchange, reportId, snapshotTime, previousManifest }: ProveJob): ReportContext {
  return {
    exchange,
    reportId,
    snapshotTime,
    previousManifest: previousManifest === null ? new Uint8Array(0) : hexToBytes(previousManifest),
  };
}

/** The task of a planned segment. */
export function segmentTask(job: ProveJob, ledger: Ledger, { segments }: SegmentPlan, segment: number): SegmentTask {
  const { rowCount, accounts } = segments[segment];
  return { context: reportContext(job), segment, segmentCount: segments.length, rowCount, ledger, accounts };
}

/** What the proof of a segment with these totals is about. */
export function segmentStatement(subject: SegmentSubject, totals: readonly bigint[]): Statement {
  const { context, segment, segmentCount, rowCount, ledger } = subject;
  return { context, segment, segmentCount, rowCount, assets: ledger.assets, totals };
}

/** What proving takes beside the task. */
export interface ProvingMeans {
  readonly engine: Engine;
  readonly random: Random;
  readonly onStep: (step: SegmentStep) => void;
}

/** One attempt at a segment. Its holder data lasts until the engine begins another segment. */
export interface SegmentAttempt {
  readonly proven: ProvenSegment;
  readonly totals: readonly bigint[];
  /** The segment's accounts in the order of the ledger, made one by one. */
  accounts(): Generator<StoredAccount>;
}

/** Proves a segment, with randomness that is drawn for this attempt alone: two attempts have nothing in common. */
export function proveSegmentTask(task: SegmentTask, { engine, random, onStep }: ProvingMeans): SegmentAttempt {
  const { ledger, segment, rowCount, accounts } = task;
  onStep('placing');
  const table = placeRows(ledger, segment, { rowCount, accounts }, random);
  const places = assignTags(ledger, table, accounts, random);
  const input = { statement: segmentStatement(task, table.totals), columns: table.columns, tags: places.tags };
  const proven = proveSegment(input, { preset: productionPreset, engine, random, onPhase: onStep });
  return { proven, totals: table.totals, accounts: places.accounts };
}
