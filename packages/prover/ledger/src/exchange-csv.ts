/**
 * The larger invented exchange as a long CSV file, in bytes.
 */
import { market } from './example-market.js';
import { createExchangeAccounts, exchangeIdDigits } from './exchange-accounts.js';

const blockSize = 1 << 20;
/** More than the rows of one account can take. */
const largestAccount = 2048;

const zero = 0x30;
const comma = 0x2c;
const point = 0x2e;
const lineFeed = 0x0a;

const symbols = market.map(({ symbol }) => Buffer.from(symbol));
/** The asset that an account without balances has 0 of, since a long file has no other way to name it. */
const emptyAsset = market.findIndex(({ symbol }) => symbol === 'USDT');

// A block that is being filled, and how far.
interface Page {
  readonly bytes: Buffer;
  end: number;
}

/** The file in blocks of up to 1 MiB. */
export function* exchangeCsvBlocks(seed: string, count: number): Generator<Buffer, void, undefined> {
  const nextAccount = createExchangeAccounts(seed);
  let page = createPage();
  page.end = page.bytes.write('account_id,asset,balance\n');
  for (let i = 1; i <= count; i++) {
    if (page.end + largestAccount > blockSize) {
      yield page.bytes.subarray(0, page.end);
      page = createPage();
    }
    const account = nextAccount();
    if (account.count === 0) writeRow(page, i, emptyAsset, 0);
    for (let entry = 0; entry < account.count; entry++) {
      writeRow(page, i, account.assets[entry], account.units[entry]);
    }
  }
  yield page.bytes.subarray(0, page.end);
}

function createPage(): Page {
  return { bytes: Buffer.allocUnsafe(blockSize), end: 0 };
}

const idPrefix = Buffer.from('user-');

function writeRow(page: Page, account: number, asset: number, units: number): void {
  writeBytes(page, idPrefix);
  writeDecimal(page, account, exchangeIdDigits, 0);
  page.bytes[page.end++] = comma;
  writeBytes(page, symbols[asset]);
  page.bytes[page.end++] = comma;
  writeDecimal(page, units, market[asset].decimals + 1, market[asset].decimals);
  page.bytes[page.end++] = lineFeed;
}

function writeBytes(page: Page, from: Uint8Array): void {
  for (let i = 0; i < from.length; i++) page.bytes[page.end++] = from[i];
}

// A number below 10^16 with a point before the last `decimals` digits, padded to so many digits.
function writeDecimal(page: Page, value: number, digits: number, decimals: number): void {
  const size = Math.max(digits, countDigits(value)) + (decimals > 0 ? 1 : 0);
  // Integers of 32 bits are divided much faster.
  const high = Math.floor(value / 1e8);
  let low = value - high * 1e8;
  for (let i = 0, at = page.end + size - 1; at >= page.end; i++, at--) {
    if (i === decimals && decimals > 0) page.bytes[at--] = point;
    if (i === 8) low = high;
    const rest = Math.floor(low / 10);
    page.bytes[at] = zero + low - 10 * rest;
    low = rest;
  }
  page.end += size;
}

function countDigits(value: number): number {
  let count = 1;
  for (let limit = 10; value >= limit; limit *= 10) count++;
  return count;
}
