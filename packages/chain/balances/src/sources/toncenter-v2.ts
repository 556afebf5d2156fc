/**
 * Balances from an HTTP interface to TON's liteservers (version 2 of the common one): own asset and jettons, as of the
 * snapshot's block of the masterchain.
 *
 * Each answer names the block that it is of; an interface that takes no `seqno`, and answers of its newest block, is not
 * believed. Blocks older than some hours need an archive liteserver.
 */
import { decodeBagOfCells } from '@solvent/ownership-verifier/encodings/ton-bag-of-cells';
import { readBytes } from '@solvent/ownership-verifier/encodings/ton-cell';
import * as z from 'zod/mini';
import { type BalanceQuery, type Block, describeQuery } from '../balance.js';
import type { BlockReader } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { askJson } from '../transport/json-http.js';
import { countField, digitsField } from './fields.js';

/** The root hash of the first block's state. */
const initRootHash = 'F6OpKZKqvqeFp6CQmFomXNMfMj2EnaUSOXN+Mh+wVWk=';
const masterchain = { workchain: '-1', shard: '-9223372036854775808' };

const hashField = z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/, 'expected 32 bytes in Base64'));
const blockIdField = z.object({ workchain: z.literal(-1), seqno: countField, root_hash: hashField });
type BlockId = z.infer<typeof blockIdField>;
const ofResult = <Value>(result: z.ZodMiniType<Value>) => z.object({ ok: z.literal(true), result });
const infoField = ofResult(z.object({ last: blockIdField, init: z.object({ root_hash: hashField }) }));
const accountField = ofResult(
  z.object({
    // -1 is how liteservers' clients write that there is no account.
    balance: z.union([digitsField, countField, z.literal(['-1', -1])]),
    state: z.enum(['active', 'uninitialized', 'frozen']),
    block_id: blockIdField,
  }),
);
const headerField = ofResult(z.object({ id: blockIdField, gen_utime: countField }));
const entryField = z.union([
  z.tuple([z.literal('num'), z.string().check(z.regex(/^0x[0-9a-f]{1,64}$/, 'expected an integer in hexadecimal'))]),
  z.tuple([z.enum(['cell', 'slice']), z.object({ bytes: z.base64() })]),
]);
type Entry = z.infer<typeof entryField>;
const runField = ofResult(
  z.object({ exit_code: z.literal([0, 1]), stack: z.array(entryField), block_id: blockIdField }),
);

export const toncenterV2Kind = defineKind({
  kind: 'toncenter-v2',
  family: 'ton',
  assets: 'own asset, jettons',
  balancesAt: "the snapshot's block of the masterchain; where that is older than some hours, of an archive liteserver",
  options: {},
  open: (connection) => readEach(connection, ton(connection)),
  blocks: tonBlocks,
});

function ton(connection: Connection): BalanceInterface {
  return {
    checkBlock: async (block) => {
      await checkInit(connection);
      checkId(connection, block, (await readHeader(connection, block.height)).id);
    },
    readBalance: async (query, block) => {
      const { address, token } = query;
      if (token === null) return { units: (await readAccount(connection, address, block)).units };
      return { units: await readJettons(connection, query, token, block) };
    },
  };
}

/** What the owner's jetton wallet holds; which that is, the jetton's master contract says. */
async function readJettons(connection: Connection, query: BalanceQuery, master: string, block: Block): Promise<bigint> {
  const about = describeQuery(query);
  const fail = (what: string) => connection.error('answer', `balance of ${about}: ${what}`);
  const stack = [['tvm.Slice', addressBag(query.address)]];
  const [found] = await runMethod(connection, master, 'get_wallet_address', stack, block, about);
  const wallet = addressOf(found);
  if (wallet === undefined) throw fail('expected the address of a jetton wallet');
  const { state } = await readAccount(connection, wallet, block);
  if (state === 'uninitialized') return 0n;
  const data = await runMethod(connection, wallet, 'get_wallet_data', [], block, about);
  if (data.length < 3 || addressOf(data[1]) !== query.address || addressOf(data[2]) !== master) {
    throw fail(`expected the wallet ${wallet} to be of this owner and jetton`);
  }
  if (data[0][0] !== 'num') throw fail('expected a number of units');
  return BigInt(data[0][1]);
}

async function runMethod(
  connection: Connection,
  address: string,
  method: string,
  stack: readonly unknown[],
  block: Block,
  about: string,
): Promise<readonly Entry[]> {
  const request = { path: '/runGetMethod', json: { address, method, stack, seqno: block.height } };
  const { result } = await askJson(connection, request, runField, `${method} for ${about}`);
  checkId(connection, block, result.block_id);
  return result.stack;
}

async function readAccount(
  connection: Connection,
  address: string,
  block: Block,
): Promise<{ state: string; units: bigint }> {
  const request = { path: '/getAddressInformation', query: { address, seqno: String(block.height) } };
  const { result } = await askJson(connection, request, accountField, address);
  checkId(connection, block, result.block_id);
  const { balance, state } = result;
  return { state, units: state === 'uninitialized' && String(balance) === '-1' ? 0n : BigInt(balance) };
}

function checkId(connection: Connection, block: Block, { seqno, root_hash }: BlockId): void {
  checkSameBlock(connection, block, { height: seqno, hash: root_hash });
}

async function checkInit(connection: Connection): Promise<z.infer<typeof infoField>['result']> {
  const { result } = await askJson(connection, { path: '/getMasterchainInfo' }, infoField, 'the chain');
  checkChainName(connection, 'the first state', [initRootHash], result.init.root_hash);
  return result;
}

async function readHeader(connection: Connection, seqno: number): Promise<z.infer<typeof headerField>['result']> {
  const request = { path: '/getBlockHeader', query: { ...masterchain, seqno: String(seqno) } };
  const { result } = await askJson(connection, request, headerField, `block ${seqno}`);
  if (result.id.seqno === seqno) return result;
  throw connection.error('answer', `expected block ${seqno}, got block ${result.id.seqno}`);
}

/** The bits of an address in a message: `addr_std` without anycast, workchain, hash. */
const addressBits = 2 + 1 + 8 + 256;
/** A bag with one cell of as many bits: header, descriptors of the cell, and then its 34 bytes. */
const addressBagHeader = 'b5ee9c72010101010024000043';

/** The bag of cells, in Base64, of one cell with an address; raw spelling. */
function addressBag(address: string): string {
  const [workchain, hash] = address.split(':');
  const byte = (Number(workchain) & 0xff).toString(2).padStart(8, '0');
  const bits = `100${byte}${BigInt(`0x${hash}`).toString(2).padStart(256, '0')}10000`;
  const cell = BigInt(`0b${bits}`).toString(16).padStart(68, '0');
  return Buffer.from(addressBagHeader + cell, 'hex').toString('base64');
}

/** The address in a cell of a stack, in raw spelling. */
function addressOf(entry: Entry | undefined): string | undefined {
  if (entry === undefined || entry[0] === 'num') return undefined;
  const cell = decodeBagOfCells(Buffer.from(entry[1].bytes, 'base64'));
  if (cell === undefined || cell.bitCount !== addressBits || cell.data[0] >> 5 !== 0b100) return undefined;
  const workchain = (readBytes(cell, 3, 1)![0] << 24) >> 24;
  return `${workchain}:${Buffer.from(readBytes(cell, 11, 32)!).toString('hex')}`;
}

function tonBlocks(connection: Connection): BlockReader {
  return {
    readFinalHeight: async () => (await checkInit(connection)).last.seqno,
    // The first block has no header of its own.
    readFirstHeight: async () => 1,
    readBlock: async (height) => {
      const { id, gen_utime } = await readHeader(connection, height);
      return { height, hash: id.root_hash, time: gen_utime };
    },
  };
}
