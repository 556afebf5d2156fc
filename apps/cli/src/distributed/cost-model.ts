/**
 * What a run costs: fitted by `node bench/plan.js` to measured segments of 2^11 to 2^17 rows. How far it is from
 * them is in docs/distributed.md.
 */

/** Milliseconds on the processor that it was fitted on, with one thread; microseconds for each row or account. */
const costs = {
  /** A worker: fetching, placing, proving with the mean search for a nonce, storing, verifying its own proof. */
  proveOnceMs: 214,
  proveRowUs: 17.588,
  /** The part of that which further threads do not share. */
  serialShare: 0.31,
  /** The run that has asked: examining a segment that came, and verifying it again at the end. */
  takeOnceMs: 88,
  takeRowUs: 1.317,
  /** The index of the private store. */
  finishAccountUs: 0.881,
  /**
   * Once for a run, whatever its size: starting, connecting, the first segment of workers whose code is not compiled yet, and
   * the files that are checked at the end. From the runs of `node bench/distributed.js`, since only a whole run has it.
   */
  runOnceMs: 2400,
} as const;

/** Milliseconds that a worker takes for a segment of N rows. */
export function segmentMs(rowCount: number, threads: number): number {
  const alone = costs.proveOnceMs + (costs.proveRowUs * rowCount) / 1000;
  return alone * (costs.serialShare + (1 - costs.serialShare) / threads);
}

function takeMs(rowCount: number): number {
  return costs.takeOnceMs + (costs.takeRowUs * rowCount) / 1000;
}

/**
 * Milliseconds from a ledger that is read to a report that is verified.
 *
 * @param machines how many workers prove, each with so many threads; the run that asks has a processor of its own
 */
export function reportMs(
  rowCounts: readonly number[],
  accountCount: number,
  machines: number,
  threads: number,
): number {
  const ends = new Array<number>(Math.min(machines, rowCounts.length)).fill(0);
  // Whoever is free takes the next one.
  for (const rowCount of rowCounts) {
    const first = ends.indexOf(Math.min(...ends));
    ends[first] += segmentMs(rowCount, threads);
  }
  const taking = rowCounts.reduce((sum, rowCount) => sum + takeMs(rowCount), 0);
  // Segments are taken as they come, and all are verified once more at the end.
  const proven = Math.max(Math.max(...ends) + takeMs(rowCounts.at(-1)!), taking);
  return costs.runOnceMs + proven + taking + (costs.finishAccountUs * accountCount) / 1000;
}
