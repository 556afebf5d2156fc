/** What a person reads when a report is made. */
import { join } from 'node:path';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { amountTable, countOf, formatDuration, formatSize } from '../human-text.js';
import { escapeUnsafe } from '../terminal.js';
import type { ProveSummary } from './prove-job.js';
import { privateFolderName, publicFolderName } from './run-folder.js';

/** How the report is called, and where it is. */
export interface SummaryTitle {
  readonly exchange: string;
  readonly reportId: string;
  readonly out: string;
}

/** The totals of a finished report. */
export function describeTotals({ assets, totals }: ProveSummary): string {
  return amountTable('total owed', assets, totals);
}

/** The other facts of a finished report: nothing private. */
export function describeSummary(summary: ProveSummary, { exchange, reportId, out }: SummaryTitle): string {
  const { accountCount, rowCounts, digest } = summary;
  const rows = rowCounts.reduce((sum, count) => sum + count, 0);
  const lines = [
    `report ${quoteExcerpt(reportId)} of ${quoteExcerpt(exchange)}`,
    `size              ${countOf(accountCount, 'account')}, ${countOf(rowCounts.length, 'segment')}, ${countOf(rows, 'row')}`,
    `publish           ${escapeUnsafe(join(out, publicFolderName))}   ${describePublicSizes(summary)}`,
    `never publish     ${escapeUnsafe(join(out, privateFolderName))}   ${formatSize(summary.privateSize)}`,
    `verified          the whole report, ${countOf(summary.checkedFileCount, 'inclusion file')}`,
    `time              ${describeTimes(summary)}`,
    `memory            ${formatSize(summary.peakMemory)} at the peak`,
    `manifest digest   ${digest}`,
  ];
  return `${lines.join('\n')}\n`;
}

function describePublicSizes({ manifestSize, proofsSize, rowCounts }: ProveSummary): string {
  return `manifest ${formatSize(manifestSize)}, ${countOf(rowCounts.length, 'proof')} ${formatSize(proofsSize)}`;
}

function describeTimes({ durationsMs: { reading, proving, checking } }: ProveSummary): string {
  return `reading ${formatDuration(reading)}, proving ${formatDuration(proving)}, verifying ${formatDuration(checking)}`;
}
