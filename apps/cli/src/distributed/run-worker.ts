/** A worker: takes segments from the queues, proves them, and stores what it made. */
import { randomBytes } from 'node:crypto';
import type { ArtefactStorage } from '@solvent/artefacts/artefact-storage';
import { openStorage } from '@solvent/artefacts/open-storage';
import type { StoreKey } from '@solvent/stark-prover/store-key';
import type { Job, Worker } from 'bullmq';
import { countOf } from '../human-text.js';
import type { SegmentStep } from '../prove/prove-job.js';
import { holdJob } from './job-hold.js';
import { createProvingThread, type ProvingThread } from './proving-thread.js';
import { answered, type QueueServer, useQueueServer } from './queue-server.js';
import { faultCode, faults, SegmentFault } from './segment-fault.js';
import {
  decodeRequest,
  encodeAnswer,
  objectNames,
  type SegmentAnswer,
  type SegmentRequest,
} from './segment-message.js';
import type { DistributedSettings } from './settings.js';
import { keyName, queueName, queueOf } from './size-classes.js';
import { isUnopenedStorageAway } from './storage-away.js';
import { makeWorkerFolder, removeAbandonedFolders, type WorkerFolder } from './worker-folder.js';

/** What a worker is started with. */
export interface WorkerOptions {
  readonly settings: DistributedSettings;
  readonly key: StoreKey;
  /** What it is called in the progress of a run. */
  readonly name: string;
  readonly threads: number;
  /** The size classes that it has the memory for, ascending. */
  readonly classes: readonly number[];
  /** One line of its log. */
  readonly log: (line: string) => void;
  /** Aborted when it is to end after the segment that it has; and when it is to give that back at once. */
  readonly ending: AbortSignal;
  readonly stopped: AbortSignal;
}

/** How long a worker rests that cannot work: its disk is full, or its storage away. */
const restMs = 10_000;

/** Works until it is told to end. */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { settings, key, name, threads, classes, log, ending } = options;
  const server = await useQueueServer(settings);
  const storage = await openIfThere(settings);
  const leftCount = removeAbandonedFolders();
  if (leftCount > 0) log(`removed what ${countOf(leftCount, 'worker')} had left that did not end by itself`);
  const folder = makeWorkerFolder();
  const queues = classes.map((rows) => server.openForWorker(queueName(rows, key), name)).reverse();
  const thread = createProvingThread(key, threads);
  const bench: Workbench = { ...options, thread, folder, storage };
  try {
    for (const queue of queues) void queue.startStalledCheckTimer();
    log(`ready: segments of up to ${classes.at(-1)} rows, ${threads} threads, key ${keyName(key)}`);
    while (!ending.aborted) {
      const job = await nextJob(server, queues, log, ending);
      const restFor = job === undefined ? 1000 * settings.pollSeconds : await workOn(job, bench);
      if (restFor > 0) await rest(restFor, ending);
    }
  } finally {
    await thread.close();
    folder.remove();
    await Promise.all(queues.map((queue) => closeQuietly(queue)));
    log('ended');
  }
}

interface Workbench extends WorkerOptions {
  readonly thread: ProvingThread;
  readonly folder: WorkerFolder;
  /** Undefined until it answers. */
  storage: ArtefactStorage | undefined;
}

// A mistake in the settings is told at the start; a storage that does not answer may do so when there is work.
async function openIfThere({ storage, base }: DistributedSettings): Promise<ArtefactStorage | undefined> {
  try {
    return await openStorage(storage, base);
  } catch (error) {
    if (isUnopenedStorageAway(error)) return undefined;
    throw error;
  }
}

// The server may be away when the worker ends; whatever it still holds runs out.
async function closeQuietly(queue: Worker): Promise<void> {
  const limit = new Promise((resolve) => setTimeout(resolve, 2000).unref());
  await Promise.race([queue.close().catch(() => {}), limit]);
}

function rest(milliseconds: number, ending: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ending.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      ending.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    ending.addEventListener('abort', end);
  });
}

interface HeldJob {
  readonly job: Job;
  /** Proves to the queue that it is this worker who holds the job. */
  readonly token: string;
}

// The largest that it can hold first: smaller ones can be taken by others, too.
async function nextJob(
  server: QueueServer,
  queues: readonly Worker[],
  log: (line: string) => void,
  ending: AbortSignal,
): Promise<HeldJob | undefined> {
  for (const queue of queues) {
    if (ending.aborted) return undefined;
    const token = randomBytes(16).toString('hex');
    try {
      const job = (await answered(queue.getNextJob(token, { block: false }))) as Job | undefined;
      if (job !== undefined) return { job, token };
    } catch (error) {
      log(`the queue does not answer: ${server.refusal() ?? (error as Error).message}`);
      return undefined;
    }
  }
  return undefined;
}

/** Works on a job until it is done, failed, given back or lost. Gives how long to rest after it. */
async function workOn({ job, token }: HeldJob, bench: Workbench): Promise<number> {
  const { settings, log, stopped } = bench;
  const hold = holdJob(job, token, 1000 * settings.lockSeconds, stopped);
  try {
    // The queue leaves it to whoever takes the job to end one that was lost too often.
    if (job.deferredFailure) throw new SegmentFault('too-often', job.deferredFailure);
    const request = readRequest(job, bench);
    const started = performance.now();
    const answer = await proveAndStore(request, bench, hold.lost, (step) => hold.tell({ worker: bench.name, step }));
    await hold.complete(encodeAnswer(answer));
    log(`segment ${request.segment}: done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return 0;
  } catch (error) {
    if (stopped.aborted) {
      await hold.giveBack(0);
      log('given back');
      return 0;
    }
    if (hold.lost.aborted) {
      log('lost: another worker has it, or nobody wants it');
      return 0;
    }
    const fault = faultCode(error);
    if (fault.code === 'local') {
      log(`given back: ${fault.message}`);
      await hold.giveBack(restMs / 2);
      return restMs;
    }
    log(`failed: ${faults[fault.code]} (${fault.message})`);
    await hold.fail(fault.code);
    return 0;
  } finally {
    hold.end();
    bench.folder.clear();
  }
}

function readRequest(job: Job, { key }: Workbench): SegmentRequest {
  const request = decodeRequest(job.data, key);
  if (typeof request === 'string') throw new SegmentFault(request, 'message');
  // A queue that puts it where smaller ones are would have it end workers without the memory for it.
  if (queueOf(request.rows, key) !== job.queueName) throw new SegmentFault('malformed', 'in the queue of another size');
  return request;
}

/*
 * A segment is wanted while its task is there: whoever asked for it removes the task first, and then all attempts that it
 * finds. An attempt that is stored later than that is removed here, so none is ever left.
 */
async function proveAndStore(
  request: SegmentRequest,
  bench: Workbench,
  lost: AbortSignal,
  onStep: (step: SegmentStep) => void,
): Promise<SegmentAnswer> {
  const { settings, thread, name, log } = bench;
  bench.storage ??= await openStorage(settings.storage, settings.base);
  const { storage } = bench;
  const taskName = objectNames.task(request);
  const assertWanted = async () => {
    if ((await storage.list(taskName, lost)).length === 0) throw new SegmentFault('task-missing', 'no longer wanted');
  };
  const attempt = randomBytes(16).toString('hex');
  const names = objectNames.attempt(request, attempt);
  const sealed = await storage.get(taskName, lost);
  const folder = bench.folder.fresh();
  const { segment, rows } = request;
  log(`segment ${segment} of run ${request.run.slice(0, 8)}: begun`);
  const threadRequest = { sealed, taskName, proofName: names.proof, segment, rows, folder };
  const result = await thread.prove(threadRequest, onStep, lost);
  await assertWanted();
  try {
    await storage.put(names.private, { path: result.privatePath }, lost);
    await storage.put(names.proof, result.proof, lost);
    await assertWanted();
  } catch (error) {
    // What is there of it is of no use to anybody.
    await storage.delete([names.private, names.proof]).catch(() => {});
    throw error;
  }
  return { attempt, worker: name, ...result.files };
}
