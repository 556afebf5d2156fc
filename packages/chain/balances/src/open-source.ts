/** A source of the file of sources, as something to be asked. */
import type { ReadBalances } from './balance.js';
import type { BlockReader } from './block-reader.js';
import type { SourceSettings } from './source-settings.js';
import { connect } from './transport/connection.js';
import type { World } from './transport/world.js';

/** Makes the adapter of a source's kind. Nothing is asked yet. */
export function openSource(settings: SourceSettings, world: World, signal: AbortSignal): ReadBalances {
  return settings.sourceKind.open(connect(settings, world, signal));
}

/** Makes the reader of blocks of a source's kind. Nothing is asked yet. */
export function openBlocks(settings: SourceSettings, world: World, signal: AbortSignal): BlockReader {
  return settings.sourceKind.blocks(connect(settings, world, signal));
}
