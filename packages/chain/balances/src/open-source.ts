/** A source of the file of sources, as something to be asked. */
import type { ReadBalances } from './balance.js';
import type { SourceSettings } from './source-settings.js';
import { bitcoinCore } from './sources/bitcoin-core.js';
import { esplora } from './sources/esplora.js';
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
  throw new RangeError(`source ${settings.id}: ${choices.kind} does not know ${network.title}`);
}
