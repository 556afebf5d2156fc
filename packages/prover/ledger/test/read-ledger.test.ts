import { formatAmount } from '@solvent/report-format/amounts';
import type { Asset } from '@solvent/report-format/assets';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadProgress } from '../src/csv-rows.js';
import { accountCount, accountId, type Ledger } from '../src/ledger.js';
import { LedgerError } from '../src/ledger-error.js';
import { readLedger } from '../src/read-ledger.js';
import { describeLedger } from '../src/testing.js';
import { ledgers, type RandomAccount } from './arbitraries.js';
import { temporaryFile } from './temporary-files.js';

const assets: Asset[] = [
  { symbol: 'BTC', decimals: 8 },
  { symbol: 'ETH', decimals: 18 },
  { symbol: 'XRP', decimals: 0 },
];

async function errorOf(contents: string | Uint8Array, list = assets): Promise<LedgerError> {
  const file = temporaryFile('wrong.csv', contents);
  try {
    await readLedger(file, list);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    expect(error.file).toBe(file);
    expect(error.message).not.toMatch(/[\n\r]/);
    expect(error.message.length).toBeLessThan(file.length + 350);
    return error;
  }
  throw new Error('accepted');
}

async function messageOf(contents: string | Uint8Array, list = assets): Promise<string> {
  const { message, file } = await errorOf(contents, list);
  return message.replace(`${file}: `, '');
}

function accountIdsOf(ledger: Ledger): string[] {
  return Array.from({ length: accountCount(ledger) }, (_, account) => accountId(ledger, account));
}

function describeAccounts(list: Asset[], accounts: RandomAccount[]): [string, Record<string, bigint>][] {
  return accounts.map(({ id, balances }) => {
    const held = balances.filter(([, units]) => units > 0n).map(([asset, units]) => [list[asset].symbol, units]);
    return [id, Object.fromEntries(held)];
  });
}

// A field as CSV, quoted when it must be, or when the writer likes.
function csvField(text: string, quote: boolean): string {
  return quote || /[",\r\n\u{feff}]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

interface Style {
  readonly mark: boolean;
  readonly newline: string;
  readonly lastNewline: boolean;
  readonly quote: boolean;
}

const styles: fc.Arbitrary<Style> = fc.record({
  mark: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
  lastNewline: fc.boolean(),
  quote: fc.boolean(),
});

function csvFile(rows: string[][], { mark, newline, lastNewline, quote }: Style): string {
  const lines = rows.map((row) => row.map((text) => csvField(text, quote)).join(','));
  return (mark ? '\u{feff}' : '') + lines.join(newline) + (lastNewline ? newline : '');
}

function decimalText(units: bigint, decimals: number, trim: boolean): string {
  const text = formatAmount(units, decimals);
  return trim && decimals > 0 ? text.replace(/\.?0+$/, '') : text;
}

describe('readLedger', () => {
  it('reads what a naive writer wrote in the long layout', async () => {
    await fc.assert(
      fc.asyncProperty(
        ledgers,
        styles,
        fc.boolean(),
        fc.boolean(),
        async ({ assets, accounts }, style, trim, interleave) => {
          const rows = accounts.flatMap(({ id, balances }) => {
            const held = balances.length > 0 ? balances : [[0, 0n] as const];
            return held.map(([asset, units]) => [
              id,
              assets[asset].symbol,
              decimalText(units, assets[asset].decimals, trim),
            ]);
          });
          // Later balances of an account may come after other accounts.
          if (interleave) rows.sort((a, b) => a[1].localeCompare(b[1]));
          const file = temporaryFile('long.csv', csvFile([['account_id', 'asset', 'balance'], ...rows], style));
          const read = describeLedger(await readLedger(file, assets));
          expect(new Map(read)).toEqual(new Map(describeAccounts(assets, accounts)));
        },
      ),
    );
  });

  it('reads what a naive writer wrote in the wide layout', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, styles, fc.boolean(), async ({ assets, accounts }, style, trim) => {
        const rows = accounts.map(({ id, balances }) => {
          const fields = assets.map(() => '');
          for (const [asset, units] of balances) fields[asset] = decimalText(units, assets[asset].decimals, trim);
          return [id, ...fields];
        });
        const header = ['account_id', ...assets.map(({ symbol }) => symbol)];
        const file = temporaryFile('wide.csv', csvFile([header, ...rows], style));
        expect(describeLedger(await readLedger(file, assets))).toEqual(describeAccounts(assets, accounts));
      }),
    );
  });

  it('takes columns in any order', async () => {
    const long = temporaryFile('order-long.csv', 'balance,account_id,asset\n1.5,u,BTC\n');
    expect(describeLedger(await readLedger(long, assets))).toEqual([['u', { BTC: 150_000_000n }]]);
    const wide = temporaryFile('order-wide.csv', 'XRP,account_id,BTC,ETH\n7,u,,0.000000000000000001\n');
    expect(describeLedger(await readLedger(wide, assets))).toEqual([['u', { ETH: 1n, XRP: 7n }]]);
  });

  it('keeps ids apart that only look alike', async () => {
    const ids = ['a', 'a ', ' a', 'A', '\u{e9}', 'e\u{301}', '../x', 'a\u{0}', '\u{202e}a'];
    const file = temporaryFile('ids.csv', `account_id,asset,balance\n${ids.map((id) => `${id},XRP,1\n`).join('')}`);
    expect(accountIdsOf(await readLedger(file, assets))).toEqual(ids);
  });

  it('joins characters that are split between two blocks of the file', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `€${'x'.repeat(i % 7)}${i},XRP,${i}\n`);
    const file = temporaryFile('blocks.csv', `account_id,asset,balance\n${rows.join('')}`);
    const ledger = await readLedger(file, assets);
    expect(accountIdsOf(ledger)).toEqual(rows.map((row) => row.split(',')[0]));
  });

  it('tells how far it is', async () => {
    const text = `account_id,asset,balance\n${Array.from({ length: 50_000 }, (_, i) => `user-${i},XRP,${i}\n`).join('')}`;
    const seen: ReadProgress[] = [];
    await readLedger(temporaryFile('progress.csv', text), assets, { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen[0]).toEqual({ bytesRead: 0, bytesTotal: text.length, rows: 0 });
    expect(seen.at(-1)).toEqual({ bytesRead: text.length, bytesTotal: text.length, rows: 50_001 });
    expect(seen.every(({ bytesRead }, i) => i === 0 || bytesRead >= seen[i - 1].bytesRead)).toBe(true);
  });

  it('hands out the bytes that it reads, all of them in order', async () => {
    const text = `\ufeffaccount_id,asset,balance\r\n${Array.from({ length: 50_000 }, (_, i) => `é${i},XRP,${i}\r\n`).join('')}`;
    const blocks: Uint8Array[] = [];
    await readLedger(temporaryFile('bytes.csv', text), assets, { onBytes: (bytes) => blocks.push(bytes.slice()) });
    expect(Buffer.concat(blocks).toString('utf8')).toBe(text);
  });
});

const long = 'account_id,asset,balance\n';
const wide = 'account_id,BTC,ETH,XRP\n';

describe('readLedger refuses, with place and reason,', () => {
  it.each([
    [
      'a negative balance',
      `${long}a,XRP,1\nb,XRP,-1\n`,
      'line 3, column 3 (balance): expected an amount of at least 0, got "-1"',
    ],
    [
      'too many decimals',
      `${long}a,BTC,1.123456789\n`,
      'line 2, column 3 (balance): expected at most 8 decimals, got "1.123456789" (9 decimals)',
    ],
    [
      'decimals of a whole number',
      `${long}a,XRP,1.0\n`,
      'line 2, column 3 (balance): expected a whole number (the asset has 0 decimals), got "1.0" (1 decimal)',
    ],
    [
      'an exponent',
      `${long}a,BTC,1e3\n`,
      'line 2, column 3 (balance): expected a plain decimal number without an exponent, got "1e3"',
    ],
    ['an unknown asset', `${long}a,DOGE,1\n`, 'line 2, column 2 (asset): expected a listed asset, got "DOGE"'],
    ['an asset in other case', `${long}a,btc,1\n`, 'line 2, column 2 (asset): expected a listed asset, got "btc"'],
    [
      'an amount of 2^70',
      `${long}a,ETH,1180.591620717411303424\n`,
      'line 2, column 3 (balance): expected less than 2^70 units of 10^-18, got "1180.591620717411303424" (would fit with at most 17 decimals)',
    ],
    [
      'an empty balance in a long file',
      `${long}a,BTC,\n`,
      'line 2, column 3 (balance): expected a decimal number, got an empty text',
    ],
    [
      'a space',
      `${long}a,BTC, 1\n`,
      'line 2, column 3 (balance): expected a decimal number (digits, and digits after a point), got " 1"',
    ],
    [
      'an empty id',
      `${long},BTC,1\n`,
      'line 2, column 1 (account_id): expected an account id that is not empty, got ""',
    ],
    [
      'a long id',
      `${long}${'x'.repeat(300)},BTC,1\n`,
      `line 2, column 1 (account_id): expected an account id of at most 256 bytes of UTF-8, got "${'x'.repeat(77)}…"`,
    ],
    ['a short row', `${long}a,BTC\n`, 'line 2, column 3 (balance): expected 3 fields, got 2'],
    ['a long row', `${long}a,BTC,1,2\n`, 'line 2, column 4: expected 3 fields, got 4'],
    ['a blank line', `${long}a,BTC,1\n\nb,BTC,1\n`, 'line 3: expected 3 fields, got a blank line'],
    ['a blank line at the end', `${long}a,BTC,1\r\n\r\n`, 'line 3: expected 3 fields, got a blank line'],
    [
      'a duplicate',
      `${long}a,BTC,1\nb,BTC,1\na,BTC,2\nb,BTC,2\n`,
      'line 4: expected one balance for each account and asset, got a second balance of BTC of "a" (the first is on line 2)',
    ],
    [
      'a duplicate of zero',
      `${long}a,BTC,0\na,BTC,0\n`,
      'line 3: expected one balance for each account and asset, got a second balance of BTC of "a" (the first is on line 2)',
    ],
    [
      'a negative balance in a wide file',
      `${wide}a,1,-0.5,\n`,
      'line 2, column 3 (ETH): expected an amount of at least 0, got "-0.5"',
    ],
    [
      'an account twice in a wide file',
      `${wide}a,1,,\nb,1,,\na,,1,\n`,
      'line 4, column 1 (account_id): expected one row for each account, got "a" again (the first is on line 2)',
    ],
    ['a short wide row', `${wide}a,1\n`, 'line 2, column 3 (ETH): expected 4 fields, got 2'],
    [
      'an unknown asset in the header',
      'account_id,BTC,DOGE,ETH,XRP\n',
      'line 1, column 3: expected a listed asset, got "DOGE"',
    ],
    [
      'a duplicate column',
      'account_id,BTC,ETH,BTC\n',
      'line 1, column 4: expected each column once, got "BTC" as in column 2',
    ],
    [
      'a second account_id',
      'account_id,account_id\n',
      'line 1, column 2: expected each column once, got "account_id" as in column 1',
    ],
    [
      'no account_id',
      'id,asset,balance\n',
      'line 1: expected a column account_id (the header account_id,asset,balance or account_id and one column for each asset), got "id,asset,balance"',
    ],
    [
      'a byte-order mark inside the header',
      '\u{feff}\u{feff}account_id,asset,balance\n',
      'line 1: expected a column account_id (the header account_id,asset,balance or account_id and one column for each asset), got "\\u{feff}account_id,asset,balance"',
    ],
    ['no balance', 'account_id,asset\n', 'line 1: expected a column balance beside asset, got "account_id,asset"'],
    ['no asset', 'account_id,balance\n', 'line 1: expected a column asset beside balance, got "account_id,balance"'],
    [
      'one column too many in a long file',
      'account_id,asset,balance,note\n',
      'line 1, column 4: expected no column but account_id, asset and balance, got the column "note"',
    ],
    [
      'a listed asset without a column',
      'account_id,BTC,XRP\n',
      'line 1: expected a column for each listed asset, or the header account_id,asset,balance or account_id and one column for each asset, got none for ETH',
    ],
    ['a header alone', long, 'expected at least one account, got a header without rows'],
    ['a wide header alone', wide, 'expected at least one account, got a header without rows'],
    [
      'an empty file',
      '',
      'expected the header account_id,asset,balance or account_id and one column for each asset, got an empty file',
    ],
    [
      'a byte-order mark alone',
      '\u{feff}',
      'expected the header account_id,asset,balance or account_id and one column for each asset, got an empty file',
    ],
    [
      'text after a closing quote',
      `${long}"a"b,BTC,1\n`,
      'line 2, column 1 (account_id): expected a comma or the end of the line after a closing quote, got other text',
    ],
    [
      'a quote inside a field',
      `${long}ab"c,BTC,1\n`,
      'line 2, column 1 (account_id): expected a quote only as the first character of a field, got one inside an unquoted field',
    ],
    [
      'a quote that is not closed',
      `${long}a,BTC,1\nb,"BTC,1\nc,BTC,1\n`,
      'line 3, column 2 (asset): expected a closing quote, got the end of the file, in the row that starts here',
    ],
    [
      'a quote not closed in a long file',
      `${long}a,BTC,1\n"${'b,BTC,1\n'.repeat(200_000)}`,
      'line 3, column 1 (account_id): expected a row of at most 1048576 bytes, got a longer one (a quote that is never closed?)',
    ],
    [
      'lines that end with CR alone',
      'account_id,asset,balance\ra,BTC,1\r',
      'line 1: expected lines that end with LF or CRLF, got a carriage return alone',
    ],
  ])('%s', async (_, contents, message) => {
    expect(await messageOf(contents)).toContain(message);
  });

  it('names physical lines after quoted line breaks', async () => {
    const text = `${long}"a\nb\r\nc",BTC,1\r\n"d\n\n",XRP,x\n`;
    expect(await messageOf(text)).toContain('line 7, column 3 (balance)');
    expect(await messageOf(`${long}"a\nb\nc",BTC,1\n"d\n\n",XRP\n`)).toContain(
      'line 5, column 3 (balance): expected 3 fields',
    );
  });

  it('has the place in its fields', async () => {
    const error = await errorOf(`${long}a,BTC,x\n`);
    expect(error).toMatchObject({ line: 2, column: 3, columnName: 'balance', found: '"x"' });
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('LedgerError');
  });

  it('cuts and escapes values', async () => {
    const error = await errorOf(`${long}a,BTC,"\u{1b}[2J\n${'9'.repeat(500)}"\n`);
    expect(error.found).toMatch(/^"\\u\{1b\}\[2J\\u\{a\}9+…"$/);
    expect(error.found.length).toBeLessThanOrEqual(80);
  });

  it('a file that is not there, and a folder', async () => {
    await expect(readLedger(temporaryFile('absent.csv'), assets)).rejects.toThrow(
      'absent.csv: expected a readable file, got ENOENT',
    );
    await expect(readLedger(temporaryFile('.'), assets)).rejects.toThrow('expected a readable file, got EISDIR');
  });

  it('an asset list that is not sorted', async () => {
    await expect(readLedger(temporaryFile('any.csv', long), [...assets].reverse())).rejects.toThrow(RangeError);
  });
});

describe('readLedger refuses bytes that are not UTF-8', () => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

  it.each([
    ['a lone byte', [0xff]],
    ['a continuation byte', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a character past U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['a character cut short', [0xe2, 0x82]],
  ])('%s', async (_, wrong) => {
    const text = bytes(`${long}a,BTC,1\n"b\n`, wrong, '",BTC,1\nc,BTC,1\n');
    expect(await messageOf(text)).toBe(
      'line 4, column 1 (account_id): expected UTF-8 text, got bytes that are not UTF-8',
    );
  });

  it('at the very end', async () => {
    expect(await messageOf(bytes(`${long}a,BTC,1\nb,XRP,1`, [0xe2, 0x82]))).toContain(
      'line 3, column 3 (balance): expected UTF-8',
    );
  });

  it('in the header, and as UTF-16', async () => {
    expect(await messageOf(bytes('account_id,asset,b', [0xff], '\n'))).toContain('line 1, column 3: expected UTF-8');
    expect(await messageOf(Buffer.from(`\u{feff}${long}`, 'utf16le'))).toContain('line 1');
  });

  it('after any fault that comes before them, and before any that comes after', async () => {
    expect(await messageOf(bytes(`${long}a,BTC,x\nb`, [0xff], ',BTC,1\n'))).toContain('line 2, column 3');
    expect(await messageOf(bytes(`${long}b`, [0xff], ',BTC,1\na,BTC,x\n'))).toContain(
      'line 2, column 1 (account_id): expected UTF-8',
    );
    expect(await messageOf(bytes(`${long}"b`, [0xff], ',BTC,1\n'))).toContain('line 2: expected UTF-8');
  });

  it('but takes a genuine replacement character before them', async () => {
    const text = bytes(`${long}\u{fffd},BTC,1\nc`, [0xff], ',BTC,1\n');
    expect(await messageOf(text)).toContain('line 3, column 1');
  });

  it('wherever they are, on the right line (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60_000 }), async (position) => {
        const rows = Array.from({ length: 60_000 }, (_, i) => (i % 3 === 0 ? `ü${i},XRP,1\n` : `"€\n${i}",XRP,1\n`));
        const before = long + rows.slice(0, position).join('');
        const line = before.split('\n').length;
        const text = bytes(before, 'z', [0xc3], `,XRP,1\n${rows.slice(position).join('')}`);
        expect(await messageOf(text)).toContain(`line ${line}, column 1 (account_id): expected UTF-8`);
      }),
      { numRuns: 10 },
    );
  });
});
