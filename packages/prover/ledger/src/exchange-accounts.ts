/**
 * The accounts of a larger invented exchange, for benchmarks: 3 balances an account, and drawn fast enough for tens of
 * millions. It says nothing about anybody.
 */
import { type MarketAsset, market } from './example-market.js';
import { seededRandom } from './testing.js';
import { createFastDraws, type FastDraws } from './xoshiro.js';

/** An account's id is `user-` and its number, from 1, in so many digits. */
export const exchangeIdDigits = 8;

/** One account; the next one overwrites it. */
export interface DrawnAccount {
  /** How many balances it has; so many elements of the arrays are its own. */
  count: number;
  /** Positions in `market`, each once, in any order. */
  readonly assets: Uint8Array;
  /** Balances in units, 1 to 2^53 − 1. */
  readonly units: Float64Array;
}

/** Gives the accounts one by one, always in the same object. */
export function createExchangeAccounts(seed: string): () => DrawnAccount {
  const draws = createFastDraws(seededRandom(`exchange ledger ${seed}`));
  const account = { count: 0, assets: new Uint8Array(market.length), units: new Float64Array(market.length) };
  const medians = Float64Array.from(market, ({ median }) => Number(median));
  return () => {
    account.count = drawAssetCount(draws);
    for (let i = 0, held = 0; i < account.count; i++) {
      let asset = drawAsset(draws);
      while ((held & (1 << asset)) !== 0) asset = drawAsset(draws);
      held |= 1 << asset;
      account.assets[i] = asset;
      account.units[i] = drawUnits(draws, medians[asset]);
    }
    return account;
  };
}

// Of 1,000 accounts 60 are empty, 830 hold one to four assets, 95 five to eight and 15 up to all of them: 3.0 on average,
// in 1,144 rows.
function drawAssetCount(draws: FastDraws): number {
  const draw = draws.below(1000);
  if (draw < 60) return 0;
  if (draw < 240) return 1;
  if (draw < 450) return 2;
  if (draw < 660) return 3;
  if (draw < 890) return 4;
  return draw < 985 ? 5 + draws.below(4) : 9 + draws.below(market.length - 8);
}

// Each asset as often as it is popular.
const wheel = Uint8Array.from(market.flatMap(({ popularity }: MarketAsset, i) => Array<number>(popularity).fill(i)));

function drawAsset(draws: FastDraws): number {
  return wheel[draws.below(wheel.length)];
}

const largestUnits = Number.MAX_SAFE_INTEGER;
const smallestExponent = -17;
const powersOfTwo = Float64Array.from({ length: 2 - 2 * smallestExponent }, (_, i) => 2 ** (i + smallestExponent));

// As in the small example: of 1,000 balances 120 are dust, 2 are a whale's, and the others are spread about the median.
function drawUnits(draws: FastDraws, median: number): number {
  const draw = draws.below(1000);
  if (draw < 120) return 1 + draws.below(1000);
  const exponent = 3.2 * drawNormal(draws);
  const whole = Math.floor(exponent);
  const units = Math.floor(median * (1 + exponent - whole) * powersOfTwo[whole - smallestExponent]);
  const scaled = draw < 122 ? units * (200 + draws.below(4000)) : units;
  return Math.min(largestUnits, Math.max(1, scaled));
}

// Nearly normal with mean 0 and variance 1: the sum of eight uniform draws of 16 bits. It keeps within ±5.
function drawNormal(draws: FastDraws): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const word = draws.word();
    sum += (word & 0xffff) + (word >>> 16);
  }
  return (sum / 65_536 - 4) * 1.224_744_871_391_589;
}
