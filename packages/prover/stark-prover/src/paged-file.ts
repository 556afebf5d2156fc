/** Files of pages on disk (`page-format.ts`). */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { authenticatorOf, type BlockSource, createPageOutput, defaultBlockSize, encodeHeader } from './page-format.js';
import { createPageSeal, saltSize } from './page-seal.js';
import { openPages, type PagedReader } from './paged-reader.js';
import { StoreError } from './store-error.js';
import type { StoreKey } from './store-key.js';

/** What the names of unfinished files end with. */
export const partialSuffix = '.partial';

/** Writes a paged file. Whoever creates one calls `finish` or `discard`. */
export interface PagedWriter {
  /** Bytes of content so far. */
  readonly length: number;
  /** Appends bytes, which may be in shared memory; they are copied. */
  write(bytes: Uint8Array): void;
  /** Makes the file appear under its name, complete and on the disk. Gives its authenticator, 32 bytes. */
  finish(): Uint8Array;
  /** Removes what has been written. */
  discard(): void;
}

/**
 * Creates a file, readable by its owner alone, under a temporary name next to its own.
 *
 * @param key undefined for a file without encryption
 * @param name which file of its store this is; it opens under no other name
 */
export function createPagedWriter(
  path: string,
  key: StoreKey | undefined,
  name: string,
  blockSize = defaultBlockSize,
): PagedWriter {
  const salt = randomBytes(saltSize);
  const seal = createPageSeal(key, salt, name);
  const partialPath = `${path}${partialSuffix}`;
  const file = openSync(partialPath, 'wx', 0o600);
  const output = (bytes: Buffer, size: number, position: number) => {
    named(path, 'written', () => writeAll(file, bytes, size, position));
  };
  const pages = createPageOutput(output, seal, blockSize);
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    get length() {
      return pages.length;
    },
    write: pages.write,
    finish() {
      pages.end();
      const header = encodeHeader({ isEncrypted: key !== undefined, blockSize, length: pages.length, salt }, seal);
      output(header, header.length, 0);
      named(path, 'written', () => fsyncSync(file));
      close();
      renameSync(partialPath, path);
      syncFolder(dirname(path));
      return authenticatorOf(header);
    },
    discard() {
      close();
      rmSync(partialPath, { force: true });
    },
  };
}

/**
 * Opens a file of pages.
 *
 * @throws StoreError when it is no such file, is damaged, was cut or extended, or the key does not fit
 */
export function openPagedReader(path: string, key: StoreKey | undefined, name: string): PagedReader {
  return openPagesOf(openFileBlocks(path), key, name);
}

/** A file's blocks, which are closed by whoever opened them. */
export type FileBlocks = BlockSource & { close(): void };

/** Opens pages in blocks that are closed with them, and at once if they cannot be opened. */
export function openPagesOf(blocks: FileBlocks, key: StoreKey | undefined, name: string): PagedReader {
  try {
    return openPages(blocks, key, name, blocks.close);
  } catch (error) {
    blocks.close();
    throw error;
  }
}

/** Opens a file on disk. */
export function openFileBlocks(path: string): FileBlocks {
  const file = openSync(path, 'r');
  return {
    label: path,
    size: fstatSync(file).size,
    read: (into, size, position) => named(path, 'read', () => readInto(file, into, size, position)),
    close: () => closeSync(file),
  };
}

/** Runs system calls whose errors, such as those of a full disk, do not say which file they are about. */
function named<Value>(path: string, participle: 'read' | 'written', work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw new StoreError(`${path}: could not be ${participle}: ${(error as Error).message}`, { cause: error });
  }
}

/** Makes new names in a folder survive a power cut. */
export function syncFolder(folder: string): void {
  // Windows has no such thing.
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Buffer, size: number, position: number): void {
  for (let done = 0; done < size; ) done += writeSync(file, bytes, done, size - done, position + done);
}

function readInto(file: number, bytes: Buffer, size: number, position: number): number {
  let done = 0;
  for (let count = 1; count > 0 && done < size; done += count) {
    count = readSync(file, bytes, done, size - done, position + done);
  }
  return done;
}
