import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArtefactExistsError, type ArtefactStorage, StorageError } from '@solvent/artefacts/artefact-storage';
import { openFolderStorage } from '@solvent/artefacts/folder-storage';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { steps } from './support/steps.js';
import { followsTheRules, freshName, modelOutcome, outcomeOf } from './support/storage-rules.js';
import { temporaryFolder } from './support/temporary-folder.js';

const folder = temporaryFolder();

describe('storage in a folder', () => {
  const root = join(folder, 'storage');
  let storage: ArtefactStorage;
  beforeAll(async () => {
    storage = await openFolderStorage(root);
  });

  followsTheRules(() => storage, folder);

  it('agrees with a map in any sequence of operations', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const fresh = await openFolderStorage(join(folder, `sequence-${count++}`));
        const map = new Map<string, string>();
        for (const step of sequence) expect(await outcomeOf(fresh, step, folder)).toBe(modelOutcome(map, step));
      }),
      { numRuns: 100 },
    );
  });

  it('is for its owner alone, and leaves no folders that are empty', async () => {
    const name = freshName();
    await storage.put(name, randomBytes(10));
    expect(statSync(join(root, name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, name, '..')).mode & 0o777).toBe(0o700);
    await storage.delete([name]);
    expect(existsSync(join(root, name, '..'))).toBe(false);
    expect(existsSync(root)).toBe(true);
  });

  it('lists nothing that is not whole, no links and no other files', async () => {
    const here = await openFolderStorage(join(folder, 'others'));
    writeFileSync(join(folder, 'others', '.partial', 'half.bin'), 'half');
    writeFileSync(join(folder, 'others', 'Notes.TXT'), 'not ours');
    symlinkSync(join(folder, 'others', 'Notes.TXT'), join(folder, 'others', 'linked.bin'));
    expect(await here.list('')).toEqual([]);
  });

  it('neither reads, writes nor deletes what a link leads to', async () => {
    const [place, elsewhere] = [join(folder, 'linked'), join(folder, 'elsewhere')];
    const there = await openFolderStorage(place);
    mkdirSync(join(elsewhere, 'deep'), { recursive: true });
    for (const name of ['store.bin', 'deep/store.bin']) writeFileSync(join(elsewhere, name), 'not ours');
    mkdirSync(join(place, 'runs'));
    symlinkSync(elsewhere, join(place, 'runs', 'one'));
    symlinkSync(join(elsewhere, 'store.bin'), join(place, 'link.bin'));
    const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow(StorageError);
    await refused(there.list('runs/one/'));
    await refused(there.get('runs/one/store.bin'));
    await refused(there.get('link.bin'));
    await refused(there.getToFile('link.bin', join(folder, 'copied')));
    await refused(there.put('link.bin', Buffer.from('not ours')));
    await refused(there.put('runs/one/new/a.bin', Buffer.from('a')));
    await refused(there.delete(['runs/one/store.bin']));
    await refused(there.delete(['runs/one/deep/store.bin']));
    expect(await there.list('')).toEqual([]);
    expect(readdirSync(elsewhere, { recursive: true }).sort()).toEqual(['deep', 'deep/store.bin', 'store.bin']);
  });

  it.skipIf(!existsSync('/proc/self/fd'))('closes what it opened before it met a link', async () => {
    const place = join(folder, 'met');
    const there = await openFolderStorage(place);
    symlinkSync(join(folder, 'nowhere'), join(place, 'link.bin'));
    const before = readdirSync('/proc/self/fd').length;
    for (let i = 0; i < 3; i++) await expect(there.put('link.bin', Buffer.from('a'))).rejects.toThrow(StorageError);
    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
  });

  it('does not clean up where a link leads to', async () => {
    const [place, elsewhere] = [join(folder, 'cleaned'), join(folder, 'not-cleaned')];
    for (const path of [place, elsewhere]) mkdirSync(path);
    writeFileSync(join(elsewhere, 'old'), 'not ours');
    utimesSync(join(elsewhere, 'old'), 0, 0);
    symlinkSync(elsewhere, join(place, '.partial'));
    await expect(openFolderStorage(place)).rejects.toThrow(StorageError);
    expect(readdirSync(elsewhere)).toEqual(['old']);
  });

  it('may be given by a link, and does not wait for what is no file', async () => {
    const [place, linked] = [join(folder, 'real'), join(folder, 'given')];
    mkdirSync(place);
    symlinkSync(place, linked);
    const there = await openFolderStorage(linked);
    await there.put('a/b.bin', Buffer.from('b'));
    expect(await there.get('a/b.bin')).toEqual(Buffer.from('b'));
    execFileSync('mkfifo', [join(place, 'pipe.bin')]);
    await expect(there.get('pipe.bin')).rejects.toThrow('expected a file');
  });

  it('removes what was left half written a day ago when it is opened, and nothing younger', async () => {
    const partials = join(folder, 'stale', '.partial');
    await openFolderStorage(join(folder, 'stale'));
    for (const name of ['old', 'new']) writeFileSync(join(partials, name), name);
    utimesSync(join(partials, 'old'), 0, Date.now() / 1000 - 25 * 3600);
    await openFolderStorage(join(folder, 'stale'));
    expect(readdirSync(partials)).toEqual(['new']);
  });

  it('stores and deletes side by side, while folders come and go', async () => {
    const attempts = Array.from({ length: 200 }, async (_, i) => {
      const name = `side/by/side/object-${i % 50}.bin`;
      try {
        await storage.put(name, Buffer.from(String(i)));
      } catch (error) {
        expect(error).toBeInstanceOf(ArtefactExistsError);
      }
      await storage.delete([name]);
    });
    await Promise.all(attempts);
    expect(await storage.list('side/')).toEqual([]);
  });

  it('says what is wrong with a folder or a file that cannot be used', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    await expect(openFolderStorage(join(folder, 'a-file'))).rejects.toThrow(StorageError);
    const name = freshName();
    const gone = storage.put(name, { path: join(folder, 'no-such-file') });
    await expect(gone).rejects.toThrow(StorageError);
    await expect(gone).rejects.toThrow('no-such-file');
    expect(await storage.list(name)).toEqual([]);
    const away = await openFolderStorage(join(folder, 'away'));
    rmSync(join(folder, 'away'), { recursive: true });
    mkdirSync(join(folder, 'away'));
    await expect(away.put(name, randomBytes(1))).rejects.toThrow(name);
  });
});
