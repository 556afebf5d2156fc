/**
 * Balances from a node of NEAR: own asset and fungible tokens (NEP-141), as of the snapshot's very block.
 *
 * Each answer names the block that it is of. Ordinary nodes keep the blocks of about two days, archive nodes all. What an
 * account has staked by itself or with a pool counts for nothing.
 */
import * as z from 'zod/mini';
import { type BalanceQuery, type Block, describeQuery } from '../balance.js';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { CallRefused, createJsonRpc, type JsonRpc } from '../transport/json-rpc.js';
import { countField, digitsField } from './fields.js';

/** Heights without a block, one after the other, that are looked through. */
const heightsLookedThrough = 100;

const hashField = z.string().check(z.regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/, 'expected 32 bytes in Base58'));
const ofBlock = { block_height: countField, block_hash: hashField };
const accountField = z.object({ ...ofBlock, amount: digitsField });
const callField = z.object({ ...ofBlock, result: z.array(z.int().check(z.minimum(0), z.maximum(255))) });
const blockField = z.object({
  /** Nanoseconds. */
  header: z.object({ height: countField, hash: hashField, timestamp_nanosec: digitsField }),
});
const statusField = z.object({
  chain_id: z.string(),
  sync_info: z.object({ earliest_block_height: z.optional(z.nullable(countField)) }),
});

export const nearJsonRpcKind = defineKind({
  kind: 'near-json-rpc',
  family: 'near',
  assets: 'own asset, NEP-141',
  balancesAt: "the snapshot's block; where that is older than about two days, of an archive node",
  options: {},
  open: (connection) => readEach(connection, near(connection)),
  blocks: nearBlocks,
});

function near(connection: Connection): BalanceInterface {
  const rpc = createJsonRpc(connection, '2.0');
  return {
    checkBlock: async (block) => {
      await checkChain(rpc, connection);
      const { header } = await callBlock(rpc, { block_id: block.height });
      checkSameBlock(connection, block, header);
    },
    readDecimals: async (token, block) => {
      const about = `the decimals of ${token}`;
      const said = await callView(rpc, connection, token, 'ft_metadata', {}, block, about);
      const found = z.object({ decimals: countField }).safeParse(said);
      if (found.success) return found.data.decimals;
      throw connection.error('answer', `${about}: expected a number in the contract's metadata`);
    },
    readBalance: async (query, block) => {
      if (query.token === null) return { units: await readAmount(rpc, connection, query, block) };
      const about = describeQuery(query);
      const args = { account_id: query.address };
      const said = await callView(rpc, connection, query.token, 'ft_balance_of', args, block, about);
      const found = digitsField.safeParse(said);
      if (!found.success) throw connection.error('answer', `balance of ${about}: expected an integer as text`);
      return { units: BigInt(found.data) };
    },
  };
}

async function readAmount(
  rpc: JsonRpc,
  connection: Connection,
  { address }: BalanceQuery,
  block: Block,
): Promise<bigint> {
  const params = { request_type: 'view_account', block_id: block.hash, account_id: address };
  try {
    const found = await rpc.call({ method: 'query', params, result: accountField, about: address });
    checkOf(connection, block, found);
    return BigInt(found.amount);
  } catch (error) {
    if (isCause(error, 'UNKNOWN_ACCOUNT')) return 0n;
    throw error;
  }
}

/** What a contract's function returns, as JSON. */
async function callView(
  rpc: JsonRpc,
  connection: Connection,
  contract: string,
  method: string,
  args: object,
  block: Block,
  about: string,
): Promise<unknown> {
  const params = {
    request_type: 'call_function',
    block_id: block.hash,
    account_id: contract,
    method_name: method,
    args_base64: Buffer.from(JSON.stringify(args)).toString('base64'),
  };
  const found = await rpc.call({ method: 'query', params, result: callField, about });
  checkOf(connection, block, found);
  try {
    return JSON.parse(Buffer.from(found.result).toString());
  } catch {
    throw connection.error('answer', `${about}: expected JSON from the contract ${contract}`);
  }
}

function checkOf(connection: Connection, block: Block, of: { block_height: number; block_hash: string }): void {
  checkSameBlock(connection, block, { height: of.block_height, hash: of.block_hash });
}

/** Whether a node refused a call for this cause, by the name that it has in the interface. */
function isCause(error: unknown, name: string): boolean {
  return error instanceof CallRefused && error.said.includes(`"name":"${name}"`);
}

function callBlock(rpc: JsonRpc, which: Readonly<Record<string, unknown>>): Promise<z.infer<typeof blockField>> {
  return rpc.call({ method: 'block', params: which, result: blockField, about: `block ${Object.values(which)[0]}` });
}

async function checkChain(rpc: JsonRpc, connection: Connection): Promise<z.infer<typeof statusField>> {
  const status = await rpc.call({ method: 'status', params: [], result: statusField, about: 'the chain' });
  checkChainName(connection, 'chain', ['mainnet'], status.chain_id);
  return status;
}

function nearBlocks(connection: Connection): BlockReader {
  const rpc = createJsonRpc(connection, '2.0');
  const readBlock = async (height: number): Promise<TimedBlock> => {
    for (let at = height; at >= Math.max(0, height - heightsLookedThrough); at--) {
      try {
        const { header } = await callBlock(rpc, { block_id: at });
        if (header.height !== at) throw connection.error('answer', `expected block ${at}, got block ${header.height}`);
        return { height: at, hash: header.hash, time: Number(BigInt(header.timestamp_nanosec) / 1_000_000_000n) };
      } catch (error) {
        if (!isCause(error, 'UNKNOWN_BLOCK')) throw error;
      }
    }
    throw connection.error('answer', `expected a block in one of ${heightsLookedThrough} heights up to ${height}`);
  };
  return {
    readFinalHeight: async () => {
      await checkChain(rpc, connection);
      return (await callBlock(rpc, { finality: 'final' })).header.height;
    },
    readFirstHeight: async () => (await checkChain(rpc, connection)).sync_info.earliest_block_height ?? 0,
    readBlock,
  };
}
