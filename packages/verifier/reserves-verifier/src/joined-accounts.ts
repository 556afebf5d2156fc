/**
 * Ledgers that the table of networks has under two ids, and on which a holder can join an account of the one kind with one
 * of the other: both then show the balance of the joined account (spec §14.3, step R5).
 */
import type { ReservesEntry } from '@solvent/report-format/reserves';

/** Ids of the networks of each such ledger. */
const ledgers: readonly (readonly [string, string])[] = [
  ['sei', 'sei-evm'],
  ['astar', 'astar-evm'],
  ['peaq-substrate', 'peaq'],
];

/** A balance that counts, and as which asset. */
interface AssetEntry {
  readonly entry: ReservesEntry;
  readonly asset: string;
}

/** Two entries that may be the same coins of one account, in words, or undefined: no row shows whether accounts are joined. */
export function findJoinedAccounts(counted: readonly AssetEntry[]): string | undefined {
  const assetsOn = (id: string) =>
    new Set(counted.flatMap(({ entry, asset }) => (entry.network === id && entry.units !== '0' ? [asset] : [])));
  for (const [one, other] of ledgers) {
    const assets = assetsOn(one);
    const shared = [...assetsOn(other)].find((asset) => assets.has(asset));
    if (shared !== undefined)
      return `${shared} is counted on ${one} and on ${other}, which can be one account's balance`;
  }
  return undefined;
}
