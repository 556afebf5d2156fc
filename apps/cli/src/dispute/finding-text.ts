/** What a third party reads of a dispute. */
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { escapeUnsafe, type Terminal } from '../terminal.js';
import { inclusionSentence } from '../verify/sentences.js';
import type { DisputeFinding } from './check-evidence.js';

/** The finding for people. */
export function describeFinding(finding: DisputeFinding, colors: Terminal['colors']): string {
  const { dispute, keptManifest, publishedManifest, keptSignedBy, publishedSignedBy } = finding;
  const lines = [
    `account           ${quoteExcerpt(dispute.accountId)}, as the holder says`,
    `balances          ${dispute.balances === null ? 'not said' : 'as the holder says'}`,
    `kept manifest     ${keptManifest}`,
    `  signed by       ${keptSignedBy ?? 'nobody'}`,
    `published         ${publishedManifest}`,
    `  signed by       ${publishedSignedBy ?? 'nobody'}`,
    ...conclusion(finding, colors),
  ];
  return `${lines.join('\n')}\n`;
}

function conclusion(finding: DisputeFinding, colors: Terminal['colors']): string[] {
  const { verdict, isEquivocation, keptSignedBy, keptReport, publishedReport } = finding;
  const bad = (text: string) => colors.bold(colors.red(text));
  if (isEquivocation)
    return [bad('One key has signed two reports for one place: different people were shown different reports.')];
  if (verdict === undefined) {
    const weight =
      keptSignedBy === undefined
        ? 'The holder could have made the other one: without a signature nobody can tell.'
        : 'The other one is signed: ask whose key that is, and why it is not the published one.';
    return [bad('The published report is not the one that the holder kept.'), weight];
  }
  const painted = inclusionSentence(verdict.ok);
  if (verdict.ok && keptReport !== undefined && keptReport !== publishedReport)
    return [bad('The liabilities are those that the holder kept, with them included. The rest of the report is not.')];
  if (verdict.ok)
    return [colors.bold(colors.green(painted)), 'The holder is included, with this id and these balances.'];
  return [
    `rejected at ${verdict.step}, ${verdict.code}: ${escapeUnsafe(verdict.detail)}`,
    bad(painted),
    ...meaningOf(verdict.code),
  ];
}

// What the failure of a check does and does not show.
function meaningOf(code: string): string[] {
  if (code === 'balances') return ["The report counts other balances for this id than the holder's."];
  if (code === 'accounts-path')
    return ['The file is not for this id, or not of this report: ask the exchange for the right one.'];
  return ['The file does not show that the holder is counted. Only the exchange can make one that does.'];
}

/** Whether the holder is included, and was shown what everybody was. */
export function isSettled({ verdict, isEquivocation, keptReport, publishedReport }: DisputeFinding): boolean {
  return verdict?.ok === true && !isEquivocation && (keptReport === undefined || keptReport === publishedReport);
}

/** The finding for programs. */
export function findingJson(finding: DisputeFinding) {
  const { keptReport, publishedReport } = finding;
  const { verdict, keptManifest, publishedManifest, keptSignedBy, publishedSignedBy, isEquivocation } = finding;
  return {
    ok: isSettled(finding),
    keptManifest,
    publishedManifest,
    keptReport: keptReport ?? null,
    publishedReport: publishedReport ?? null,
    keptSignedBy: keptSignedBy ?? null,
    publishedSignedBy: publishedSignedBy ?? null,
    isEquivocation,
    rejection:
      verdict === undefined || verdict.ok ? null : { step: verdict.step, code: verdict.code, detail: verdict.detail },
  };
}
