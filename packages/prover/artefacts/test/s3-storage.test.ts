import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ArtefactStorage, StorageError } from '@solvent/artefacts/artefact-storage';
import { openStorage, storageSettingsSchema } from '@solvent/artefacts/open-storage';
import { openS3Storage } from '@solvent/artefacts/s3-storage';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { startDoor } from './support/door.js';
import { bucket, knownKey, startS3Server } from './support/s3-server.js';
import { steps } from './support/steps.js';
import { followsTheRules, freshName, modelOutcome, outcomeOf } from './support/storage-rules.js';
import { temporaryFolder } from './support/temporary-folder.js';

const folder = temporaryFolder();
let endpoint: string;
const limits = { attempts: 3, idleSeconds: 30, bytesPerSecond: 1000 };
const placed = (more: object = {}) => ({ endpoint, bucket, region: 'us-east-1', prefix: '', ...limits, ...more });

beforeAll(async () => {
  endpoint = await startS3Server(folder);
});

describe('storage in a bucket', () => {
  let storage: ArtefactStorage;
  beforeAll(async () => {
    storage = await openS3Storage(placed({ prefix: 'rules/' }), knownKey);
  });

  followsTheRules(() => storage, folder);

  it('agrees with a folder and with a map in any sequence of operations', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const remote = await openS3Storage(placed({ prefix: `sequences/${count}/` }), knownKey);
        const local = await openStorage({ kind: 'folder', path: join(folder, `sequence-${count++}`) });
        const map = new Map<string, string>();
        for (const step of sequence) {
          const expected = modelOutcome(map, step);
          expect(await outcomeOf(remote, step, folder)).toBe(expected);
          expect(await outcomeOf(local, step, folder)).toBe(expected);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('sees only what is below its prefix', async () => {
    const inner = await openS3Storage(placed({ prefix: 'rules/inner/' }), knownKey);
    const name = freshName();
    await inner.put(name, Buffer.from('a'));
    expect(await inner.list('')).toEqual([name]);
    expect(await storage.list('inner/')).toEqual([`inner/${name}`]);
  });
});

describe('a bucket that cannot be used', () => {
  const wrongSecret = { accessKeyId: 'S3RVER', secretAccessKey: 'wrong-0123' };
  const unknown = { accessKeyId: 'UNKNOWN', secretAccessKey: 'wrong-0123' };

  it.each([
    ['a wrong secret', bucket, wrongSecret, 'the secret is not that of the access key'],
    ['an unknown key', bucket, unknown, 'the server does not know the access key'],
    ['a bucket that is not there', 'elsewhere', knownKey, 'there is no such bucket'],
  ])('is refused at once, and says why: %s', async (_, name, key, reason) => {
    const opening = openS3Storage(placed({ bucket: name }), key);
    await expect(opening).rejects.toThrow(StorageError);
    await expect(opening).rejects.toThrow(reason);
    await expect(opening).rejects.not.toThrow('wrong-0123');
    // What was tried again says so.
    await expect(opening).rejects.not.toThrow(/\d times/);
  });

  it('is tried again some times when nobody answers', async () => {
    const opening = openS3Storage(placed({ endpoint: 'http://127.0.0.1:1' }), knownKey);
    await expect(opening).rejects.toThrow('the connection failed (ECONNREFUSED), 3 times');
  });

  it('that comes back while it is tried again is used', async () => {
    const door = await startDoor(Number(new URL(endpoint).port));
    const storage = await openS3Storage(placed({ endpoint: door.url, attempts: 8 }), knownKey);
    const name = freshName();
    await storage.put(name, Buffer.from('kept'));
    door.refuse(3);
    expect(Buffer.from(await storage.get(name)).toString()).toBe('kept');
    expect(door.refused()).toBe(3);
  });
});

describe('settings of storage', () => {
  const open = async (settings: unknown, environment?: NodeJS.ProcessEnv) =>
    openStorage(storageSettingsSchema.parse(settings), folder, environment);

  it('open a folder beside their file, or a bucket with a key from a file or the environment', async () => {
    expect((await open({ kind: 'folder', path: 'from-settings' })).label).toBe(join(folder, 'from-settings'));
    writeFileSync(join(folder, 's3-key.json'), JSON.stringify(knownKey));
    const remote = await open({ kind: 's3', endpoint, bucket, prefix: 'a/b/', keyFile: 's3-key.json' });
    expect(remote.label).toBe(`s3://${bucket}/a/b/ at ${new URL(endpoint).host}`);
    const settings = { kind: 's3', ...placed() };
    await open(settings, { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' });
    await expect(open(settings, {})).rejects.toThrow('expected a keyFile, or AWS_ACCESS_KEY_ID');
  });

  const s3 = { kind: 's3', endpoint: 'http://127.0.0.1', bucket };

  it.each([
    [{ kind: 'tape' }, 'kind'],
    [{ kind: 'folder', path: 'a', more: 1 }, 'more'],
    [{ ...s3, endpoint: 'ftp://a' }, 'endpoint'],
    [{ ...s3, bucket: 'A' }, 'bucket'],
    [{ ...s3, prefix: '../' }, 'prefix'],
    [{ ...s3, secretAccessKey: 'hidden-0123' }, 'secretAccessKey'],
  ])('are refused with the name of the field: %j', async (settings, field) => {
    const opening = open(settings);
    await expect(opening).rejects.toThrow(field);
    await expect(opening).rejects.not.toThrow('hidden-0123');
  });

  it.each([
    ['{"accessKeyId": "a", "secret": "hidden-0123"}', 'expected a JSON object with accessKeyId and secretAccessKey'],
    ['{"secretAccessKey": "hidden-0123"', 'expected a readable file of JSON'],
  ])('are refused with a key that is none, which is not shown: %j', async (text, message) => {
    const path = join(folder, 'bad-key.json');
    writeFileSync(path, text);
    const opening = open({ ...s3, keyFile: 'bad-key.json' });
    await expect(opening).rejects.toThrow(StorageError);
    await expect(opening).rejects.toThrow(`${path}: ${message}`);
    await expect(opening).rejects.not.toThrow('hidden-0123');
  });
});
