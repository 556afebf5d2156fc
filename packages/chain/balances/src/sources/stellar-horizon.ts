/**
 * Balances from a Horizon server of Stellar: own asset and issued assets.
 *
 * Horizon keeps the newest state alone, and says of each account and trust line which ledger changed it last. What no ledger
 * after the snapshot's changed is as it was there. Any other balance is `at` the `tip`: Horizon does not say of which ledger
 * an answer is, so the newest one is read before and after, until both are the same.
 */
import * as z from 'zod/mini';
import { type BalanceQuery, describeQuery } from '../balance.js';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, type Reading, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { askJson, askJsonIfAny } from '../transport/json-http.js';
import { countField, decimalToUnits } from './fields.js';

const passphrase = 'Public Global Stellar Network ; September 2015';
/** All amounts have these. */
const decimals = 7;
/** How often a balance is read anew, when a ledger came in between; there is one every five seconds. */
const readingsMax = 10;

const rootField = z.object({
  network_passphrase: z.string(),
  history_latest_ledger: countField,
  history_elder_ledger: countField,
});
const ledgerField = z.object({
  sequence: countField,
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits')),
  closed_at: z.string(),
});
const amountField = z.string().check(z.regex(/^[0-9]{1,12}\.[0-9]{7}$/, 'expected an amount with 7 decimals'));
const balanceField = z.object({
  balance: amountField,
  asset_type: z.string(),
  asset_code: z.optional(z.string()),
  asset_issuer: z.optional(z.string()),
  last_modified_ledger: z.optional(countField),
});
const accountField = z.object({
  account_id: z.string(),
  last_modified_ledger: countField,
  balances: z.array(balanceField),
});
const absentField = z.object({ status: z.literal(404) });

export const stellarHorizonKind = defineKind({
  kind: 'stellar-horizon',
  family: 'stellar',
  assets: 'own asset, issued assets',
  balancesAt: "the snapshot's ledger where the balance did not change since, else the newest one",
  options: {},
  open: (connection) => readEach(connection, stellar(connection)),
  blocks: stellarBlocks,
});

function stellar(connection: Connection): BalanceInterface {
  return {
    checkBlock: async (block) => {
      await checkNetwork(connection);
      checkSameBlock(connection, block, await readLedger(connection, block.height));
    },
    readDecimals: async () => decimals,
    readBalance: async (query, block) => {
      for (let reading = 1; reading <= readingsMax; reading++) {
        const before = await checkNetwork(connection);
        const { units, changedAt } = await readNewest(connection, query);
        if (changedAt !== undefined && changedAt <= block.height) return { units };
        const after = await checkNetwork(connection);
        if (before.history_latest_ledger === after.history_latest_ledger) return atTip(connection, units, after);
      }
      const what = `a new ledger in each of ${readingsMax} readings`;
      throw connection.error('unreachable', `balance of ${describeQuery(query)}: ${what}`);
    },
  };
}

async function atTip(connection: Connection, units: bigint, root: z.infer<typeof rootField>): Promise<Reading> {
  const { height, hash } = await readLedger(connection, root.history_latest_ledger);
  return { units, seen: { height, hash } };
}

interface Newest {
  readonly units: bigint;
  /** The ledger that changed it last; absent where nothing is there, which may have been taken away at any time. */
  readonly changedAt?: number;
}

async function readNewest(connection: Connection, query: BalanceQuery): Promise<Newest> {
  const { address, token } = query;
  const about = describeQuery(query);
  const request = { path: `/accounts/${address}` };
  const account = await askJsonIfAny(connection, request, accountField, absentField, about);
  if (account === undefined) return { units: 0n };
  if (account.account_id !== address) throw connection.error('answer', `expected the account ${address}, got another`);
  const found = account.balances.filter((one) => nameOf(one) === (token ?? 'native'));
  if (found.length > 1) throw connection.error('answer', `balance of ${about}: it is there twice`);
  if (found.length === 0) return { units: 0n };
  const [{ balance, last_modified_ledger: changedAt }] = found;
  const units = decimalToUnits(balance, decimals)!;
  if (token === null) return { units, changedAt: account.last_modified_ledger };
  return { units, ...(changedAt !== undefined && { changedAt }) };
}

function nameOf({ asset_type: type, asset_code: code, asset_issuer: issuer }: z.infer<typeof balanceField>): string {
  return type === 'native' ? type : `${code}:${issuer}`;
}

async function checkNetwork(connection: Connection): Promise<z.infer<typeof rootField>> {
  const root = await askJson(connection, { path: '/' }, rootField, 'the network');
  checkChainName(connection, 'network', [passphrase], root.network_passphrase);
  return root;
}

async function readLedger(connection: Connection, sequence: number): Promise<TimedBlock> {
  const about = `ledger ${sequence}`;
  const ledger = await askJson(connection, { path: `/ledgers/${sequence}` }, ledgerField, about);
  if (ledger.sequence !== sequence) {
    throw connection.error('answer', `expected block ${sequence}, got block ${ledger.sequence}`);
  }
  const time = Date.parse(ledger.closed_at);
  if (Number.isNaN(time)) throw connection.error('answer', `${about}: expected a time`);
  return { height: sequence, hash: ledger.hash, time: Math.floor(time / 1000) };
}

function stellarBlocks(connection: Connection): BlockReader {
  return {
    // A ledger is closed by consensus: the newest is final.
    readFinalHeight: async () => (await checkNetwork(connection)).history_latest_ledger,
    readFirstHeight: async () => (await checkNetwork(connection)).history_elder_ledger,
    readBlock: (height) => readLedger(connection, height),
  };
}
