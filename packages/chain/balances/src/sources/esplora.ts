/**
 * Balances from an indexer with Esplora's interface: what an address has now, less what its transactions after the
 * snapshot brought, plus what they took.
 *
 * With a full history every transaction is read, down to the first, and all together have to be what the indexer says the
 * address has. With a recent one only those after the snapshot are, which is what hot wallets need; then the indexer is
 * believed about the sum of the others.
 */
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import * as z from 'zod/mini';
import type { BalanceQuery, Block, ReadBalances } from '../balance.js';
import { checkSameBlock } from '../read-each.js';
import type { Connection } from '../transport/connection.js';
import { askJson } from '../transport/json-http.js';
import { forEachLimited } from '../transport/pacer.js';
import { timeText } from '../transport/world.js';
import { hashField, outputScript, satoshiField, scriptHash } from './bitcoin-outputs.js';
import { countField } from './fields.js';

const statsField = z.object({
  chain_stats: z.object({ tx_count: countField, funded_txo_sum: satoshiField, spent_txo_sum: satoshiField }),
});
const outputField = z.object({
  /** Absent where a chain hides it. */
  scriptpubkey: z.optional(z.string()),
  value: z.optional(satoshiField),
});
const transactionsField = z.array(
  z.object({
    txid: hashField,
    status: z.object({ confirmed: z.literal(true), block_height: countField }),
    vin: z.array(z.object({ prevout: z.optional(z.nullable(outputField)) })),
    vout: z.array(outputField),
  }),
);
type Transaction = z.infer<typeof transactionsField>[number];
type Output = z.infer<typeof outputField>;

export interface EsploraOptions {
  readonly history: 'full' | 'recent';
  readonly maxTransactions: number;
}

/** What an address has according to the indexer. */
interface Stats {
  readonly transactionCount: number;
  readonly units: bigint;
}

/** How often an address is read anew, when a block with a transaction of it came in between. */
const maxReadings = 3;

/** Balances from the indexer at the end of a connection. */
export function esplora(connection: Connection, network: BitcoinNetwork, options: EsploraOptions): ReadBalances {
  return async ({ queries, block }, onBalances) => {
    await checkBlock(connection, block);
    await forEachLimited(queries, connection.settings.concurrency, async (query) => {
      const time = timeText(connection.world.now());
      const units = await readBalance(connection, query, outputScript(query.address, network), block, options);
      onBalances([{ query, units, at: 'height', height: block.height, blockHash: block.hash, time }]);
    });
    await checkBlock(connection, block);
  };
}

async function checkBlock(connection: Connection, block: Block): Promise<void> {
  checkSameBlock(connection, block, { height: block.height, hash: await readBlockHash(connection, block.height) });
}

/** The hash of the block at a height. */
export function readBlockHash(connection: Connection, height: number): Promise<string> {
  return connection.ask({ path: `/block-height/${height}` }, ({ status, text }) => {
    if (status === 200 && hashField.safeParse(text.trim()).success) return text.trim();
    const said = `status ${status} with ${connection.quote(text)}`;
    throw connection.error('answer', `block ${height}: expected its hash, got ${said}`);
  });
}

async function readBalance(
  connection: Connection,
  query: BalanceQuery,
  script: string,
  block: Block,
  options: EsploraOptions,
): Promise<bigint> {
  for (let reading = 1; ; reading++) {
    const stats = await readStats(connection, query, script);
    if (stats.transactionCount > options.maxTransactions && options.history === 'full') {
      const limit = `more than maxTransactions, ${options.maxTransactions}; "history": "recent" reads only new ones`;
      throw connection.error('refused', `${query.address}: ${stats.transactionCount} transactions, ${limit}`);
    }
    const walked = await walkBack(connection, query, script, block, stats, options);
    const after = await readStats(connection, query, script);
    if (after.transactionCount === stats.transactionCount && after.units === stats.units) return walked();
    if (reading === maxReadings) {
      throw connection.error('unreachable', `${query.address}: its history changed in each of ${maxReadings} readings`);
    }
  }
}

async function readStats(connection: Connection, query: BalanceQuery, script: string): Promise<Stats> {
  const path = `/scripthash/${scriptHash(script)}`;
  const { chain_stats: stats } = await askJson(connection, { path }, statsField, query.address);
  const units = BigInt(stats.funded_txo_sum) - BigInt(stats.spent_txo_sum);
  if (units < 0n) throw connection.error('answer', `${query.address}: more is spent than was received`);
  return { transactionCount: stats.tx_count, units };
}

/** Goes back from the newest transaction. What it returns is asked for the result once it is known that nothing changed. */
async function walkBack(
  connection: Connection,
  query: BalanceQuery,
  script: string,
  block: Block,
  stats: Stats,
  { history, maxTransactions }: EsploraOptions,
): Promise<() => bigint> {
  const seen = new Set<string>();
  let lastHeight = Number.POSITIVE_INFINITY;
  let lastId = '';
  let left = stats.units;
  let atHeight: bigint | undefined;
  const fail = (what: string) => connection.error('answer', `${query.address}: ${what}`);
  while (seen.size < stats.transactionCount && (history === 'full' || atHeight === undefined)) {
    const path = `/scripthash/${scriptHash(script)}/txs/chain${lastId === '' ? '' : `/${lastId}`}`;
    const page = await askJson(connection, { path }, transactionsField, query.address);
    if (page.length === 0) {
      return () => {
        throw fail(`its history ends after ${seen.size} of ${stats.transactionCount} transactions`);
      };
    }
    for (const transaction of page) {
      const { txid, status } = transaction;
      if (seen.has(txid)) throw fail(`transaction ${txid} is there twice`);
      if (status.block_height > lastHeight) throw fail(`transaction ${txid} is not in the order of blocks`);
      if (status.block_height <= block.height) atHeight ??= left;
      seen.add(txid);
      if (seen.size > maxTransactions) throw fail(`more than maxTransactions, ${maxTransactions}, after the snapshot`);
      lastHeight = status.block_height;
      lastId = txid;
      left -= netUnits(transaction, script);
    }
  }
  return () => {
    if (seen.size > stats.transactionCount) throw fail(`expected ${stats.transactionCount} transactions, got more`);
    if (seen.size === stats.transactionCount && left !== 0n) {
      throw fail(`its transactions add up to ${stats.units - left} units, and the indexer says ${stats.units}`);
    }
    const units = atHeight ?? left;
    if (units < 0n) throw fail('its transactions after the snapshot brought more than it has');
    return units;
  };
}

/** What a transaction brings to a script less what it takes. */
function netUnits({ vin, vout }: Transaction, script: string): bigint {
  const sum = (outputs: readonly (Output | null | undefined)[]) =>
    outputs.reduce(
      (total, output) => (output?.scriptpubkey === script ? total + BigInt(output.value ?? 0) : total),
      0n,
    );
  return sum(vout) - sum(vin.map(({ prevout }) => prevout));
}
