/** What every backend does alike: each rule as a test, and any sequence of operations against a map. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArtefactExistsError, ArtefactMissingError, type ArtefactStorage } from '@solvent/artefacts/artefact-storage';
import { expect, it } from 'vitest';

/** A name that no other test has. */
export const freshName = (file = 'task.bin') => `tests/${randomBytes(8).toString('hex')}/${file}`;

/** Tests what holds for storage of any kind. `storage` is asked for within the tests. */
export function followsTheRules(storage: () => ArtefactStorage, folder: string): void {
  it('gives back bytes as they were, and files as well', async () => {
    for (const bytes of [new Uint8Array(0), randomBytes(1), randomBytes(300_000)]) {
      const name = freshName();
      await storage().put(name, bytes);
      expect(Buffer.compare(await storage().get(name), bytes)).toBe(0);
      const [from, to] = [join(folder, 'from.bin'), join(folder, 'to.bin')];
      await storage().getToFile(name, from);
      expect(readFileSync(from).equals(bytes)).toBe(true);
      const copy = freshName('proof.bin');
      await storage().put(copy, { path: from });
      writeFileSync(to, 'what was there before');
      await storage().getToFile(copy, to);
      expect(readFileSync(to).equals(bytes)).toBe(true);
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('takes a part of a buffer for what it is', async () => {
    const name = freshName();
    await storage().put(name, new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 3));
    expect([...(await storage().get(name))]).toEqual([2, 3]);
  });

  it('names an object that is not there', async () => {
    const name = freshName();
    const target = join(folder, 'missing.bin');
    await expect(storage().get(name)).rejects.toThrow(ArtefactMissingError);
    await expect(storage().get(name)).rejects.toThrow(name);
    await expect(storage().getToFile(name, target)).rejects.toThrow(ArtefactMissingError);
    expect(readdirSync(folder).filter((file) => file.startsWith('missing'))).toEqual([]);
    await storage().delete([name]);
  });

  it('stores the same twice, and refuses other bytes under a name that is taken', async () => {
    const name = freshName();
    const file = join(folder, 'same.bin');
    writeFileSync(file, 'abc');
    await storage().put(name, Buffer.from('abc'));
    await storage().put(name, { path: file });
    for (const other of ['abd', 'ab', 'abcd', '']) {
      await expect(storage().put(name, Buffer.from(other))).rejects.toThrow(ArtefactExistsError);
    }
    await expect(storage().put(name, Buffer.from('abd'))).rejects.toThrow(name);
    expect(Buffer.from(await storage().get(name)).toString()).toBe('abc');
    await storage().delete([name]);
    await storage().put(name, Buffer.from('abd'));
    expect(Buffer.from(await storage().get(name)).toString()).toBe('abd');
  });

  it('lists names that begin with a prefix, whole folders or not, in order', async () => {
    const run = `runs/${randomBytes(8).toString('hex')}`;
    const names = ['segment-0000/task.bin', 'segment-0001/a-2/proof.bin', 'segment-0001/a-1/proof.bin', 'plan.json'];
    await storage().delete(names.map((name) => `${run}/${name}`));
    for (const name of names) await storage().put(`${run}/${name}`, Buffer.from(name));
    const sorted = [...names].sort();
    const listed = async (prefix: string) =>
      (await storage().list(`${run}${prefix}`)).map((name) => name.slice(run.length + 1));
    expect(await listed('/')).toEqual(sorted);
    expect(await listed('/segment-0001/')).toEqual(sorted.filter((name) => name.startsWith('segment-0001/')));
    expect(await listed('/segment-')).toEqual(sorted.filter((name) => name.startsWith('segment-')));
    expect(await listed('/segment-0001/a-2')).toEqual(['segment-0001/a-2/proof.bin']);
    expect(await listed('/nothing/')).toEqual([]);
    await storage().delete(sorted.map((name) => `${run}/${name}`));
    expect(await listed('')).toEqual([]);
  });

  it('refuses names that are not the same everywhere, or lead elsewhere', async () => {
    const names = ['', 'a', '/a.bin', 'a//b.bin', '../a.bin', 'a/../b.bin', './a.bin', 'A.bin', 'a b.bin', 'a.b/c.bin'];
    for (const name of [...names, 'a.bin/', '.partial/a.bin', 'a\\b.bin', 'ä.bin', `${'a'.repeat(520)}.bin`]) {
      await expect(async () => storage().put(name, new Uint8Array(1))).rejects.toThrow(RangeError);
      await expect(async () => storage().get(name)).rejects.toThrow(RangeError);
      await expect(async () => storage().delete([name])).rejects.toThrow(RangeError);
    }
    await expect(async () => storage().list('../')).rejects.toThrow(RangeError);
  });

  it('stops when it is told to', async () => {
    const name = freshName();
    const stopped = AbortSignal.abort();
    await expect(storage().put(name, randomBytes(100), stopped)).rejects.toThrow(/abort/i);
    await expect(storage().put(name, { path: import.meta.filename }, stopped)).rejects.toThrow(/abort/i);
    expect(await storage().list(name)).toEqual([]);
    await storage().put(name, randomBytes(100));
    await expect(storage().get(name, stopped)).rejects.toThrow(/abort/i);
    await expect(storage().getToFile(name, join(folder, 'stopped.bin'), stopped)).rejects.toThrow(/abort/i);
    expect(readdirSync(folder).filter((file) => file.startsWith('stopped'))).toEqual([]);
  });

  it('lets one of many win who store under one name', async () => {
    const name = freshName();
    const same = await Promise.allSettled(
      Array.from({ length: 8 }, () => storage().put(name, Buffer.from('all the same'))),
    );
    expect(same.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'fulfilled'));
    expect(Buffer.from(await storage().get(name)).toString()).toBe('all the same');
  });

  it('takes a large file from disk and gives it back to disk', async () => {
    const name = freshName('private.bin');
    const [from, to] = [join(folder, 'large.bin'), join(folder, 'large-back.bin')];
    const digest = createHash('sha256');
    const block = randomBytes(2 ** 20);
    writeFileSync(from, '');
    for (let i = 0; i < 85; i++) {
      block[0] = i;
      writeFileSync(from, block, { flag: 'a' });
      digest.update(block);
    }
    await storage().put(name, { path: from });
    await storage().getToFile(name, to);
    expect(createHash('sha256').update(readFileSync(to)).digest('hex')).toBe(digest.digest('hex'));
    await storage().delete([name]);
  });
}

/** One step of a sequence. */
export type Step =
  | { readonly kind: 'put'; readonly name: string; readonly bytes: Uint8Array; readonly fromFile: boolean }
  | { readonly kind: 'get'; readonly name: string; readonly toFile: boolean }
  | { readonly kind: 'list'; readonly prefix: string }
  | { readonly kind: 'delete'; readonly names: readonly string[] };

/** What a step comes to, in a form that can be compared. */
export async function outcomeOf(storage: ArtefactStorage, step: Step, folder: string): Promise<string> {
  const file = join(folder, `step-${randomBytes(6).toString('hex')}.bin`);
  try {
    if (step.kind === 'list') return (await storage.list(step.prefix)).join(' ');
    if (step.kind === 'delete') return String(await storage.delete(step.names));
    if (step.kind === 'get' && !step.toFile) return Buffer.from(await storage.get(step.name)).toString('hex');
    if (step.kind === 'get') {
      await storage.getToFile(step.name, file);
      return readFileSync(file).toString('hex');
    }
    if (!step.fromFile) return String(await storage.put(step.name, step.bytes));
    writeFileSync(file, step.bytes);
    return String(await storage.put(step.name, { path: file }));
  } catch (error) {
    return (error as Error).name;
  }
}

/** What a step comes to in a map of names to bytes. */
export function modelOutcome(map: Map<string, string>, step: Step): string {
  if (step.kind === 'list')
    return [...map.keys()]
      .filter((name) => name.startsWith(step.prefix))
      .sort()
      .join(' ');
  if (step.kind === 'get') return map.get(step.name) ?? 'ArtefactMissingError';
  if (step.kind === 'delete') {
    for (const name of step.names) map.delete(name);
    return 'undefined';
  }
  const hex = Buffer.from(step.bytes).toString('hex');
  if (map.has(step.name) && map.get(step.name) !== hex) return 'ArtefactExistsError';
  map.set(step.name, hex);
  return 'undefined';
}
