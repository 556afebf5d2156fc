/**
 * Invented ledgers that look like an exchange's, for the demonstration, benchmarks and tests. They say nothing about
 * anybody.
 *
 * Everything is a function of the seed, in arithmetic that gives the same bits on every machine; a shorter ledger is the
 * beginning of a longer one with the same seed.
 */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatAmount } from '@solvent/report-format/amounts';
import { type Asset, sortAssets } from '@solvent/report-format/assets';
import { type MarketAsset, market } from './example-market.js';
import { createExchangeAccounts, exchangeIdDigits } from './exchange-accounts.js';
import { exchangeCsvBlocks } from './exchange-csv.js';
import type { AccountBalances } from './ledger.js';
import { type Random, uniformBelow } from './random.js';
import { seededRandom } from './testing.js';

/** The size of a ledger that an exchange reported on. Its table has 2^17 rows. */
export const exampleAccountCount = 120_804;

/** The seed of the bundled example. */
export const exampleSeed = 'solvent example';

/** The example's 22 assets, sorted. */
export const exampleAssets: readonly Asset[] = sortAssets(market.map(({ symbol, decimals }) => ({ symbol, decimals })));

/**
 * Which exchange is invented: `demonstration` has 2.1 balances an account, `exchange` 3.0 and is drawn fast enough for
 * tens of millions of accounts. A seed gives unrelated ledgers in the two.
 */
export type ExampleProfile = 'demonstration' | 'exchange';

/** The accounts of the example one by one, as `createLedger` takes them. */
export function exampleAccounts(
  seed: string,
  count: number,
  profile: ExampleProfile = 'demonstration',
): Generator<AccountBalances, void, undefined> {
  return profile === 'exchange' ? exchangeAccounts(seed, count) : demonstrationAccounts(seed, count);
}

function* demonstrationAccounts(seed: string, count: number): Generator<AccountBalances, void, undefined> {
  const random = seededRandom(`example ledger ${seed}`);
  for (let i = 1; i <= count; i++) {
    const held = drawMarketAssets(random, drawAssetCount(random));
    yield {
      id: exampleId(i, idDigits),
      balances: held.map((asset) => [asset.symbol, drawUnits(random, asset.median)] as const),
    };
  }
}

function* exchangeAccounts(seed: string, count: number): Generator<AccountBalances, void, undefined> {
  const nextAccount = createExchangeAccounts(seed);
  for (let i = 1; i <= count; i++) {
    const { count: held, assets, units } = nextAccount();
    const entries = [...assets.subarray(0, held).entries()];
    yield {
      id: exampleId(i, exchangeIdDigits),
      balances: entries.map(([j, asset]) => [market[asset].symbol, BigInt(units[j])] as const),
    };
  }
}

const idDigits = 7;

function exampleId(i: number, digits: number): string {
  return `user-${String(i).padStart(digits, '0')}`;
}

/** What to write, and where. */
export interface ExampleFiles {
  readonly accountsFile: string;
  readonly assetsFile: string;
  /** How many accounts, 120,804 unless given. */
  readonly count?: number | undefined;
  readonly seed?: string | undefined;
  /** `demonstration` unless given. */
  readonly profile?: ExampleProfile | undefined;
}

/** Writes the example as a long CSV file and its list of assets as JSON. Both are streamed: any count works. */
export async function writeExampleLedger(files: ExampleFiles): Promise<void> {
  const { accountsFile, assetsFile, count = exampleAccountCount, seed = exampleSeed, profile } = files;
  const list = market.map(({ symbol, decimals }) => `  ${JSON.stringify({ symbol, decimals })}`).join(',\n');
  await pipeline(Readable.from([`[\n${list}\n]\n`]), createWriteStream(assetsFile));
  const blocks = profile === 'exchange' ? exchangeCsvBlocks(seed, count) : csvBlocks(exampleAccounts(seed, count));
  await pipeline(Readable.from(blocks), createWriteStream(accountsFile));
}

const blockSize = 1 << 16;

function* csvBlocks(accounts: Iterable<AccountBalances>): Generator<string, void, undefined> {
  const decimals = new Map(market.map((asset) => [asset.symbol, asset.decimals]));
  let block = 'account_id,asset,balance\n';
  for (const { id, balances } of accounts) {
    let rows = 0;
    for (const [symbol, units] of balances) {
      block += `${id},${symbol},${formatAmount(units, decimals.get(symbol)!)}\n`;
      rows++;
    }
    // A long file can only name an account that holds nothing by a balance of zero.
    if (rows === 0) block += `${id},USDT,${formatAmount(0n, decimals.get('USDT')!)}\n`;
    if (block.length < blockSize) continue;
    yield block;
    block = '';
  }
  yield block;
}

// Of 1,000 accounts 50 are empty, 904 hold one to four assets, 40 five to eight and 6 up to all of them. So 1,000 accounts
// take about 1,060 rows, and the full example keeps within 2^17.
function drawAssetCount(random: Random): number {
  const draw = uniformBelow(random, 1000);
  if (draw < 50) return 0;
  if (draw < 450) return 1;
  if (draw < 720) return 2;
  if (draw < 860) return 3;
  if (draw < 954) return 4;
  return draw < 994 ? 5 + uniformBelow(random, 4) : 9 + uniformBelow(random, market.length - 8);
}

// Without repetition, the popular ones more often.
function drawMarketAssets(random: Random, count: number): MarketAsset[] {
  const left = market.slice();
  const chosen: MarketAsset[] = [];
  while (chosen.length < count) {
    let draw = uniformBelow(
      random,
      left.reduce((sum, { popularity }) => sum + popularity, 0),
    );
    const next = left.findIndex(({ popularity }) => {
      draw -= popularity;
      return draw < 0;
    });
    chosen.push(...left.splice(next, 1));
  }
  return chosen;
}

// Of 1,000 balances 120 are dust, 2 are a whale's, and all others are spread about the median like a log-normal law.
function drawUnits(random: Random, median: bigint): bigint {
  const draw = uniformBelow(random, 1000);
  if (draw < 120) return BigInt(1 + uniformBelow(random, 1000));
  const units = scaleByPowerOfTwo(median, 3.2 * drawNormal(random));
  return draw < 122 ? units * BigInt(200 + uniformBelow(random, 4000)) : units;
}

const uniformBytes = new Uint8Array(16);

// Nearly normal with mean 0 and variance 1: the sum of eight uniform draws of 16 bits. It keeps within ±5.
function drawNormal(random: Random): number {
  random.fill(uniformBytes);
  const sum = uniformBytes.reduce((total, byte, i) => total + (i % 2 === 0 ? byte : byte * 256), 0) / 65_536;
  return (sum - 4) * 1.224_744_871_391_589;
}

// About value · 2^exponent, at least 1. Between powers of two it is a straight line: no function of the mathematics
// library, whose last bit may differ between machines.
function scaleByPowerOfTwo(value: bigint, exponent: number): bigint {
  const whole = Math.floor(exponent);
  const scaled = value * BigInt(Math.floor((1 + exponent - whole) * 2 ** 20));
  const shifted = (scaled << 20n) >> BigInt(40 - whole);
  return shifted > 0n ? shifted : 1n;
}
