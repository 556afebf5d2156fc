import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArtefactDamagedError } from '@solvent/artefacts/artefact-storage';
import { openFolderStorage } from '@solvent/artefacts/folder-storage';
import { openArtefact, sealArtefact } from '@solvent/artefacts/sealed-artefact';
import { parseStoreKey } from '@solvent/stark-prover/store-key';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.js';

const folder = temporaryFolder();
const key = parseStoreKey('ab'.repeat(32));
const otherKey = parseStoreKey('cd'.repeat(32));
const [first, second] = ['runs/1/segment-0000/task.bin', 'runs/1/segment-0001/task.bin'];

describe('a sealed artefact', () => {
  it('says nothing of what is in it, on the disk where it lies', async () => {
    const storage = await openFolderStorage(join(folder, 'quiet'));
    await storage.put(first, sealArtefact(Buffer.from('account-0017 has 42 units '.repeat(100)), key, first));
    const stored = readFileSync(join(folder, 'quiet', first));
    expect(stored.includes('account')).toBe(false);
    expect(stored.includes('0017')).toBe(false);
    expect(Buffer.from(openArtefact(await storage.get(first), key, first)).toString()).toMatch(/^account-0017/);
  });

  it('is refused by its name when it was swapped, damaged or cut', async () => {
    const root = join(folder, 'hostile');
    const storage = await openFolderStorage(root);
    for (const name of [first, second]) await storage.put(name, sealArtefact(randomBytes(40_000), key, name));
    const sealed = readFileSync(join(root, first));
    const fetched = async (bytes: Uint8Array) => {
      writeFileSync(join(root, first), bytes);
      return openArtefact(await storage.get(first), key, first);
    };
    expect(await fetched(sealed)).toHaveLength(40_000);
    const damaged = Buffer.from(sealed);
    damaged[20_000] ^= 1;
    const wrong = [readFileSync(join(root, second)), damaged, sealed.subarray(0, -1), Buffer.alloc(0), randomBytes(99)];
    for (const bytes of wrong) {
      await expect(fetched(bytes)).rejects.toThrow(ArtefactDamagedError);
      await expect(fetched(bytes)).rejects.toThrow(first);
    }
  });

  it('is opened by its key alone, which no message shows', () => {
    const sealed = sealArtefact(randomBytes(10), key, first);
    try {
      openArtefact(sealed, otherKey, first);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ArtefactDamagedError);
      expect((error as Error).message).toBe(`${first}: the key does not open this store`);
      expect(String((error as Error).stack)).not.toMatch(/abab|cdcd/);
    }
  });

  it('is never the same twice', () => {
    const bytes = randomBytes(100);
    expect(sealArtefact(bytes, key, first)).not.toEqual(sealArtefact(bytes, key, first));
  });
});
