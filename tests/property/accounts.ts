/** Random accounts for property tests. */
import { amountBound } from '@solvent/report-format/amounts';
import { type Asset, sortAssets } from '@solvent/report-format/assets';
import fc from 'fast-check';

/** An account with a balance for each of some assets, by symbol. */
export interface Account {
  readonly id: string;
  readonly balances: readonly (readonly [symbol: string, units: bigint])[];
}

/** A list of assets, and accounts that hold them. */
export interface Accounts {
  readonly assets: readonly Asset[];
  readonly accounts: readonly Account[];
}

const amounts = fc.oneof(
  fc.constantFrom(0n, 1n, 1023n, 1024n, (1n << 40n) - 1n, 1n << 53n, amountBound - 1n),
  fc.bigInt({ min: 0n, max: 10n ** 12n }),
  fc.bigInt({ min: 0n, max: amountBound - 1n }),
);

const ids = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom('../x', '__proto__', '0', 'é', 'e\u{301}', '\u{0}', 'account_id', 'a', 'ab', 'abc'),
);

const assetLists = (maxLength: number) => {
  const symbol = fc.string({ unit: fc.constantFrom(...'ABCXYZabc019.-/$'), minLength: 1, maxLength: 6 });
  const asset = fc.record({ symbol, decimals: fc.integer({ min: 0, max: 18 }) });
  return fc.uniqueArray(asset, { selector: (entry) => entry.symbol, minLength: 1, maxLength }).map(sortAssets);
};

function accountsOf(assets: readonly Asset[], maxAccounts: number): fc.Arbitrary<Accounts> {
  const balance = fc.tuple(fc.constantFrom(...assets.map(({ symbol }) => symbol)), amounts);
  const balances = fc.uniqueArray(balance, { selector: ([symbol]) => symbol, maxLength: 40 });
  const account = fc.record({ id: ids, balances });
  return fc
    .uniqueArray(account, { selector: ({ id }) => id, minLength: 1, maxLength: maxAccounts })
    .map((accounts) => ({ assets, accounts }));
}

/** Up to `maxAccounts` accounts over up to `maxAssets` assets. */
export function accountLists(maxAccounts: number, maxAssets: number): fc.Arbitrary<Accounts> {
  return assetLists(maxAssets).chain((assets) => accountsOf(assets, maxAccounts));
}

/** What an account has, assets with 0 left out. */
export function heldBalances({ balances }: Account): Map<string, bigint> {
  return new Map(balances.filter(([, units]) => units !== 0n));
}

/** The sum of all balances of each asset. */
export function totalsOf({ assets, accounts }: Accounts): bigint[] {
  const all = accounts.flatMap(({ balances }) => balances);
  return assets.map(({ symbol }) => all.reduce((sum, [held, units]) => (held === symbol ? sum + units : sum), 0n));
}
