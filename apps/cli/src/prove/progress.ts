/** Shows where a run is: a bar that moves on a screen, plain lines elsewhere. */

import { type DistributedProgress, followWorkers } from '../distributed/describe-progress.js';
import { countOf, formatCount, formatDuration, formatSize } from '../human-text.js';
import type { Terminal } from '../terminal.js';
import type { DistributedEvent, ProveEvent, SegmentStep } from './prove-job.js';
import { createProvingClock, type ProvingClock } from './proving-clock.js';

/** Follows one run. */
export interface Progress {
  update(event: ProveEvent): void;
  /** Clears what is drawn. */
  end(): void;
}

const redrawMs = 200;
const barWidth = 30;

/** Progress on standard error. */
export function createProgress(terminal: Terminal, now: () => number = () => performance.now()): Progress {
  return terminal.canRedraw ? createBar(terminal, now) : createLines(terminal, now);
}

/** What each step of a segment is, for people. */
const stepTitles: Record<SegmentStep, string> = {
  placing: 'placing rows',
  trace: 'committing rows',
  auxiliary: 'committing sums',
  quotient: 'committing quotient',
  openings: 'opening',
  folding: 'folding',
  grinding: 'proof of work',
  queries: 'answering queries',
  storing: 'storing',
};

/** What comes after all segments. */
const lastTitles = {
  completing: 'completing the private store',
  checking: 'verifying everything that was made',
} as const;

function createLines(terminal: Terminal, now: () => number): Progress {
  let clock: ProvingClock | undefined;
  let workers: DistributedProgress | undefined;
  let isReading = false;
  const update = (event: ProveEvent) => {
    if (event.kind === 'reading') {
      if (!isReading) terminal.err(`reading the ledger, ${describeSource(event)}\n`);
      isReading = true;
    } else if (event.kind === 'examining') {
      terminal.err(`${describeExamining(event)}\n`);
    } else if (event.kind === 'planned') {
      clock = createProvingClock(event.rowCounts, now, event.keptSegments);
      workers = followWorkers(event.rowCounts.length, event.keptSegments.length, now);
      terminal.err(`${describePlan(event)}\n`);
    } else if (event.kind === 'segment') {
      clock?.enter(event.segment, event.step);
      terminal.err(`${describeStep(event, clock)}\n`);
    } else if (isOfWorkers(event)) {
      const news = workers?.update(event);
      if (news !== undefined) terminal.err(`${news}\n`);
    } else {
      terminal.err(`${lastTitles[event.kind]}\n`);
    }
  };
  return { update, end: () => {} };
}

function isOfWorkers(event: ProveEvent): event is DistributedEvent {
  return event.kind === 'distributed' || event.kind === 'taken' || event.kind === 'damaged' || event.kind === 'away';
}

type Reading = ProveEvent & { kind: 'reading' };

function describeSource({ unit, total, isEstimate }: Reading): string {
  if (unit === 'bytes') return formatSize(total);
  return `${isEstimate ? 'about ' : ''}${countOf(total, 'row')}`;
}

// What is left is told after a second. Of a total that is a guess, nothing is once it is passed.
function describeReading({ unit, done, total, rows }: Reading, elapsedMs: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const parts = [`${drawBar(share)} reading`, `${formatCount(rows)} ${unit === 'bytes' ? 'lines' : 'rows'}`];
  if (elapsedMs >= 1000 && share > 0 && share < 1) {
    parts.push(`ETA ${formatDuration((elapsedMs * (1 - share)) / share)}`);
  }
  return parts.join(', ');
}

function describePlan(event: ProveEvent & { kind: 'planned' }): string {
  const { accountCount, rowCounts, keptSegments, plannedMemory } = event;
  const rows = rowCounts.reduce((sum, count) => sum + count, 0);
  const parts = [
    `proving ${countOf(accountCount, 'account')} in ${countOf(rowCounts.length, 'segment')}`,
    countOf(rows, 'row'),
    `memory about ${formatSize(plannedMemory)}`,
  ];
  if (keptSegments.length > 0) parts.push(`${countOf(keptSegments.length, 'segment')} from before`);
  return parts.join(', ');
}

function describeExamining({ segment, segmentCount }: ProveEvent & { kind: 'examining' }): string {
  return `examining what is there of segment ${segment + 1} of ${segmentCount}`;
}

function describeStep(event: ProveEvent & { kind: 'segment' }, clock: ProvingClock | undefined): string {
  const parts = [`segment ${event.segment}`, stepTitles[event.step]];
  const state = clock?.state();
  if (state !== undefined) parts.push(`${Math.floor(100 * state.share)} %`);
  if (state?.remainingMs !== undefined) parts.push(`about ${formatDuration(state.remainingMs)} left`);
  return parts.join(', ');
}

function createBar(terminal: Terminal, now: () => number): Progress {
  let clock: ProvingClock | undefined;
  let readingSince: number | undefined;
  let workers: DistributedProgress | undefined;
  let draw = () => {};
  const timer = setInterval(() => draw(), redrawMs);
  timer.unref();
  const show = (line: () => string) => {
    draw = () => terminal.err(`\r\u001b[K${line()}`);
    draw();
  };
  const update = (event: ProveEvent) => {
    if (event.kind === 'reading') {
      readingSince ??= now();
      const elapsedMs = now() - readingSince;
      show(() => describeReading(event, elapsedMs));
    } else if (event.kind === 'examining') {
      show(() => describeExamining(event));
    } else if (event.kind === 'planned') {
      clock = createProvingClock(event.rowCounts, now, event.keptSegments);
      workers = followWorkers(event.rowCounts.length, event.keptSegments.length, now);
      terminal.err(`\r\u001b[K${describePlan(event)}\n`);
    } else if (isOfWorkers(event)) {
      const followed = workers!;
      const news = followed.update(event);
      if (news !== undefined && event.kind !== 'taken') terminal.err(`\r\u001b[K${news}\n`);
      show(() => `${drawBar(followed.share)} ${followed.line()}`);
    } else if (event.kind === 'segment') {
      clock?.enter(event.segment, event.step);
      show(() => describeBar(clock!, event));
    } else {
      show(() => lastTitles[event.kind]);
    }
  };
  const end = () => {
    clearInterval(timer);
    terminal.err('\r\u001b[K');
  };
  return { update, end };
}

function describeBar(clock: ProvingClock, { segment, step }: ProveEvent & { kind: 'segment' }): string {
  const { share, rowsPerSecond, remainingMs, segmentCount } = clock.state();
  const parts = [stepTitles[step]];
  if (segmentCount > 1) parts.push(`segment ${segment + 1} of ${segmentCount}`);
  if (rowsPerSecond !== undefined) parts.push(`${formatCount(rowsPerSecond)} rows/s`);
  if (remainingMs !== undefined) parts.push(`ETA ${formatDuration(remainingMs)}`);
  return `${drawBar(share)} ${parts.join(', ')}`;
}

function drawBar(share: number): string {
  const filled = Math.round(barWidth * Math.min(1, Math.max(0, share)));
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${String(Math.floor(100 * share)).padStart(3)} %`;
}
