/** A source of the file of sources, as something to be asked. */
import type { ReadBalances } from './balance.js';
import type { BlockReader } from './block-reader.js';
import type { SourceSettings } from './source-settings.js';
import { coreBlocks, esploraBlocks } from './sources/bitcoin-blocks.js';
import { bitcoinCore } from './sources/bitcoin-core.js';
import { esplora } from './sources/esplora.js';
import { ethereumBlocks } from './sources/ethereum-blocks.js';
import { ethereumJsonRpc } from './sources/ethereum-json-rpc.js';
import { connect } from './transport/connection.js';
import type { World } from './transport/world.js';

/** Makes the adapter of a source's kind. Nothing is asked yet. */
export function openSource(settings: SourceSettings, world: World, signal: AbortSignal): ReadBalances {
  const connection = connect(settings, world, signal);
  const { network, choices } = settings;
  if (choices.kind === 'ethereum-json-rpc' && network.family === 'evm') {
    const { batchSize, multicall } = choices;
    return ethereumJsonRpc(connection, network, { batchSize, multicall });
  }
  if (choices.kind === 'bitcoin-core' && network.family === 'bitcoin') {
    return bitcoinCore(connection, network, { chain: choices.chain, scanTimeoutMs: choices.scanTimeoutSeconds * 1000 });
  }
  if (choices.kind === 'esplora' && network.family === 'bitcoin') {
    return esplora(connection, network, choices);
  }
  throw wrongKind(settings);
}

/** Makes the reader of blocks of a source's kind. Nothing is asked yet. */
export function openBlocks(settings: SourceSettings, world: World, signal: AbortSignal): BlockReader {
  const connection = connect(settings, world, signal);
  const { network, choices } = settings;
  if (choices.kind === 'ethereum-json-rpc' && network.family === 'evm') return ethereumBlocks(connection, network);
  if (choices.kind === 'bitcoin-core') return coreBlocks(connection, choices.chain);
  if (choices.kind === 'esplora') return esploraBlocks(connection);
  throw wrongKind(settings);
}

function wrongKind({ id, kind, network }: SourceSettings): RangeError {
  return new RangeError(`source ${id}: ${kind} does not know ${network.title}`);
}
