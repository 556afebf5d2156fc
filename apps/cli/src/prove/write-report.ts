/** Proves the segments of a report that are not there yet, and completes it: the public folder and the private one. */
import { join } from 'node:path';
import type { Ledger } from '@solvent/ledger/ledger';
import type { SegmentPlan } from '@solvent/ledger/plan-segments';
import { encodeManifest, type Manifest, manifestDigest, manifestFileName } from '@solvent/report-format/manifest';
import type { StoreWriter } from '@solvent/stark-prover/holder-store';
import { writeWholeFile } from '../files/whole-file.js';
import { buildManifest, type ManifestSegment } from './build-manifest.js';
import type { ProveEvent, ProveJob } from './prove-job.js';
import type { RunFolders } from './run-folder.js';
import type { SegmentProver } from './segment-prover.js';
import { segmentTask } from './segment-task.js';

/** A report to write, and all that it takes. */
export interface ReportTask {
  readonly job: ProveJob;
  readonly ledger: Ledger;
  readonly plan: SegmentPlan;
  readonly folders: RunFolders;
  readonly store: StoreWriter;
  /** What the manifest says of the segments that are in both folders already. */
  readonly kept: ReadonlyMap<number, ManifestSegment>;
  readonly prover: SegmentProver;
  readonly onEvent: (event: ProveEvent) => void;
  readonly aborted: AbortSignal;
}

/** Completes both folders. Gives the manifest and its digest, 32 bytes. */
export async function writeReport(report: ReportTask): Promise<{ manifest: Manifest; digest: Uint8Array }> {
  const { job, ledger, plan, folders, store, kept, prover, onEvent, aborted } = report;
  const all = plan.segments.map((_, segment) => segment);
  const segments = all.filter((segment) => !kept.has(segment));
  const task = (segment: number) => segmentTask(job, ledger, plan, segment);
  const proven = await prover.prove({ segments, segmentCount: all.length, task, folders, store, onEvent, aborted });
  onEvent({ kind: 'completing' });
  const manifest = buildManifest(
    job,
    ledger.assets,
    all.map((segment) => kept.get(segment) ?? proven.get(segment)!),
  );
  const bytes = encodeManifest(manifest);
  writeWholeFile(join(folders.public, manifestFileName), bytes, 0o644);
  const digest = manifestDigest(bytes);
  await store.finish(digest);
  return { manifest, digest };
}
