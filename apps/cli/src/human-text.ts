/** Counts, sizes, times and tables for people. */

import { formatAmount } from '@solvent/report-format/amounts';
import type { Asset } from '@solvent/report-format/assets';
import Table from 'cli-table3';

/** A count with commas between the thousands: `120,804`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A count and what is counted: `1 account`, `3 accounts`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : `${noun}s`}`;
}

/** A number of bytes: `571 B`, `5.7 KiB`, `571 KiB`. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < sizeUnits.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${sizeUnits[unit]}`;
}

const sizeUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A span of time: `250 ms`, `2.5 s`, `3 min 05 s`, `2 h 04 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(Math.floor(milliseconds / 100) / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  const [unit, size, part] = seconds < 3600 ? ['min', 60, 's'] : ['h', 3600, 'min'];
  const rest = String(Math.floor((seconds % Number(size)) / (Number(size) / 60))).padStart(2, '0');
  return `${Math.floor(seconds / Number(size))} ${unit} ${rest} ${part}`;
}

/** A table of amounts in units, one line for each asset, in decimals of that asset, the points below each other. */
export function amountTable(title: string, assets: readonly Asset[], amounts: readonly bigint[]): string {
  const table = new Table({
    head: ['asset', title],
    colAligns: ['left', 'right'],
    style: { head: [], border: [], compact: true },
  });
  const fractionSize = Math.max(...assets.map(({ decimals }) => fractionLength(decimals)));
  assets.forEach(({ symbol, decimals }, i) => {
    const missing = fractionSize - fractionLength(decimals);
    table.push([symbol, formatAmount(amounts[i], decimals) + ' '.repeat(missing)]);
  });
  return `${table.toString()}\n`;
}

// With the point, where there is one.
function fractionLength(decimals: number): number {
  return decimals === 0 ? 0 : decimals + 1;
}
