/** Blocks of nodes and indexers of Bitcoin's family. */
import * as z from 'zod/mini';
import { type BlockReader, bitcoinConfirmations } from '../block-reader.js';
import { checkSameBlock } from '../read-each.js';
import type { Connection } from '../transport/connection.js';
import { askJson } from '../transport/json-http.js';
import { createJsonRpc } from '../transport/json-rpc.js';
import { checkCoreChain } from './bitcoin-core.js';
import { hashField } from './bitcoin-outputs.js';
import { readBlockHash } from './esplora.js';
import { countField } from './fields.js';

const headerField = z.object({ hash: hashField, height: countField, mediantime: countField });
const indexedBlockField = z.object({ id: hashField, height: countField, mediantime: countField });

/** The blocks of a node with Bitcoin Core's RPC. */
export function coreBlocks(connection: Connection, chain: string): BlockReader {
  const rpc = createJsonRpc(connection, '1.0');
  return {
    readFinalHeight: async () => {
      const { blocks } = await checkCoreChain(rpc, connection, chain);
      return Math.max(0, blocks - bitcoinConfirmations + 1);
    },
    readBlock: async (height) => {
      const about = `block ${height}`;
      const hash = await rpc.call({ method: 'getblockhash', params: [height], result: hashField, about });
      const header = await rpc.call({ method: 'getblockheader', params: [hash], result: headerField, about });
      checkSameBlock(connection, { height, hash }, header);
      return { height, hash, time: header.mediantime };
    },
  };
}

/** The blocks of an indexer with Esplora's interface. */
export function esploraBlocks(connection: Connection): BlockReader {
  return {
    readFinalHeight: async () => {
      const tip = await askJson(connection, { path: '/blocks/tip/height' }, countField, 'the newest block');
      return Math.max(0, tip - bitcoinConfirmations + 1);
    },
    readBlock: async (height) => {
      const hash = await readBlockHash(connection, height);
      const block = await askJson(connection, { path: `/block/${hash}` }, indexedBlockField, `block ${height}`);
      checkSameBlock(connection, { height, hash }, { height: block.height, hash: block.id });
      return { height, hash, time: block.mediantime };
    },
  };
}
