/** The blocks of a snapshot: of each network one that is final, and that as many sources agree on as have to. */
import type { SnapshotBlock } from '@solvent/report-format/report';
import { type BlockReader, findBlockAt, type TimedBlock } from './block-reader.js';
import { openBlocks } from './open-source.js';
import { SourceError } from './source-error.js';
import type { NetworkSources } from './source-settings.js';
import { realWorld, timeText, type World } from './transport/world.js';

export interface FindRequest {
  readonly sources: readonly NetworkSources[];
  /** Seconds since 1970; without it, the newest final block is meant. */
  readonly time: number | undefined;
  readonly signal: AbortSignal;
  readonly world?: World;
}

/** A block of a snapshot with its time. */
export interface FoundBlock extends SnapshotBlock {
  /** Seconds since 1970. */
  readonly time: number;
}

/**
 * Finds a block of each network, in the order of the sources.
 *
 * @throws SourceError when a source fails, or sources disagree, or the time is not yet final
 */
export async function findBlocks({ sources, time, signal, world = realWorld }: FindRequest): Promise<FoundBlock[]> {
  return Promise.all(
    sources.map(async (network) => {
      const readers = network.sources.slice(0, network.agree).map((source) => openBlocks(source, world, signal));
      const found = time === undefined ? await newestFinal(readers) : await lastAt(readers, time, network);
      const [{ height, hash, time: of }, ...others] = found;
      const other = others.find((block) => block.height !== height || block.hash !== hash);
      const id = network.network.id;
      if (other === undefined) return { network: id, height, hash, time: of };
      const both = `${height} ${hash} and ${other.height} ${other.hash}`;
      throw new SourceError('answer', `${id}: sources disagree about the block: ${both}`);
    }),
  );
}

/** The newest block that is final for all. */
async function newestFinal(readers: readonly BlockReader[]): Promise<TimedBlock[]> {
  const heights = await Promise.all(readers.map((reader) => reader.readFinalHeight()));
  return Promise.all(readers.map((reader) => reader.readBlock(Math.min(...heights))));
}

function lastAt(readers: readonly BlockReader[], time: number, { network }: NetworkSources): Promise<TimedBlock[]> {
  return Promise.all(
    readers.map(async (reader) => {
      const found = await findBlockAt(reader, time);
      if (found !== undefined) return found;
      const expected = `expected a time between its first and its newest final block, got ${timeText(time * 1000)}`;
      throw new SourceError('answer', `${network.id}: ${expected}`);
    }),
  );
}
