/**
 * Balances from a node with Bitcoin Core's RPC: a scan of all unspent outputs.
 *
 * The node knows the unspent outputs of its newest block only. When that is the snapshot's block, the balances are of it;
 * when it is a later one, they are `at` the `tip`, with that block's height and hash.
 */
import type { BitcoinNetwork } from '@solvent/report-format/networks/network';
import * as z from 'zod/mini';
import type { Balance, Block, ReadBalances } from '../balance.js';
import { checkChainName, checkSameBlock, checkUnits } from '../read-each.js';
import type { Connection } from '../transport/connection.js';
import { createJsonRpc, type JsonRpc } from '../transport/json-rpc.js';
import { chunksOf } from '../transport/pacer.js';
import { timeText } from '../transport/world.js';
import { hashField, outputScript } from './bitcoin-outputs.js';
import { countField, decimalToUnits } from './fields.js';

const chainField = z.object({ chain: z.string(), blocks: countField });
/** An amount in coins: a number, or its text where it is not a safe integer. */
const coinsField = z.union([countField, z.string()]);
const scanField = z.object({
  success: z.literal(true),
  height: countField,
  bestblock: hashField,
  unspents: z.array(
    z.object({
      txid: hashField,
      vout: countField,
      scriptPubKey: z.string().check(z.regex(/^([0-9a-f]{2})+$/)),
      amount: coinsField,
      height: countField,
    }),
  ),
  total_amount: coinsField,
});
type Scan = z.infer<typeof scanField>;

export interface BitcoinCoreOptions {
  /** What the node calls its chain. */
  readonly chain: string;
  readonly scanTimeoutMs: number;
}

/** Addresses in one scan: a request of at most 4 MB. Every scan reads the whole set, however few there are. */
const scanSize = 25_000;
/** A hot wallet has hundreds of thousands of unspent outputs of about 300 bytes each. */
const scanAnswerBytes = 2 ** 28;

/** Balances from the node at the end of a connection. */
export function bitcoinCore(
  connection: Connection,
  network: BitcoinNetwork,
  options: BitcoinCoreOptions,
): ReadBalances {
  const rpc = createJsonRpc(connection, '1.0');
  return async ({ queries, block }, onBalances) => {
    await checkCoreChain(rpc, connection, options.chain);
    await checkBlock(rpc, connection, block);
    // One after the other: a node does one scan at a time.
    for (const chunk of chunksOf(queries, scanSize)) {
      const scripts = chunk.map(({ address }) => outputScript(address, network));
      const time = timeText(connection.world.now());
      const scan = await scanOutputs(rpc, scripts, options.scanTimeoutMs);
      const sums = sumByScript(connection, scan, scripts, network);
      for (const [i, query] of chunk.entries()) checkUnits(connection, query, sums.get(scripts[i])!);
      const seen = await checkSeen(rpc, connection, scan, block);
      onBalances(chunk.map((query, i): Balance => ({ query, units: sums.get(scripts[i])!, ...seen, time })));
    }
  };
}

/** The node is of the chain that is meant; gives what it says of it. */
export async function checkCoreChain(
  rpc: JsonRpc,
  connection: Connection,
  chain: string,
): Promise<z.infer<typeof chainField>> {
  const about = 'the chain';
  const found = await rpc.call({ method: 'getblockchaininfo', params: [], result: chainField, about });
  checkChainName(connection, 'the chain', [chain], found.chain);
  return found;
}

async function checkBlock(rpc: JsonRpc, connection: Connection, block: Block): Promise<void> {
  const call = { method: 'getblockhash', params: [block.height], result: hashField, about: `block ${block.height}` };
  checkSameBlock(connection, block, { height: block.height, hash: await rpc.call(call) });
}

function scanOutputs(rpc: JsonRpc, scripts: readonly string[], timeoutMs: number): Promise<Scan> {
  const params = ['start', scripts.map((script) => `raw(${script})`)];
  const about = `${scripts.length} addresses`;
  const call = { method: 'scantxoutset', params, result: scanField, about };
  return rpc.call(call, { timeoutMs, maxBytes: scanAnswerBytes });
}

/** The sum of each script's outputs, each output once, and all of them together what the node says they are. */
function sumByScript(
  connection: Connection,
  scan: Scan,
  scripts: readonly string[],
  network: BitcoinNetwork,
): ReadonlyMap<string, bigint> {
  const sums = new Map(scripts.map((script) => [script, 0n]));
  const outputs = new Set<string>();
  let total = 0n;
  for (const { txid, vout, scriptPubKey, amount, height } of scan.unspents) {
    const sum = sums.get(scriptPubKey);
    const output = `${txid}:${vout}`;
    if (sum === undefined) throw connection.error('answer', `output ${output} is of a script that was not asked for`);
    if (outputs.has(output)) throw connection.error('answer', `output ${output} is there twice`);
    if (height > scan.height) throw connection.error('answer', `output ${output} is of block ${height}, after the tip`);
    outputs.add(output);
    const units = readCoins(connection, amount, network, `output ${output}`);
    sums.set(scriptPubKey, sum + units);
    total += units;
  }
  const said = readCoins(connection, scan.total_amount, network, 'the sum of all outputs');
  if (said === total) return sums;
  throw connection.error('answer', `the outputs add up to ${total} units, and the node says ${said}`);
}

/** The units of an amount in coins. Not every network of the family has the 8 decimals of Bitcoin. */
function readCoins(
  connection: Connection,
  coins: string | number,
  { nativeDecimals }: BitcoinNetwork,
  about: string,
): bigint {
  const units = decimalToUnits(String(coins), nativeDecimals);
  if (units !== undefined && units >= 0n) return units;
  const expected = `expected an amount of at least 0 with at most ${nativeDecimals} decimals`;
  throw connection.error('answer', `${about}: ${expected}, got ${connection.quote(String(coins))}`);
}

/** The block that a scan is of, still part of the chain, the snapshot's block below it too. */
async function checkSeen(
  rpc: JsonRpc,
  connection: Connection,
  { height, bestblock }: Scan,
  block: Block,
): Promise<Pick<Balance, 'at' | 'height' | 'blockHash'>> {
  if (height < block.height) {
    throw connection.error('answer', `expected a tip of at least ${block.height}, got a scan of block ${height}`);
  }
  await checkBlock(rpc, connection, { height, hash: bestblock });
  await checkBlock(rpc, connection, block);
  return { at: height === block.height ? 'height' : 'tip', height, blockHash: bestblock };
}
