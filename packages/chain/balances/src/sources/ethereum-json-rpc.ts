/**
 * Balances from a node with Ethereum's JSON-RPC: own asset and ERC-20 tokens, of the snapshot's very block.
 *
 * The block is named by its hash where the node takes that (EIP-1898), so it cannot answer of another one. Otherwise it
 * is named by its number, and after each request the block of that number must still have the hash.
 */
import type { EvmNetwork } from '@solvent/report-format/networks/network';
import * as z from 'zod/mini';
import { type Balance, type BalanceQuery, type Block, describeQuery, type ReadBalances } from '../balance.js';
import { checkDecimals, checkSameBlock, checkUnits } from '../read-each.js';
import type { Connection } from '../transport/connection.js';
import { type Call, CallRefused, createJsonRpc, type JsonRpc } from '../transport/json-rpc.js';
import { chunksOf, forEachLimited } from '../transport/pacer.js';
import { timeText } from '../transport/world.js';
import {
  aggregateCall,
  balanceOfCall,
  type ContractCall,
  decimalsCall,
  decodeAggregate,
  decodeWord,
  ethBalanceCall,
} from './evm-abi.js';

/** An integer. */
export const quantityField = z
  .string()
  .check(z.regex(/^0x(0|[1-9a-f][0-9a-f]{0,63})$/, 'expected a quantity in hexadecimal'));
const dataField = z.string().check(z.regex(/^0x([0-9a-f]{2})*$/, 'expected bytes in lower-case hexadecimal'));
const blockField = z.nullable(z.object({ number: quantityField, hash: dataField }));
/** A block with its time in seconds; null where there is none. */
export const timedBlockField = z.nullable(
  z.object({ number: quantityField, hash: dataField, timestamp: quantityField }),
);

/** How calls name the block (EIP-1898). */
type BlockParameter = string | { readonly blockHash: string; readonly requireCanonical: true };

export interface EthereumOptions {
  readonly batchSize: number;
  readonly multicall?: string | undefined;
}

/** Balances from the node at the end of a connection. */
export function ethereumJsonRpc(connection: Connection, network: EvmNetwork, options: EthereumOptions): ReadBalances {
  const rpc = createJsonRpc(connection, '2.0');
  return async ({ queries, block }, onBalances) => {
    await checkChain(rpc, connection, network);
    await checkBlock(rpc, connection, block);
    const parameter = await chooseParameter(rpc, block, queries[0]);
    await checkDecimals(connection, queries, (token) => readDecimals(rpc, connection, parameter, token));
    const { multicall, batchSize } = options;
    const chunks = chunksOf(queries, multicall === undefined ? batchSize : multicallSize);
    await forEachLimited(chunks, connection.settings.concurrency, async (chunk) => {
      const time = timeText(connection.world.now());
      const units =
        multicall === undefined
          ? await askEach(rpc, connection, parameter, chunk)
          : await askTogether(rpc, connection, parameter, multicall, chunk);
      if (typeof parameter === 'string') await checkBlock(rpc, connection, block);
      const { height, hash: blockHash } = block;
      onBalances(chunk.map((query, i): Balance => ({ query, units: units[i], at: 'height', height, blockHash, time })));
    });
    // Whatever was asked, it was of a block that is still part of the chain.
    await checkBlock(rpc, connection, block);
  };
}

/** Calls in one call of Multicall3; each costs a few thousand gas, and nodes bound the gas of a call. */
const multicallSize = 200;

/** The node is of the network's chain. */
export async function checkChain(rpc: JsonRpc, connection: Connection, network: EvmNetwork): Promise<void> {
  const id = await rpc.call({ method: 'eth_chainId', params: [], result: quantityField, about: 'the chain' });
  if (BigInt(id) === BigInt(network.chainId)) return;
  throw connection.error('answer', `expected chain id ${network.chainId}, got ${BigInt(id)}`);
}

async function checkBlock(rpc: JsonRpc, connection: Connection, block: Block): Promise<void> {
  const about = `block ${block.height}`;
  const params = [quantity(block.height), false];
  const found = await rpc.call({ method: 'eth_getBlockByNumber', params, result: blockField, about });
  if (found === null) throw connection.error('answer', `expected ${about}, which the node does not have`);
  checkSameBlock(connection, block, { height: Number(found.number), hash: found.hash });
}

/**
 * By hash if the node takes it, which it shows by not answering for a block that cannot be: some take the hash for a word
 * that they do not know, and answer of their newest block.
 */
async function chooseParameter(
  rpc: JsonRpc,
  { height, hash }: Block,
  { address }: BalanceQuery,
): Promise<BlockParameter> {
  const byHash = (blockHash: string) => ({ blockHash, requireCanonical: true }) as const;
  const knowsNo = await isRefused(rpc, nativeCall(address, byHash(`0x${'0'.repeat(64)}`)));
  if (knowsNo && !(await isRefused(rpc, nativeCall(address, byHash(hash))))) return byHash(hash);
  // A node that takes neither says with the number why.
  await rpc.call(nativeCall(address, quantity(height)));
  return quantity(height);
}

async function isRefused(rpc: JsonRpc, call: Call<string>): Promise<boolean> {
  try {
    await rpc.call(call);
    return false;
  } catch (error) {
    if (error instanceof CallRefused) return true;
    throw error;
  }
}

/** The decimals that a token says it has. */
async function readDecimals(
  rpc: JsonRpc,
  connection: Connection,
  parameter: BlockParameter,
  token: string,
): Promise<number> {
  const about = `the decimals of ${token}`;
  const found = decodeWord(await rpc.call(contractCall({ target: token, data: decimalsCall }, parameter, about)));
  if (found !== undefined) return Number(found);
  throw connection.error('answer', `${about}: expected a number, got none: is there such a token at this block?`);
}

async function askEach(
  rpc: JsonRpc,
  connection: Connection,
  parameter: BlockParameter,
  queries: readonly BalanceQuery[],
): Promise<bigint[]> {
  const calls = queries.map((query) => directCall(query, parameter));
  const results = calls.length === 1 ? [await rpc.call(calls[0])] : await rpc.batch(calls);
  return results.map((result, i) => directUnits(connection, queries[i], result));
}

function directCall({ address, token, ...query }: BalanceQuery, parameter: BlockParameter): Call<string> {
  if (token === null) return nativeCall(address, parameter);
  const about = describeQuery({ ...query, address, token });
  return contractCall({ target: token, data: balanceOfCall(address) }, parameter, about);
}

function directUnits(connection: Connection, query: BalanceQuery, result: string): bigint {
  if (query.token !== null) return unitsOfWord(connection, query, result);
  const units = BigInt(result);
  checkUnits(connection, query, units);
  return units;
}

/** The units that a contract's function returns. */
function unitsOfWord(connection: Connection, query: BalanceQuery, result: string): bigint {
  const units = decodeWord(result);
  if (units === undefined) {
    throw connection.error('answer', `balance of ${describeQuery(query)}: expected 32 bytes, got another length`);
  }
  checkUnits(connection, query, units);
  return units;
}

/** All in one call of Multicall3, and the first of them directly too: what stands at its address may be something else. */
async function askTogether(
  rpc: JsonRpc,
  connection: Connection,
  parameter: BlockParameter,
  multicall: string,
  queries: readonly BalanceQuery[],
): Promise<bigint[]> {
  const calls = queries.map(({ address, token }): ContractCall => {
    if (token === null) return { target: multicall, data: ethBalanceCall(address) };
    return { target: token, data: balanceOfCall(address) };
  });
  const about = `${queries.length} balances by Multicall3`;
  const data = await rpc.call(contractCall({ target: multicall, data: aggregateCall(calls) }, parameter, about));
  const results = decodeAggregate(data, queries.length);
  if (results === undefined)
    throw connection.error('answer', `${about}: what ${multicall} returns is not Multicall3's`);
  const units = results.map((result, i) => {
    if (result !== null) return unitsOfWord(connection, queries[i], result);
    throw connection.error('answer', `balance of ${describeQuery(queries[i])}: the call failed`);
  });
  const [direct] = await askEach(rpc, connection, parameter, queries.slice(0, 1));
  if (direct === units[0]) return units;
  const place = `balance of ${describeQuery(queries[0])}`;
  throw connection.error('answer', `${place}: the node says ${direct}, and the contract ${multicall} says ${units[0]}`);
}

function nativeCall(address: string, parameter: BlockParameter): Call<string> {
  return { method: 'eth_getBalance', params: [address, parameter], result: quantityField, about: address };
}

function contractCall({ target, data }: ContractCall, parameter: BlockParameter, about: string): Call<string> {
  return { method: 'eth_call', params: [{ to: target, data }, parameter], result: dataField, about };
}

/** An integer as the interface writes it. */
export function quantity(value: number): string {
  return `0x${value.toString(16)}`;
}
