/** The outcome of `wallets verify` for people. */

import type { SummaryComparison, VerifiedRow, WalletListOutcome } from '@solvent/ownership-verifier/verify-wallet-list';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { findOnBothNetworks } from '@solvent/report-format/networks/shared-ledgers';
import { formatDecimal } from '@solvent/report-format/wallets/decimal';
import Table from 'cli-table3';
import { countOf, formatCount } from '../human-text.js';
import { escapeUnsafe, type Terminal } from '../terminal.js';
import type { VerifiedList } from './verify-list.js';

/** Most rows of each kind that are listed one by one. */
const maxListed = 50;

/** What a person reads of a verified list. */
export function describeList({ path, policy, outcome }: VerifiedList, colors: Terminal['colors']): string {
  const { ok, rows, counts, duplicateCount } = outcome;
  const rowLines = listed(
    rows.filter(({ verdict }) => verdict.verdict !== 'verified'),
    describeRow,
  );
  const duplicates = listed(
    rows.filter(({ duplicateOf }) => duplicateOf !== undefined),
    ({ row, duplicateOf }) => `line ${row.line}: same asset, network and address as line ${duplicateOf}`,
  );
  const verdicts = Object.entries(counts).map(([name, count]) => `${formatCount(count)} ${name}`);
  const sentence = ok ? 'Wallet ownership validation passed' : 'Wallet ownership validation failed';
  return [
    `${escapeUnsafe(path)}: ${countOf(rows.length, 'row')}, ${verdicts.join(', ')}`,
    ...(rows.length === 0 ? ['A list without rows proves nothing.'] : []),
    ...rowLines,
    ...(duplicateCount === 0 ? [] : [`${countOf(duplicateCount, 'duplicate')}, counted once each`, ...duplicates]),
    sumTable(outcome),
    ...sharedLedgerLines(outcome),
    ...summaryLines(outcome.summary),
    policyLine(policy),
    'Ownership says nothing of balances: amounts are those of the list, of verified rows alone.',
    ok ? colors.green(sentence) : colors.red(sentence),
    '',
  ].join('\n');
}

function listed<Item>(items: readonly Item[], describe: (item: Item) => string): string[] {
  const lines = items.slice(0, maxListed).map(describe);
  if (items.length > maxListed) lines.push(`and ${formatCount(items.length - maxListed)} more: --json lists them all`);
  return lines;
}

function describeRow({ row, verdict }: VerifiedRow): string {
  const what = [row.coin, row.network, row.address].filter((text) => text !== '').map((text) => quoteExcerpt(text));
  const { step, code, detail } = verdict;
  return `line ${row.line}: ${verdict.verdict} at ${step}, ${code}: ${escapeUnsafe(detail)} (${what.join(' ')})`;
}

function sumTable({ sums }: WalletListOutcome): string {
  const table = new Table({
    head: ['asset', 'network', 'rows', 'counted', 'amount in counted rows'],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { asset, network, rowCount, countedCount, amount } of sums) {
    table.push([asset, network, formatCount(rowCount), formatCount(countedCount), formatDecimal(amount)]);
  }
  return table.toString();
}

/** The same coins can be in two sums, and then twice in what the list's own summary is compared with. */
function sharedLedgerLines({ sums }: WalletListOutcome): string[] {
  const shared = findOnBothNetworks(sums.filter(({ amount }) => amount > 0n));
  return shared === undefined ? [] : [`${shared}: a report takes only one of the two.`];
}

function summaryLines(summary: readonly SummaryComparison[]): string[] {
  const lines = summary.flatMap(({ entry, stated, verified }) => {
    const what = `line ${entry.line}: the list says ${quoteExcerpt(entry.amount)} of ${quoteExcerpt(entry.coin)}`;
    if (verified === undefined) return [`${what}, which is none of the coins of the table`];
    if (stated === verified) return [];
    if (stated === undefined) return [`${what}, which is no amount; verified ${formatDecimal(verified)}`];
    return [`${what}; verified ${formatDecimal(verified)}, difference ${formatDecimal(verified - stated)}`];
  });
  if (summary.length > 0 && lines.length === 0) return ["The list's own summary agrees with what is verified."];
  return listed(lines, (line) => line);
}

function policyLine(policy: VerifiedList['policy']): string {
  if (policy.kind === 'fixed') {
    return `Messages: the fixed text ${quoteExcerpt(policy.text)}, bound to no report: signatures may be old, or copied.`;
  }
  const { reportId, exchange } = policy.snapshot;
  return `Messages: challenges for report ${quoteExcerpt(reportId)} of ${quoteExcerpt(exchange)}.`;
}
