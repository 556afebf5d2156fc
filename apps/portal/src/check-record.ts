/** What a person can keep as evidence of a check: everything that is needed to do it again, and what was said. */
import type { Rejection } from '@solvent/stark/verdict';
import { base64 } from './base64.js';
import { inclusionSentence } from './sentences.js';
import type { AcceptedInclusion, OpenedReport } from './worker/requests.js';

/** What was checked. */
export interface CheckedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly accountId: string;
  /** The digest that the holder had from elsewhere. */
  readonly comparedDigest: string | undefined;
  readonly report: OpenedReport;
  readonly verdict: AcceptedInclusion | Rejection;
  /** Whether the holder says that these are their balances; undefined while they have not said. */
  readonly confirmed: boolean | undefined;
  readonly checkedAt: Date;
}

/** The record as a JSON text. */
export function checkRecord(checked: CheckedFile): string {
  const { name, bytes, accountId, comparedDigest, report, verdict, confirmed, checkedAt } = checked;
  const ok = verdict.ok && confirmed !== false;
  const record = {
    format: 'solvent-check-record/1',
    checkedAt: checkedAt.toISOString(),
    accountId,
    sentence: inclusionSentence(ok),
    rejection: verdict.ok ? null : { step: verdict.step, code: verdict.code, detail: verdict.detail },
    report: { exchange: report.exchange, reportId: report.reportId, snapshotTime: report.snapshotTime },
    manifestDigest: report.manifestDigest,
    comparedDigest: comparedDigest ?? null,
    balances: verdict.ok
      ? verdict.balances.map(({ symbol, decimals, units }) => ({ symbol, decimals, units: String(units) }))
      : null,
    balancesConfirmed: confirmed ?? null,
    file: { name, size: bytes.length, base64: base64(bytes) },
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}
