/** Storage in a folder, which several machines may share. */
import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { type FileHandle, link, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
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

/** Holds what is not whole yet, so that no list ever shows it. */
const partialFolderName = '.partial';
/** What is left there by a process that died. Nothing takes so long to write. */
const staleMs = 24 * 3600 * 1000;
const blockSize = 2 ** 20;

/** Opens storage in a folder, which is made if it is not there. Throws a StorageError when it cannot be. */
export async function openFolderStorage(folder: string): Promise<ArtefactStorage> {
  const root = resolve(folder);
  const partials = join(root, partialFolderName);
  await inFolder(root, async () => {
    await mkdir(partials, { recursive: true, mode: 0o700 });
    await removeStale(partials);
  });
  const pathOf = (name: string) => {
    assertArtefactName(name);
    return join(root, name);
  };
  return {
    label: root,
    put: (name, content, signal) => {
      const path = pathOf(name);
      return inFolder(path, () => putFile(join(partials, randomUUID()), path, name, content, signal));
    },
    get: (name, signal) => inFolder(pathOf(name), () => readWhole(pathOf(name), name, signal)),
    getToFile: (name, target, signal) => inFolder(pathOf(name), () => copyOut(pathOf(name), name, target, signal)),
    async list(prefix, signal) {
      assertArtefactPrefix(prefix);
      const names: string[] = [];
      await inFolder(root, () => collect(root, prefix.slice(0, prefix.lastIndexOf('/') + 1), prefix, names, signal));
      return names.sort();
    },
    async delete(names, signal) {
      const paths = names.map(pathOf);
      for (const path of paths) {
        signal?.throwIfAborted();
        await inFolder(path, () => removeFile(root, path));
      }
    },
  };
}

async function removeStale(partials: string): Promise<void> {
  for (const name of await readdir(partials)) {
    const path = join(partials, name);
    const status = await stat(path).catch(() => undefined);
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
  if (content instanceof Uint8Array) return writeWith(path, (file) => file.writeFile(content, { signal }));
  const source = await open(content.path, 'r');
  try {
    await writeWith(path, (file) => copy(source, file, signal));
  } finally {
    await source.close();
  }
}

async function writeWith(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
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
  const files = [await open(first, 'r'), await open(second, 'r')] as const;
  try {
    const blocks = files.map(() => Buffer.alloc(blockSize));
    for (;;) {
      const [a, b] = await Promise.all(files.map((file, i) => fill(file, blocks[i])));
      if (!blocks[0].subarray(0, a).equals(blocks[1].subarray(0, b))) return false;
      if (a < blockSize) return true;
    }
  } finally {
    await Promise.all(files.map((file) => file.close()));
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
    if (size > maxFetchedSize) throw tooLarge(name, size);
    return await file.readFile({ signal });
  } finally {
    await file.close();
  }
}

function tooLarge(name: string, size: number): StorageError {
  return new StorageError(`${name}: expected at most ${maxFetchedSize} bytes, got ${size}; fetch it to a file`);
}

async function openStored(path: string, name: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
    throw new ArtefactMissingError(`${name}: expected an object, got none`);
  }
}

async function copyOut(path: string, name: string, target: string, signal: AbortSignal | undefined): Promise<void> {
  const partial = `${target}.${randomUUID()}.partial`;
  const file = await openStored(path, name);
  try {
    await writeWith(partial, (output) => copy(file, output, signal));
    await rename(partial, target);
  } finally {
    await file.close();
    await rm(partial, { force: true });
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

/** Runs system calls, whose errors do not always say what they are about. */
async function inFolder<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const isOurs = error instanceof StorageError || (error as Error).name === 'AbortError';
    if (isOurs || codeOf(error) === undefined) throw error;
    throw new StorageError(`${path}: ${(error as Error).message}`, { cause: error });
  }
}
