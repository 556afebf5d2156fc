/**
 * Balances from a node of a Cosmos chain, by CometBFT's RPC: what the bank module has for an address after the snapshot's
 * very block. What is staked, or vesting elsewhere than in the account, counts for nothing.
 *
 * The state is asked for with `abci_query`, whose answer names the height: the REST interface takes the height in a header,
 * which servers on the way may drop, and then answers of its newest block without saying so.
 */
import type { CosmosNetwork } from '@solvent/report-format/networks/network';
import * as z from 'zod/mini';
import { type BalanceQuery, type Block, describeQuery } from '../balance.js';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { createJsonRpc, type JsonRpc } from '../transport/json-rpc.js';
import { type CosmosChain, cosmosChains } from './cosmos-chains.js';
import { countTextField } from './fields.js';
import { encodeTexts, readText } from './protobuf-texts.js';

const balanceMethod = '/cosmos.bank.v1beta1.Query/Balance';

const hashField = z.string().check(z.regex(/^[0-9A-F]{64}$/, 'expected 64 upper-case hexadecimal digits'));
const statusField = z.object({
  node_info: z.object({ network: z.string() }),
  sync_info: z.object({ latest_block_height: countTextField, earliest_block_height: countTextField }),
});
const headersField = z.object({
  block_metas: z.tuple([
    z.object({
      block_id: z.object({ hash: hashField }),
      header: z.object({ chain_id: z.string(), height: countTextField, time: z.string() }),
    }),
  ]),
});
const queryField = z.object({
  response: z.object({
    code: z._default(z.int(), 0),
    log: z.optional(z.string()),
    value: z.nullish(z.base64()),
    height: countTextField,
  }),
});

export const cometbftRpcKind = defineKind({
  kind: 'cometbft-rpc',
  family: 'cosmos',
  networks: Object.keys(cosmosChains),
  assets: 'own asset, denominations of `ibc/` and `factory/`',
  balancesAt: "the snapshot's block, as long as the node keeps its state",
  options: {},
  open: (connection, network) => readEach(connection, cosmos(connection, chainOf(network))),
  blocks: (connection, network) => cosmosBlocks(connection, chainOf(network)),
});

function chainOf({ id }: CosmosNetwork): CosmosChain {
  return cosmosChains[id];
}

function cosmos(connection: Connection, chain: CosmosChain): BalanceInterface {
  const rpc = createJsonRpc(connection, '2.0');
  return {
    checkBlock: async (block) =>
      checkSameBlock(connection, block, await readBlock(rpc, connection, chain, block.height)),
    readBalance: async (query, block) => ({ units: await readUnits(rpc, connection, query, chain, block) }),
  };
}

async function readUnits(
  rpc: JsonRpc,
  connection: Connection,
  query: BalanceQuery,
  chain: CosmosChain,
  { height }: Block,
): Promise<bigint> {
  const about = describeQuery(query);
  const denom = query.token ?? chain.denom;
  const data = Buffer.from(encodeTexts([query.address, denom])).toString('hex');
  const params = { path: balanceMethod, data, height: String(height), prove: false };
  const { response } = await rpc.call({ method: 'abci_query', params, result: queryField, about });
  const fail = (what: string) => connection.error('answer', `balance of ${about}: ${what}`);
  if (response.code !== 0) {
    throw connection.error('refused', `balance of ${about}: the node says ${connection.quote(response.log ?? '')}`);
  }
  if (response.height !== String(height)) throw fail(`expected block ${height}, got block ${response.height}`);
  const coin = readText(Buffer.from(response.value ?? '', 'base64'), 1);
  const found = coin === undefined ? undefined : readText(coin, 1);
  const amount = coin === undefined ? undefined : readText(coin, 2);
  if (found === undefined || Buffer.from(found).toString() !== denom) throw fail(`expected units of ${denom}`);
  const digits = Buffer.from(amount ?? []).toString();
  if (!/^(0|[1-9][0-9]{0,77})$/.test(digits)) throw fail(`expected an integer, got ${connection.quote(digits)}`);
  return BigInt(digits);
}

async function readBlock(
  rpc: JsonRpc,
  connection: Connection,
  { chainId }: CosmosChain,
  height: number,
): Promise<TimedBlock> {
  const params = { minHeight: String(height), maxHeight: String(height) };
  const about = `block ${height}`;
  const { block_metas: metas } = await rpc.call({ method: 'blockchain', params, result: headersField, about });
  const { header, block_id: id } = metas[0];
  checkChainName(connection, 'chain id', [chainId], header.chain_id);
  const time = Date.parse(header.time);
  if (header.height !== String(height))
    throw connection.error('answer', `expected ${about}, got block ${header.height}`);
  if (Number.isNaN(time)) throw connection.error('answer', `${about}: expected a time`);
  return { height, hash: id.hash, time: Math.floor(time / 1000) };
}

function cosmosBlocks(connection: Connection, chain: CosmosChain): BlockReader {
  const rpc = createJsonRpc(connection, '2.0');
  const status = () => rpc.call({ method: 'status', params: {}, result: statusField, about: 'the chain' });
  return {
    readFinalHeight: async () => {
      const { node_info: node, sync_info: sync } = await status();
      checkChainName(connection, 'chain id', [chain.chainId], node.network);
      // The header of the newest block is signed by the next one.
      return Number(sync.latest_block_height) - 1;
    },
    readFirstHeight: async () => Number((await status()).sync_info.earliest_block_height),
    readBlock: (height) => readBlock(rpc, connection, chain, height),
  };
}
