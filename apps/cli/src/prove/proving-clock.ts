/** How far proving is and how long it will take, from what each step usually costs. */
import type { SegmentStep } from './prove-job.js';

/** How far proving is. */
export interface ProvingState {
  readonly segmentCount: number;
  /** Part of the work that is done, 0 to 1. */
  readonly share: number;
  /** Undefined until there is something to measure. */
  readonly rowsPerSecond: number | undefined;
  readonly remainingMs: number | undefined;
}

/** Follows the steps of all segments. */
export interface ProvingClock {
  enter(segment: number, step: SegmentStep): void;
  state(): ProvingState;
}

interface StepCost {
  readonly step: SegmentStep;
  /** Milliseconds for each row, and once. Only the proportions matter. */
  readonly perRow: number;
  readonly once: number;
}

// As measured over 2^19 rows on two processors, in the order in which the steps come.
const stepCosts: readonly StepCost[] = [
  { step: 'placing', perRow: 0.0024, once: 5 },
  { step: 'trace', perRow: 0.0016, once: 5 },
  { step: 'auxiliary', perRow: 0.002, once: 5 },
  { step: 'quotient', perRow: 0.0032, once: 5 },
  { step: 'openings', perRow: 0.0005, once: 2 },
  { step: 'folding', perRow: 0.0008, once: 5 },
  { step: 'grinding', perRow: 0, once: 20 },
  { step: 'queries', perRow: 0, once: 30 },
  { step: 'storing', perRow: 0.0012, once: 20 },
];

/**
 * A clock for segments of the given numbers of rows, started now.
 *
 * @param kept numbers of the segments on which nothing is left to do: they count as done, but say nothing of the pace
 */
export function createProvingClock(
  rowCounts: readonly number[],
  now: () => number,
  kept: readonly number[] = [],
): ProvingClock {
  const isKept = rowCounts.map((_, segment) => kept.includes(segment));
  const costs = rowCounts.map((rows) => stepCosts.map(({ perRow, once }) => perRow * rows + once));
  const keptCost = sum(costs.filter((_, segment) => isKept[segment]).map(sum));
  const total = sum(costs.map(sum)) - keptCost;
  const totalRows = sum(rowCounts.filter((_, segment) => !isKept[segment]));
  const started = now();
  // Cost of all steps that are over, and when they were.
  let done = 0;
  let entered = started;
  let current = 0;

  return {
    enter(segment, step) {
      const index = stepCosts.findIndex((cost) => cost.step === step);
      const before = costs.slice(0, segment).filter((_, earlier) => !isKept[earlier]);
      done = sum(before.map(sum)) + sum(costs[segment].slice(0, index));
      current = costs[segment][index];
      entered = now();
    },
    state() {
      const elapsed = now() - started;
      // Within a step the bar goes on at the pace so far, and waits when the step takes longer.
      const pace = done > 0 ? done / (entered - started) : 1;
      const cost = done + Math.min(0.95 * current, pace * (now() - entered));
      const part = cost / total;
      const isMeasured = done > 0 && elapsed > 0;
      return {
        segmentCount: rowCounts.length,
        share: (keptCost + cost) / (keptCost + total),
        rowsPerSecond: isMeasured ? Math.round((1000 * part * totalRows) / elapsed) : undefined,
        remainingMs: isMeasured ? elapsed * (1 / part - 1) : undefined,
      };
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
