/**
 * Storage in a folder, which several machines may share.
 *
 * Whoever may write there may lay links. None below the folder is followed, so that what is read, written and deleted is
 * in it: names of objects are also names of files elsewhere.
 */
import { randomUUID } from 'node:crypto';
import { constants, type Dirent } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readdir, realpath, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  type ArtefactContent,
  ArtefactExistsError,
  ArtefactMissingError,
  type ArtefactStorage,
  assertArtefactName,
  assertArtefactPrefix,
  isArtefactName,
  maxFetchedSize,
  StorageError,
} from './artefact-storage.js';
import { createFile, named, replaceFile } from './local-files.js';

/** Holds what is not whole yet, so that no list ever shows it. */
const partialFolderName = '.partial';
/** What is left there by a process that died. Nothing takes so long to write. */
const staleMs = 24 * 3600 * 1000;
const blockSize = 2 ** 20;

/** Opens storage in a folder, which is made if it is not there. Throws a StorageError when it cannot be. */
export async function openFolderStorage(folder: string): Promise<ArtefactStorage> {
  const label = resolve(folder);
  const root = await named(label, async () => {
    await mkdir(label, { recursive: true, mode: 0o700 });
    return realpath(label);
  });
  const partials = join(root, partialFolderName);
  await named(partials, async () => {
    await mkdir(partials, { recursive: true, mode: 0o700 });
    await assertNoLink(partials);
    await removeStale(partials);
  });
  const within = <Value>(name: string, work: (path: string) => Promise<Value>) => {
    assertArtefactName(name);
    const path = join(root, name);
    return named(path, async () => {
      await assertNoLink(dirname(path));
      return work(path);
    });
  };
  return {
    label,
    put: (name, content, signal) =>
      within(name, async (path) => {
        await assertNoLink(partials);
        await putFile(join(partials, randomUUID()), path, name, content, signal);
      }),
    get: (name, signal) => within(name, (path) => readWhole(path, name, signal)),
    getToFile: (name, target, signal) => within(name, (path) => copyOut(path, name, target, signal)),
    async list(prefix, signal) {
      assertArtefactPrefix(prefix);
      const names: string[] = [];
      const start = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      await named(root, async () => {
        await assertNoLink(resolve(root, start));
        await collect(root, start, prefix, names, signal);
      });
      return names.sort();
    },
    async delete(names, signal) {
      names.forEach(assertArtefactName);
      for (const name of names) {
        signal?.throwIfAborted();
        await within(name, (path) => removeFile(root, path));
      }
    },
  };
}

// Of one that is not there, those above it count.
async function assertNoLink(folder: string): Promise<void> {
  const real = await realpath(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
    return undefined;
  });
  if (real === undefined) return assertNoLink(dirname(folder));
  if (real === folder) return;
  throw new StorageError(`${folder}: expected folders, got a link to somewhere else`);
}

async function removeStale(partials: string): Promise<void> {
  for (const name of await readdir(partials)) {
    const path = join(partials, name);
    const status = await lstat(path).catch(() => undefined);
    if (status !== undefined && Date.now() - status.mtimeMs > staleMs) await rm(path, { force: true });
  }
}

async function putFile(
  partial: string,
  path: string,
  name: string,
  content: ArtefactContent,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await writeSynced(partial, content, signal);
    await linkInPlace(partial, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (!(await areEqual(partial, path))) throw new ArtefactExistsError(`${name}: expected no other object, got one`);
  } finally {
    await rm(partial, { force: true });
  }
}

async function writeSynced(path: string, content: ArtefactContent, signal: AbortSignal | undefined): Promise<void> {
  if (content instanceof Uint8Array) return createFile(path, (file) => file.writeFile(content, { signal }));
  const source = await open(content.path, 'r');
  try {
    await createFile(path, (file) => copy(source, file, signal));
  } finally {
    await source.close();
  }
}

async function copy(source: FileHandle, target: FileHandle, signal: AbortSignal | undefined): Promise<void> {
  const block = Buffer.alloc(blockSize);
  for (let size = blockSize; size === blockSize; ) {
    signal?.throwIfAborted();
    size = await fill(source, block);
    await target.writeFile(block.subarray(0, size));
  }
}

// A link is refused where there is a file, which a rename is not. Its folder may vanish under a delete beside it.
async function linkInPlace(partial: string, path: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await assertNoLink(dirname(path));
    try {
      await link(partial, path);
      break;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || attempt === 10) throw error;
    }
  }
  await syncFolder(dirname(path));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no such thing.
  if (process.platform === 'win32') return;
  // One that was emptied and removed meanwhile has nothing to keep.
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync();
  await handle?.close();
}

async function areEqual(first: string, second: string): Promise<boolean> {
  const stored = await openStored(second, second);
  try {
    const file = await open(first, 'r');
    try {
      return await haveSameBytes(file, stored);
    } finally {
      await file.close();
    }
  } finally {
    await stored.close();
  }
}

async function haveSameBytes(...files: readonly [FileHandle, FileHandle]): Promise<boolean> {
  const blocks = files.map(() => Buffer.alloc(blockSize));
  for (;;) {
    const [a, b] = await Promise.all(files.map((file, i) => fill(file, blocks[i])));
    if (!blocks[0].subarray(0, a).equals(blocks[1].subarray(0, b))) return false;
    if (a < blockSize) return true;
  }
}

async function fill(file: FileHandle, block: Buffer): Promise<number> {
  let size = 0;
  for (let count = 1; count > 0 && size < block.length; size += count) {
    count = (await file.read(block, size, block.length - size)).bytesRead;
  }
  return size;
}

async function readWhole(path: string, name: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const file = await openStored(path, name);
  try {
    const { size } = await file.stat();
    if (size > maxFetchedSize) {
      throw new StorageError(`${name}: expected at most ${maxFetchedSize} bytes, got ${size}; fetch it to a file`);
    }
    return await file.readFile({ signal });
  } finally {
    await file.close();
  }
}

// Without waiting: a pipe in the place of a file would keep whoever opens it for ever.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

async function openStored(path: string, name: string): Promise<FileHandle> {
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
    throw new ArtefactMissingError(`${name}: expected an object, got none`);
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new StorageError(`${name}: expected a file, got something else`);
}

async function copyOut(path: string, name: string, target: string, signal: AbortSignal | undefined): Promise<void> {
  const file = await openStored(path, name);
  try {
    await replaceFile(target, (output) => copy(file, output, signal));
  } finally {
    await file.close();
  }
}

async function collect(
  root: string,
  folder: string,
  prefix: string,
  names: string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  for (const entry of await entriesOf(join(root, folder))) {
    const name = `${folder}${entry.name}`;
    if (entry.isDirectory()) {
      const isWithin = name.startsWith(prefix) || prefix.startsWith(`${name}/`);
      if (isWithin && !entry.name.startsWith('.')) await collect(root, `${name}/`, prefix, names, signal);
    } else if (entry.isFile() && name.startsWith(prefix) && isArtefactName(name)) {
      names.push(name);
    }
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    // It may be emptied and removed while others are read.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}

async function removeFile(root: string, path: string): Promise<void> {
  await rm(path, { force: true });
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch {
      // Not empty, or not there.
      return;
    }
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
