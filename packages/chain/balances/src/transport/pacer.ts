/** Keeps to what a source allows: so many requests a second, so many at once, so much in one. */
import type { World } from './world.js';

/** Waits until the next request may be sent. */
export type Pacer = (signal: AbortSignal) => Promise<void>;

/** Spaces requests evenly. */
export function createPacer(requestsPerSecond: number, world: World): Pacer {
  const spacingMs = 1000 / requestsPerSecond;
  let nextMs = 0;
  return async (signal) => {
    const now = world.now();
    const at = Math.max(now, nextMs);
    nextMs = at + spacingMs;
    if (at > now) await world.sleep(at - now, signal);
  };
}

/** Runs work on all items, at most `limit` at once; after a failure, which it throws, it takes no new ones. */
export async function forEachLimited<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let hasFailed = false;
  const worker = async () => {
    for (const item of queue) {
      if (hasFailed) return;
      try {
        await work(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}

/** Cuts a list into lists of `size` items, in order; the last may be shorter. */
export function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
