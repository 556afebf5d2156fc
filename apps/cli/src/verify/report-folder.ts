/** Verifies a report as it stands in a folder. */
import { join } from 'node:path';
import { bytesEqual, bytesToHex } from '@solvent/commitment/bytes';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { maxProofSize } from '@solvent/proof-format/proof';
import { manifestDigest, manifestFileName, maxManifestSize, proofFileName } from '@solvent/report-format/manifest';
import { type Rejection, reject } from '@solvent/stark/verdict';
import { readBoundedFile } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';

/** What became of a report. */
export interface ReportOutcome {
  /** The folder, as it was named. */
  readonly path: string;
  /** The digest of the manifest as it stands there; undefined when it is too large to be one. */
  readonly digest: Uint8Array | undefined;
  readonly verdict: VerifiedReport | Rejection;
}

/** Choices of `verifyReportFolder`. */
export interface ReportFolderOptions {
  /** The digest that the manifest must have, 32 bytes, from somewhere else. */
  readonly expectedDigest?: Uint8Array | undefined;
  readonly onSegment?: ((segment: number, segmentCount: number) => void) | undefined;
}

/**
 * Verifies the manifest and every proof in a folder, with the production preset.
 *
 * @throws InputError for what is there and cannot be read, and for a folder without a manifest
 */
export async function verifyReportFolder(path: string, options: ReportFolderOptions = {}): Promise<ReportOutcome> {
  const manifestPath = join(path, manifestFileName);
  const manifest = await readBoundedFile(manifestPath, maxManifestSize, 'refuse-links');
  if (manifest.kind === 'missing') throw new InputError(`${manifestPath}: expected the manifest of a report, got none`);
  if (manifest.kind === 'oversized') {
    const detail = `expected at most ${maxManifestSize} bytes, got ${manifest.size}`;
    return { path, digest: undefined, verdict: reject('M1', 'manifest-encoding', detail) };
  }
  const digest = manifestDigest(manifest.bytes);
  const { expectedDigest, onSegment } = options;
  if (expectedDigest !== undefined && !bytesEqual(expectedDigest, digest)) {
    const detail = `expected ${bytesToHex(expectedDigest)}, found ${bytesToHex(digest)}`;
    return { path, digest, verdict: reject('I1', 'manifest-digest', detail) };
  }
  return { path, digest, verdict: await verifyWithProofs(path, manifest.bytes, onSegment) };
}

async function verifyWithProofs(
  path: string,
  manifest: Uint8Array,
  onSegment: ReportFolderOptions['onSegment'],
): Promise<VerifiedReport | Rejection> {
  let oversized: Rejection | undefined;
  const readProof = async (segment: number) => {
    const name = proofFileName(segment);
    const proof = await readBoundedFile(join(path, name), maxProofSize, 'refuse-links');
    if (proof.kind === 'oversized') {
      const detail = `segment ${segment}: expected at most ${maxProofSize} bytes in ${name}, found ${proof.size}`;
      oversized = reject('M5', 'proof-size', detail);
    }
    return proof.kind === 'bytes' ? proof.bytes : undefined;
  };
  const verdict = await verifyReport(manifest, readProof, onSegment === undefined ? {} : { onSegment });
  return oversized ?? verdict;
}
