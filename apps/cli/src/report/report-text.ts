/** A whole report's outcome for people: one page, a part after the other. */
import type { RecheckedReserves } from '@solvent/balances/recheck-reserves';
import { bytesToHex } from '@solvent/commitment/bytes';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { type Quantity, quantityText } from '@solvent/report-format/fraction';
import { homeNetworkIdOf } from '@solvent/report-format/wallets/resolve-coin';
import type { FullReportOutcome } from '@solvent/report-verifier/verify-full-report';
import type { AssetRatio } from '@solvent/reserves-verifier/compare';
import type { VerifiedReserves } from '@solvent/reserves-verifier/verify-reserves';
import type { Rejection } from '@solvent/stark/verdict';
import Table from 'cli-table3';
import { countOf } from '../human-text.js';
import { escapeUnsafe, type Terminal } from '../terminal.js';
import { reportSentence } from '../verify/sentences.js';
import { type Prices, valuationLines } from './prices.js';
import { recheckLines } from './recheck-balances.js';

type Colors = Terminal['colors'];

/** What a page can say beside the outcome. */
export interface PageOptions {
  readonly colors: Colors;
  /** What the chains say, where somebody has asked them for the balances again. */
  readonly recheck: RecheckedReserves | undefined;
  readonly prices: Prices | undefined;
}

/** Everything that a person should read of a whole report. */
export function describeFullReport(outcome: FullReportOutcome, options: PageOptions): string {
  const parts = [
    bindingLines(outcome),
    liabilitiesLines(outcome, options.colors),
    ownershipLines(outcome),
    reservesLines(outcome, options),
    ratioLines(outcome, options),
    limitLines,
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function bindingLines({ binding }: FullReportOutcome): string[] {
  if (!binding.ok) return ['The report', rejectionLine(binding)];
  const { report, digest, signedBy, anchored } = binding;
  return [
    `report ${quoteExcerpt(report.reportId)} of ${quoteExcerpt(report.exchange)}`,
    `snapshot          ${report.snapshotTime}`,
    `previous report   ${report.previousReport ?? 'none'}`,
    `signed by         ${signedBy ?? 'nobody'}`,
    `files             ${countOf(report.files.length, 'file')}, unchanged since the report was made`,
    `manifest digest   ${report.manifest}`,
    `report digest     ${bytesToHex(digest)}`,
    ...(anchored ? ['                  It is the one that you gave.'] : [compareDigest]),
  ];
}

const compareDigest =
  '                  Compare all of it with the same digest from another source, or give that with --anchor.';

function liabilitiesLines({ liabilities }: FullReportOutcome, colors: Colors): string[] {
  const title = 'What the exchange owes';
  const sentence = reportSentence(liabilities.ok);
  const painted = colors.bold(liabilities.ok ? colors.green(sentence) : colors.red(sentence));
  if (!liabilities.ok) return [title, rejectionLine(liabilities), painted];
  const { manifest } = liabilities;
  const rows = manifest.segments.reduce((sum, segment) => sum + segment.rows, 0);
  const size = `${countOf(manifest.assets.length, 'asset')}, ${countOf(rows, 'row')} of balances`;
  return [title, `proven for ${size}, without disclosing any`, painted];
}

function ownershipLines({ ownership }: FullReportOutcome): string[] {
  const title = 'Which wallets it controls';
  if (!ownership.ok) return [title, rejectionLine(ownership)];
  const { outcome, fixedMessage } = ownership;
  const { verified, unproven, unsupported } = outcome.counts;
  const lines = [title, `${countOf(verified, 'wallet')} of ${outcome.rows.length} shown by signatures of their keys`];
  if (fixedMessage !== undefined) {
    lines.push(
      `signed for the text ${quoteExcerpt(fixedMessage)}, bound to no report: signatures may be old, or copied`,
    );
  }
  if (outcome.duplicateCount > 0) lines.push(`${countOf(outcome.duplicateCount, 'row')} there twice, counted once`);
  if (unproven + unsupported > 0) {
    lines.push(
      `${countOf(unproven + unsupported, 'wallet')} not shown, counted for nothing: see solvent wallets verify`,
    );
  }
  return lines;
}

function reservesLines({ binding, reserves }: FullReportOutcome, { recheck, colors }: PageOptions): string[] {
  const title = 'What the wallets held';
  if (!reserves.ok) return [title, rejectionLine(reserves)];
  const count = reserves.assets.reduce((sum, { entryCount }) => sum + entryCount, 0);
  const lines = [title, `${countOf(count, 'balance')} at the blocks of the snapshot, as the exchange says`];
  lines.push(...tipLines(reserves), ...blockLines(binding, reserves));
  if (reserves.uncounted.length > 0)
    lines.push(`${countOf(reserves.uncounted.length, 'balance')} of wallets not shown`);
  lines.push(...mappingLines(reserves));
  if (recheck === undefined || !binding.ok) lines.push('To ask the chains yourself, give --rpc.');
  else lines.push(...recheckLines(recheck, binding.report, colors));
  return lines;
}

function tipLines({ tips }: VerifiedReserves): string[] {
  return tips.map(({ network, entryCount, from, to }) => {
    const count = `of these, ${countOf(entryCount, 'balance')} on ${network}`;
    if (from === to) return `${count} at the later block ${from}, since the source knows no earlier one`;
    return `${count} at later blocks, ${from} to ${to}: coins that moved between them can be there twice`;
  });
}

// The exchange chose them, and only the chains know how near they are to the time of the snapshot and to each other.
function blockLines(binding: FullReportOutcome['binding'], { assets }: VerifiedReserves): string[] {
  if (!binding.ok) return [];
  const counted = new Set(assets.flatMap(({ parts }) => parts.map(({ network }) => network)));
  const blocks = binding.report.blocks.filter(({ network }) => counted.has(network));
  return blocks.map(({ network, height, hash }) => `block ${height} of ${network}: ${hash}`);
}

// Which tokens count as which assets is the exchange's own claim: all of it is shown. So are coins of networks that have
// another network's asset as their own: what is there is what a bridge has promised.
function mappingLines({ assets }: VerifiedReserves): string[] {
  return assets.flatMap(({ asset, parts }) =>
    parts.flatMap(({ network, token, total }) => {
      if (token === null && homeNetworkIdOf(asset) === network) return [];
      return [`${grouped(total)} of ${token ?? 'the own coin'} on ${network} counted as ${escapeUnsafe(asset)}`];
    }),
  );
}

function ratioLines({ ratio }: FullReportOutcome, { colors, prices }: PageOptions): string[] {
  const title = 'Reserves against liabilities';
  if (!('ratios' in ratio)) return [title, rejectionLine(ratio)];
  const lines = [title, ratioTable(ratio.ratios, colors)];
  const short = ratio.ratios.filter(({ covered }) => !covered);
  for (const { asset, percent, shortfall } of short) {
    const line = `${escapeUnsafe(asset)}: only ${percent}, ${quantityText(shortfall)} less than is owed`;
    lines.push(colors.bold(colors.red(line)));
  }
  if (short.length === 0) lines.push(colors.bold(colors.green('Every asset is covered.')));
  if (!ratio.ok) lines.push(rejectionLine(ratio));
  if (prices !== undefined) lines.push(...valuationLines(ratio.ratios, prices));
  return lines;
}

function ratioTable(ratios: readonly AssetRatio[], colors: Colors): string {
  const table = new Table({
    head: ['asset', 'owed', 'held', 'ratio'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { asset, liabilities, reserves, percent, covered } of ratios) {
    const shown = percent ?? 'none owed';
    table.push([asset, grouped(liabilities), grouped(reserves), covered ? shown : colors.red(shown)]);
  }
  return table.toString();
}

/** Decimal text with commas between the thousands and without zeros at the end: `1,234.5`. */
export function grouped(quantity: Quantity): string {
  const [whole, fraction = ''] = quantityText(quantity).split('.');
  const shown = fraction.replace(/0+$/, '');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return shown === '' ? digits : `${digits}.${shown}`;
}

function rejectionLine({ step, code, detail }: Rejection): string {
  return code === 'not-checked' ? detail : `rejected at ${step}, ${code}: ${escapeUnsafe(detail)}`;
}

const limitLines = [
  'Not shown by any of this: debts of the exchange to others, claims of others to the same coins, and what happened before and',
  'after the snapshot.',
];
