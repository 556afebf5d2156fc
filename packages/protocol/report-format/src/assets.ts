/**
 * The list of assets of a report: each has a symbol and a precision, and its index is its position counted from 1
 * (spec §4.1); as a file of its own, spec §10.2.
 */
import { maxAssetCount } from '@solvent/stark/table';
import { assertDecimals, quoteExcerpt } from './amounts.js';
import { withoutByteOrderMark } from './utf8.js';

/** An asset that a report lists. */
export interface Asset {
  /** 1 to 32 printable ASCII characters (`!` to `~`) without `"`, `'` and `,`. Case matters. */
  readonly symbol: string;
  /** The precision of the report for this asset, 0 to 18: amounts count units of 10^−decimals. */
  readonly decimals: number;
}

/** The most characters that a symbol can have; each is one byte. */
export const maxSymbolSize = 32;

// 0x21 to 0x7e without 0x22 ("), 0x27 (') and 0x2c (,): such a symbol needs no quoting in CSV, JSON or a shell's word list.
const symbolPattern = /^[!#-&(-+\--~]{1,32}$/;

/**
 * Throws unless the value is a list of assets as a report has it: 1 to 4096 assets, sorted by the bytes of their symbols,
 * none twice.
 *
 * @throws TypeError for a wrong type or a missing or unknown field, RangeError for a value out of range; the message
 *   names the position (from 0) and the field, as in `assets[3].decimals`
 */
export function assertAssets(list: unknown): asserts list is readonly Asset[] {
  assertEachAsset(list);
  for (let i = 1; i < list.length; i++) {
    const [before, symbol] = [list[i - 1].symbol, list[i].symbol];
    if (before < symbol) continue;
    const found = `${quoteExcerpt(symbol)} after ${quoteExcerpt(before)}`;
    throw new RangeError(`assets[${i}].symbol: expected symbols in byte order, each once, got ${found}`);
  }
}

/** What is wrong with a list of assets as a report has it, in words, or undefined. */
export function findAssetsFault(list: unknown): string | undefined {
  try {
    assertAssets(list);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return error.message;
    throw error;
  }
}

/**
 * A new list with the same assets, sorted by the bytes of their symbols.
 *
 * @throws as `assertAssets`, except that any order is fine; a symbol that is there twice is a RangeError
 */
export function sortAssets(list: readonly Asset[]): Asset[] {
  assertEachAsset(list);
  const positions = new Map<string, number>();
  for (const [i, { symbol }] of list.entries()) {
    const first = positions.get(symbol);
    if (first !== undefined) {
      throw new RangeError(
        `assets[${i}].symbol: expected each symbol once, got ${quoteExcerpt(symbol)} as in assets[${first}]`,
      );
    }
    positions.set(symbol, i);
  }
  // Symbols are ASCII, so the order of UTF-16 code units is the order of UTF-8 bytes.
  const copies = list.map(({ symbol, decimals }) => ({ symbol, decimals }));
  return copies.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

/**
 * The sorted list of assets in a JSON text such as `[{"symbol": "BTC", "decimals": 8}]`, given in any order.
 *
 * @throws RangeError when the text is not JSON, and otherwise as `sortAssets`
 */
export function parseAssetsJson(text: string): Asset[] {
  if (typeof text !== 'string') throw new TypeError(`assets: expected a string, got ${typeof text}`);
  return sortAssets(parseJson(withoutByteOrderMark(text)) as readonly Asset[]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const cause = quoteExcerpt(error instanceof Error ? error.message : String(error));
    throw new RangeError(`assets: expected a JSON list of {"symbol", "decimals"}, got text that is not JSON: ${cause}`);
  }
}

function assertEachAsset(list: unknown): asserts list is readonly Asset[] {
  if (!Array.isArray(list)) throw new TypeError(`assets: expected a list, got ${describeType(list)}`);
  if (list.length < 1 || list.length > maxAssetCount) {
    throw new RangeError(`assets: expected 1 to ${maxAssetCount} assets, got ${list.length}`);
  }
  for (let i = 0; i < list.length; i++) assertAsset(list[i], `assets[${i}]`);
}

function assertAsset(asset: unknown, where: string): asserts asset is Asset {
  if (typeof asset !== 'object' || asset === null || Array.isArray(asset)) {
    throw new TypeError(`${where}: expected an object with symbol and decimals, got ${describeType(asset)}`);
  }
  for (const field of ['symbol', 'decimals']) {
    if (!Object.hasOwn(asset, field)) throw new TypeError(`${where}.${field}: expected a value, got none`);
  }
  for (const field of Object.keys(asset)) {
    if (field === 'symbol' || field === 'decimals') continue;
    throw new TypeError(`${where}: expected only symbol and decimals, got the field ${quoteExcerpt(field)}`);
  }
  const { symbol, decimals } = asset as { symbol: unknown; decimals: unknown };
  assertSymbol(symbol, `${where}.symbol`);
  if (typeof decimals !== 'number') {
    throw new TypeError(`${where}.decimals: expected a number, got ${describeType(decimals)}`);
  }
  assertDecimals(decimals, `${where}.decimals`);
}

function assertSymbol(symbol: unknown, where: string): asserts symbol is string {
  if (typeof symbol !== 'string') throw new TypeError(`${where}: expected a string, got ${describeType(symbol)}`);
  if (symbolPattern.test(symbol)) return;
  const expected = `1 to ${maxSymbolSize} printable ASCII characters without space, quote or comma`;
  throw new RangeError(`${where}: expected ${expected}, got ${quoteExcerpt(symbol)}`);
}

function describeType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}
