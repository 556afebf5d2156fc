/** Whether a report with so many segments and assets can be published at all: known before anything is proven. */

import { accountCount, type Ledger } from '@solvent/ledger/ledger';
import type { SegmentPlan } from '@solvent/ledger/plan-segments';
import { encodeCanonicalJson } from '@solvent/report-format/canonical-json';
import { encodeManifest, maxManifestSize } from '@solvent/report-format/manifest';
import { maxTotalCount } from '@solvent/stark/table';
import { formatCount, formatSize } from '../human-text.js';
import { InputError } from '../input-error.js';
import { buildManifest, type ManifestSegment } from './build-manifest.js';
import { createLedgerTotals } from './ledger-totals.js';
import type { ReportTitle } from './prove-job.js';

/** Throws an InputError when the plan's manifest would be outside the limits of spec §4.8 and §7.5. */
export function assertPublishable(job: ReportTitle, ledger: Ledger, { segments }: SegmentPlan): void {
  const { assets } = ledger;
  const totalCount = segments.length * assets.length;
  if (totalCount > maxTotalCount) {
    const found = `${formatCount(segments.length)} segments times ${formatCount(assets.length)} assets`;
    throw new InputError(
      `report: expected at most ${formatCount(maxTotalCount)} totals, got ${found}; larger segments would do`,
    );
  }
  // One segment is the common case, and fits.
  if (segments.length === 1) return;
  const size = largestManifestSize(job, ledger, segments.length);
  if (size <= maxManifestSize) return;
  const found = `up to ${formatSize(size)} for ${formatCount(segments.length)} segments`;
  throw new InputError(
    `manifest: expected at most ${formatSize(maxManifestSize)}, got ${found}; larger segments would do`,
  );
}

/** Bytes of the largest manifest: no segment's total has more digits than the report's. */
export function largestManifestSize(job: ReportTitle, ledger: Ledger, segmentCount: number): number {
  const sums = createLedgerTotals(ledger);
  for (let account = 0; account < accountCount(ledger); account++) sums.add(account);
  const digest = 'f'.repeat(64);
  const segment: ManifestSegment = {
    rows: 524_288,
    accountsRoot: digest,
    headerDigest: digest,
    proofDigest: digest,
    totals: sums.totals().map(String),
  };
  const first = encodeManifest(buildManifest(job, ledger.assets, [segment])).length;
  return first + (segmentCount - 1) * (encodeCanonicalJson(segment).length + 1);
}
