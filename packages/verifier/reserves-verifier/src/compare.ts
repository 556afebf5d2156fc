/** Reserves against liabilities, per asset and exactly (spec §14.4). */
import { excess, isAtLeast, percentText, type Quantity, type Ratio, ratioOf } from '@solvent/report-format/fraction';
import type { AssetReserves } from './verify-reserves.js';

/** What is owed of an asset: the proven total. */
export interface AssetLiabilities {
  readonly symbol: string;
  readonly decimals: number;
  readonly total: bigint;
}

/** One asset's line of the report. */
export interface AssetRatio {
  readonly asset: string;
  readonly liabilities: Quantity;
  readonly reserves: Quantity;
  /** reserves / liabilities, exactly; its denominator is 0 when nothing is owed. */
  readonly ratio: Ratio;
  /** The ratio rounded down to 2 decimals, such as `105.00 %`; undefined when nothing is owed. */
  readonly percent: string | undefined;
  /** Whether the reserves are at least what is owed. */
  readonly covered: boolean;
  /** What is owed beyond the reserves; 0 units when covered. */
  readonly shortfall: Quantity;
}

const whole: Ratio = { numerator: 1n, denominator: 1n };

/**
 * The ratio of every asset that is owed, in the order of the liabilities. An asset without reserves has ratio 0; reserves
 * of assets that are not owed are not in the result.
 */
export function compareReserves(
  liabilities: readonly AssetLiabilities[],
  reserves: readonly AssetReserves[],
): AssetRatio[] {
  const held = new Map(reserves.map(({ asset, total }) => [asset, total]));
  return liabilities.map(({ symbol, decimals, total }) => {
    const owed: Quantity = { units: total, decimals };
    const there = held.get(symbol) ?? { units: 0n, decimals };
    const ratio = ratioOf(there, owed);
    const shortfall = excess(owed, there);
    return {
      asset: symbol,
      liabilities: owed,
      reserves: there,
      ratio,
      percent: percentText(ratio),
      covered: isAtLeast(ratio, whole),
      shortfall,
    };
  });
}

/** The assets whose ratio is under a bound. */
export function findUnder(ratios: readonly AssetRatio[], bound: Ratio): AssetRatio[] {
  return ratios.filter(({ ratio }) => !isAtLeast(ratio, bound));
}
