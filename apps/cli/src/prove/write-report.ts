/** Proves the segments of a report that are not there yet, and writes it: the public folder and the private one. */
import { join } from 'node:path';
import type { Engine } from '@solvent/kernels/engine';
import type { Ledger } from '@solvent/ledger/ledger';
import { placeRows, type SegmentTable } from '@solvent/ledger/place-rows';
import type { SegmentPlan } from '@solvent/ledger/plan-segments';
import type { Random } from '@solvent/ledger/random';
import {
  encodeManifest,
  type Manifest,
  manifestDigest,
  manifestFileName,
  proofFileName,
} from '@solvent/report-format/manifest';
import { productionPreset } from '@solvent/stark/preset';
import type { StoreWriter } from '@solvent/stark-prover/holder-store';
import { type ProvenSegment, type ProverPhase, proveSegment } from '@solvent/stark-prover/prove';
import { writeWholeFile } from '../files/whole-file.js';
import { assignTags } from './account-places.js';
import { buildManifest, type ManifestSegment, manifestSegment, segmentStatement } from './build-manifest.js';
import type { ProveEvent, ProveJob } from './prove-job.js';
import type { RunFolders } from './run-folder.js';

/** A report to write, and all that it takes. */
export interface ReportTask {
  readonly job: ProveJob;
  readonly ledger: Ledger;
  readonly plan: SegmentPlan;
  readonly folders: RunFolders;
  readonly store: StoreWriter;
  /** What the manifest says of the segments that are in both folders already. */
  readonly kept: ReadonlyMap<number, ManifestSegment>;
  readonly engine: Engine;
  readonly random: Random;
  readonly onEvent: (event: ProveEvent) => void;
  readonly aborted: AbortSignal;
}

/** Completes both folders. Gives the manifest and its digest, 32 bytes. */
export async function writeReport(task: ReportTask): Promise<{ manifest: Manifest; digest: Uint8Array }> {
  const { job, ledger, plan, folders, store, kept, onEvent, aborted } = task;
  const segments: ManifestSegment[] = [];
  for (let segment = 0; segment < plan.segments.length; segment++) {
    aborted.throwIfAborted();
    segments.push(kept.get(segment) ?? (await writeSegment(task, segment)));
  }
  onEvent({ kind: 'completing' });
  const manifest = buildManifest(job, ledger.assets, segments);
  const bytes = encodeManifest(manifest);
  writeWholeFile(join(folders.public, manifestFileName), bytes, 0o644);
  const digest = manifestDigest(bytes);
  await store.finish(digest);
  return { manifest, digest };
}

async function writeSegment(task: ReportTask, segment: number): Promise<ManifestSegment> {
  const { ledger, plan, folders, store, random, onEvent } = task;
  onEvent({ kind: 'segment', segment, step: 'placing' });
  const table = placeRows(ledger, segment, plan.segments[segment], random);
  const { accounts, tags } = assignTags(ledger, table, plan.segments[segment].accounts, random);
  const proven = proveTable(task, table, tags);
  // What the engine gives lasts until the next segment: all of it is written first.
  onEvent({ kind: 'segment', segment, step: 'storing' });
  writeWholeFile(join(folders.public, proofFileName(segment)), proven.proof, 0o644);
  await store.addSegment(segment, proven.holderData, accounts());
  return manifestSegment(table.rowCount, table.totals, proven);
}

function proveTable(task: ReportTask, table: SegmentTable, tags: Uint8Array): ProvenSegment {
  const { job, ledger, plan, engine, random, onEvent } = task;
  const { segment, columns, totals } = table;
  const statement = segmentStatement(job, ledger, plan, segment, totals);
  const onPhase = (step: ProverPhase) => onEvent({ kind: 'segment', segment, step });
  return proveSegment({ statement, columns, tags }, { preset: productionPreset, engine, random, onPhase });
}
