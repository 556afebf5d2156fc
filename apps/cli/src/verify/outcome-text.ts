/** The outcome of `verify` for people. */
import { bytesToHex } from '@solvent/commitment/bytes';
import type { VerifiedInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import type { VerifiedReport } from '@solvent/liabilities-verifier/verified-report';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import type { Asset } from '@solvent/report-format/assets';
import type { Rejection } from '@solvent/stark/verdict';
import { amountTable, countOf } from '../human-text.js';
import type { Prices } from '../report/prices.js';
import { describeFullReport } from '../report/report-text.js';
import { escapeUnsafe, type Terminal } from '../terminal.js';
import type { ReportOutcome } from './report-folder.js';
import { reportSentence, sentenceFor } from './sentences.js';
import type { InclusionOutcome, VerifyOutcome } from './verify-artefacts.js';

type Colors = Terminal['colors'];

/** Everything that a person should read, the sentences last in their part. */
export function describeOutcome(
  outcome: VerifyOutcome,
  hasExpectedDigest: boolean,
  colors: Colors,
  prices?: Prices,
): string {
  const parts: string[] = [];
  if (outcome.report !== undefined) parts.push(describeReport(outcome.report, hasExpectedDigest, colors, prices));
  for (const inclusion of outcome.inclusions) parts.push(describeInclusion(inclusion, outcome.report, colors));
  return parts.join('\n');
}

/** What is said of a report. */
export function describeReport(
  report: ReportOutcome,
  hasExpectedDigest: boolean,
  colors: Colors,
  prices?: Prices,
): string {
  const { verdict, path, full, recheck } = report;
  if (full !== undefined) return describeFullReport(full, { colors, recheck, prices });
  const lines = verdict.ok ? reportFacts(verdict) : [`${escapeUnsafe(path)}: ${describeRejection(verdict)}`];
  if (report.digest !== undefined) lines.push(...digestLines(report.digest, hasExpectedDigest || !verdict.ok));
  lines.push(paint(reportSentence(verdict.ok), verdict.ok, colors));
  if (verdict.ok) lines.push(...limitsOfReports);
  return `${lines.join('\n')}\n`;
}

function reportFacts({ manifest, totals }: VerifiedReport): string[] {
  const rows = manifest.segments.reduce((sum, segment) => sum + segment.rows, 0);
  return [
    `report ${quoteExcerpt(manifest.reportId)} of ${quoteExcerpt(manifest.exchange)}`,
    `snapshot          ${manifest.snapshotTime}`,
    `previous report   ${manifest.previousManifest ?? 'none'}`,
    `size              ${countOf(manifest.segments.length, 'segment')}, ${countOf(rows, 'row')}`,
    amountTable('total owed', manifest.assets, totals).trimEnd(),
  ];
}

function digestLines(digest: Uint8Array, isFinal: boolean): string[] {
  const line = `manifest digest   ${bytesToHex(digest)}`;
  if (isFinal) return [line];
  return [
    line,
    '                  Compare all of it with the same digest from another source, or give that with --manifest.',
  ];
}

const limitsOfReports = [
  'The totals are gross: debts and margin are not in them. What the exchange holds is not part of this proof.',
];

/** What is said of an inclusion file. */
export function describeInclusion(
  inclusion: InclusionOutcome,
  report: ReportOutcome | undefined,
  colors: Colors,
): string {
  const { verdict, path, accountId } = inclusion;
  const title = `${escapeUnsafe(path)}: account ${quoteExcerpt(accountId)}`;
  const lines = [title];
  if (!verdict.ok) lines.push(describeRejection(verdict), ...adviceFor(verdict, report));
  else if (report?.verdict.ok) lines.push(...inclusionFacts(inclusion, verdict, report.verdict));
  const sentence = sentenceFor(inclusion, report);
  lines.push(sentence === undefined ? 'Not verified.' : paint(sentence, verdict.ok, colors));
  return `${lines.join('\n')}\n`;
}

function inclusionFacts(inclusion: InclusionOutcome, verdict: VerifiedInclusion, report: VerifiedReport): string[] {
  return [balanceTable(verdict, report).trimEnd(), balanceLines[inclusion.balances](report.manifest.snapshotTime)];
}

/** The balances that a report counts for an account, without those of 0. */
export function balanceTable(verdict: VerifiedInclusion, report: VerifiedReport): string {
  const held: Asset[] = report.manifest.assets.filter(({ symbol }) => verdict.balances.has(symbol));
  if (held.length === 0) return 'no balance above 0\n';
  return amountTable(
    'balance',
    held,
    held.map(({ symbol }) => verdict.balances.get(symbol)!),
  );
}

const balanceLines: Record<InclusionOutcome['balances'], (time: string) => string> = {
  compared: () => 'These are the balances that you gave, all of them.',
  confirmed: () => 'You have confirmed these balances.',
  'to-confirm': (time) => `Confirm that these were your balances, all of them, at ${time}.`,
};

function describeRejection({ step, code, detail }: Rejection): string {
  return `rejected at ${step}, ${code}: ${escapeUnsafe(detail)}`;
}

function adviceFor({ code }: Rejection, report: ReportOutcome | undefined): string[] {
  if (code !== 'header-unverified') return [];
  if (report !== undefined) return ['An inclusion file shows nothing without a report that verifies.'];
  return ['An inclusion file shows nothing without its report: give the folder of the published report too.'];
}

function paint(sentence: string, ok: boolean, colors: Colors): string {
  return colors.bold(ok ? colors.green(sentence) : colors.red(sentence));
}
