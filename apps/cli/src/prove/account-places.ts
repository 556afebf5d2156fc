/** Which rows an account has, and the tags that stand for accounts in the tree of rows. All of it is private. */
import { createShortHasher } from '@solvent/kernels/short-hash';
import { accountCount, accountId, type Ledger } from '@solvent/ledger/ledger';
import { noAccount, type SegmentTable } from '@solvent/ledger/place-rows';
import type { Random } from '@solvent/ledger/random';
import { accountNonceSize, accountTagPurpose, accountTagSize, writeTagMessage } from '@solvent/stark/account-tag';
import type { StoredAccount } from '@solvent/stark-prover/account-records';

/** The accounts of a segment and the tags of its rows. */
export interface AccountPlaces {
  /** N × 32 bytes; random on rows without a holder, so that nobody can tell them apart. */
  readonly tags: Uint8Array;
  /** The accounts in the order of the ledger, made one by one: there may be half a million. */
  accounts(): Generator<StoredAccount>;
}

/** Gives every account of a segment a fresh nonce, and every row its tag. `accounts` are the segment's, ascending. */
export function assignTags(ledger: Ledger, table: SegmentTable, accounts: Uint32Array, random: Random): AccountPlaces {
  const tags = new Uint8Array(accountTagSize * table.rowCount);
  random.fill(tags);
  const nonces = new Uint8Array(accountNonceSize * accounts.length);
  random.fill(nonces);
  const { start, rows } = rowsByAccount(table, accounts, accountCount(ledger));
  const nonceOf = (i: number) => nonces.subarray(accountNonceSize * i, accountNonceSize * (i + 1));

  const hasher = createShortHasher(accountTagPurpose);
  for (let i = 0; i < accounts.length; i++) {
    const id = ledger.idBytes.subarray(ledger.idStart[accounts[i]], ledger.idStart[accounts[i] + 1]);
    const size = writeTagMessage(id, nonceOf(i), hasher.message);
    for (let j = start[i]; j < start[i + 1]; j++) hasher.digest(size, tags, accountTagSize * rows[j]);
  }

  return {
    tags,
    *accounts() {
      for (let i = 0; i < accounts.length; i++) {
        yield {
          accountId: accountId(ledger, accounts[i]),
          nonce: nonceOf(i),
          segment: table.segment,
          rows: Array.from(rows.subarray(start[i], start[i + 1])),
        };
      }
    },
  };
}

/** Rows sorted by account: those of account `accounts[i]` are rows[start[i]] … rows[start[i + 1] − 1], ascending. */
function rowsByAccount({ rowAccount }: SegmentTable, accounts: Uint32Array, ledgerAccountCount: number) {
  const positionOf = new Uint32Array(ledgerAccountCount);
  for (let i = 0; i < accounts.length; i++) positionOf[accounts[i]] = i;
  const start = new Uint32Array(accounts.length + 1);
  for (const account of rowAccount) if (account !== noAccount) start[positionOf[account] + 1]++;
  for (let i = 0; i < accounts.length; i++) start[i + 1] += start[i];
  const rows = new Uint32Array(start[accounts.length]);
  const next = start.slice();
  for (let row = 0; row < rowAccount.length; row++) {
    const account = rowAccount[row];
    if (account !== noAccount) rows[next[positionOf[account]]++] = row;
  }
  return { start, rows };
}
