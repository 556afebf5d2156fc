/**
 * Balances from the chain's nodes: goes to `packages/chain/balances/src/sources`, with a line in `source-kinds.ts` and a fixture in
 * `test/fixtures`. The first lines say what the interface knows of the past; the guide's table is made of `balancesAt`.
 *
 * This node answers for a past block, and names in each answer the block that it is of.
 */
import { describeQuery } from '@solvent/balances/balance';
import type { BlockReader, TimedBlock } from '@solvent/balances/block-reader';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '@solvent/balances/read-each';
import { defineKind } from '@solvent/balances/source-kind';
import { countField, digitsField } from '@solvent/balances/sources/fields';
import type { Connection } from '@solvent/balances/transport/connection';
import { askJson } from '@solvent/balances/transport/json-http';
import * as z from 'zod/mini';
import { templateNetwork } from './network.js';

const hashField = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'));
const blockField = z.object({ chain: z.string(), height: countField, hash: hashField, time: countField });
// Units are text, or integers without a fraction: never floating point.
const balanceField = z.object({ address: z.string(), block: hashField, units: digitsField });

export const templateKind = defineKind({
  kind: 'template-rest',
  family: templateNetwork.family,
  networks: [templateNetwork.id],
  assets: 'own asset',
  balancesAt: "the snapshot's block",
  options: {},
  open: (connection) => readEach(connection, template(connection)),
  blocks: templateBlocks,
});

function template(connection: Connection): BalanceInterface {
  return {
    checkBlock: async (block) => checkSameBlock(connection, block, await readBlock(connection, String(block.height))),
    readBalance: async (query, block) => {
      const request = { path: `/balances/${query.address}`, query: { block: block.hash } };
      const found = await askJson(connection, request, balanceField, describeQuery(query));
      checkSameBlock(connection, block, { height: block.height, hash: found.block });
      if (found.address === query.address) return { units: BigInt(found.units) };
      throw connection.error('answer', `expected the balance of ${query.address}, got another`);
    },
  };
}

async function readBlock(connection: Connection, id: string): Promise<TimedBlock> {
  const block = await askJson(connection, { path: `/blocks/${id}` }, blockField, `block ${id}`);
  // A block can be another chain's.
  checkChainName(connection, 'chain', ['template-mainnet'], block.chain);
  return { height: block.height, hash: block.hash, time: block.time };
}

function templateBlocks(connection: Connection): BlockReader {
  return {
    readFinalHeight: async () => (await readBlock(connection, 'final')).height,
    readBlock: (height) => readBlock(connection, String(height)),
  };
}
