/** Which rows an account has, and the tags that stand for accounts in the tree of rows. All of it is private. */
import { accountId, type Ledger } from '@solvent/ledger/ledger';
import { noAccount, type SegmentTable } from '@solvent/ledger/place-rows';
import type { Random } from '@solvent/ledger/random';
import { accountNonceSize, accountTag, accountTagSize } from '@solvent/stark/account-tag';
import type { StoredAccount } from '@solvent/stark-prover/account-records';

/** The accounts of a segment and the tags of its rows. */
export interface AccountPlaces {
  /** In the order of the ledger. */
  readonly accounts: readonly StoredAccount[];
  /** N × 32 bytes; random on rows without a holder, so that nobody can tell them apart. */
  readonly tags: Uint8Array;
}

/** Gives every account of a segment a fresh nonce, and every row its tag. */
export function assignTags(ledger: Ledger, table: SegmentTable, random: Random): AccountPlaces {
  const tags = new Uint8Array(accountTagSize * table.rowCount);
  random.fill(tags);
  const accounts = [...rowsByAccount(table)]
    .sort(([a], [b]) => a - b)
    .map(([account, rows]): StoredAccount => {
      const nonce = new Uint8Array(accountNonceSize);
      random.fill(nonce);
      const id = accountId(ledger, account);
      const tag = accountTag(id, nonce);
      for (const row of rows) tags.set(tag, accountTagSize * row);
      return { accountId: id, nonce, segment: table.segment, rows };
    });
  return { accounts, tags };
}

// By number of the account; rows are met in increasing order.
function rowsByAccount({ rowAccount }: SegmentTable): Map<number, number[]> {
  const rowsOf = new Map<number, number[]>();
  rowAccount.forEach((account, row) => {
    if (account === noAccount) return;
    const rows = rowsOf.get(account);
    if (rows === undefined) rowsOf.set(account, [row]);
    else rows.push(row);
  });
  return rowsOf;
}
