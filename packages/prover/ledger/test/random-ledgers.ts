/** Ledgers of a given shape, for tests of the planner and the placement. */
import { amountBound } from '@solvent/report-format/amounts';
import type { Asset } from '@solvent/report-format/assets';
import { createLedger, type Ledger } from '../src/ledger.js';
import { type Random, uniformBelow } from '../src/random.js';

/** Assets A0000, A0001, …, already sorted. */
export function numberedAssets(count: number): Asset[] {
  return Array.from({ length: count }, (_, i) => ({ symbol: `A${String(i).padStart(4, '0')}`, decimals: 8 }));
}

/** A ledger in which account i holds the assets (positions from 0) of `holdings[i]`, with any amounts but zero. */
export function ledgerOfHoldings(assetCount: number, holdings: readonly (readonly number[])[], random: Random): Ledger {
  const assets = numberedAssets(assetCount);
  const accounts = holdings.map((held, i) => ({
    id: `user-${i}`,
    balances: held.map((asset) => [assets[asset].symbol, drawUnits(random)] as const),
  }));
  return createLedger(assets, accounts);
}

/** Different assets, ascending, `count` of them. */
export function drawAssets(assetCount: number, count: number, random: Random): number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(uniformBelow(random, assetCount));
  return [...chosen].sort((a, b) => a - b);
}

// Every size from one unit to 2^70 − 1 is as likely as any other.
function drawUnits(random: Random): bigint {
  const bits = BigInt(uniformBelow(random, 70));
  const high = BigInt(uniformBelow(random, 2 ** 32)) << 38n;
  const units = (1n << bits) | ((high | BigInt(uniformBelow(random, 2 ** 32))) & ((1n << bits) - 1n));
  return units < amountBound ? units : amountBound - 1n;
}
