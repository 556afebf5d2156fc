/** What the transport needs of the world around it, so that tests can stand in. */
import { setTimeout as wait } from 'node:timers/promises';

export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; rejects with the signal's reason when that is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

/** The clock and the randomness of the process. */
export const realWorld: World = {
  now: Date.now,
  sleep: async (milliseconds, signal) => {
    // An aborted wait rejects with an error of its own, which says less than the reason.
    await wait(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
  random: Math.random,
};

/** A moment as files have it: RFC 3339 in UTC, to the second. */
export function timeText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
