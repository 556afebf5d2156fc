/**
 * Balances from a node with Aptos' REST interface: own asset, coins and fungible assets, after the snapshot's very block.
 *
 * State is kept by version, and a block says its last one. A node that has pruned that version says so and is not believed.
 */
import * as z from 'zod/mini';
import { type BalanceQuery, describeQuery } from '../balance.js';
import type { BlockReader } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { askJson, askJsonIfAny } from '../transport/json-http.js';
import { countField, countTextField, unitsNumberField } from './fields.js';

const mainnetId = 1;
/** The native coin's type; its balance has in it what is kept as a fungible asset. */
const nativeCoin = '0x1::aptos_coin::AptosCoin';

const ledgerField = z.object({
  chain_id: z.int(),
  block_height: countTextField,
  oldest_block_height: countTextField,
});
const blockField = z.object({
  block_height: countTextField,
  block_hash: z.string().check(z.regex(/^0x[0-9a-f]{64}$/, 'expected 0x and 64 lower-case hexadecimal digits')),
  /** Microseconds. */
  block_timestamp: countTextField,
  last_version: countTextField,
});
const describedField = z.object({ data: z.object({ decimals: countField }) });
/** What the interface says of an account that holds no such asset. */
const absentField = z.object({ error_code: z.enum(['resource_not_found', 'account_not_found']) });

export const aptosRestKind = defineKind({
  kind: 'aptos-rest',
  family: 'aptos',
  assets: 'own asset, coins, fungible assets',
  balancesAt: "the snapshot's block, as long as the node keeps its state",
  options: {},
  open: (connection) => readEach(connection, aptos(connection)),
  blocks: aptosBlocks,
});

function aptos(connection: Connection): BalanceInterface {
  /** The version of the snapshot's state. */
  let version = '';
  const ofVersion = () => ({ ledger_version: version });
  return {
    checkBlock: async (block) => {
      await checkChain(connection);
      const found = await readBlock(connection, block.height);
      checkSameBlock(connection, block, { height: Number(found.block_height), hash: found.block_hash });
      version = found.last_version;
    },
    readDecimals: async (token) => {
      const [address] = token.split('::');
      const type = token.includes('::') ? `0x1::coin::CoinInfo<${token}>` : '0x1::fungible_asset::Metadata';
      const request = { path: `/accounts/${address}/resource/${type}`, query: ofVersion() };
      return (await askJson(connection, request, describedField, `the decimals of ${token}`)).data.decimals;
    },
    readBalance: async (query) => ({ units: await readUnits(connection, query, ofVersion()) }),
  };
}

async function readUnits(connection: Connection, query: BalanceQuery, of: Record<string, string>): Promise<bigint> {
  const { address, token } = query;
  const request = { path: `/accounts/${address}/balance/${token ?? nativeCoin}`, query: of };
  const units = await askJsonIfAny(connection, request, unitsNumberField, absentField, describeQuery(query));
  return BigInt(units ?? 0);
}

async function checkChain(connection: Connection): Promise<z.infer<typeof ledgerField>> {
  const ledger = await askJson(connection, { path: '/' }, ledgerField, 'the chain');
  checkChainName(connection, 'chain id', [String(mainnetId)], String(ledger.chain_id));
  return ledger;
}

async function readBlock(connection: Connection, height: number): Promise<z.infer<typeof blockField>> {
  const block = await askJson(connection, { path: `/blocks/by_height/${height}` }, blockField, `block ${height}`);
  if (block.block_height === String(height)) return block;
  throw connection.error('answer', `expected block ${height}, got block ${block.block_height}`);
}

function aptosBlocks(connection: Connection): BlockReader {
  return {
    readFinalHeight: async () => Number((await checkChain(connection)).block_height),
    readFirstHeight: async () => Number((await checkChain(connection)).oldest_block_height),
    readBlock: async (height) => {
      const block = await readBlock(connection, height);
      return { height, hash: block.block_hash, time: Math.floor(Number(block.block_timestamp) / 1_000_000) };
    },
  };
}
