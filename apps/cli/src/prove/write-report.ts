/** Proves every segment of a report, and writes it: the public folder and the private one. */
import { mkdirSync } from 'node:fs';
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
import { createStoreWriter, type StoreWriter } from '@solvent/stark-prover/holder-store';
import { type ProvenSegment, type ProverPhase, proveSegment } from '@solvent/stark-prover/prove';
import { writeNewFile } from '../files/partial-folder.js';
import { assignTags } from './account-places.js';
import { buildManifest, type ManifestSegment, manifestSegment, reportContext } from './build-manifest.js';
import type { ProveEvent, ProveJob } from './prove-job.js';

/** A report to write, and all that it takes. */
export interface ReportTask {
  readonly job: ProveJob;
  readonly ledger: Ledger;
  readonly plan: SegmentPlan;
  /** Not there yet. */
  readonly publicFolder: string;
  readonly privateFolder: string;
  readonly engine: Engine;
  readonly random: Random;
  readonly onEvent: (event: ProveEvent) => void;
  readonly aborted: AbortSignal;
}

/** Writes both folders. Gives the manifest and its digest, 32 bytes. */
export async function writeReport(task: ReportTask): Promise<{ manifest: Manifest; digest: Uint8Array }> {
  const { job, ledger, plan, publicFolder, privateFolder, aborted } = task;
  mkdirSync(join(publicFolder, 'proofs'), { recursive: true, mode: 0o755 });
  const store = await createStoreWriter(privateFolder, { key: undefined });
  const segments: ManifestSegment[] = [];
  for (let segment = 0; segment < plan.segments.length; segment++) {
    aborted.throwIfAborted();
    segments.push(await writeSegment(task, segment, store));
  }
  const manifest = buildManifest(job, ledger.assets, segments);
  const bytes = encodeManifest(manifest);
  writeNewFile(join(publicFolder, manifestFileName), bytes, 0o644);
  const digest = manifestDigest(bytes);
  await store.finish(digest);
  return { manifest, digest };
}

async function writeSegment(task: ReportTask, segment: number, store: StoreWriter): Promise<ManifestSegment> {
  const { ledger, plan, publicFolder, random, onEvent } = task;
  onEvent({ kind: 'segment', segment, step: 'placing' });
  const table = placeRows(ledger, segment, plan.segments[segment], random);
  const { accounts, tags } = assignTags(ledger, table, plan.segments[segment].accounts, random);
  const proven = proveTable(task, table, tags);
  // What the engine gives lasts until the next segment: all of it is written first.
  onEvent({ kind: 'segment', segment, step: 'storing' });
  writeNewFile(join(publicFolder, proofFileName(segment)), proven.proof, 0o644);
  await store.addSegment(segment, proven.holderData, accounts());
  return manifestSegment(table.rowCount, table.totals, proven);
}

function proveTable(task: ReportTask, table: SegmentTable, tags: Uint8Array): ProvenSegment {
  const { job, ledger, plan, engine, random, onEvent } = task;
  const { segment, rowCount, columns, totals } = table;
  const statement = {
    context: reportContext(job),
    segment,
    segmentCount: plan.segments.length,
    rowCount,
    assets: ledger.assets,
    totals,
  };
  const onPhase = (step: ProverPhase) => onEvent({ kind: 'segment', segment, step });
  return proveSegment({ statement, columns, tags }, { preset: productionPreset, engine, random, onPhase });
}
