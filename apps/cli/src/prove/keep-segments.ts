/**
 * What an interrupted run has left: segments that are whole are kept, all else is destroyed.
 *
 * A segment's proof and what its holders' files are made from are of one attempt, or useless; and what is left of a
 * broken attempt must not stay beside another one, since two proofs from one commitment would disclose rows.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bytesEqual } from '@solvent/commitment/bytes';
import type { Ledger } from '@solvent/ledger/ledger';
import type { SegmentPlan } from '@solvent/ledger/plan-segments';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import { decodeHeader, maxProofSize } from '@solvent/proof-format/proof';
import { proofFileName } from '@solvent/report-format/manifest';
import { productionPreset } from '@solvent/stark/preset';
import { replayHeader } from '@solvent/stark/rounds';
import { deriveShape } from '@solvent/stark/shape';
import { startTranscript } from '@solvent/stark/statement';
import type { StoredSegment, StoreWriter } from '@solvent/stark-prover/holder-store';
import { syncFolder } from '@solvent/stark-prover/paged-file';
import { StoreError } from '@solvent/stark-prover/store-error';
import { readBoundedFile } from '../files/bounded-file.js';
import { type ManifestSegment, manifestSegment } from './build-manifest.js';
import { createLedgerTotals } from './ledger-totals.js';
import type { ProveEvent, ProveJob } from './prove-job.js';
import type { RunFolders } from './run-folder.js';
import { type SegmentTask, segmentStatement, segmentTask } from './segment-task.js';

/** A run that goes on. */
export interface LeftRun {
  readonly job: ProveJob;
  readonly ledger: Ledger;
  readonly plan: SegmentPlan;
  readonly folders: RunFolders;
  readonly store: StoreWriter;
  readonly onEvent: (event: ProveEvent) => void;
}

/** Finds the segments that are whole, and removes what there is of the others. */
export async function keepWholeSegments(run: LeftRun): Promise<Map<number, ManifestSegment>> {
  const { job, ledger, plan, folders, store, onEvent } = run;
  const segmentCount = plan.segments.length;
  const kept = new Map<number, ManifestSegment>();
  for (let segment = 0; segment < segmentCount; segment++) {
    onEvent({ kind: 'examining', segment, segmentCount });
    const found = await findWholeSegment(segmentTask(job, ledger, plan, segment), folders, store);
    if (found !== undefined) kept.set(segment, found);
    else await store.removeSegment(segment);
  }
  const proofs = join(folders.public, 'proofs');
  const keptNames = new Set([...kept.keys()].map(proofFileName));
  for (const name of readdirSync(folders.public)) if (name !== 'proofs') remove(join(folders.public, name));
  for (const name of readdirSync(proofs)) if (!keptNames.has(`proofs/${name}`)) remove(join(proofs, name));
  syncFolder(proofs);
  return kept;
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** What the manifest says of a segment: both files are there, undamaged, of one attempt at it, and the proof verifies. */
export async function findWholeSegment(
  task: SegmentTask,
  folders: RunFolders,
  store: StoreWriter,
): Promise<ManifestSegment | undefined> {
  const { segment, rowCount, ledger, accounts } = task;
  const file = await readBoundedFile(join(folders.public, proofFileName(segment)), maxProofSize, 'refuse-links');
  if (file.kind !== 'bytes') return undefined;
  const stored = await findStored(store, segment);
  if (stored?.rowCount !== rowCount || stored.accountCount !== accounts.length) return undefined;

  const proof = file.bytes;
  const decoded = decodeHeader(proof, deriveShape(rowCount));
  if (!decoded.ok || !bytesEqual(decoded.header.accountsRoot, stored.accountsRoot)) return undefined;
  const totals = totalsOf(ledger, accounts);
  const statement = segmentStatement(task, totals);
  const { headerDigest } = replayHeader(startTranscript(statement, productionPreset), decoded.header);
  const digests = { accountsRoot: stored.accountsRoot, headerDigest };
  if (!verifySegment(statement, digests, proof, productionPreset).ok) return undefined;
  return manifestSegment(rowCount, totals, { proof, ...digests });
}

async function findStored(store: StoreWriter, segment: number): Promise<StoredSegment | undefined> {
  try {
    return await store.findSegment(segment);
  } catch (error) {
    // Damage has no cause; a disk that cannot be read has one, and is no reason to destroy anything.
    if (error instanceof StoreError && error.cause === undefined) return undefined;
    throw error;
  }
}

function totalsOf(ledger: Ledger, accounts: Uint32Array): bigint[] {
  const totals = createLedgerTotals(ledger);
  for (const account of accounts) totals.add(account);
  return totals.totals();
}
