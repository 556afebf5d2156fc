/** Verifies a report as it stands in a folder. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RecheckedReserves } from '@solvent/balances/recheck-reserves';
import type { NetworkSources } from '@solvent/balances/source-settings';
import { bytesEqual, bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { maxProofSize } from '@solvent/proof-format/proof';
import { manifestDigest, manifestFileName, maxManifestSize, proofFileName } from '@solvent/report-format/manifest';
import { evidenceFileName, reportFileName, signatureFileName, walletsFileName } from '@solvent/report-format/report';
import { reservesFileName } from '@solvent/report-format/reserves';
import {
  type FullReportOptions,
  type FullReportOutcome,
  verifyFullReport,
} from '@solvent/report-verifier/verify-full-report';
import { type Rejection, reject } from '@solvent/stark/verdict';
import { readBoundedFile } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';
import { recheckBalances } from '../report/recheck-balances.js';
import { reportFilesIn } from '../report/report-files.js';

/** What became of a report. */
export interface ReportOutcome {
  /** The outcome of all parts, where the folder holds a whole report; `verdict` is then that of its liabilities. */
  readonly full?: FullReportOutcome;
  /** What the chains say of the balances, where they were asked again. */
  readonly recheck?: RecheckedReserves;
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
  /** What the caller asks of a whole report, and knows of it from elsewhere. */
  readonly full?: FullReportOptions;
  /** Whom to ask again for the balances of a whole report. */
  readonly sources?: readonly NetworkSources[] | undefined;
  /** Whether a folder that only holds the liabilities will not do. */
  readonly needsFull?: boolean;
}

/**
 * Verifies what a folder holds, a whole report or its liabilities alone, with the production preset.
 *
 * @throws InputError for what is there and cannot be read, and for a folder without a manifest
 */
export async function verifyReportFolder(path: string, options: ReportFolderOptions = {}): Promise<ReportOutcome> {
  const isWhole = filesOfWholeReports.some((name) => existsSync(join(path, name)));
  return options.needsFull || isWhole ? verifyWholeReport(path, options) : verifyLiabilities(path, options);
}

// A folder with any of these has lost its report, if that is not there: its liabilities alone are not all it should hold.
const filesOfWholeReports = [reportFileName, signatureFileName, walletsFileName, evidenceFileName, reservesFileName];

async function verifyWholeReport(path: string, options: ReportFolderOptions): Promise<ReportOutcome> {
  const { expectedDigest, onSegment } = options;
  const full = await verifyFullReport(await reportFilesIn(path), { ...options.full, ...(onSegment && { onSegment }) });
  const digest = manifestDigestOf(full);
  if (expectedDigest !== undefined && digest !== undefined && !bytesEqual(expectedDigest, digest)) {
    const liabilities = otherManifest(expectedDigest, digest);
    return { path, digest, verdict: liabilities, full: { ...full, ok: false, liabilities } };
  }
  const { sources } = options;
  if (sources === undefined || !full.binding.ok || !full.reserves.ok)
    return { path, digest, verdict: full.liabilities, full };
  return { path, digest, verdict: full.liabilities, full, recheck: await recheckBalances(full.binding, sources) };
}

/** Known also where the report is at fault and its liabilities verify: inclusion files are then checked against them. */
function manifestDigestOf({ binding, liabilities }: FullReportOutcome): Uint8Array | undefined {
  if (binding.ok) return hexToBytes(binding.report.manifest);
  return liabilities.ok ? liabilities.digest : undefined;
}

async function verifyLiabilities(path: string, options: ReportFolderOptions): Promise<ReportOutcome> {
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
    return { path, digest, verdict: otherManifest(expectedDigest, digest) };
  }
  return { path, digest, verdict: await verifyWithProofs(path, manifest.bytes, onSegment) };
}

function otherManifest(expected: Uint8Array, found: Uint8Array): Rejection {
  return reject('I1', 'manifest-digest', `expected ${bytesToHex(expected)}, found ${bytesToHex(found)}`);
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
