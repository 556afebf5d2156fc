/** What a person reads while workers prove. */
import { countOf, formatDuration } from '../human-text.js';
import type { DistributedEvent } from '../prove/prove-job.js';
import { escapeUnsafe } from '../terminal.js';

/** Follows the segments of one run. */
export interface DistributedProgress {
  /** Part of the segments that are done, 0 to 1. */
  readonly share: number;
  /** One line on where the run is. */
  line(): string;
  /** Takes an event in; gives a line when it is worth one of its own. */
  update(event: DistributedEvent): string | undefined;
}

const repeatedMs = 30_000;

/**
 * @param segmentCount how many segments the report has
 * @param keptCount how many of them an earlier run has proven
 */
export function followWorkers(segmentCount: number, keptCount: number, now: () => number): DistributedProgress {
  const started = now();
  let state: (DistributedEvent & { kind: 'distributed' }) | undefined;
  let done = 0;
  let awayAt = Number.NEGATIVE_INFINITY;
  let workerCount: number | undefined;
  const left = () => {
    const missing = segmentCount - keptCount - done;
    return done === 0 ? '' : `, about ${formatDuration(((now() - started) / done) * missing)} left`;
  };
  return {
    get share() {
      return (keptCount + done) / segmentCount;
    },
    line() {
      const parts = [`${keptCount + done} of ${countOf(segmentCount, 'segment')}`];
      if (state !== undefined) {
        parts.push(`${state.active.length} with ${countOf(state.workerCount, 'worker')}`);
        if (state.parkedCount > 0) parts.push(`${state.parkedCount} parked`);
      }
      return `${parts.join(', ')}${left()}`;
    },
    update(event) {
      if (event.kind === 'taken') {
        done++;
        return `segment ${event.segment} proven by ${escapeUnsafe(event.worker)}, ${keptCount + done} of ${segmentCount}${left()}`;
      }
      if (event.kind === 'damaged') return `segment ${event.segment} came damaged: it is asked for again`;
      if (event.kind === 'away') {
        if (now() - awayAt < repeatedMs) return undefined;
        awayAt = now();
        return `the queue or the storage does not answer (${escapeUnsafe(event.reason)}): waiting`;
      }
      state = event;
      const isNews = workerCount !== event.workerCount;
      workerCount = event.workerCount;
      if (!isNews) return undefined;
      if (workerCount > 0) return countOf(workerCount, 'worker');
      return `no worker with key ${event.keyName} takes segments of this size: waiting`;
    },
  };
}
