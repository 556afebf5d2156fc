/**
 * Balances from a node of Filecoin: own asset, in the state that the snapshot's tipset begins with.
 *
 * A height has a tipset, one or more blocks, or none. What names it is the hash that the chain's Ethereum interface gives it:
 * BLAKE2b-256 of its key in CBOR. The state that a tipset's messages make is the one that the next tipset begins with.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import { base32nopad } from '@scure/base';
import * as z from 'zod/mini';
import type { BlockReader, TimedBlock } from '../block-reader.js';
import { type BalanceInterface, checkChainName, checkSameBlock, readEach } from '../read-each.js';
import { defineKind } from '../source-kind.js';
import type { Connection } from '../transport/connection.js';
import { CallRefused, createJsonRpc, type JsonRpc } from '../transport/json-rpc.js';
import { countField, digitsField } from './fields.js';

/** Tipsets after which one does not change, by the protocol's own measure. */
const finality = 900;
const networkName = 'mainnet';

const cidField = z.strictObject({
  '/': z.string().check(z.regex(/^bafy2bza[a-z2-7]{54}$/, 'expected the id of a block')),
});
type Cid = z.infer<typeof cidField>;
const tipsetField = z.object({
  Cids: z.array(cidField).check(z.minLength(1), z.maxLength(100)),
  Blocks: z.array(z.object({ Timestamp: countField })).check(z.minLength(1)),
  Height: countField,
});
type Tipset = z.infer<typeof tipsetField>;
const actorField = z.object({ Balance: digitsField });

export const filecoinJsonRpcKind = defineKind({
  kind: 'filecoin-json-rpc',
  family: 'filecoin',
  assets: 'own asset',
  balancesAt: "the snapshot's tipset, before its messages, as long as the node keeps its state",
  options: {},
  open: (connection) => readEach(connection, filecoin(connection)),
  blocks: filecoinBlocks,
});

function filecoin(connection: Connection): BalanceInterface {
  const rpc = createJsonRpc(connection, '2.0');
  let key: readonly Cid[] = [];
  return {
    checkBlock: async (block) => {
      await checkNetwork(rpc, connection);
      const tipset = await readTipset(rpc, block.height);
      checkSameBlock(connection, block, { height: tipset.Height, hash: hashOf(tipset) });
      key = tipset.Cids;
    },
    readBalance: async ({ address }) => {
      const call = { method: 'Filecoin.StateGetActor', params: [address, key], result: actorField, about: address };
      try {
        return { units: BigInt((await rpc.call(call)).Balance) };
      } catch (error) {
        // An address that nobody ever sent anything to has no actor.
        if (error instanceof CallRefused && /actor not found/.test(error.said)) return { units: 0n };
        throw error;
      }
    },
  };
}

async function checkNetwork(rpc: JsonRpc, connection: Connection): Promise<void> {
  const call = { method: 'Filecoin.StateNetworkName', params: [], result: z.string(), about: 'the chain' };
  checkChainName(connection, 'network', [networkName], await rpc.call(call));
}

function readTipset(rpc: JsonRpc, height: number): Promise<Tipset> {
  const about = `tipset ${height}`;
  return rpc.call({ method: 'Filecoin.ChainGetTipSetByHeight', params: [height, null], result: tipsetField, about });
}

/** BLAKE2b-256 of the ids of all blocks, one after the other, as one byte string of CBOR. */
function hashOf({ Cids }: Tipset): string {
  const ids = Buffer.concat(Cids.map(({ '/': text }) => base32nopad.decode(text.slice(1).toUpperCase())));
  const head = ids.length < 0x100 ? [0x58, ids.length] : [0x59, ids.length >> 8, ids.length & 0xff];
  const hash = blake2b(Buffer.concat([Uint8Array.from(head), ids]), { dkLen: 32 });
  return `0x${Buffer.from(hash).toString('hex')}`;
}

function filecoinBlocks(connection: Connection): BlockReader {
  const rpc = createJsonRpc(connection, '2.0');
  return {
    readFinalHeight: async () => {
      await checkNetwork(rpc, connection);
      const call = { method: 'Filecoin.ChainHead', params: [], result: tipsetField, about: 'the newest tipset' };
      return Math.max(0, (await rpc.call(call)).Height - finality);
    },
    // Where a height has no tipset, the node gives the one before.
    readBlock: async (height): Promise<TimedBlock> => {
      const tipset = await readTipset(rpc, height);
      if (tipset.Height > height) {
        throw connection.error('answer', `expected a tipset up to ${height}, got that of ${tipset.Height}`);
      }
      return { height: tipset.Height, hash: hashOf(tipset), time: tipset.Blocks[0].Timestamp };
    },
  };
}
