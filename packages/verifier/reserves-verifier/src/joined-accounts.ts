/** Balances that can be of one account, which stands on two networks of one ledger (spec §14.3, step R5). */
import { findOnBothNetworks } from '@solvent/report-format/networks/shared-ledgers';
import type { ReservesEntry } from '@solvent/report-format/reserves';

/** A balance that counts, and as which asset. */
interface AssetEntry {
  readonly entry: ReservesEntry;
  readonly asset: string;
}

/** Two entries that may be the same coins of one account, in words, or undefined: no row shows whether accounts are joined. */
export function findJoinedAccounts(counted: readonly AssetEntry[]): string | undefined {
  // Nothing cannot be there twice.
  const held = counted.filter(({ entry }) => entry.units !== '0');
  return findOnBothNetworks(held.map(({ entry: { network }, asset }) => ({ network, asset })));
}
