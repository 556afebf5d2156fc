/**
 * Balances from a node of a Substrate chain: own asset, and on the hubs of assets those of the pallet of assets, as of the
 * snapshot's very block.
 *
 * The state is read by its storage keys at the block with the snapshot's hash, which nodes keep as archive nodes only. Own
 * assets are counted free and reserved; what is bonded or locked is part of those, what is in a pool or a loan is not.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import { decodeSs58Address } from '@solvent/ownership-verifier/addresses/ss58-address';
import { isVerdict } from '@solvent/ownership-verifier/claim';
import type { Ss58Network } from '@solvent/report-format/networks/network';
import * as z from 'zod/mini';
import { type BalanceQuery, type Block, describeQuery } from '../balance.js';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { createJsonRpc, type JsonRpc } from '../transport/json-rpc.js';
import { twox128 } from './twox.js';

/** Hashes of the first blocks; the other chains of the family have no line here because nobody has checked one. */
const genesisHashes: Readonly<Record<string, string>> = {
  polkadot: '0x91b171bb158e2d3848fa23a9f1c25182fb8e20313b2c1eb49219da7a70ce90c3',
  kusama: '0xb0a8d493285c2df73290dfb7e61f870f17b41801197a149ca93654499ea3dafe',
  'polkadot-asset-hub': '0x68d56f15f85d3136970ec16946040bc1752654e906147f7e43e9d539d7c3de2f',
  'kusama-asset-hub': '0x48239ef607d7928874027a43a67689209727dfb3d3dc5e5b03a39bdc2eda771a',
  astar: '0x9eb76c5184c4ab8679d2d5d819fdf90b9c001403e9e17da2e14b6d8aec4029c6',
};

/** Four counts of four bytes, then free, reserved, frozen and flags of 16 bytes each. */
const accountSize = 80;
const [freeAt, reservedAt] = [16, 32];

const hashField = z.string().check(z.regex(/^0x[0-9a-f]{64}$/, 'expected 0x and 64 lower-case hexadecimal digits'));
const numberField = z.string().check(z.regex(/^0x(0|[1-9a-f][0-9a-f]{0,12})$/, 'expected a number in hexadecimal'));
const headerField = z.object({ number: numberField });
const storageField = z.nullable(z.string().check(z.regex(/^0x([0-9a-f]{2})*$/, 'expected bytes in hexadecimal')));

export const substrateJsonRpcKind = defineKind({
  kind: 'substrate-json-rpc',
  family: 'ss58',
  networks: Object.keys(genesisHashes),
  assets: 'own asset; on the hubs of assets their tokens',
  balancesAt: "the snapshot's block; where that is older than about 256 blocks, of an archive node",
  options: {},
  open: (connection, network) => readEach(connection, substrate(connection, network)),
  blocks: substrateBlocks,
});

function substrate(connection: Connection, network: Ss58Network): BalanceInterface {
  const rpc = createJsonRpc(connection, '2.0');
  return {
    checkBlock: async (block) => {
      await checkGenesis(rpc, connection, network);
      checkSameBlock(connection, block, { height: block.height, hash: await readHash(rpc, block.height) });
    },
    readDecimals: async (token, block) => {
      const about = `the decimals of ${token}`;
      const key = mapKey('Assets', 'Metadata', assetId(token));
      const decimals = decimalsOf(await readStorage(rpc, key, block, about));
      if (decimals === undefined)
        throw connection.error('answer', `${about}: expected what the chain says of an asset`);
      return decimals;
    },
    readBalance: async (query, block) => ({ units: await readUnits(rpc, connection, query, network, block) }),
  };
}

async function readUnits(
  rpc: JsonRpc,
  connection: Connection,
  query: BalanceQuery,
  network: Ss58Network,
  block: Block,
): Promise<bigint> {
  const about = describeQuery(query);
  const account = accountOf(query.address, network);
  const key =
    query.token === null
      ? mapKey('System', 'Account', account)
      : mapKey('Assets', 'Account', assetId(query.token), account);
  const data = await readStorage(rpc, key, block, about);
  if (data === undefined) return 0n;
  const isOwn = query.token === null;
  if (isOwn ? data.length === accountSize : data.length >= 16) {
    return isOwn ? readU128(data, freeAt) + readU128(data, reservedAt) : readU128(data, 0);
  }
  throw connection.error('answer', `balance of ${about}: expected the layout of an account, got ${data.length} bytes`);
}

function accountOf(address: string, network: Ss58Network): Uint8Array {
  const decoded = decodeSs58Address(address, network);
  if (isVerdict(decoded)) throw new RangeError(`address ${address}: ${decoded.detail}`);
  return decoded.account;
}

function assetId(token: string): Uint8Array {
  const id = Buffer.alloc(4);
  id.writeUInt32LE(Number(token));
  return id;
}

/** The key of an entry of a map: hashes of pallet and item, and of each part its hash and the part (`blake2_128_concat`). */
export function mapKey(pallet: string, item: string, ...parts: readonly Uint8Array[]): string {
  const hashed = parts.map((part) => Buffer.concat([blake2b(part, { dkLen: 16 }), part]).toString('hex'));
  return `0x${twox128(pallet)}${twox128(item)}${hashed.join('')}`;
}

function readU128(data: Buffer, at: number): bigint {
  return data.readBigUInt64LE(at) + (data.readBigUInt64LE(at + 8) << 64n);
}

/** Deposit of 16 bytes, name, symbol, decimals in a byte, and whether it is frozen; both texts are short. */
function decimalsOf(data: Buffer | undefined): number | undefined {
  let at = 16;
  for (let texts = 0; texts < 2; texts++) {
    const length = data?.[at];
    // A length below 64 is one byte, shifted by the two bits that say so.
    if (length === undefined || (length & 3) !== 0) return undefined;
    at += 1 + (length >> 2);
  }
  return data?.length === at + 2 ? data[at] : undefined;
}

async function readStorage(rpc: JsonRpc, key: string, { hash }: Block, about: string): Promise<Buffer | undefined> {
  const call = { method: 'state_getStorage', params: [key, hash], result: storageField, about };
  const found = await rpc.call(call);
  return found === null ? undefined : Buffer.from(found.slice(2), 'hex');
}

async function checkGenesis(rpc: JsonRpc, connection: Connection, { id }: Ss58Network): Promise<void> {
  checkChainName(connection, 'the first block', [genesisHashes[id]], await readHash(rpc, 0));
}

function readHash(rpc: JsonRpc, height: number): Promise<string> {
  return rpc.call({ method: 'chain_getBlockHash', params: [height], result: hashField, about: `block ${height}` });
}

function substrateBlocks(connection: Connection, network: Ss58Network): BlockReader {
  const rpc = createJsonRpc(connection, '2.0');
  const readBlock = async (height: number): Promise<TimedBlock> => {
    const hash = await readHash(rpc, height);
    const about = `the time of block ${height}`;
    const now = await readStorage(rpc, mapKey('Timestamp', 'Now'), { height, hash }, about);
    if (now?.length !== 8) throw connection.error('answer', `${about}: expected 8 bytes`);
    return { height, hash, time: Number(now.readBigUInt64LE(0) / 1000n) };
  };
  return {
    readFinalHeight: async () => {
      await checkGenesis(rpc, connection, network);
      const call = { method: 'chain_getFinalizedHead', params: [], result: hashField, about: 'the newest final block' };
      const hash = await rpc.call(call);
      const header = { method: 'chain_getHeader', params: [hash], result: headerField, about: `block ${hash}` };
      return Number((await rpc.call(header)).number);
    },
    // The first block has no time.
    readFirstHeight: async () => 1,
    readBlock,
  };
}
