/** A valuation by prices that somebody states: outside the proof, and marked so (spec §14.4). */
import { addQuantities, type Quantity } from '@solvent/report-format/fraction';
import { maxFractionDigits, parseDecimal } from '@solvent/report-format/wallets/decimal';
import type { AssetRatio } from '@solvent/reserves-verifier/compare';
import { readInputText } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';
import { escapeUnsafe } from '../terminal.js';

/** Prices of one unit of each asset. */
export interface Prices {
  readonly currency: string;
  /** In units of 10^−30 of the currency, by symbol. */
  readonly priceOf: ReadonlyMap<string, bigint>;
}

const maxPricesFileSize = 2 ** 20;

/**
 * Reads prices such as `{"currency": "USD", "prices": {"BTC": "97012.5"}}`.
 *
 * @throws InputError that names the place
 */
export async function readPrices(path: string): Promise<Prices> {
  const value = parseJson(path, await readInputText(path, maxPricesFileSize));
  const { currency, prices, ...rest } = value as Record<string, unknown>;
  const isRecord = typeof prices === 'object' && prices !== null && !Array.isArray(prices);
  if (typeof currency !== 'string' || !/^[A-Z]{3,8}$/.test(currency) || !isRecord || Object.keys(rest).length > 0) {
    throw new InputError(`${path}: expected {"currency": "USD", "prices": {"BTC": "97012.5", …}}`);
  }
  const priceOf = new Map<string, bigint>();
  for (const [symbol, text] of Object.entries(prices)) {
    const price = typeof text === 'string' ? parseDecimal(text) : undefined;
    if (price === undefined) throw new InputError(`${path}: ${escapeUnsafe(symbol)}: expected a price in quotes`);
    priceOf.set(symbol, price);
  }
  return { currency, priceOf };
}

function parseJson(path: string, text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below.
  }
  throw new InputError(`${path}: expected a JSON object`);
}

/** What a page says of value: the sums over assets with a price, and which assets have none. */
export function valuationLines(ratios: readonly AssetRatio[], { currency, priceOf }: Prices): string[] {
  const priced = ratios.filter(({ asset }) => priceOf.has(asset));
  const sum = (quantityOf: (line: AssetRatio) => Quantity) =>
    priced
      .map((line) => worthOf(quantityOf(line), priceOf.get(line.asset)!))
      .reduce(addQuantities, { units: 0n, decimals: 0 });
  const without = ratios.filter(({ asset }) => !priceOf.has(asset)).map(({ asset }) => escapeUnsafe(asset));
  const lines = [
    `At the prices that you gave, which are no part of the proof: owed ${wholeText(sum(({ liabilities }) => liabilities))}` +
      ` ${currency}, held ${wholeText(sum(({ reserves }) => reserves))} ${currency}`,
  ];
  if (without.length > 0) lines.push(`Without a price, and not in these sums: ${without.join(', ')}`);
  return lines;
}

function worthOf({ units, decimals }: Quantity, price: bigint): Quantity {
  return { units: units * price, decimals: decimals + maxFractionDigits };
}

// Rounded down to whole units of the currency.
function wholeText({ units, decimals }: Quantity): string {
  return (units / 10n ** BigInt(decimals)).toString().replace(/\B(?=(\d{3})+$)/g, ',');
}
