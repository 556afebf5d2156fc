/** A report step by step: what the verifier says of each segment, how long it takes, and its transcript. */

import { join } from 'node:path';
import { bytesEqual, hexToBytes } from '@solvent/commitment/bytes';
import { checkManifest } from '@solvent/liabilities-verifier/verify-report';
import { verifySegment } from '@solvent/liabilities-verifier/verify-segment';
import { maxProofSize } from '@solvent/proof-format/proof';
import {
  type Manifest,
  manifestFileName,
  maxManifestSize,
  proofFileDigest,
  proofFileName,
  segmentStatement,
} from '@solvent/report-format/manifest';
import { productionPreset } from '@solvent/stark/preset';
import type { Rejection } from '@solvent/stark/verdict';
import { readBoundedFile } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';
import { replayProof } from './replay-proof.js';

/** What was found of one segment. */
export interface ExaminedSegment {
  readonly segment: number;
  readonly rowCount: number;
  /** Size of the proof file; undefined when it is not there. */
  readonly proofBytes: number | undefined;
  /** Whether the file is the one that the manifest names (M5). */
  readonly isNamed: boolean;
  /** Undefined when every step of §8.3 passed. */
  readonly rejection: Rejection | undefined;
  /** Time of all steps of §8.3 together, in milliseconds. */
  readonly verifyMs: number;
  /** The verifier's transcript; empty when the header has another form. */
  readonly transcript: readonly string[];
}

/** What was found of a report. */
export interface ExaminedReport {
  /** Undefined when the manifest passes M1 to M4. */
  readonly rejection: Rejection | undefined;
  readonly manifestMs: number;
  readonly segments: readonly ExaminedSegment[];
}

/**
 * Looks at all segments, also at those after one that fails, which the verifier would not. It is no verdict: `verify` is.
 *
 * @throws InputError when there is no manifest
 */
export async function examineReport(folder: string): Promise<ExaminedReport> {
  const path = join(folder, manifestFileName);
  const file = await readBoundedFile(path, maxManifestSize, 'refuse-links');
  if (file.kind !== 'bytes') throw new InputError(`${path}: expected the manifest of a report, got ${file.kind} file`);
  const started = performance.now();
  const checked = checkManifest(file.bytes, productionPreset);
  const manifestMs = performance.now() - started;
  if (!checked.ok) return { rejection: checked, manifestMs, segments: [] };
  const segments: ExaminedSegment[] = [];
  for (let segment = 0; segment < checked.manifest.segments.length; segment++) {
    segments.push(await examineSegment(folder, checked.manifest, segment));
  }
  return { rejection: undefined, manifestMs, segments };
}

async function examineSegment(folder: string, manifest: Manifest, segment: number): Promise<ExaminedSegment> {
  const { rows: rowCount, accountsRoot, headerDigest, proofDigest } = manifest.segments[segment];
  const file = await readBoundedFile(join(folder, proofFileName(segment)), maxProofSize, 'refuse-links');
  if (file.kind !== 'bytes') {
    const rejection: Rejection = { ok: false, step: 'M5', code: 'proof-missing', detail: `${file.kind} file` };
    return { segment, rowCount, proofBytes: undefined, isNamed: false, rejection, verifyMs: 0, transcript: [] };
  }
  const { bytes } = file;
  const statement = segmentStatement(manifest, segment);
  const expected = { accountsRoot: hexToBytes(accountsRoot), headerDigest: hexToBytes(headerDigest) };
  const started = performance.now();
  const verdict = verifySegment(statement, expected, bytes, productionPreset);
  const verifyMs = performance.now() - started;
  const replayed = replayProof(statement, bytes, productionPreset);
  return {
    segment,
    rowCount,
    proofBytes: bytes.length,
    isNamed: bytesEqual(proofFileDigest(bytes), hexToBytes(proofDigest)),
    rejection: verdict.ok ? undefined : verdict,
    verifyMs,
    transcript: replayed.ok ? replayed.log : [],
  };
}
