/**
 * Esplora's interface over the blocks of a real node of Bitcoin's family: a small stand-in for the indexer, which neither
 * npm nor Debian packages. Every amount, script, hash and height that it answers comes from the node's chain.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallNode } from './local-process.js';

interface Output {
  readonly scriptpubkey: string;
  readonly value: number;
}

interface Transaction {
  readonly txid: string;
  readonly vin: readonly { readonly is_coinbase: boolean; readonly prevout: Output | null }[];
  readonly vout: readonly Output[];
  readonly status: { readonly confirmed: true; readonly block_height: number; readonly block_hash: string };
}

interface NodeBlock {
  readonly hash: string;
  readonly height: number;
  readonly tx: readonly {
    readonly txid: string;
    readonly vin: readonly { readonly txid?: string; readonly vout?: number }[];
    readonly vout: readonly { readonly value: number; readonly scriptPubKey: { readonly hex: string } }[];
  }[];
}

/** Transactions in one page, as the indexer has it. */
const pageSize = 25;

const hashOf = (script: string) => createHash('sha256').update(script, 'hex').digest('hex');

/** All confirmed transactions, the newest first. */
async function readTransactions(call: CallNode): Promise<Transaction[]> {
  const height = (await call('getblockcount')) as number;
  const outputs = new Map<string, Output>();
  const transactions: Transaction[] = [];
  for (let at = 0; at <= height; at++) {
    const block = (await call('getblock', await call('getblockhash', at), 2)) as NodeBlock;
    for (const { txid, vin, vout } of block.tx) {
      const made = vout.map(({ value, scriptPubKey }) => ({
        scriptpubkey: scriptPubKey.hex,
        // Amounts of this chain are far below 2^53 units, where this is exact.
        value: Math.round(value * 1e8),
      }));
      made.forEach((output, i) => {
        outputs.set(`${txid}:${i}`, output);
      });
      const spent = vin.map((input) => {
        const isCoinbase = input.txid === undefined;
        return { is_coinbase: isCoinbase, prevout: isCoinbase ? null : outputs.get(`${input.txid}:${input.vout}`)! };
      });
      const status = { confirmed: true, block_height: block.height, block_hash: block.hash } as const;
      transactions.push({ txid, vin: spent, vout: made, status });
    }
  }
  return transactions.reverse();
}

function answer(path: string, transactions: readonly Transaction[]): unknown {
  const [, hash, isList, last] =
    /^\/scripthash\/([0-9a-f]{64})(?:(\/txs\/chain)(?:\/([0-9a-f]{64}))?)?$/.exec(path) ?? [];
  if (hash === undefined) return undefined;
  const isOurs = (output: Output | null) => output !== null && hashOf(output.scriptpubkey) === hash;
  const found = transactions.filter(({ vin, vout }) => vout.some(isOurs) || vin.some(({ prevout }) => isOurs(prevout)));
  if (isList) {
    const start = last === undefined ? 0 : found.findIndex(({ txid }) => txid === last) + 1;
    return found.slice(start, start + pageSize);
  }
  const funded = found.flatMap(({ vout }) => vout.filter(isOurs));
  const spent = found.flatMap(({ vin }) => vin.flatMap(({ prevout }) => (isOurs(prevout) ? [prevout!] : [])));
  const sum = (outputs: readonly Output[]) => outputs.reduce((total, { value }) => total + value, 0);
  const stats = {
    tx_count: found.length,
    funded_txo_count: funded.length,
    funded_txo_sum: sum(funded),
    spent_txo_count: spent.length,
    spent_txo_sum: sum(spent),
  };
  return { scripthash: hash, chain_stats: stats, mempool_stats: {} };
}

/** Serves a node's chain on loopback under `/api`. */
export async function serveEsplora(call: CallNode): Promise<{ url: string; stop(): Promise<void> }> {
  let [tip, known] = ['', [] as Transaction[]];
  const transactions = async () => {
    const best = (await call('getbestblockhash')) as string;
    if (best !== tip) [tip, known] = [best, await readTransactions(call)];
    return known;
  };
  const server = createServer(async (request, response) => {
    try {
      const path = (request.url ?? '').replace(/^\/api/, '');
      const height = /^\/block-height\/([0-9]+)$/.exec(path)?.[1];
      if (height !== undefined) {
        response.setHeader('content-type', 'text/plain');
        response.end(await call('getblockhash', Number(height)));
        return;
      }
      if (path === '/blocks/tip/height') {
        response.end(String(await call('getblockcount')));
        return;
      }
      const hash = /^\/block\/([0-9a-f]{64})$/.exec(path)?.[1];
      if (hash !== undefined) {
        const header = (await call('getblockheader', hash)) as Record<string, unknown>;
        response.end(JSON.stringify({ ...header, id: header.hash, timestamp: header.time }));
        return;
      }
      const found = answer(path, await transactions());
      response.statusCode = found === undefined ? 404 : 200;
      response.end(JSON.stringify(found ?? 'not found'));
    } catch (error) {
      response.statusCode = 404;
      response.end(error instanceof Error ? error.message : '');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}/api`, stop };
}
