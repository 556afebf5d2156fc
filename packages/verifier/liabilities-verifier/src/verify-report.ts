/** Verifies a liability report: its manifest and the proof of every segment (spec §8.2). */
import { airDigest } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesEqual, bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import { maxProofSize } from '@solvent/proof-format/proof';
import { findAssetsFault } from '@solvent/report-format/assets';
import {
  decodeManifest,
  type Manifest,
  manifestDigest,
  proofFileDigest,
  proofFileName,
  segmentStatement,
} from '@solvent/report-format/manifest';
import { type Preset, presetDigest, productionPreset } from '@solvent/stark/preset';
import { findStatementFault } from '@solvent/stark/statement';
import { type Rejection, reject } from '@solvent/stark/verdict';
import type { VerifiedReport } from './verified-report.js';
import { type VerifiedSegment, verifySegment } from './verify-segment.js';

/** Gives the bytes of a segment's proof file, or undefined if there is none. */
export type ProofReader = (segment: number) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

export interface ReportOptions {
  /** What the caller accepts; the production preset unless said otherwise. */
  readonly preset?: Preset;
  /** Called after each verified segment. */
  readonly onSegment?: (segment: number, segmentCount: number) => void;
}

/**
 * Verifies a whole report. Never rejects the promise because of what the bytes are; it does if `readProof` does, and with
 * a RangeError for a preset that checks nothing.
 *
 * @param manifestBytes the manifest file, `sum_proof_data.json`.
 */
export async function verifyReport(
  manifestBytes: Uint8Array,
  readProof: ProofReader,
  options: ReportOptions = {},
): Promise<VerifiedReport | Rejection> {
  const preset = Object.freeze({ ...(options.preset ?? productionPreset) });
  // The caller's memory may change while proofs are awaited: what is checked is what the digest is of.
  const bytes = new Uint8Array(manifestBytes);
  const checked = checkManifest(bytes, preset);
  if (!checked.ok) return checked;
  const digest = manifestDigest(bytes);
  const { manifest } = checked;
  const segments: VerifiedSegment[] = [];
  for (let segment = 0; segment < manifest.segments.length; segment++) {
    // M5: every segment's proof is there, not too large, the file that the manifest names, and verifies (§8.3).
    const proof = await readProof(segment);
    const verdict = verifyProofFile(manifest, segment, proof, preset);
    if (!verdict.ok) return { ...verdict, detail: `segment ${segment}: ${verdict.detail}` };
    segments.push(verdict);
    options.onSegment?.(segment, manifest.segments.length);
  }
  const totals = manifest.totals.map(BigInt);
  const report = Object.freeze({ ok: true as const, digest, preset, manifest, totals, segments });
  verifiedReports.add(report);
  return report;
}

// Nothing outside this module can add to it: what is in here has passed every step above.
const verifiedReports = new WeakSet<VerifiedReport>();

/** Whether a report came out of `verifyReport` in this process: an object that only looks like one did not. */
export function isVerifiedReport(report: VerifiedReport): boolean {
  return verifiedReports.has(report);
}

/** A manifest that has passed the steps that need no proof. */
export interface CheckedManifest {
  readonly ok: true;
  readonly manifest: Manifest;
}

/** Steps M1 to M4: everything about a manifest that can be checked without the proofs. */
export function checkManifest(manifestBytes: Uint8Array, preset: Preset): CheckedManifest | Rejection {
  // M1: the manifest is in its format, and its own canonical form (§7.5).
  const decoded = decodeManifest(manifestBytes);
  if (!decoded.ok) return reject('M1', 'manifest-encoding', decoded.fault);
  const manifest = decoded.value;

  // M2: it is about the parameters and constraints that this verifier accepts (§2.5, §5.5).
  for (const [name, found, digest] of [
    ['preset', manifest.preset, presetDigest(preset)],
    ['air', manifest.air, airDigest(liabilitiesAir)],
  ] as const) {
    const accepted = bytesToHex(digest);
    if (found !== accepted) return reject('M2', `${name}-digest`, `expected ${accepted}, found ${found}`);
  }

  // M3: the asset list is sorted, without duplicates (§4.1), and every segment's statement is within its limits (§4.8),
  // of which the first also bounds the number of totals in all segments.
  const assetsFault = findAssetsFault(manifest.assets);
  if (assetsFault !== undefined) return reject('M3', 'assets', assetsFault);
  for (let segment = 0; segment < manifest.segments.length; segment++) {
    const fault = findStatementFault(segmentStatement(manifest, segment));
    if (fault !== undefined) return reject('M3', 'statement-limits', `segment ${segment}: ${fault}`);
  }

  // M4: the report's totals are the integer sums of its segments' (§7.5).
  const wrong = findWrongTotal(manifest);
  return wrong === undefined ? { ok: true, manifest } : reject('M4', 'totals', wrong);
}

function findWrongTotal(manifest: Manifest): string | undefined {
  if (manifest.totals.length !== manifest.assets.length) {
    return `expected ${manifest.assets.length} totals, found ${manifest.totals.length}`;
  }
  for (const [a, asset] of manifest.assets.entries()) {
    const sum = manifest.segments.reduce((total, segment) => total + BigInt(segment.totals[a]), 0n);
    if (sum !== BigInt(manifest.totals[a])) {
      return `${asset.symbol}: the segments add up to ${sum}, the report says ${manifest.totals[a]}`;
    }
  }
  return undefined;
}

function verifyProofFile(
  manifest: Manifest,
  segment: number,
  file: Uint8Array | undefined,
  preset: Preset,
): VerifiedSegment | Rejection {
  if (file === undefined) return reject('M5', 'proof-missing', `expected the file ${proofFileName(segment)}`);
  if (file.length > maxProofSize) {
    return reject('M5', 'proof-size', `expected at most ${maxProofSize} bytes, found ${file.length}`);
  }
  // A copy, so that the bytes that are verified are those that were hashed, whatever memory the caller shares.
  const proof = new Uint8Array(file);
  const { accountsRoot, headerDigest, proofDigest } = manifest.segments[segment];
  if (!bytesEqual(proofFileDigest(proof), hexToBytes(proofDigest))) {
    return reject('M5', 'proof-digest', `the digest of ${proofFileName(segment)} is not the manifest's`);
  }
  const expected = { accountsRoot: hexToBytes(accountsRoot), headerDigest: hexToBytes(headerDigest) };
  return verifySegment(segmentStatement(manifest, segment), expected, proof, preset);
}
