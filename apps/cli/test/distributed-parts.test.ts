/** The parts of distributed proving that need no server: messages, settings, faults, progress, the cost model. */
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { StorageError } from '@solvent/artefacts/artefact-storage';
import { openFolderStorage } from '@solvent/artefacts/folder-storage';
import { openStorage, storageSettingsSchema } from '@solvent/artefacts/open-storage';
import { createLedger } from '@solvent/ledger/ledger';
import { parseStoreKey } from '@solvent/stark-prover/store-key';
import type { Job } from 'bullmq';
import { describe, expect, test } from 'vitest';
import { assertNotAskedWorkers, forgetAskedWorkers, noteAskedWorkers } from '../src/distributed/asked-workers.js';
import { reportMs, segmentMs } from '../src/distributed/cost-model.js';
import { followWorkers } from '../src/distributed/describe-progress.js';
import { holdJob } from '../src/distributed/job-hold.js';
import { planRun } from '../src/distributed/plan-run.js';
import { connectionOptions, isAway, useQueueServer } from '../src/distributed/queue-server.js';
import { openRunObjects } from '../src/distributed/run-objects.js';
import { faultCode, isFaultCode } from '../src/distributed/segment-fault.js';
import {
  decodeAnswer,
  decodeRequest,
  encodeAnswer,
  encodeRequest,
  objectNames,
  segmentOfObject,
} from '../src/distributed/segment-message.js';
import { readSettings } from '../src/distributed/settings.js';
import { classRowCounts, fittingClasses, keyName, queueOf } from '../src/distributed/size-classes.js';
import { isStorageAway, isUnopenedStorageAway } from '../src/distributed/storage-away.js';
import { describeFailure } from '../src/failure.js';
import { createMemoryBudget } from '../src/prove/memory-budget.js';
import { useTemporaryFolder } from './support/folder.js';

useTemporaryFolder();

const key = parseStoreKey('5e'.repeat(32));
const otherKey = parseStoreKey('5f'.repeat(32));
const request = { run: 'ab'.repeat(32), segment: 12, rows: 4096, task: 'cd'.repeat(16) };

describe('messages', () => {
  test('a request is read by whoever has the key', () => {
    const message = JSON.parse(JSON.stringify(encodeRequest(request, key)));
    expect(decodeRequest(message, key)).toEqual(request);
    expect(decodeRequest(message, otherKey)).toBe('not-authentic');
  });

  test.each([
    ['run', 'ba'.repeat(32)],
    ['segment', 13],
    ['rows', 8192],
    ['task', 'dc'.repeat(16)],
  ])('a changed %s is not authentic', (field, value) => {
    expect(decodeRequest({ ...encodeRequest(request, key), [field]: value }, key)).toBe('not-authentic');
  });

  test.each([
    ['no object', 7],
    ['a field more', { ...encodeRequest(request, key), more: 1 }],
    ['a path as run', { ...encodeRequest(request, key), run: '../../etc' }],
    ['a segment that no report has', { ...encodeRequest(request, key), segment: 4096 }],
    ['rows that no segment has', { ...encodeRequest(request, key), rows: 4097 }],
  ])('%s is malformed', (_, message) => {
    expect(decodeRequest(message, key)).toBe('malformed');
  });

  test('an answer comes back, and nothing else does', () => {
    const file = { size: 7, sha256: 'ef'.repeat(32) };
    const answer = { attempt: '01'.repeat(16), worker: 'w', proof: file, private: file };
    expect(decodeAnswer(encodeAnswer(answer))).toEqual({ format: 'solvent-segment/1', ...answer });
    expect(decodeAnswer({ ...encodeAnswer(answer), attempt: '../x' })).toBeUndefined();
    expect(decodeAnswer(null)).toBeUndefined();
  });

  test('objects are found by the segment that they are of', () => {
    expect(segmentOfObject(request.run, objectNames.task(request))).toBe(12);
    expect(segmentOfObject(request.run, objectNames.attempt(request, '01').proof)).toBe(12);
    expect(segmentOfObject('ff'.repeat(32), objectNames.task(request))).toBeUndefined();
  });
});

test('each size of a segment has a queue, whose largest size its workers hold', () => {
  for (let rows = 2 ** 11; rows <= 2 ** 19; rows *= 2) {
    const most = Number(/\d+$/.exec(queueOf(rows, key))![0]);
    expect(classRowCounts).toContain(most);
    expect(rows).toBeLessThanOrEqual(most);
    expect(most).toBeLessThanOrEqual(Math.max(2 ** 15, rows));
  }
});

test('each key has queues of its own, whose names say nothing of it but which one it is', () => {
  expect(queueOf(2048, key)).not.toBe(queueOf(2048, otherKey));
  expect(queueOf(2048, key)).toBe(queueOf(2048, parseStoreKey('5e'.repeat(32))));
  expect(keyName(key)).toMatch(/^[0-9a-f]{16}$/);
  expect(keyName(key)).not.toContain('5e5e');
});

describe('settings', () => {
  const good = {
    format: 'solvent-distributed/1',
    queue: { kind: 'postgres', host: 'db', user: 'u', database: 'd' },
    storage: { kind: 'folder', path: 'artefacts' },
  };

  test('what is left out has its default', async () => {
    writeFileSync('good.json', JSON.stringify(good));
    const settings = await readSettings('good.json');
    expect(settings).toMatchObject({ lockSeconds: 60, attempts: 5, queue: { port: 5432, schema: 'solvent_queue' } });
    expect(settings.base).toBe(process.cwd());
  });

  test.each([
    ['a secret', { ...good, queue: { ...good.queue, password: 'x' } }, 'password'],
    ['another queue', { ...good, queue: { kind: 'kafka' } }, 'queue.kind'],
    ['no storage', { ...good, storage: undefined }, 'storage'],
    ['a lock of no time', { ...good, lockSeconds: 0 }, 'lockSeconds'],
  ])('%s is refused', async (_, settings, field) => {
    writeFileSync('bad.json', JSON.stringify(settings));
    await expect(readSettings('bad.json')).rejects.toThrow(`bad.json: `);
    await expect(readSettings('bad.json')).rejects.toThrow(field);
  });
});

describe('faults', () => {
  test('have codes of their own, and not those that every object has', () => {
    expect(isFaultCode('too-often')).toBe(true);
    for (const text of ['constructor', 'toString', '__proto__', undefined]) expect(isFaultCode(text)).toBe(false);
  });

  test('say nothing of errors that nobody knows', () => {
    const fault = faultCode(new Error('account alice has 7 BTC'));
    expect(fault.code).toBe('prover-failed');
    expect(fault.message).toBe('Error');
  });

  test('of disks and storage are the worker’s own', () => {
    const full = Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
    expect(faultCode(full).code).toBe('local');
    expect(faultCode(new StorageError('away')).code).toBe('local');
  });

  test.each([
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), true],
    [Object.assign(new Error('terminating connection'), { code: '57P01' }), true],
    [new Error('Command timed out'), true],
    [new Error('Connection is closed.'), true],
    [new Error('LOADING Redis is loading the dataset in memory'), true],
    [new TypeError('undefined is not a function'), false],
    [new Error('syntax error'), false],
  ])('of servers that are away are told from others: %s', (error, away) => {
    expect(isAway(error)).toBe(away);
  });
});

test('progress counts what is taken, and says once when no worker is there', () => {
  let now = 0;
  const progress = followWorkers(4, 1, () => now);
  const state = {
    kind: 'distributed',
    keyName: 'ab01',
    active: [],
    waitingCount: 3,
    doneCount: 0,
    parkedCount: 0,
  } as const;
  expect(progress.update({ ...state, workerCount: 0 })).toContain('no worker with key ab01 takes');
  expect(progress.update({ ...state, workerCount: 0 })).toBeUndefined();
  expect(progress.update({ ...state, workerCount: 2 })).toBe('2 workers');
  now = 10_000;
  expect(progress.update({ kind: 'taken', segment: 2, worker: 'a\u001b' })).toBe(
    'segment 2 proven by a\\u{1b}, 2 of 4, about 20.0 s left',
  );
  expect(progress.share).toBe(0.5);
  expect(progress.update({ kind: 'away', reason: 'ECONNREFUSED' })).toContain('ECONNREFUSED');
  expect(progress.update({ kind: 'away', reason: 'ECONNREFUSED' })).toBeUndefined();
});

test('the model: more workers are never slower, and no faster than the largest segment', () => {
  const rowCounts = [...Array<number>(20).fill(2 ** 17), 2 ** 14];
  const times = [1, 2, 4, 8, 16, 32].map((machines) => reportMs(rowCounts, 1_000_000, machines, 2));
  for (let i = 1; i < times.length; i++) expect(times[i]).toBeLessThanOrEqual(times[i - 1]);
  expect(times[0]).toBeGreaterThan(20 * segmentMs(2 ** 17, 2));
  expect(times.at(-1)).toBeGreaterThan(segmentMs(2 ** 17, 2));
  expect(segmentMs(2 ** 17, 2)).toBeLessThan(segmentMs(2 ** 17, 1));
  // Starting takes as long for one small segment.
  expect(reportMs([2 ** 11], 10, 1, 2)).toBeGreaterThan(segmentMs(2 ** 11, 2) + 2000);
});

describe('a plan', () => {
  const accounts = Array.from({ length: 40_000 }, (_, i) => ({ id: `a${i}`, balances: new Map([['BTC', 1n]]) }));
  const ledger = createLedger([{ symbol: 'BTC', decimals: 8 }], accounts);
  const request = { ledger, allowSmallGroups: 1, threads: 2, machines: [1], maxRowCount: undefined };

  test('gives workers of so much memory segments that they take', () => {
    const budget = createMemoryBudget(undefined, 2);
    const workerMemory = budget.plannedForTask(2 ** 16) - 1;
    const plan = planRun({ ...request, workerMemory });
    expect(Math.max(...plan.rowCounts)).toBe(2 ** 15);
    expect(plan.workerMemory).toBe(budget.plannedForTask(2 ** 15));
    expect(() => planRun({ ...request, workerMemory, maxRowCount: 2 ** 16 })).toThrow(
      '--max-rows: expected at most 32768',
    );
    // A worker that holds 2^11 rows alone does not run.
    const small = { ...request, workerMemory: budget.plannedForTask(2 ** 11), maxRowCount: 2 ** 11 };
    expect(() => planRun(small)).toThrow('for a worker');
  });

  test('says what a worker must have, also for segments that are smaller than any class', () => {
    const plan = planRun({ ...request, maxRowCount: 2 ** 11, workerMemory: undefined });
    expect(Math.max(...plan.rowCounts)).toBe(2 ** 11);
    expect(fittingClasses(createMemoryBudget(plan.workerMemory, 2))).toEqual([2 ** 15]);
  });
});

describe('objects of a run', () => {
  const run = request.run;
  const zeros = '0'.repeat(64);
  const answer = {
    attempt: '01'.repeat(16),
    worker: 'w',
    proof: { size: 1, sha256: zeros },
    private: { size: 1, sha256: zeros },
  };

  test('are of its segments alone, whatever else is called as they are', async () => {
    const storage = await openFolderStorage('objects');
    for (const segment of [0, 2, 3, 9999])
      await storage.put(`${objectNames.segment(run, segment)}x.bin`, new Uint8Array(1));
    expect(await openRunObjects(storage, run, key, 3).segments()).toEqual([0, 2]);
  });

  test('are not fetched when the queue says that a proof is larger than any', async () => {
    const objects = openRunObjects(await openFolderStorage('objects'), run, key, 3);
    const folders = { work: 'nowhere', public: 'nowhere', private: 'nowhere' };
    expect(await objects.fetchAttempt(0, { ...answer, proof: { ...answer.proof, size: 2 ** 40 } }, folders)).toBe(
      false,
    );
    expect(existsSync('nowhere')).toBe(false);
  });
});

test.each([
  [{ passwordFile: 'empty' }, 'a readable file with a password'],
  [{ tls: { caFile: 'empty' } }, 'a readable file with certificates'],
  [{ tls: { caFile: 'nowhere' } }, 'a readable file with certificates, got ENOENT'],
])('nothing stands for a password or certificates: %j', async (more, expected) => {
  writeFileSync('empty', '\n');
  const queue = { kind: 'redis', host: '127.0.0.1', ...more };
  const storage = { kind: 'folder', path: 'objects' };
  writeFileSync('queue.json', JSON.stringify({ format: 'solvent-distributed/1', queue, storage }));
  const settings = await readSettings('queue.json');
  await expect(useQueueServer(settings)).rejects.toThrow(expected);
});

test.each([
  ['127.0.0.1', {}, false],
  ['localhost', {}, false],
  ['10.0.0.5', {}, true],
  ['127.0.0.1.example', {}, true],
  ['queue.example', { tls: false }, false],
  ['127.0.0.1', { tls: true }, true],
])('a connection to %s with %j is encrypted, and the server known: %j', async (host, more, isSecured) => {
  for (const queue of [
    { kind: 'redis', host, ...more },
    { kind: 'postgres', host, user: 'u', database: 'd', ...more },
  ]) {
    const storage = { kind: 'folder', path: 'objects' };
    writeFileSync('queue.json', JSON.stringify({ format: 'solvent-distributed/1', queue, storage }));
    const options: { tls?: object; ssl?: object } = connectionOptions(await readSettings('queue.json'));
    expect(options.tls ?? options.ssl).toEqual(isSecured ? { rejectUnauthorized: true } : undefined);
  }
});

test('storage that cannot be used is no fault of the program', () => {
  const failure = describeFailure(new StorageError('s3://bucket: there is no such bucket'));
  expect(failure).toEqual({ message: 's3://bucket: there is no such bucket', exitCode: 2 });
});

test.each([
  ['EIO', true, true],
  ['Unknown system error -116', true, true],
  ['ENOENT', true, false],
  ['ENOSPC', false, false],
  ['EACCES', false, false],
  [undefined, true, false],
])('storage that fails by %s: in use it is waited for: %j; at the start: %j', (code, inUse, atStart) => {
  const cause = code === undefined ? undefined : Object.assign(new Error('x'), { code, syscall: 'mkdir' });
  const error = new StorageError('x', { cause });
  expect([isStorageAway(error), isUnopenedStorageAway(error)]).toEqual([inUse, atStart]);
  expect(isUnopenedStorageAway(new Error('x', { cause }))).toBe(false);
});

test.each([
  [503, true, true],
  [403, true, false],
  [undefined, true, true],
])(
  'a bucket whose server answers %s: in use it is waited for: %j; at the start: %j',
  async (status, inUse, atStart) => {
    const server = createServer((_, answer) => answer.writeHead(status ?? 200).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const close = () => new Promise((resolve) => server.close(resolve));
    if (status === undefined) await close();
    const settings = { kind: 's3', endpoint: `http://127.0.0.1:${port}`, bucket: 'bucket', attempts: 1 };
    const environment = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    const opened = openStorage(storageSettingsSchema.parse(settings), '.', environment);
    const error = await opened.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StorageError);
    expect([isStorageAway(error), isUnopenedStorageAway(error)]).toEqual([inUse, atStart]);
    if (status !== undefined) await close();
  },
);

test('a run that has asked workers is not continued without them, until it is taken back', () => {
  mkdirSync(join('out', '.unfinished'), { recursive: true });
  const work = join('out', '.unfinished');
  assertNotAskedWorkers(work);
  noteAskedWorkers(work, 'a storage');
  expect(() => assertNotAskedWorkers(work)).toThrow('expected --distributed');
  expect(() => assertNotAskedWorkers(work)).toThrow('solvent cancel out');
  forgetAskedWorkers(work);
  assertNotAskedWorkers(work);
});

test('a worker that is stopped already holds nothing', () => {
  const hold = holdJob({} as Job, 'token', 1000, AbortSignal.abort());
  expect(hold.lost.aborted).toBe(true);
  hold.end();
});
