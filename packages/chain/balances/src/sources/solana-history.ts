/**
 * What an account of Solana held at a slot of the past, from its transactions: a node keeps no accounts of the past, but each
 * transaction has the balances before and after it.
 *
 * The first transaction after the slot says what was there before it, and the last one up to the slot what was left; where
 * both are there, both must say the same. Without a transaction after the slot, the balance is the one of now.
 */
import * as z from 'zod/mini';
import type { Connection } from '../transport/connection.js';
import type { JsonRpc } from '../transport/json-rpc.js';
import { countField, digitsField, unitsNumberField } from './fields.js';

/** Transactions in one answer. */
const pageSize = 1000;

const signatureField = z.string().check(z.regex(/^[1-9A-HJ-NP-Za-km-z]{64,90}$/, 'expected a signature in Base58'));
const signaturesField = z.array(z.object({ signature: signatureField, slot: countField }));
type Listed = z.infer<typeof signaturesField>[number];
const tokensField = z.array(
  z.object({ accountIndex: countField, mint: z.string(), uiTokenAmount: z.object({ amount: digitsField }) }),
);
const addressesField = z.array(z.string());
const transactionField = z.object({
  slot: countField,
  transaction: z.object({ signatures: z.array(signatureField), message: z.object({ accountKeys: addressesField }) }),
  meta: z.object({
    preBalances: z.array(unitsNumberField),
    postBalances: z.array(unitsNumberField),
    preTokenBalances: z.optional(z.nullable(tokensField)),
    postTokenBalances: z.optional(z.nullable(tokensField)),
    loadedAddresses: z.optional(z.object({ writable: addressesField, readonly: addressesField })),
  }),
});
type Transaction = z.infer<typeof transactionField>;

/** An account whose past is asked for. */
export interface PastAccount {
  readonly address: string;
  /** Null for lamports. */
  readonly mint: string | null;
  /** What it has now, and the slot of which that was said. */
  readonly units: bigint;
  readonly slot: number;
}

/** The units of an account after a slot. `maxTransactions` after the slot are read at most. */
export async function readUnitsAt(
  rpc: JsonRpc,
  connection: Connection,
  account: PastAccount,
  slot: number,
  maxTransactions: number,
): Promise<bigint> {
  const fail = (what: string) => connection.error('answer', `balance of ${account.address}: ${what}`);
  const { after, before } = await findAround(rpc, connection, account, slot, maxTransactions);
  const held =
    after === undefined ? account.units : unitsIn(await readTransaction(rpc, connection, after), account, 'pre', fail);
  if (before === undefined) {
    // Its first transaction made the account, or older ones are not kept.
    if (held === 0n) return held;
    throw connection.error(
      'refused',
      `balance of ${account.address}: the node does not have the transactions up to slot ${slot}`,
    );
  }
  const left = unitsIn(await readTransaction(rpc, connection, before), account, 'post', fail);
  if (left === held) return held;
  throw fail(`its last transaction up to slot ${slot} left ${left} units, and ${held} were there after it`);
}

/** The first transaction after a slot, and the last one up to it. */
async function findAround(
  rpc: JsonRpc,
  connection: Connection,
  account: PastAccount,
  slot: number,
  maxTransactions: number,
): Promise<{ after?: Listed; before?: Listed }> {
  const fail = (what: string) => connection.error('answer', `transactions of ${account.address}: ${what}`);
  let after: Listed | undefined;
  for (let count = 0; count <= maxTransactions; ) {
    const page = await readSignatures(rpc, account, after?.signature);
    for (const listed of page) {
      if (listed.slot > (after?.slot ?? Number.POSITIVE_INFINITY)) throw fail('they are not in the order of slots');
      if (listed.signature === after?.signature) throw fail(`${listed.signature} is there twice`);
      if (listed.slot <= slot) return after === undefined ? { before: listed } : { after, before: listed };
      after = listed;
      count++;
    }
    if (page.length === 0) return after === undefined ? {} : { after };
  }
  throw connection.error(
    'refused',
    `${account.address}: more than maxTransactions, ${maxTransactions}, after the snapshot`,
  );
}

function readSignatures(rpc: JsonRpc, { address, slot }: PastAccount, before: string | undefined): Promise<Listed[]> {
  const options = { limit: pageSize, commitment: 'finalized', minContextSlot: slot, ...(before && { before }) };
  const about = `transactions of ${address}`;
  return rpc.call({ method: 'getSignaturesForAddress', params: [address, options], result: signaturesField, about });
}

async function readTransaction(rpc: JsonRpc, connection: Connection, listed: Listed): Promise<Transaction> {
  const options = { encoding: 'json', commitment: 'finalized', maxSupportedTransactionVersion: 0 };
  const about = `transaction ${listed.signature}`;
  const params = [listed.signature, options];
  const found = await rpc.call({ method: 'getTransaction', params, result: transactionField, about });
  if (found.slot === listed.slot && found.transaction.signatures[0] === listed.signature) return found;
  throw connection.error('answer', `${about}: expected this one, of slot ${listed.slot}, got another`);
}

/** What an account had before or after a transaction. */
function unitsIn(
  { transaction, meta }: Transaction,
  { address, mint }: PastAccount,
  when: 'pre' | 'post',
  fail: (what: string) => Error,
): bigint {
  const { writable = [], readonly = [] } = meta.loadedAddresses ?? {};
  const index = [...transaction.message.accountKeys, ...writable, ...readonly].indexOf(address);
  if (index < 0) throw fail('a transaction is listed that is not of this account');
  if (mint === null) {
    const units = meta[`${when}Balances`][index];
    if (units === undefined) throw fail('a transaction does not say its balance');
    return BigInt(units);
  }
  // No entry where there was no token account.
  const found = meta[`${when}TokenBalances`]?.find(({ accountIndex }) => accountIndex === index);
  if (found !== undefined && found.mint !== mint) throw fail(`it is a token account of ${found.mint}`);
  return BigInt(found?.uiTokenAmount.amount ?? 0);
}
