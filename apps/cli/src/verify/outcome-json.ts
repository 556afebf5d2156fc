/** The outcome of `verify` for programs: fields are added in later versions, never renamed or removed. */
import { bytesToHex } from '@solvent/commitment/bytes';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { formatAmount } from '@solvent/report-format/amounts';
import type { Asset } from '@solvent/report-format/assets';
import { fullReportJson } from '../report/report-json.js';
import { rejectionJson } from './rejection-json.js';
import type { ReportOutcome } from './report-folder.js';
import { reportSentence, sentenceFor } from './sentences.js';
import { type InclusionOutcome, passes, type VerifyOutcome } from './verify-artefacts.js';

/** The one JSON object that `verify --json` prints. */
export function outcomeJson({ ok, report, inclusions }: VerifyOutcome) {
  return {
    ok,
    report: report === undefined ? null : reportJson(report),
    inclusions: inclusions.map((inclusion) => inclusionJson(inclusion, report)),
  };
}

function reportJson(report: ReportOutcome) {
  const { path, digest, verdict, full, recheck } = report;
  return {
    path,
    ok: passes(report),
    sentence: reportSentence(verdict.ok),
    rejection: rejectionJson(verdict),
    manifestDigest: digest === undefined ? null : bytesToHex(digest),
    ...(verdict.ok ? factsJson(verdict) : noFacts),
    full: full === undefined ? null : fullReportJson(full),
    chains: recheck ?? null,
  };
}

function factsJson({ manifest, totals }: VerifiedReport) {
  const { exchange, reportId, snapshotTime, previousManifest, segments, assets } = manifest;
  return {
    exchange,
    reportId,
    snapshotTime,
    previousManifest,
    segments: segments.map(({ rows }) => ({ rows })),
    totals: assets.map((asset, i) => amountJson(asset, totals[i])),
  };
}

// Nothing that a report says of itself is worth anything before it verifies.
const noFacts = {
  exchange: null,
  reportId: null,
  snapshotTime: null,
  previousManifest: null,
  segments: null,
  totals: null,
};

function inclusionJson(inclusion: InclusionOutcome, report: ReportOutcome | undefined) {
  const { path, accountId, verdict } = inclusion;
  const assets = report?.verdict.ok ? report.verdict.manifest.assets : [];
  return {
    path,
    accountId,
    ok: verdict.ok,
    sentence: sentenceFor(inclusion, report) ?? null,
    rejection: rejectionJson(verdict),
    segment: verdict.ok ? verdict.segment : null,
    rows: verdict.ok ? verdict.rows : null,
    balances: verdict.ok
      ? assets.flatMap((asset) => {
          const units = verdict.balances.get(asset.symbol);
          return units === undefined ? [] : [amountJson(asset, units)];
        })
      : null,
    balancesCheck: verdict.ok ? inclusion.balances : null,
  };
}

function amountJson({ symbol, decimals }: Asset, units: bigint) {
  return { symbol, decimals, amount: formatAmount(units, decimals), units: String(units) };
}
