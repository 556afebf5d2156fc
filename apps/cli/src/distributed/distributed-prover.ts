/**
 * Proves segments on other machines: asks for them in the queue, a few ahead of the workers, and takes what they have
 * made. It looks instead of listening: all that it knows is in the queue and in the storage, so it can go on after
 * anything, and so can another process after it.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStorage } from '@solvent/artefacts/open-storage';
import { quoteExcerpt } from '@solvent/report-format/amounts';
import { proofFileName } from '@solvent/report-format/manifest';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import { formatDuration } from '../human-text.js';
import { InputError } from '../input-error.js';
import type { ManifestSegment } from '../prove/build-manifest.js';
import { findWholeSegment } from '../prove/keep-segments.js';
import type { ActiveSegment } from '../prove/prove-job.js';
import type { MissingSegments, SegmentProver } from '../prove/segment-prover.js';
import { forgetAskedWorkers, noteAskedWorkers } from './asked-workers.js';
import { isAway, queuePlace, refusalIn, useQueueServer } from './queue-server.js';
import { openRunObjects, type RunObjects } from './run-objects.js';
import { type FaultCode, faults, isFaultCode } from './segment-fault.js';
import { openSegmentJobs, type SegmentJobs } from './segment-jobs.js';
import { encodeRequest, type SegmentAnswer } from './segment-message.js';
import type { DistributedSettings } from './settings.js';
import { keyName } from './size-classes.js';
import { isStorageAway, isUnopenedStorageAway } from './storage-away.js';

/** How often a segment is asked for again when what came was damaged or gone. */
const maxRepeats = 3;

/** @param run what the run is called, 64 hexadecimal digits */
export function createDistributedProver(settings: DistributedSettings, key: StoreKey, run: string): SegmentProver {
  return {
    async prove(missing) {
      const server = await useQueueServer(settings);
      const waiting: Waiting = { settings, missing, refusal: server.refusal };
      const open = () => openStorage(settings.storage, settings.base);
      const storage = await untilAnswered(waiting, open, isUnopenedStorageAway);
      const jobs = openSegmentJobs(server, run, key, settings.attempts);
      const objects = openRunObjects(storage, run, key, missing.segmentCount);
      const round: Round = {
        ...waiting,
        key,
        jobs,
        objects,
        left: [...missing.segments],
        asked: new Map(),
        proven: new Map(),
        parked: new Map(),
      };
      const { work } = missing.folders;
      noteAskedWorkers(work, storage.label);
      try {
        await untilAnswered(round, () => removeFinished(round));
        while (round.left.length > 0 || round.asked.size > 0) {
          missing.aborted.throwIfAborted();
          await untilAnswered(round, () => look(round));
          if (round.asked.size > 0) await pause(1000 * settings.pollSeconds);
        }
        if (round.parked.size > 0) throw parkedError(round.parked);
        forgetAskedWorkers(work);
        return round.proven;
      } finally {
        await jobs.close();
      }
    },
  };
}

/** A segment that was asked for. */
interface Asked {
  isActive: boolean;
  /** How often what came was of no use. */
  repeats: number;
}

/** What it takes to wait for a server. */
interface Waiting {
  readonly settings: DistributedSettings;
  readonly missing: MissingSegments;
  readonly refusal: () => string | undefined;
}

interface Round extends Waiting {
  readonly key: StoreKey;
  readonly jobs: SegmentJobs;
  readonly objects: RunObjects;
  /** Not asked for yet, ascending. */
  readonly left: number[];
  readonly asked: Map<number, Asked>;
  readonly proven: Map<number, ManifestSegment>;
  readonly parked: Map<number, FaultCode | undefined>;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

// Repeats a step for as long as the operator wants to wait for a server.
async function untilAnswered<Value>(
  { settings, missing, refusal }: Waiting,
  step: () => Promise<Value>,
  isWorthWaiting: (error: unknown) => boolean = (error) => isStorageAway(error) || isAway(error),
): Promise<Value> {
  const started = performance.now();
  for (let delay = 250; ; delay = Math.min(2 * delay, 5000)) {
    missing.aborted.throwIfAborted();
    try {
      return await step();
    } catch (error) {
      const refusedNow = refusalIn(error);
      if (refusedNow === undefined && !isWorthWaiting(error)) throw error;
      const refused = refusal() ?? refusedNow;
      if (refused !== undefined) {
        throw new InputError(`${queuePlace(settings)}: expected to be let in, got ${quoteExcerpt(refused)}`);
      }
      const waitedMs = performance.now() - started;
      if (waitedMs > 1000 * settings.patienceSeconds) {
        const place = isStorageAway(error) ? 'storage' : queuePlace(settings);
        throw new InputError(`${place}: expected an answer within ${formatDuration(waitedMs)}, got ${nameOf(error)}`);
      }
      missing.onEvent({ kind: 'away', reason: nameOf(error) });
      await pause(delay);
    }
  }
}

function nameOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? 'an error';
}

// What an earlier try has taken, and did not live to remove.
async function removeFinished({ missing, objects, jobs }: Round): Promise<void> {
  const wanted = new Set(missing.segments);
  for (const segment of await objects.segments()) {
    if (wanted.has(segment)) continue;
    await jobs.remove(segment, missing.task(segment).rowCount);
    await objects.removeSegment(segment);
  }
}

/** Looks at all segments that were asked for, once, and asks for more. */
async function look(round: Round): Promise<void> {
  const { asked } = round;
  await askAhead(round);
  const active: ActiveSegment[] = [];
  for (const segment of [...asked.keys()]) {
    const found = await lookAt(round, segment);
    if (found !== undefined) active.push(found);
    // To take one may last as long as a worker takes to prove the next.
    if (!asked.has(segment)) await askAhead(round);
  }
  await tell(round, active);
}

async function askAhead(round: Round): Promise<void> {
  const { settings, asked, left } = round;
  const waiting = () => [...asked.values()].filter(({ isActive }) => !isActive).length;
  while (left.length > 0 && waiting() < settings.waitingSegments) {
    await ask(round, left[0], 0);
    left.shift();
  }
}

// A job from an earlier try is as good as a new one, unless it has failed.
async function ask(round: Round, segment: number, repeats: number): Promise<void> {
  const { jobs, objects, missing, key, asked } = round;
  const task = missing.task(segment);
  const place = await jobs.place(segment, task.rowCount);
  if (place.kind === 'failed') await jobs.remove(segment, task.rowCount);
  if (place.kind === 'failed' || place.kind === 'missing') {
    await objects.removeSegment(segment);
    const request = await objects.putTask(task);
    await jobs.add(segment, task.rowCount, encodeRequest(request, key));
  }
  asked.set(segment, { isActive: false, repeats });
}

async function lookAt(round: Round, segment: number): Promise<ActiveSegment | undefined> {
  const { jobs, asked, missing } = round;
  const entry = asked.get(segment)!;
  if (round.proven.has(segment)) return removeTaken(round, segment);
  const { rowCount } = missing.task(segment);
  const place = await jobs.place(segment, rowCount);
  entry.isActive = place.kind === 'active';
  if (place.kind === 'active') return { segment, worker: place.worker, step: place.step };
  if (place.kind === 'done') await take(round, segment, place.answer);
  // The server has lost it: it was not kept on its disk.
  if (place.kind === 'missing') await ask(round, segment, entry.repeats);
  if (place.kind === 'failed') await handleFailed(round, segment, place.code);
  return undefined;
}

// A task that is gone or damaged is made again; anything else is for people to look at.
async function handleFailed(round: Round, segment: number, code: FaultCode | undefined): Promise<void> {
  const { asked, parked } = round;
  const { repeats } = asked.get(segment)!;
  const isRepeated = (code === 'task-missing' || code === 'task-damaged') && repeats < maxRepeats;
  if (isRepeated) return ask(round, segment, repeats + 1);
  asked.delete(segment);
  parked.set(segment, code);
}

/** Takes one attempt at a segment, whole and verified, and destroys all others; or asks again. */
async function take(round: Round, segment: number, answer: SegmentAnswer | undefined): Promise<void> {
  const { missing, objects, jobs, asked, proven } = round;
  const { folders, store } = missing;
  const task = missing.task(segment);
  const isFetched = answer !== undefined && (await objects.fetchAttempt(segment, answer, folders));
  const found = isFetched ? await findWholeSegment(task, folders, store) : undefined;
  if (found !== undefined) {
    proven.set(segment, found);
    missing.onEvent({ kind: 'taken', segment, worker: answer!.worker });
    return removeTaken(round, segment);
  }
  rmSync(join(folders.public, proofFileName(segment)), { force: true });
  await store.removeSegment(segment);
  const { repeats } = asked.get(segment)!;
  if (repeats >= maxRepeats) {
    throw new InputError(`segment ${segment}: expected what a worker has stored, got it damaged ${repeats + 1} times`);
  }
  missing.onEvent({ kind: 'damaged', segment });
  await jobs.remove(segment, task.rowCount);
  await ask(round, segment, repeats + 1);
}

// The job first: what has objects is looked for when a run goes on, and removed.
async function removeTaken({ missing, objects, jobs, asked }: Round, segment: number): Promise<undefined> {
  await jobs.remove(segment, missing.task(segment).rowCount);
  await objects.removeSegment(segment);
  asked.delete(segment);
}

async function tell(
  { key, missing, asked, left, jobs, proven, parked }: Round,
  active: ActiveSegment[],
): Promise<void> {
  const [next] = asked.keys();
  if (next === undefined) return;
  const workerCount = await jobs.workerCount(missing.task(next).rowCount);
  missing.onEvent({
    kind: 'distributed',
    keyName: keyName(key),
    workerCount,
    active,
    waitingCount: asked.size - active.length + left.length,
    doneCount: proven.size,
    parkedCount: parked.size,
  });
}

function parkedError(parked: ReadonlyMap<number, FaultCode | undefined>): InputError {
  const parts = [...parked].map(([segment, code]) => {
    return `segment ${segment} (${isFaultCode(code) ? faults[code] : 'no known reason'})`;
  });
  const shown = parts.length > 5 ? [...parts.slice(0, 5), `and ${parts.length - 5} more`] : parts;
  return new InputError(`expected all segments proven, got these parked after all tries: ${shown.join(', ')}`);
}
