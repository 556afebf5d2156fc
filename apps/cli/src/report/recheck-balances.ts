/** Asks the chains again for the balances of a report, by sources that the caller chose (spec §14.3). */
import { type RecheckedReserves, recheckReserves } from '@solvent/balances/recheck-reserves';
import type { NetworkSources } from '@solvent/balances/source-settings';
import { quantityText } from '@solvent/report-format/fraction';
import { findNetwork } from '@solvent/report-format/networks/networks';
import { decodeReserves, type ReservesEntry, reservesFileName } from '@solvent/report-format/reserves';
import type { BoundReport } from '@solvent/report-verifier/verify-binding';
import { countOf } from '../human-text.js';
import { interruptible } from '../interruption.js';
import { escapeUnsafe, type Terminal } from '../terminal.js';

/** Compares all balances of a report. What a source cannot say stays unchecked, and is no agreement. */
export async function recheckBalances(
  { report, contents }: BoundReport,
  sources: readonly NetworkSources[],
): Promise<RecheckedReserves> {
  const decoded = decodeReserves(contents.get(reservesFileName) ?? new Uint8Array(0));
  if (!decoded.ok) return { sameCount: 0, differences: [], unchecked: [] };
  const { entries } = decoded.value;
  return interruptible((signal) => recheckReserves({ entries, tokens: report.tokens, sources, signal }));
}

/** Whether the chains were asked for everything, and agree with everything. */
export function chainsAgree({ differences, unchecked }: RecheckedReserves): boolean {
  return differences.length === 0 && unchecked.length === 0;
}

const shownCount = 20;

/** What a page says of it. */
export function recheckLines(
  recheck: RecheckedReserves,
  report: BoundReport['report'],
  colors: Terminal['colors'],
): string[] {
  const { sameCount, differences, unchecked } = recheck;
  const bad = (text: string) => colors.bold(colors.red(text));
  const lines = [`The chains were asked again: ${countOf(sameCount, 'balance')} as the exchange says.`];
  for (const { entry, found } of differences.slice(0, shownCount)) {
    const amount = ({ units }: ReservesEntry) =>
      quantityText({ units: BigInt(units), decimals: decimalsOf(entry, report) });
    const what = `${entry.token ?? 'its own asset'} at ${entry.address} on ${entry.network}`;
    lines.push(bad(`${escapeUnsafe(what)}: the report says ${amount(entry)}, the chain ${amount(found)}`));
  }
  if (differences.length > shownCount)
    lines.push(bad(`and ${countOf(differences.length - shownCount, 'other balance')}`));
  for (const { entries, reason } of unchecked.slice(0, shownCount)) {
    lines.push(bad(`${countOf(entries.length, 'balance')} not compared: ${escapeUnsafe(reason)}`));
  }
  if (unchecked.length > shownCount) lines.push(bad('and others, for other reasons'));
  return lines;
}

function decimalsOf({ network, token }: ReservesEntry, { tokens }: BoundReport['report']): number {
  if (token === null) return findNetwork(network)?.nativeDecimals ?? 0;
  return tokens.find((one) => one.network === network && one.token === token)?.decimals ?? 0;
}
