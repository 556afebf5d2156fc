/**
 * Balances of validators from a node with Ethereum's beacon API: what the state of the snapshot's slot says of their keys.
 *
 * The number that stands for a block's height is the slot, its hash the root of the block. Nodes keep states of the past as
 * archive nodes only; the newest final ones every node has. Deposits that are not yet a validator's count for nothing.
 */
import * as z from 'zod/mini';
import { type Balance, type BalanceQuery, type Block, describeQuery, type ReadBalances } from '../balance.js';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { checkChainName, checkSameBlock, checkUnits } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { askJson, askJsonIfAny } from '../transport/json-http.js';
import { chunksOf, forEachLimited } from '../transport/pacer.js';
import { timeText } from '../transport/world.js';
import { countTextField, digitsField } from './fields.js';

/** Of the genesis state's validators: what names the chain in all its signatures. */
const genesisRoot = '0x4b363db94e286120d76eb905340fdd4e54bfe9f06bf33ff6cf5ad27f511bfe95';
const slotSeconds = 12;
/** Keys in one request. */
const keysAtOnce = 500;
/** Slots without a block, one after the other, that are looked through. */
const slotsLookedThrough = 128;
/** Balances are in gwei, and ether has 18 decimals. */
const weiInGwei = 10n ** 9n;

const rootField = z.string().check(z.regex(/^0x[0-9a-f]{64}$/, 'expected 0x and 64 lower-case hexadecimal digits'));
const genesisField = z.object({ data: z.object({ genesis_time: countTextField, genesis_validators_root: rootField }) });
const headerField = z.object({
  finalized: z.boolean(),
  data: z.object({
    root: rootField,
    canonical: z.literal(true),
    header: z.object({ message: z.object({ slot: countTextField }) }),
  }),
});
const validatorsField = z.object({
  execution_optimistic: z.literal(false),
  finalized: z.literal(true),
  data: z.array(
    z.object({
      balance: digitsField,
      validator: z.object({ pubkey: z.string().check(z.regex(/^0x[0-9a-f]{96}$/, 'expected a key in hexadecimal')) }),
    }),
  ),
});
const absentField = z.object({ code: z.literal(404) });

export const beaconApiKind = defineKind({
  kind: 'beacon-api',
  family: 'validator',
  assets: 'staked ether',
  balancesAt: "the snapshot's slot; where that is not among the newest, of an archive node",
  options: {},
  open: beacon,
  blocks: beaconBlocks,
});

function beacon(connection: Connection): ReadBalances {
  return async ({ queries, block }, onBalances) => {
    await checkGenesis(connection);
    await checkBlock(connection, block);
    await forEachLimited(chunksOf(queries, keysAtOnce), connection.settings.concurrency, async (chunk) => {
      const time = timeText(connection.world.now());
      const units = await readUnits(connection, chunk, block);
      const at = { at: 'height', height: block.height, blockHash: block.hash, time } as const;
      onBalances(chunk.map((query, i): Balance => ({ query, units: units[i], ...at })));
    });
    await checkBlock(connection, block);
  };
}

async function readUnits(connection: Connection, queries: readonly BalanceQuery[], block: Block): Promise<bigint[]> {
  const request = {
    path: `/eth/v1/beacon/states/${block.height}/validators`,
    json: { ids: queries.map(({ address }) => address) },
  };
  const about = `${queries.length} validators, the first ${describeQuery(queries[0])}`;
  const { data } = await askJson(connection, request, validatorsField, about);
  const asked = new Set(queries.map(({ address }) => address));
  const balances = new Map<string, bigint>();
  for (const { balance, validator } of data) {
    const { pubkey } = validator;
    if (!asked.has(pubkey)) throw connection.error('answer', `validator ${pubkey} was not asked for`);
    if (balances.has(pubkey)) throw connection.error('answer', `validator ${pubkey} is there twice`);
    balances.set(pubkey, BigInt(balance) * weiInGwei);
  }
  // What the state does not know is no validator in it.
  const units = queries.map(({ address }) => balances.get(address) ?? 0n);
  for (const [i, query] of queries.entries()) checkUnits(connection, query, units[i]);
  return units;
}

async function checkGenesis(connection: Connection): Promise<number> {
  const { data } = await askJson(connection, { path: '/eth/v1/beacon/genesis' }, genesisField, 'the chain');
  checkChainName(connection, 'the root of the first validators', [genesisRoot], data.genesis_validators_root);
  return Number(data.genesis_time);
}

async function checkBlock(connection: Connection, block: Block): Promise<void> {
  const about = `slot ${block.height}`;
  const header = await readHeader(connection, String(block.height));
  if (header === undefined) throw connection.error('answer', `expected block ${block.height}, got none in this slot`);
  checkSameBlock(connection, block, header);
  if (!header.isFinal) throw connection.error('answer', `${about}: expected a final block`);
}

async function readHeader(
  connection: Connection,
  id: string,
): Promise<(Block & { readonly isFinal: boolean }) | undefined> {
  const path = `/eth/v1/beacon/headers/${id}`;
  const found = await askJsonIfAny(connection, { path }, headerField, absentField, `slot ${id}`);
  if (found === undefined) return undefined;
  const { root, header } = found.data;
  return { height: Number(header.message.slot), hash: root, isFinal: found.finalized };
}

function beaconBlocks(connection: Connection): BlockReader {
  let genesis: Promise<number> | undefined;
  const timed = async ({ height, hash }: Block): Promise<TimedBlock> => {
    genesis ??= checkGenesis(connection);
    return { height, hash, time: (await genesis) + height * slotSeconds };
  };
  return {
    readFinalHeight: async () => {
      const header = await readHeader(connection, 'finalized');
      if (header === undefined) throw connection.error('answer', 'expected a final block, got none');
      return (await timed(header)).height;
    },
    readBlock: async (height) => {
      for (let slot = height; slot >= Math.max(0, height - slotsLookedThrough); slot--) {
        const header = await readHeader(connection, String(slot));
        if (header === undefined) continue;
        if (header.height !== slot) throw connection.error('answer', `expected block ${slot}, got ${header.height}`);
        return timed(header);
      }
      throw connection.error('answer', `expected a block in one of ${slotsLookedThrough} slots up to ${height}`);
    },
  };
}
