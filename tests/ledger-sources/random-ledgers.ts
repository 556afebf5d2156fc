/** Random ledgers, drawn as those of `@solvent/ledger`'s own tests are, which no other package can import. */
import { amountBound } from '@solvent/report-format/amounts';
import { type Asset, sortAssets } from '@solvent/report-format/assets';
import fc from 'fast-check';

const symbols = fc.string({ unit: fc.constantFrom(...'ABCXYZabc019.-/$'), minLength: 1, maxLength: 6 });

export function assetLists(maxLength: number): fc.Arbitrary<Asset[]> {
  const asset = fc.record({ symbol: symbols, decimals: fc.integer({ min: 0, max: 18 }) });
  return fc.uniqueArray(asset, { selector: (entry) => entry.symbol, minLength: 1, maxLength }).map(sortAssets);
}

const amounts = fc.oneof(
  fc.constantFrom(0n, 1n, (1n << 40n) - 1n, 1n << 40n, (1n << 53n) + 1n, amountBound - 1n),
  fc.bigInt({ min: 0n, max: 10n ** 12n }),
  fc.bigInt({ min: 0n, max: amountBound - 1n }),
);

/** Ids as hostile as they may be: any Unicode text, commas, quotes, line breaks, paths. */
const accountIds = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('a', 'b', ',', '"', '\n', '\r\n', ' ', '\u{feff}', '\u{fffd}'),
    minLength: 1,
    maxLength: 5,
  }),
  fc.constantFrom('../x', '/etc/passwd', '0', '-1', '__proto__', 'é', 'e\u{301}', '\u{0}', 'account_id'),
);

/** An account and, in any order, one amount for some of the assets, by position in the list. */
export interface RandomAccount {
  readonly id: string;
  readonly balances: readonly (readonly [asset: number, units: bigint])[];
}

export function accountLists(assetCount: number, maxLength: number): fc.Arbitrary<RandomAccount[]> {
  const balance = fc.tuple(fc.integer({ min: 0, max: assetCount - 1 }), amounts);
  const balances = fc.uniqueArray(balance, { selector: ([asset]) => asset, maxLength: 10 });
  const account = fc.record({ id: accountIds, balances });
  return fc.uniqueArray(account, { selector: ({ id }) => id, minLength: 1, maxLength });
}
