/** Blocks of a node with Ethereum's JSON-RPC, and which of them are final. */
import type { EvmNetwork } from '@solvent/report-format/networks/network';
import type { BlockReader } from '../block-reader.js';
import type { Connection } from '../transport/connection.js';
import { CallRefused, createJsonRpc } from '../transport/json-rpc.js';
import { checkChain, quantity, quantityField, timedBlockField } from './ethereum-json-rpc.js';

/** Blocks that are left to settle on chains whose nodes know no `finalized` one. */
const settlingBlocks = 128;

/** The blocks of the node at the end of a connection. */
export function ethereumBlocks(connection: Connection, network: EvmNetwork): BlockReader {
  const rpc = createJsonRpc(connection, '2.0');
  const ask = (tag: string) => {
    const params = [tag, false];
    return rpc.call({ method: 'eth_getBlockByNumber', params, result: timedBlockField, about: `block ${tag}` });
  };
  return {
    readFinalHeight: async () => {
      await checkChain(rpc, connection, network);
      try {
        const block = await ask('finalized');
        if (block !== null) return Number(block.number);
      } catch (error) {
        if (!(error instanceof CallRefused)) throw error;
      }
      const call = { method: 'eth_blockNumber', params: [], result: quantityField, about: 'the newest block' };
      return Math.max(0, Number(await rpc.call(call)) - settlingBlocks);
    },
    readBlock: async (height) => {
      const block = await ask(quantity(height));
      if (block === null || Number(block.number) !== height) {
        throw connection.error('answer', `expected block ${height}, got ${block === null ? 'none' : block.number}`);
      }
      return { height, hash: block.hash, time: Number(block.timestamp) };
    },
  };
}
