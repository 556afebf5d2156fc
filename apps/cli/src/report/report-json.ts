/** A whole report's outcome for programs: fields are added in later versions, never renamed or removed. */
import { bytesToHex } from '@solvent/commitment/bytes';
import { quantityText } from '@solvent/report-format/fraction';
import type { FullReportOutcome } from '@solvent/report-verifier/verify-full-report';
import type { AssetRatio } from '@solvent/reserves-verifier/compare';
import type { AssetReserves } from '@solvent/reserves-verifier/verify-reserves';
import type { Rejection } from '@solvent/stark/verdict';
import { rejectionJson } from '../verify/rejection-json.js';

/** The parts of a whole report, each with `ok` and the rejection if there is one. */
export function fullReportJson({ binding, liabilities, ownership, reserves, ratio }: FullReportOutcome) {
  return {
    digest: binding.ok ? bytesToHex(binding.digest) : null,
    signedBy: binding.ok ? (binding.signedBy ?? null) : null,
    anchored: binding.ok && binding.anchored,
    previousReport: binding.ok ? binding.report.previousReport : null,
    parts: {
      binding: partJson(binding),
      liabilities: partJson(liabilities),
      ownership: {
        ...partJson(ownership),
        counts: 'outcome' in ownership ? ownership.outcome.counts : null,
        fixedMessage: ('fixedMessage' in ownership ? ownership.fixedMessage : null) ?? null,
      },
      reserves: {
        ...partJson(reserves),
        assets: reserves.ok ? reserves.assets.map(assetJson) : null,
        tips: reserves.ok ? reserves.tips : null,
        uncounted: reserves.ok
          ? reserves.uncounted.map(({ entry, line, verdict }) => ({ ...entry, line, verdict }))
          : null,
      },
      ratio: partJson(ratio),
    },
    ratios: 'ratios' in ratio ? ratio.ratios.map(ratioJson) : null,
  };
}

function partJson(part: { readonly ok: true } | Rejection) {
  return { ok: part.ok, rejection: rejectionJson(part) };
}

/** What an asset's reserves are made of; the token is null for the network's own asset. */
function assetJson({ asset, total, entryCount, tipCount, parts }: AssetReserves) {
  const partOf = (part: AssetReserves['parts'][number]) => ({ ...part, total: quantityText(part.total) });
  return { asset, total: quantityText(total), entryCount, tipCount, parts: parts.map(partOf) };
}

/** One asset: amounts in decimal text, the ratio as two integers and in percent, rounded down. */
function ratioJson({ asset, liabilities, reserves, ratio, percent, covered, shortfall }: AssetRatio) {
  return {
    asset,
    liabilities: quantityText(liabilities),
    reserves: quantityText(reserves),
    ratio: { numerator: String(ratio.numerator), denominator: String(ratio.denominator) },
    percent: percent ?? null,
    covered,
    shortfall: quantityText(shortfall),
  };
}
