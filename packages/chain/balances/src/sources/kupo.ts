/**
 * Balances from Kupo, an index of Cardano's outputs: own asset and tokens, as of the snapshot's slot.
 *
 * The index says of each output in which slot it was made and spent, so what was unspent at a slot follows. It has to know the
 * address, and to keep what is spent: one that prunes it has too little of the past, and does not say so. A node alone answers
 * for its newest block, or some hours back. The number that stands for a block's height is the slot.
 */
import * as z from 'zod/mini';
import { type BalanceQuery, type Block, describeQuery } from '../balance.js';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { type BalanceInterface, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { askJson } from '../transport/json-http.js';
import { countField, unitsNumberField } from './fields.js';

/** The first slot of one second, and its time. */
const [firstSlot, firstTime] = [4_492_800, 1_596_059_091];
/** Slots after which a block does not change: 3k/f. */
const settlingSlots = 129_600;

const hashField = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'));
const pointField = z.object({ slot_no: countField, header_hash: hashField });
const matchesField = z.array(
  z.object({
    transaction_id: hashField,
    output_index: countField,
    address: z.string(),
    value: z.object({ coins: unitsNumberField, assets: z.record(z.string(), unitsNumberField) }),
    created_at: pointField,
    spent_at: z.nullable(pointField),
  }),
);
type Match = z.infer<typeof matchesField>[number];
const healthField = z.object({ most_recent_checkpoint: countField });

export const kupoKind = defineKind({
  kind: 'kupo',
  family: 'cardano',
  assets: 'own asset, tokens',
  balancesAt: "the snapshot's slot, of an index that keeps what is spent",
  options: {},
  open: (connection) => readEach(connection, kupo(connection)),
  blocks: kupoBlocks,
});

function kupo(connection: Connection): BalanceInterface {
  return {
    checkBlock: async (block) => {
      const { most_recent_checkpoint: newest } = await readHealth(connection);
      if (newest < block.height)
        throw connection.error('answer', `expected block ${block.height}, got up to ${newest}`);
      checkSameBlock(connection, block, await readPoint(connection, block.height, true));
    },
    readBalance: async (query, block) => {
      await checkIndexed(connection, query);
      const request = { path: `/matches/${query.address}` };
      const matches = await askJson(connection, request, matchesField, describeQuery(query));
      return { units: sumAt(connection, matches, query, block) };
    },
  };
}

/** What was unspent at a slot, each output once. */
function sumAt(
  connection: Connection,
  matches: readonly Match[],
  query: BalanceQuery,
  { height, hash }: Block,
): bigint {
  const fail = (what: string) => connection.error('answer', `balance of ${describeQuery(query)}: ${what}`);
  const seen = new Set<string>();
  let units = 0n;
  for (const {
    transaction_id: id,
    output_index: index,
    address,
    value,
    created_at: made,
    spent_at: spent,
  } of matches) {
    const output = `${id}#${index}`;
    if (address !== query.address) throw fail(`output ${output} is of another address`);
    if (seen.has(output)) throw fail(`output ${output} is there twice`);
    for (const point of [made, spent]) {
      if (point?.slot_no === height && point.header_hash !== hash) throw fail(`output ${output} is of another block`);
    }
    if (spent !== null && spent.slot_no < made.slot_no) throw fail(`output ${output} is spent before it is made`);
    seen.add(output);
    if (made.slot_no > height || (spent !== null && spent.slot_no <= height)) continue;
    units += BigInt(query.token === null ? value.coins : (value.assets[query.token] ?? 0));
  }
  return units;
}

/** The index has the outputs of the address: without a pattern for it, it would answer that there are none. */
async function checkIndexed(connection: Connection, { address }: BalanceQuery): Promise<void> {
  const request = { path: `/patterns/${address}` };
  const patterns = await askJson(connection, request, z.array(z.string()), `what is indexed of ${address}`);
  if (patterns.length > 0) return;
  throw connection.error('refused', `${address}: expected an address that is indexed, got one that no pattern matches`);
}

function readHealth(connection: Connection): Promise<z.infer<typeof healthField>> {
  return askJson(connection, { path: '/health' }, healthField, 'the newest slot');
}

/** The block of a slot, or else the last one before it. */
async function readPoint(connection: Connection, slot: number, exactly: boolean): Promise<Block> {
  const about = `slot ${slot}`;
  const request = { path: `/checkpoints/${slot}`, ...(exactly && { query: { strict: '' } }) };
  const found = await askJson(connection, request, z.nullable(pointField), about);
  if (found === null) throw connection.error('answer', `expected block ${slot}, got none in this slot`);
  if (found.slot_no > slot) throw connection.error('answer', `expected block ${slot}, got block ${found.slot_no}`);
  return { height: found.slot_no, hash: found.header_hash };
}

function kupoBlocks(connection: Connection): BlockReader {
  return {
    readFinalHeight: async () => (await readHealth(connection)).most_recent_checkpoint - settlingSlots,
    readFirstHeight: async () => firstSlot,
    readBlock: async (height): Promise<TimedBlock> => {
      const block = await readPoint(connection, height, false);
      return { ...block, time: firstTime + block.height - firstSlot };
    },
  };
}
