/**
 * Balances from a node with Solana's JSON-RPC: own asset and SPL tokens, of the newest final slot.
 *
 * A node keeps the accounts of its newest slots only, and says with each answer of which slot it is. So balances are `at`
 * the `tip`, with that slot and its block's hash; the number that stands for a block's height is the slot. With a history
 * they are of the snapshot's slot, found from the accounts' transactions (`solana-history`).
 */
import { base58 } from '@scure/base';
import { associatedTokenAddresses } from '@solvent/ownership-verifier/addresses/solana-address';
import { integerField } from '@solvent/report-format/fields';
import * as z from 'zod/mini';
import { type BalanceQuery, type Block, describeQuery } from '../balance.js';
import type { BlockReader } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { type Call, createJsonRpc, type JsonRpc } from '../transport/json-rpc.js';
import { countField, unitsNumberField } from './fields.js';
import { type PastAccount, readUnitsAt } from './solana-history.js';

/** The hash of the first block. */
const genesisHash = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';
/** The programs that keep tokens, and lay out their accounts alike. */
const tokenPrograms = ['TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb'];
/** A node that is behind others of its pool: the slot is not there yet, or no longer asked of this one. */
const passing = new Set([-32004, -32014, -32016]);
/** Slots that are looked through for the last block: an outage longer than this has ended in a restart. */
const slotsLookedThrough = 1000;

const base58Field = z.string().check(z.regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/, 'expected 32 bytes in Base58'));
const blockField = z.object({ blockhash: base58Field, blockTime: z.nullable(countField) });
const accountField = z.object({
  owner: base58Field,
  data: z.tuple([z.base64(), z.literal('base64')]),
});
type Account = z.infer<typeof accountField>;
const ofSlot = <Value>(value: z.ZodMiniType<Value>) => z.object({ context: z.object({ slot: countField }), value });
const balanceField = ofSlot(unitsNumberField);
const maybeAccountField = ofSlot(z.nullable(accountField));
const accountsField = ofSlot(z.array(z.object({ pubkey: base58Field, account: accountField })));

export const solanaJsonRpcKind = defineKind({
  kind: 'solana-json-rpc',
  family: 'solana',
  assets: 'own asset, SPL',
  balancesAt: "the newest final slot; with `history`, the snapshot's, from the transactions after it",
  options: {
    /** `recent`: the transactions after the snapshot are read, so that balances are of the snapshot's slot. */
    history: z._default(z.enum(['none', 'recent']), 'none'),
    /** Most transactions that are read of one account. */
    maxTransactions: z._default(integerField(1, 100_000_000), 100_000),
  },
  open: (connection, _, options) => readEach(connection, solana(connection, options)),
  blocks: solanaBlocks,
});

interface SolanaOptions {
  readonly history: 'none' | 'recent';
  readonly maxTransactions: number;
}

function solana(connection: Connection, { history, maxTransactions }: SolanaOptions): BalanceInterface {
  const rpc = rpcOf(connection);
  /** Hashes of slots that answers are of: many are of the same. */
  const hashes = new Map<number, Promise<string>>();
  const hashOf = (slot: number) => {
    const known = hashes.get(slot) ?? readSlot(rpc, slot).then(({ blockhash }) => blockhash);
    hashes.set(slot, known);
    return known;
  };
  return {
    checkBlock: async (block) => {
      await checkGenesis(rpc, connection);
      const { blockhash } = await readSlot(rpc, block.height);
      checkSameBlock(connection, block, { height: block.height, hash: blockhash });
    },
    readDecimals: async (mint, { height }) => {
      const about = `the mint ${mint}`;
      const { value } = await rpc.call(accountCall(mint, height, about));
      const data = value === null ? undefined : tokenData(value, 82);
      if (data?.[45] === 1) return data[44];
      throw connection.error('answer', `${about}: expected a mint of a token program, got something else`);
    },
    readBalance: async (query, block) => {
      const accounts = await readAccounts(rpc, connection, query, block, history === 'recent');
      const early = accounts.find(({ slot }) => slot < block.height);
      if (early !== undefined) {
        const what = `balance of ${describeQuery(query)}: of slot ${early.slot}, before the snapshot's`;
        throw connection.error('answer', what);
      }
      if (history === 'recent') {
        let units = 0n;
        for (const account of accounts) {
          units += await readUnitsAt(rpc, connection, account, block.height, maxTransactions);
        }
        return { units };
      }
      const [{ slot }] = accounts;
      const units = accounts.reduce((sum, account) => sum + account.units, 0n);
      return { units, seen: { height: slot, hash: await hashOf(slot) } };
    },
  };
}

/** The accounts that hold what a query asks for, with what they hold now; one at least, and all of one slot unless their
 * past is asked for. */
async function readAccounts(
  rpc: JsonRpc,
  connection: Connection,
  query: BalanceQuery,
  { height }: Block,
  forHistory: boolean,
): Promise<PastAccount[]> {
  const { address, token } = query;
  if (token === null) return [await readLamports(rpc, address, height)];
  const own = await readTokenAccount(rpc, connection, address, token, height);
  if (own !== undefined) return [own];
  if (!forHistory) return readOwned(rpc, connection, query, token, height);
  // Accounts that were closed since are not listed by their owner; the associated ones follow from owner and mint.
  const accounts: PastAccount[] = [];
  for (const account of associatedTokenAddresses(address, token)) {
    const found = await readTokenAccount(rpc, connection, account, token, height);
    accounts.push(found ?? { address: account, mint: token, units: 0n, slot: height });
  }
  return accounts;
}

function rpcOf(connection: Connection): JsonRpc {
  return createJsonRpc(connection, '2.0', { passing });
}

async function checkGenesis(rpc: JsonRpc, connection: Connection): Promise<void> {
  const found = await rpc.call({ method: 'getGenesisHash', params: [], result: base58Field, about: 'the chain' });
  checkChainName(connection, 'the first block', [genesisHash], found);
}

function readSlot(rpc: JsonRpc, slot: number): Promise<z.infer<typeof blockField>> {
  const options = {
    encoding: 'json',
    transactionDetails: 'none',
    rewards: false,
    commitment: 'finalized',
    maxSupportedTransactionVersion: 0,
  };
  return rpc.call({ method: 'getBlock', params: [slot, options], result: blockField, about: `slot ${slot}` });
}

async function readLamports(rpc: JsonRpc, address: string, minContextSlot: number): Promise<PastAccount> {
  const params = [address, { commitment: 'finalized', minContextSlot }];
  const { context, value } = await rpc.call({ method: 'getBalance', params, result: balanceField, about: address });
  return { address, mint: null, slot: context.slot, units: BigInt(value) };
}

function accountCall(address: string, minContextSlot: number, about: string): Call<z.infer<typeof maybeAccountField>> {
  const params = [address, { commitment: 'finalized', encoding: 'base64', minContextSlot }];
  return { method: 'getAccountInfo', params, result: maybeAccountField, about };
}

/** An address that is a token account itself; undefined where it is none. */
async function readTokenAccount(
  rpc: JsonRpc,
  connection: Connection,
  address: string,
  mint: string,
  minContextSlot: number,
): Promise<PastAccount | undefined> {
  const { context, value } = await rpc.call(accountCall(address, minContextSlot, address));
  const data = value === null ? undefined : tokenData(value, 165);
  if (data === undefined) return undefined;
  if (mintOf(data) === mint) return { address, mint, slot: context.slot, units: amountOf(data) };
  throw connection.error('answer', `balance of ${address}: the address is a token account of ${mintOf(data)}`);
}

/** The token accounts of a mint that an address owns; one without units where there are none. */
async function readOwned(
  rpc: JsonRpc,
  connection: Connection,
  query: BalanceQuery,
  mint: string,
  minContextSlot: number,
): Promise<PastAccount[]> {
  const about = describeQuery(query);
  const options = { commitment: 'finalized', encoding: 'base64', minContextSlot };
  const params = [query.address, { mint }, options];
  const call = { method: 'getTokenAccountsByOwner', params, result: accountsField, about };
  const { context, value } = await rpc.call(call);
  const accounts = new Map<string, PastAccount>();
  for (const { pubkey, account } of value) {
    const held = tokenData(account, 165);
    const fits = held !== undefined && mintOf(held) === mint && ownerOf(held) === query.address;
    if (!fits) throw connection.error('answer', `balance of ${about}: ${pubkey} is no such token account`);
    if (accounts.has(pubkey)) throw connection.error('answer', `balance of ${about}: ${pubkey} is there twice`);
    accounts.set(pubkey, { address: pubkey, mint, slot: context.slot, units: amountOf(held) });
  }
  if (accounts.size > 0) return [...accounts.values()];
  return [{ address: query.address, mint, slot: context.slot, units: 0n }];
}

/** A list of signers, which token programs keep too; accounts with extensions avoid its size. */
const multisigSize = 355;

/** The data of an account of a token program that is at least as long as such an account; what follows are extensions. */
function tokenData({ owner, data: [text] }: Account, size: 82 | 165): Uint8Array | undefined {
  const data = Buffer.from(text, 'base64');
  if (!tokenPrograms.includes(owner) || data.length < size || data.length === multisigSize) return undefined;
  // A mint of 82 bytes with extensions is as long as a token account; a byte after that says which it is.
  const kind = data.length > 165 ? data[165] : data.length === 82 ? 1 : 2;
  return kind === (size === 82 ? 1 : 2) ? data : undefined;
}

const mintOf = (data: Uint8Array) => base58.encode(data.subarray(0, 32));
const ownerOf = (data: Uint8Array) => base58.encode(data.subarray(32, 64));
const amountOf = (data: Uint8Array) => Buffer.from(data).readBigUInt64LE(64);

function solanaBlocks(connection: Connection): BlockReader {
  const rpc = rpcOf(connection);
  return {
    readFinalHeight: async () => {
      await checkGenesis(rpc, connection);
      const params = [{ commitment: 'finalized' }];
      return rpc.call({ method: 'getSlot', params, result: countField, about: 'the newest final slot' });
    },
    readFirstHeight: () => {
      return rpc.call({ method: 'getFirstAvailableBlock', params: [], result: countField, about: 'the first slot' });
    },
    readBlock: async (height) => {
      const params = [Math.max(0, height - slotsLookedThrough), height, { commitment: 'finalized' }];
      const about = `slot ${height}`;
      const slots = await rpc.call({ method: 'getBlocks', params, result: z.array(countField), about });
      const slot = slots.at(-1);
      if (slot === undefined || slot > height) throw connection.error('answer', `${about}: expected a block up to it`);
      const { blockhash, blockTime } = await readSlot(rpc, slot);
      if (blockTime === null) throw connection.error('answer', `slot ${slot}: expected its time, got none`);
      return { height: slot, hash: blockhash, time: blockTime };
    },
  };
}
