/** Sums of the ledger's own entries, to compare what was made with. */
import type { Ledger } from '@solvent/ledger/ledger';

/** The total of each asset over the entries that are added, in units. */
export interface LedgerTotals {
  /** Adds the entries of an account. */
  add(account: number): void;
  totals(): bigint[];
}

/** Totals that are still 0. Amounts are added in four parts, each exact in a double for 2^33 entries. */
export function createLedgerTotals({ assets, accountStart, entryAsset, entryLow, entryHigh }: Ledger): LedgerTotals {
  const sums = new Float64Array(4 * assets.length);
  return {
    add(account) {
      for (let entry = accountStart[account]; entry < accountStart[account + 1]; entry++) {
        const at = 4 * (entryAsset[entry] - 1);
        const middle = Math.floor(entryLow[entry] / 2 ** 20);
        sums[at] += entryLow[entry] - 2 ** 20 * middle;
        sums[at + 1] += middle;
        sums[at + 2] += entryHigh[entry] & 0xfffff;
        sums[at + 3] += entryHigh[entry] >>> 20;
      }
    },
    totals: () =>
      assets.map((_, i) => {
        const parts = [...sums.subarray(4 * i, 4 * i + 4)];
        return parts.reduceRight((sum, part) => (sum << 20n) + BigInt(part), 0n);
      }),
  };
}
