/** Ledgers for tests, as the files that an operator would have. */
import { amountBound, formatAmount } from '@solvent/report-format/amounts';
import type { Asset } from '@solvent/report-format/assets';

/** Balances in decimal text, by account id, then by symbol. */
export type Balances = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A field of CSV, in quotes. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A long ledger file: an account without balances gets one of 0. */
export function longCsv(balances: Balances, assets: readonly Asset[]): string {
  const lines = ['account_id,asset,balance'];
  for (const [id, held] of balances) {
    for (const [symbol, text] of held.size > 0 ? held : [[assets[0].symbol, '0']]) {
      lines.push(`${quoted(id)},${symbol},${text}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** 200 assets with all precisions from 0 to 18. */
export const manyAssets: readonly Asset[] = Array.from({ length: 200 }, (_, i) => ({
  symbol: `A${String(i).padStart(3, '0')}`,
  decimals: i % 19,
}));

/** Accounts of every kind, with ids as hostile as ids may be. */
export function hostileBalances(): Balances {
  const largest = (asset: Asset) => formatAmount(amountBound - 1n, asset.decimals);
  const smallest = (asset: Asset) => formatAmount(1n, asset.decimals);
  const all = (text: (asset: Asset) => string) => new Map(manyAssets.map((asset) => [asset.symbol, text(asset)]));
  return new Map<string, ReadonlyMap<string, string>>([
    ['holder of everything', all(largest)],
    ['holder of dust', all(smallest)],
    ['holder of nothing', new Map()],
    [
      'holder of zeros',
      new Map([
        ['A000', '0'],
        ['A018', '0.000000000000000000'],
      ]),
    ],
    ['../x', new Map([['A001', '0.1']])],
    ['/etc/passwd', new Map([['A002', '7']])],
    ['Zoë 😀 用户 é', new Map([['A003', '1.5']])],
    ['Zoë 😀 用户 e\u0301', new Map([['A003', '2.5']])],
    ['a,b "c"\nd', new Map([['A004', '3.25']])],
    [' padded ', new Map([['A005', '1']])],
    ['padded', new Map([['A005', '2']])],
    ['__proto__', new Map([['A006', '1']])],
    ['x'.repeat(256), new Map([['A007', '1']])],
    ['0', new Map([['A008', '123456789.00000001']])],
  ]);
}
