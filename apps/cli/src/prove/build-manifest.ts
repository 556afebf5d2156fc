/** The manifest of a report that was just proven. */
import { airDigest } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesToHex } from '@solvent/commitment/bytes';
import type { Asset } from '@solvent/report-format/assets';
import { type Manifest, proofFileDigest } from '@solvent/report-format/manifest';
import { presetDigest, productionPreset } from '@solvent/stark/preset';
import type { ProvenSegment } from '@solvent/stark-prover/prove';
import type { ReportTitle } from './prove-job.js';

/** What the manifest says of one segment. */
export type ManifestSegment = Manifest['segments'][number];

/** What a manifest says of a proof. */
export type ProofFacts = Pick<ProvenSegment, 'proof' | 'accountsRoot' | 'headerDigest'>;

/** The manifest's entry for a proven segment. */
export function manifestSegment(rows: number, totals: readonly bigint[], proven: ProofFacts): ManifestSegment {
  return {
    rows,
    accountsRoot: bytesToHex(proven.accountsRoot),
    headerDigest: bytesToHex(proven.headerDigest),
    proofDigest: bytesToHex(proofFileDigest(proven.proof)),
    totals: totals.map(String),
  };
}

/** The manifest over all segments. */
export function buildManifest(
  job: ReportTitle,
  assets: readonly Asset[],
  segments: readonly ManifestSegment[],
): Manifest {
  const totals = assets.map((_, i) => segments.reduce((sum, segment) => sum + BigInt(segment.totals[i]), 0n));
  return {
    format: 'solvent-liabilities/1',
    preset: bytesToHex(presetDigest(productionPreset)),
    air: bytesToHex(airDigest(liabilitiesAir)),
    exchange: job.exchange,
    reportId: job.reportId,
    snapshotTime: job.snapshotTime,
    previousManifest: job.previousManifest,
    assets: assets.map(({ symbol, decimals }) => ({ symbol, decimals })),
    segments: [...segments],
    totals: totals.map(String),
  };
}
