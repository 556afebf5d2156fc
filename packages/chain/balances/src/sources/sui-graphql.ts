/**
 * Balances from Sui's GraphQL interface: own asset and coins, as of the snapshot's very checkpoint.
 *
 * The interface answers for a checkpoint of the past as long as its store keeps that, which publicly is about an hour; after
 * that it says so, and is not believed.
 */
import { base58 } from '@scure/base';
import * as z from 'zod/mini';
import { type BalanceQuery, describeQuery } from '../balance.js';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { askJson } from '../transport/json-http.js';
import { countField, unitsNumberField } from './fields.js';

/** The first bytes of the first checkpoint's digest. */
const mainnetId = '35834a8a';
const nativeCoin = '0x2::sui::SUI';

const digestField = z.string().check(z.regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/, 'expected 32 bytes in Base58'));
const checkpointField = z.object({
  chainIdentifier: z.string(),
  checkpoint: z.object({ sequenceNumber: countField, digest: digestField, timestamp: z.string() }),
});
const coinTypeField = z.object({ repr: z.string() });
const balanceField = z.object({
  checkpoint: z.object({
    digest: digestField,
    query: z.object({
      address: z.object({ balance: z.object({ coinType: coinTypeField, totalBalance: unitsNumberField }) }),
    }),
  }),
});
const metadataField = z.object({
  checkpoint: z.object({ digest: digestField, query: z.object({ coinMetadata: z.object({ decimals: countField }) }) }),
});

const checkpointQuery =
  'query ($at: UInt53) { chainIdentifier checkpoint(sequenceNumber: $at) { sequenceNumber digest timestamp } }';
const balanceQuery =
  'query ($at: UInt53, $address: SuiAddress!, $coin: String!) { checkpoint(sequenceNumber: $at) { digest query { ' +
  'address(address: $address) { balance(coinType: $coin) { coinType { repr } totalBalance } } } } }';
const metadataQuery =
  'query ($at: UInt53, $coin: String!) { checkpoint(sequenceNumber: $at) { digest query { ' +
  'coinMetadata(coinType: $coin) { decimals } } } }';

export const suiGraphqlKind = defineKind({
  kind: 'sui-graphql',
  family: 'sui',
  assets: 'own asset, coins',
  balancesAt: "the snapshot's checkpoint, as long as the interface keeps it",
  options: {},
  open: (connection) => readEach(connection, sui(connection)),
  blocks: suiBlocks,
});

function sui(connection: Connection): BalanceInterface {
  return {
    checkBlock: async (block) => checkSameBlock(connection, block, await readCheckpoint(connection, block.height)),
    readDecimals: async (coin, { height, hash }) => {
      const about = `the decimals of ${coin}`;
      const { checkpoint } = await ask(connection, metadataQuery, { at: height, coin }, metadataField, about);
      checkSameBlock(connection, { height, hash }, { height, hash: checkpoint.digest });
      return checkpoint.query.coinMetadata.decimals;
    },
    readBalance: async (query, { height, hash }) => {
      const coin = query.token ?? nativeCoin;
      const variables = { at: height, address: query.address, coin };
      const { checkpoint } = await ask(connection, balanceQuery, variables, balanceField, describeQuery(query));
      checkSameBlock(connection, { height, hash }, { height, hash: checkpoint.digest });
      const { coinType, totalBalance } = checkpoint.query.address.balance;
      checkCoin(connection, query, coin, coinType.repr);
      return { units: BigInt(totalBalance) };
    },
  };
}

/** Addresses in types are written with or without leading zeros. */
function checkCoin(connection: Connection, query: BalanceQuery, expected: string, found: string): void {
  if (withoutZeros(expected) === withoutZeros(found)) return;
  const about = `balance of ${describeQuery(query)}`;
  throw connection.error('answer', `${about}: expected the coin ${expected}, got ${connection.quote(found)}`);
}

function withoutZeros(type: string): string {
  return type.replace(/^0x0*/, '0x');
}

async function readCheckpoint(connection: Connection, height: number | null): Promise<TimedBlock> {
  const about = height === null ? 'the newest checkpoint' : `checkpoint ${height}`;
  const found = await ask(connection, checkpointQuery, { at: height }, checkpointField, about);
  checkChainName(connection, 'chain', [mainnetId], shortId(found.chainIdentifier));
  const { sequenceNumber, digest, timestamp } = found.checkpoint;
  if (height !== null && sequenceNumber !== height) {
    throw connection.error('answer', `expected block ${height}, got block ${sequenceNumber}`);
  }
  const time = Date.parse(timestamp);
  if (Number.isNaN(time)) throw connection.error('answer', `${about}: expected a time`);
  return { height: sequenceNumber, hash: digest, time: Math.floor(time / 1000) };
}

/** The first four bytes of the digest that names the chain, which interfaces write in hexadecimal, or whole in Base58. */
function shortId(text: string): string {
  if (!digestField.safeParse(text).success) return text;
  return Buffer.from(base58.decode(text).subarray(0, 4)).toString('hex');
}

async function ask<Data>(
  connection: Connection,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  data: z.ZodMiniType<Data>,
  about: string,
): Promise<Data> {
  // With errors there may be data too, of which nobody knows how much is missing.
  const answerField = z.object({ data, errors: z.optional(z.array(z.unknown()).check(z.maxLength(0))) });
  return (await askJson(connection, { json: { query, variables } }, answerField, about)).data;
}

function suiBlocks(connection: Connection): BlockReader {
  return {
    // A checkpoint is certified by a quorum of validators: the newest is final.
    readFinalHeight: async () => (await readCheckpoint(connection, null)).height,
    readBlock: (height) => readCheckpoint(connection, height),
  };
}
