/** `report history`: the chain of a directory, every report in it verified, month beside month. */
import { join } from 'node:path';
import { bytesEqual, bytesToHex } from '@solvent/commitment/bytes';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { quantityText } from '@solvent/report-format/fraction';
import { reportIndexFileName } from '@solvent/report-format/report-index';
import { type ChainLink, verifyChain } from '@solvent/report-verifier/verify-chain';
import {
  type FullReportOptions,
  type FullReportOutcome,
  verifyFullReport,
} from '@solvent/report-verifier/verify-full-report';
import type { AssetRatio } from '@solvent/reserves-verifier/compare';
import type { Rejection } from '@solvent/stark/verdict';
import Table from 'cli-table3';
import { formatCount } from '../human-text.js';
import { InputError } from '../input-error.js';
import { escapeUnsafe, type Terminal } from '../terminal.js';
import { chainFilesIn, readIndexBytes } from './report-chain.js';
import { reportFilesIn } from './report-files.js';
import { fullReportJson } from './report-json.js';
import { grouped } from './report-text.js';

/** A report of the history with what became of it. */
export interface HistoryEntry {
  readonly link: ChainLink;
  readonly outcome: FullReportOutcome;
}

/** The reports of a directory, the first one first; or why they are no chain. */
export type History =
  | { readonly ok: boolean; readonly entries: readonly HistoryEntry[] }
  | { readonly chain: Rejection };

/**
 * Verifies the chain, then each report.
 *
 * @param anchor the digest of the newest report, from elsewhere: without it a report that was cut off is not missed
 * @throws InputError for a directory without an index, and for what cannot be read
 */
export async function readHistory(
  directory: string,
  options: FullReportOptions,
  anchor: Uint8Array | undefined,
  onReport: (done: number, count: number) => void,
): Promise<History> {
  const index = await readIndexBytes(directory);
  if (index === undefined) {
    throw new InputError(`${join(directory, reportIndexFileName)}: expected an index of reports, got none`);
  }
  const chain = await verifyChain(index, chainFilesIn(directory));
  if (!chain.ok) return { chain };
  const newest = chain.links.at(-1)!;
  if (anchor !== undefined && !bytesEqual(anchor, newest.digest)) {
    const detail = `expected ${bytesToHex(anchor)} as the newest report, found ${bytesToHex(newest.digest)}`;
    return { chain: { ok: false, step: 'P1', code: 'anchor', detail } };
  }
  const entries: HistoryEntry[] = [];
  for (const link of chain.links) {
    const files = await reportFilesIn(join(directory, link.folder));
    entries.push({ link, outcome: await verifyFullReport(files, { ...options, anchor: link.digest }) });
    onReport(entries.length, chain.links.length);
  }
  return { ok: entries.every(({ outcome }) => outcome.ok), entries };
}

/** The history for people; the newest `months` reports side by side. */
export function describeHistory(history: History, months: number, colors: Terminal['colors']): string {
  if ('chain' in history) {
    const { step, code, detail } = history.chain;
    return `${colors.bold(colors.red('The chain of reports is broken.'))}\nrejected at ${step}, ${code}: ${escapeUnsafe(detail)}\n`;
  }
  const { entries } = history;
  const shown = entries.slice(-months);
  const lines = [
    reportTable(entries, colors),
    ...signerLines(entries),
    '',
    'reserves / liabilities, rounded down',
    assetTable(shown, (line) => (line.covered ? (line.percent ?? 'none owed') : colors.red(line.percent ?? ''))),
    '',
    'owed',
    assetTable(shown, ({ liabilities }) => grouped(liabilities)),
    '',
    history.ok
      ? colors.green('Every report verifies, and each names the one before it.')
      : colors.bold(colors.red('Not every report verifies.')),
    'That the last one is the newest cannot be seen here: compare its digest with one from another source.',
  ];
  return `${lines.join('\n')}\n`;
}

function reportTable(entries: readonly HistoryEntry[], colors: Terminal['colors']): string {
  const table = new Table({
    head: ['report', 'snapshot', 'rows', 'lowest', 'verified', 'report digest'],
    colAligns: ['left', 'left', 'right', 'right', 'left', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { link, outcome } of entries) {
    const { report, manifest, digest } = link;
    const rows = manifest.segments.reduce((sum, segment) => sum + segment.rows, 0);
    table.push([
      escapeUnsafe(report.reportId),
      report.snapshotTime,
      formatCount(rows),
      lowestRatio(outcome),
      outcome.ok ? 'yes' : colors.red(`no: ${failedPart(outcome)}`),
      bytesToHex(digest),
    ]);
  }
  return table.toString();
}

// A key that changes is the exchange's to explain: anybody can make a chain, and only the key says whose it is.
function signerLines(entries: readonly HistoryEntry[]): string[] {
  const signers = entries.map(({ outcome }) =>
    outcome.binding.ok ? (outcome.binding.signedBy ?? 'nobody') : 'unknown',
  );
  const changes = entries.filter((_, i) => i === 0 || signers[i] !== signers[i - 1]);
  return changes.map((entry) => {
    const since = changes.length === 1 ? 'all' : `from ${quoteExcerpt(entry.link.report.reportId)} on`;
    return `signed by ${signers[entries.indexOf(entry)]}, ${since}`;
  });
}

function failedPart(outcome: FullReportOutcome): string {
  const parts = ['binding', 'liabilities', 'ownership', 'reserves', 'ratio'] as const;
  return parts.find((part) => !outcome[part].ok) ?? '';
}

function ratiosOf(outcome: FullReportOutcome): readonly AssetRatio[] {
  return 'ratios' in outcome.ratio ? outcome.ratio.ratios : [];
}

function lowestRatio(outcome: FullReportOutcome): string {
  const owed = ratiosOf(outcome).filter(({ percent }) => percent !== undefined);
  const below = (a: AssetRatio, b: AssetRatio) =>
    a.ratio.numerator * b.ratio.denominator < b.ratio.numerator * a.ratio.denominator;
  const lowest = owed.reduce<AssetRatio | undefined>((low, line) => (low && !below(line, low) ? low : line), undefined);
  return lowest === undefined ? '-' : `${lowest.asset} ${lowest.percent}`;
}

function assetTable(entries: readonly HistoryEntry[], cell: (line: AssetRatio) => string): string {
  const table = new Table({
    head: ['asset', ...entries.map(({ link }) => escapeUnsafe(link.report.reportId))],
    colAligns: ['left', ...entries.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  const assets = new Set(entries.flatMap(({ outcome }) => ratiosOf(outcome).map(({ asset }) => asset)));
  for (const asset of [...assets].sort()) {
    const cells = entries.map(({ outcome }) => {
      const line = ratiosOf(outcome).find((one) => one.asset === asset);
      return line === undefined ? '-' : cell(line);
    });
    table.push([asset, ...cells]);
  }
  return table.toString();
}

/** The history for programs. */
export function historyJson(history: History) {
  if ('chain' in history) {
    const { step, code, detail } = history.chain;
    return { ok: false, rejection: { step, code, detail }, reports: null };
  }
  return {
    ok: history.ok,
    rejection: null,
    reports: history.entries.map(({ link, outcome }) => ({
      folder: link.folder,
      reportId: link.report.reportId,
      snapshotTime: link.report.snapshotTime,
      manifestDigest: link.report.manifest,
      rows: link.manifest.segments.map(({ rows }) => rows),
      totals: link.manifest.assets.map(({ symbol, decimals }, i) => ({
        symbol,
        amount: quantityText({ units: BigInt(link.manifest.totals[i]), decimals }),
      })),
      ok: outcome.ok,
      ...fullReportJson(outcome),
    })),
  };
}
