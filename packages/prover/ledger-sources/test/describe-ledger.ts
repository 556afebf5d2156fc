/** What a ledger says, without its arrays. */
import { accountCount, accountId, entryUnits, type Ledger } from '@solvent/ledger/ledger';

/** For each id, in order, the units of each symbol. */
export function describeLedger(ledger: Ledger): [string, Record<string, bigint>][] {
  return Array.from({ length: accountCount(ledger) }, (_, account) => {
    const balances: Record<string, bigint> = {};
    for (let entry = ledger.accountStart[account]!; entry < ledger.accountStart[account + 1]!; entry++) {
      balances[ledger.assets[ledger.entryAsset[entry]! - 1]!.symbol] = entryUnits(ledger, entry);
    }
    return [accountId(ledger, account), balances];
  });
}
