/**
 * Ledgers that the table of networks has under two ids, and on which a holder can join an account of the one kind with one
 * of the other: both then show the balance of the joined account, and no row of a list shows it (spec §14.3, step R5).
 */

/** Ids of the networks of each such ledger. */
export const sharedLedgers: readonly (readonly [string, string])[] = [
  ['sei', 'sei-evm'],
  ['astar', 'astar-evm'],
  ['peaq-substrate', 'peaq'],
];

/** An asset that is there on a network, by symbol and id. */
export interface HeldAsset {
  readonly network: string;
  readonly asset: string;
}

/** The first asset that is there on both networks of one ledger, in words, or undefined. */
export function findOnBothNetworks(held: readonly HeldAsset[]): string | undefined {
  const assetsOn = (id: string) => new Set(held.flatMap(({ network, asset }) => (network === id ? [asset] : [])));
  for (const [one, other] of sharedLedgers) {
    const assets = assetsOn(one);
    const shared = [...assetsOn(other)].find((asset) => assets.has(asset));
    if (shared !== undefined)
      return `${shared} is counted on ${one} and on ${other}, which can be one account's balance`;
  }
  return undefined;
}
