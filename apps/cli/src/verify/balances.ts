/** The balances that an account holder has, from a file or from the command line: decimal text, by symbol. */
import { extname } from 'node:path';
import { readCsvRows } from '@solvent/ledger/csv-rows';
import { LedgerError } from '@solvent/ledger/ledger-error';
import { AmountError, parseAmount, quoteExcerpt } from '@solvent/report-format/amounts';
import { type Asset, maxSymbolSize } from '@solvent/report-format/assets';
import { maxAssetDecimals } from '@solvent/stark/table';
import { readInputText } from '../files/bounded-file.js';
import { InputError } from '../input-error.js';

/** Balances as they were given, with the place of each for error messages. */
export type GivenBalances = ReadonlyMap<string, { readonly text: string; readonly where: string }>;

const maxBalancesFileSize = 2 ** 20;

/** The balances of options such as `BTC=0.5`. Throws an InputError for another form, or a symbol that is there twice. */
export function parseBalanceOptions(options: readonly string[]): GivenBalances {
  const balances = createCollector();
  for (const option of options) {
    const end = option.lastIndexOf('=');
    const where = `--balance ${quoteExcerpt(option)}`;
    if (end < 1) throw new InputError(`${where}: expected SYMBOL=AMOUNT, such as BTC=0.5`);
    balances.add(option.slice(0, end), option.slice(end + 1), where);
  }
  return balances.all;
}

/**
 * The balances of a file: CSV with the header `asset,balance`, or JSON such as `{"BTC": "0.5"}`; the ending says which.
 *
 * @throws InputError or LedgerError that names the place
 */
export async function readBalancesFile(path: string): Promise<GivenBalances> {
  const ending = extname(path).toLowerCase();
  if (ending === '.csv') return readBalancesCsv(path);
  if (ending === '.json') return readBalancesJson(path);
  throw new InputError(`${path}: expected a balances file that ends in .csv or .json`);
}

async function readBalancesCsv(path: string): Promise<GivenBalances> {
  const balances = createCollector();
  let header: readonly string[] | undefined;
  await readCsvRows(path, ({ fields, line }) => {
    if (header === undefined) {
      header = fields;
      if (fields.join(',') !== 'asset,balance') {
        const found = quoteExcerpt(fields.join(','));
        throw new LedgerError({ file: path, line, expected: 'the header asset,balance', found });
      }
    } else if (fields.length !== 2) {
      throw new LedgerError({ file: path, line, expected: '2 fields', found: String(fields.length) });
    } else {
      balances.add(fields[0], fields[1], `${path}: line ${line}`);
    }
  });
  if (header === undefined) throw new InputError(`${path}: expected the header asset,balance, got an empty file`);
  return balances.all;
}

async function readBalancesJson(path: string): Promise<GivenBalances> {
  const text = await readInputText(path, maxBalancesFileSize);
  const form = 'a JSON object of amounts in quotes, such as {"BTC": "0.5"}';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new InputError(`${path}: expected ${form}, got text that is not JSON`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new InputError(`${path}: expected ${form}`);
  }
  const balances = createCollector();
  for (const [symbol, amount] of Object.entries(parsed)) {
    const where = `${path}: ${quoteExcerpt(symbol)}`;
    if (typeof amount !== 'string')
      throw new InputError(`${where}: expected an amount in quotes, got ${typeof amount}`);
    balances.add(symbol, amount, where);
  }
  return balances.all;
}

function createCollector() {
  const all = new Map<string, { text: string; where: string }>();
  const add = (symbol: string, text: string, where: string) => {
    if (symbol.length > maxSymbolSize)
      throw new InputError(`${where}: expected a symbol of at most ${maxSymbolSize} characters`);
    if (all.has(symbol)) throw new InputError(`${where}: expected each asset once, got ${quoteExcerpt(symbol)} twice`);
    all.set(symbol, { text, where });
  };
  return { all, add };
}

/**
 * Given balances in units of the report's assets. An asset that the report does not list is read in the finest
 * precision: the report counts 0 of it, and only 0 can equal that.
 *
 * @throws InputError for text that is not an amount in the asset's precision
 */
export function balancesInUnits(given: GivenBalances, assets: readonly Asset[]): Map<string, bigint> {
  const decimals = new Map(assets.map((asset) => [asset.symbol, asset.decimals]));
  const units = new Map<string, bigint>();
  for (const [symbol, { text, where }] of given) {
    try {
      units.set(symbol, parseAmount(text, decimals.get(symbol) ?? maxAssetDecimals));
    } catch (error) {
      if (!(error instanceof AmountError)) throw error;
      throw new InputError(`${where}: expected ${error.expected}, got ${error.found}`);
    }
  }
  return units;
}
