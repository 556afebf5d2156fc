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
  let found = await reader.readBlock(0);
  if (found.time > time) return undefined;
  while (after - found.height > 1) {
    const middle = await reader.readBlock(Math.floor((found.height + after) / 2));
    if (middle.time <= time) found = middle;
    else after = middle.height;
  }
  return found;
}
