/** The server that keeps the queues: Redis or PostgreSQL. Its clients are loaded only here, when they are used. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkServerIdentity } from 'node:tls';
import { StorageError } from '@solvent/artefacts/artefact-storage';
import { isThisMachine } from '@solvent/server-settings/this-machine';
import type { Job, Queue, Worker } from 'bullmq';
import { InputError, systemErrorCode } from '../input-error.js';
import type { DistributedSettings } from './settings.js';

/** After so long without an answer, a call has failed. */
const answerMs = 10_000;
/** Connections of each queue that a process uses, beside the one that PostgreSQL tells of news by. */
const poolSize = 2;
/** How often a job may be found without its worker before it is taken for one that ends workers. */
const maxStalledCount = 5;

/** Queues on a server. */
export interface QueueServer {
  /** The queue for whoever asks for segments. */
  open(name: string): Queue;
  /** The queue for a worker of this name, who takes jobs one by one. */
  openForWorker(name: string, worker: string): Worker;
  findJob(queue: Queue, id: string): Promise<Job | undefined>;
  /** What the server refuses and will go on refusing, such as a password; undefined when there is no such thing. */
  refusal(): string | undefined;
}

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
for (const code of ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'NR_CLOSED']) awayCodes.add(code);
const awayMessages =
  /^(LOADING|READONLY|CLUSTERDOWN|MASTERDOWN)|connection (is closed|terminated|ended)|timed? ?out|timeout|closed the connection|has been closed|not queryable/i;

/** What a call gives, if it ends in time: a client that is not connected yet would wait for ever. */
export async function answered<Value>(call: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the queue timed out')), 1.5 * answerMs);
  });
  try {
    return await Promise.race([call, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether an error says that a server is away, or not yet ready, so that it is worth asking again. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  // PostgreSQL: 08 is a connection, 53 a lack of room, 57 an operator's doing.
  if (typeof code === 'string')
    return awayCodes.has(code) || /^(08|53|57P)/.test(code) || awayMessages.test(error.message);
  return awayMessages.test(error.message);
}

const refusals =
  /WRONGPASS|NOAUTH|NOPERM|invalid password|password authentication failed|no pg_hba|does not exist|certificate|wrong version number|not support SSL/i;

/** What a server refuses by an error of a call, and will go on refusing; undefined for other errors. */
export function refusalIn(error: unknown): string | undefined {
  return error instanceof Error && !(error instanceof StorageError) && refusals.test(error.message)
    ? error.message
    : undefined;
}

/** Prepares to use a server. Nothing is connected before a queue is opened. */
export async function useQueueServer(settings: DistributedSettings): Promise<QueueServer> {
  const { Job: JobClass, Queue: QueueClass, Worker: WorkerClass, createPostgresBackend } = await import('bullmq');
  const { queue, lockSeconds } = settings;
  const connection = connectionOptions(settings);
  const lockMs = 1000 * lockSeconds;
  const working = { lockDuration: lockMs, stalledInterval: lockMs / 2, maxStalledCount };
  let refused: string | undefined;
  // What goes wrong is thrown by the calls; a connection that breaks is made anew.
  const quiet = <Opened extends Queue | Worker>(opened: Opened): Opened => {
    (opened as Queue).on('error', (error) => {
      refused = refusalIn(error) ?? refused;
    });
    return opened;
  };
  const refusal = () => refused;
  const findJob: QueueServer['findJob'] = async (from, id) => (await JobClass.fromId(from, id)) as Job | undefined;
  if (queue.kind === 'postgres') {
    return {
      open: (name) => quiet(new QueueClass(name, { connection }, createPostgresBackend) as unknown as Queue),
      openForWorker: (name, worker) =>
        quiet(
          new WorkerClass(
            name,
            null,
            { connection, name: worker, ...working },
            createPostgresBackend,
          ) as unknown as Worker,
        ),
      findJob,
      refusal,
    };
  }
  const { prefix } = queue;
  return {
    open: (name) => quiet(new QueueClass(name, { connection, prefix })),
    openForWorker: (name, worker) =>
      quiet(new WorkerClass(name, null, { connection, prefix, name: worker, ...working })),
    findJob,
    refusal,
  };
}

/** Where the queue is, for messages. */
export function queuePlace({ queue: { kind, host, port } }: DistributedSettings): string {
  return `queue (${kind} at ${host}, port ${port})`;
}

/** What a client is told of the server. Throws an InputError for files that cannot be used. */
export function connectionOptions({ queue, base }: DistributedSettings) {
  const { host, port } = queue;
  const password = passwordOf(queue.passwordFile, base);
  const secured = tlsOptions(queue, base);
  if (queue.kind === 'postgres') {
    return {
      host,
      port,
      user: queue.user,
      database: queue.database,
      schema: queue.schema,
      migrate: true,
      max: poolSize,
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
      keepAlive: true,
      ...(password === undefined ? {} : { password }),
      ...(secured === undefined ? {} : { ssl: secured }),
    };
  }
  return {
    host,
    port,
    connectTimeout: answerMs,
    commandTimeout: answerMs,
    // A call fails by the time limit, not by the number of times that the connection was tried.
    maxRetriesPerRequest: null,
    retryStrategy: (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 6), 2000),
    ...(queue.username === undefined ? {} : { username: queue.username }),
    ...(password === undefined ? {} : { password }),
    ...(secured === undefined ? {} : { tls: secured }),
  };
}

function passwordOf(file: string | undefined, base: string): string | undefined {
  if (file === undefined) return process.env.SOLVENT_QUEUE_PASSWORD;
  return readText(resolve(base, file), 'a readable file with a password').replace(/\r?\n$/, '');
}

// What stays on this machine needs no encryption; whatever leaves it has some, unless the operator says otherwise.
function tlsOptions({ host, tls }: DistributedSettings['queue'], base: string) {
  if (tls === false || (tls === undefined && isThisMachine(host))) return undefined;
  if (tls === true || tls === undefined) return { rejectUnauthorized: true };
  const ca = readText(resolve(base, tls.caFile), 'a readable file with certificates');
  const { serverName } = tls;
  if (serverName === undefined) return { rejectUnauthorized: true, ca };
  // The client of PostgreSQL puts the host in the place of `servername`, so the certificate's name is checked by hand.
  const checkName: typeof checkServerIdentity = (_, certificate) => checkServerIdentity(serverName, certificate);
  return { rejectUnauthorized: true, ca, servername: serverName, checkServerIdentity: checkName };
}

// Nothing in a file would stand for a choice that nobody has made, such as the certificates that the system trusts.
function readText(path: string, expected: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`${path}: expected ${expected}, got ${systemErrorCode(error) ?? 'something else'}`);
  }
  if (text.trim() === '') throw new InputError(`${path}: expected ${expected}, got an empty file`);
  return text;
}
