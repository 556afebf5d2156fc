/** Where segments are proven: one interface for this process and for many machines. */
import { join } from 'node:path';
import type { Random } from '@solvent/ledger/random';
import { proofFileName } from '@solvent/report-format/manifest';
import type { StoreWriter } from '@solvent/stark-prover/holder-store';
import { writeWholeFile } from '../files/whole-file.js';
import { type ManifestSegment, manifestSegment } from './build-manifest.js';
import type { ProveEvent, SegmentStep } from './prove-job.js';
import { withEngine } from './proving-engine.js';
import type { RunFolders } from './run-folder.js';
import { proveSegmentTask, type SegmentTask } from './segment-task.js';

/** The segments of a report that are not there yet, and where they go. */
export interface MissingSegments {
  /** Their numbers, ascending. */
  readonly segments: readonly number[];
  /** How many the report has, with those that are there. */
  readonly segmentCount: number;
  task(segment: number): SegmentTask;
  readonly folders: RunFolders;
  readonly store: StoreWriter;
  readonly onEvent: (event: ProveEvent) => void;
  readonly aborted: AbortSignal;
}

/** Proves segments. */
export interface SegmentProver {
  /**
   * Puts each missing segment into both folders, its proof and its private data of one attempt, as soon as it is proven.
   * Gives what the manifest says of them, by number.
   */
  prove(missing: MissingSegments): Promise<ReadonlyMap<number, ManifestSegment>>;
}

/** Proves one segment after the other in this process. */
export function createEmbeddedProver(threads: number, random: Random): SegmentProver {
  return {
    prove: ({ segments, task, folders, store, onEvent, aborted }) =>
      withEngine(threads, async (engine) => {
        const proven = new Map<number, ManifestSegment>();
        for (const segment of segments) {
          aborted.throwIfAborted();
          const onStep = (step: SegmentStep) => onEvent({ kind: 'segment', segment, step });
          const attempt = proveSegmentTask(task(segment), { engine, random, onStep });
          // What the engine gives lasts until the next segment: all of it is written first.
          onStep('storing');
          writeWholeFile(join(folders.public, proofFileName(segment)), attempt.proven.proof, 0o644);
          await store.addSegment(segment, attempt.proven.holderData, attempt.accounts());
          proven.set(segment, manifestSegment(task(segment).rowCount, attempt.totals, attempt.proven));
        }
        return proven;
      }),
  };
}
