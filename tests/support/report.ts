import { airDigest } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesToHex } from '@solvent/commitment/bytes';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { verifyReport } from '@solvent/liabilities-verifier/verify-report';
import { decodeHeader, decodeQueries } from '@solvent/proof-format/proof';
import { encodeManifest, type Manifest, proofFileDigest } from '@solvent/report-format/manifest';
import { type Preset, presetDigest, toyPreset } from '@solvent/stark/preset';
import { sortedDistinct } from '@solvent/stark/query';
import { absorbNonce, grindingSeed, replayHeader } from '@solvent/stark/rounds';
import { deriveShape } from '@solvent/stark/shape';
import { type Statement, startTranscript } from '@solvent/stark/statement';
import type { Rejection } from '@solvent/stark/verdict';

/** What an exchange publishes of a segment. */
export interface PublishedSegment {
  readonly statement: Statement;
  readonly accountsRoot: Uint8Array;
  readonly headerDigest: Uint8Array;
  readonly proof: Uint8Array;
}

/** A report as its two kinds of files. */
export interface PublishedReport {
  readonly manifest: Uint8Array;
  readonly proofs: readonly Uint8Array[];
}

/** The manifest that goes with some segments, every digest and sum made right. Nothing is checked. */
export function manifestOf(segments: readonly PublishedSegment[], preset: Preset = toyPreset): Manifest {
  const { context, assets } = segments[0].statement;
  return {
    format: 'solvent-liabilities/1',
    preset: bytesToHex(presetDigest(preset)),
    air: bytesToHex(airDigest(liabilitiesAir)),
    exchange: context.exchange,
    reportId: context.reportId,
    snapshotTime: context.snapshotTime,
    previousManifest: context.previousManifest.length === 0 ? null : bytesToHex(context.previousManifest),
    assets: assets.map(({ symbol, decimals }) => ({ symbol, decimals })),
    segments: segments.map(({ statement, accountsRoot, headerDigest, proof }) => ({
      rows: statement.rowCount,
      accountsRoot: bytesToHex(accountsRoot),
      headerDigest: bytesToHex(headerDigest),
      proofDigest: bytesToHex(proofFileDigest(proof)),
      totals: statement.totals.map(String),
    })),
    totals: assets.map((_, a) => String(segments.reduce((sum, { statement }) => sum + statement.totals[a], 0n))),
  };
}

/** Publishes segments under the manifest that goes with them. */
export function publish(segments: readonly PublishedSegment[], preset: Preset = toyPreset): PublishedReport {
  return { manifest: encodeManifest(manifestOf(segments, preset)), proofs: segments.map(({ proof }) => proof) };
}

/** What everybody says of a report. */
export function verdictOn(report: PublishedReport, preset: Preset = toyPreset): Promise<VerifiedReport | Rejection> {
  return verifyReport(report.manifest, (segment) => report.proofs[segment], { preset });
}

/** The verdict on a report that must verify. */
export async function verified(report: PublishedReport, preset: Preset = toyPreset): Promise<VerifiedReport> {
  const verdict = await verdictOn(report, preset);
  if (!verdict.ok) throw new Error(`expected a report that verifies, got ${verdict.step} ${verdict.detail}`);
  return verdict;
}

/** Step and code of a verdict, or `verified`. */
export function outcome(verdict: { readonly ok: true } | Rejection): string {
  return verdict.ok ? 'verified' : `${verdict.step} ${verdict.code}`;
}

/** What an attacker publishes for any bytes as proof: the digests that the verifier will find in them, if it can. */
export function republish(statement: Statement, proof: Uint8Array, preset: Preset = toyPreset): PublishedSegment {
  const nothing = new Uint8Array(32);
  const decoded = decodeHeader(proof, deriveShape(statement.rowCount));
  if (!decoded.ok) return { statement, accountsRoot: nothing, headerDigest: nothing, proof };
  const { accountsRoot } = decoded.header;
  const { headerDigest } = replayHeader(startTranscript(statement, preset), decoded.header);
  return { statement, accountsRoot, headerDigest, proof };
}

/** The parts of a proof that is in its format: header, and what opens its query points. */
export function openProof(statement: Statement, proof: Uint8Array, preset: Preset = toyPreset) {
  const shape = deriveShape(statement.rowCount);
  const decoded = decodeHeader(proof, shape);
  if (!decoded.ok) throw new Error(decoded.fault);
  const { header, nonce, rest } = decoded;
  const transcript = startTranscript(statement, preset);
  replayHeader(transcript, header);
  grindingSeed(transcript);
  const draws = absorbNonce(transcript, nonce, shape, preset);
  const points = sortedDistinct(draws);
  const queries = decodeQueries(rest, shape, points);
  if (!queries.ok) throw new Error(queries.fault);
  return { header, nonce, rest, draws, points, queries: queries.value };
}
