/** What `wallets balances` prints: of each network the block, and whether the balances are of it. */
import type { ReservesEntry } from '@solvent/report-format/reserves';
import { countOf } from '../human-text.js';
import type { WrittenBalances } from './balances-file.js';

/** One line for each network, and one for each that could not be asked for its past. */
export function describeBalances({ out, entries, blocks }: WrittenBalances): string {
  const lines = [`${out}: ${countOf(entries.length, 'balance')}`];
  for (const { network, height, hash } of blocks) {
    const found = entries.filter((entry) => entry.network === network);
    lines.push(`  ${network}, block ${height} ${hash}: ${countOf(found.length, 'balance')} by ${sourcesOf(found)}`);
    const later = found.filter(({ at }) => at === 'tip');
    if (later.length > 0) lines.push(`    ${countOf(later.length, 'balance')} of a later block: ${tipsOf(later)}`);
  }
  return `${lines.join('\n')}\n`;
}

function sourcesOf(entries: readonly ReservesEntry[]): string {
  return [...new Set(entries.map(({ source }) => source))].join(' and ');
}

function tipsOf(entries: readonly ReservesEntry[]): string {
  const tips = new Set(entries.map(({ height, blockHash }) => `${height} ${blockHash}`));
  return `${[...tips].join(', ')} (the node does not know the past)`;
}
