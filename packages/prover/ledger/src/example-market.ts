/**
 * The assets of the invented exchange.
 */
import type { Asset } from '@solvent/report-format/assets';

/** An asset of the example. */
export interface MarketAsset extends Asset {
  /** How often accounts hold it, in relation to the others. */
  readonly popularity: number;
  /** A usual balance in units: half of the ordinary balances are smaller. */
  readonly median: bigint;
}

function marketAsset(symbol: string, decimals: number, popularity: number, medianText: number): MarketAsset {
  return { symbol, decimals, popularity, median: BigInt(Math.round(medianText * 10 ** decimals)) };
}

/** The example's 22 assets, in no order. */
export const market: readonly MarketAsset[] = [
  marketAsset('BTC', 8, 240, 0.004),
  marketAsset('ETH', 8, 220, 0.05),
  marketAsset('USDT', 6, 400, 90),
  marketAsset('USDC', 6, 60, 60),
  marketAsset('XRP', 6, 70, 150),
  marketAsset('DOGE', 8, 90, 600),
  marketAsset('SOL', 8, 80, 1.5),
  marketAsset('OKB', 8, 60, 2),
  marketAsset('APT', 8, 20, 8),
  marketAsset('DASH', 8, 6, 1),
  marketAsset('DOT', 10, 40, 12),
  marketAsset('ELF', 8, 5, 120),
  marketAsset('EOS', 4, 25, 60),
  marketAsset('ETC', 8, 30, 3),
  marketAsset('FIL', 8, 35, 10),
  marketAsset('LINK', 8, 30, 5),
  marketAsset('LTC', 8, 35, 0.8),
  marketAsset('OKT', 8, 12, 1),
  marketAsset('PEOPLE', 8, 10, 2500),
  marketAsset('TON', 8, 30, 15),
  marketAsset('TRX', 6, 60, 700),
  marketAsset('UNI', 8, 25, 6),
];
