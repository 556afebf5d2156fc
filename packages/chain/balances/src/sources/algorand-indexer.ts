/**
 * Balances from an indexer of Algorand: own asset and standard assets, counted back to the snapshot's round.
 *
 * Indexers answer for a past round where their operators allow that, and name the round that an answer is of; one of another
 * round is not believed. A block does not say its own hash: the next one does.
 */
import * as z from 'zod/mini';
import { type BalanceQuery, type Block, describeQuery } from '../balance.js';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { askJson, askJsonIfAny } from '../transport/json-http.js';
import { countField, unitsNumberField } from './fields.js';

const genesisHash = 'wGHE2Pwdvd7S12BL5FaOP20EGYesN73ktiC1qzkkit8=';

const hashField = z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/, 'expected 32 bytes in Base64'));
const blockField = z.object({
  round: countField,
  timestamp: countField,
  'genesis-hash': hashField,
  'previous-block-hash': hashField,
});
const accountField = z.object({
  account: z.object({
    address: z.string(),
    round: countField,
    amount: unitsNumberField,
    assets: z._default(z.array(z.object({ 'asset-id': countField, amount: unitsNumberField })), []),
  }),
});
const absentField = z.object({ message: z.string().check(z.regex(/^no accounts found/)) });
const assetField = z.object({ asset: z.object({ index: countField, params: z.object({ decimals: countField }) }) });
const healthField = z.object({ round: countField });

export const algorandIndexerKind = defineKind({
  kind: 'algorand-indexer',
  family: 'algorand',
  assets: 'own asset, standard assets',
  balancesAt: "the snapshot's round, of indexers that answer for past ones",
  options: {},
  open: (connection) => readEach(connection, algorand(connection)),
  blocks: algorandBlocks,
});

function algorand(connection: Connection): BalanceInterface {
  return {
    checkBlock: async (block) => {
      const hash = await readHash(connection, block.height);
      checkSameBlock(connection, block, { height: block.height, hash });
    },
    readDecimals: async (token) => {
      const about = `the decimals of ${token}`;
      const { asset } = await askJson(connection, { path: `/v2/assets/${token}` }, assetField, about);
      if (String(asset.index) === token) return asset.params.decimals;
      throw connection.error('answer', `${about}: expected asset ${token}, got asset ${asset.index}`);
    },
    readBalance: async (query, block) => ({ units: await readUnits(connection, query, block) }),
  };
}

async function readUnits(connection: Connection, query: BalanceQuery, { height }: Block): Promise<bigint> {
  const { address, token } = query;
  const about = describeQuery(query);
  const request = { path: `/v2/accounts/${address}`, query: { round: String(height) } };
  const found = await askJsonIfAny(connection, request, accountField, absentField, about);
  if (found === undefined) return 0n;
  const { account } = found;
  const fail = (what: string) => connection.error('answer', `balance of ${about}: ${what}`);
  if (account.address !== address) throw fail(`expected the account ${address}, got another`);
  if (account.round !== height) throw fail(`expected block ${height}, got block ${account.round}`);
  if (token === null) return BigInt(account.amount);
  const held = account.assets.filter((asset) => String(asset['asset-id']) === token);
  if (held.length > 1) throw fail('it is there twice');
  return BigInt(held[0]?.amount ?? 0);
}

async function readBlock(connection: Connection, round: number): Promise<z.infer<typeof blockField>> {
  const request = { path: `/v2/blocks/${round}`, query: { 'header-only': 'true' } };
  const block = await askJson(connection, request, blockField, `block ${round}`);
  checkChainName(connection, 'the first block', [genesisHash], block['genesis-hash']);
  if (block.round === round) return block;
  throw connection.error('answer', `expected block ${round}, got block ${block.round}`);
}

async function readHash(connection: Connection, round: number): Promise<string> {
  return (await readBlock(connection, round + 1))['previous-block-hash'];
}

function algorandBlocks(connection: Connection): BlockReader {
  return {
    // A block is final when it is there; its hash needs the next one.
    readFinalHeight: async () => {
      const { round } = await askJson(connection, { path: '/health' }, healthField, 'the newest round');
      return round - 1;
    },
    readFirstHeight: async () => 1,
    readBlock: async (height): Promise<TimedBlock> => {
      const { timestamp } = await readBlock(connection, height);
      return { height, hash: await readHash(connection, height), time: timestamp };
    },
  };
}
