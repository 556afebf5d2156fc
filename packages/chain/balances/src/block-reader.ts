/** Finding the block of a network that a snapshot is of. */

/** A block with its time: of Bitcoin's family the median time, which never goes back. */
export interface TimedBlock {
  readonly height: number;
  readonly hash: string;
  /** Seconds since 1970. */
  readonly time: number;
}

/** Blocks as one source has them. */
export interface BlockReader {
  /** Height of the newest block that will stay. */
  readFinalHeight(): Promise<number>;
  /** Height of the first block that the source has, where that is not 0. */
  readFirstHeight?(): Promise<number>;
  /** The block of a height; on chains that leave heights out, the last one that is not above it. */
  readBlock(height: number): Promise<TimedBlock>;
}

/** Blocks on top of one of Bitcoin's family before it counts as final, itself included. */
export const bitcoinConfirmations = 6;

/**
 * The last block whose time is not after the given one, by halving; undefined when the newest final block is not later, so
 * that more blocks of that time may come, or when the first one is.
 */
export async function findBlockAt(reader: BlockReader, time: number): Promise<TimedBlock | undefined> {
  let after = await reader.readFinalHeight();
  if ((await reader.readBlock(after)).time <= time) return undefined;
  let found = await reader.readBlock((await reader.readFirstHeight?.()) ?? 0);
  if (found.time > time) return undefined;
  // No block after `found` and up to `below` is later than the time.
  let below = found.height;
  while (after - below > 1) {
    const middle = Math.floor((below + after) / 2);
    const block = await reader.readBlock(middle);
    if (block.time <= time) {
      if (block.height > found.height) found = block;
      below = middle;
    } else after = block.height;
  }
  return found;
}
