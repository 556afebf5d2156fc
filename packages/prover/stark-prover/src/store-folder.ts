/** The files of a holder store, and the root that ties them together. */
import { join } from 'node:path';
import { bytesEqual, bytesToHex, hexToBytes } from '@solvent/commitment/bytes';
import { createPagedWriter, openPagesOf, type PagedWriter } from './paged-file.js';
import type { PagedReader } from './paged-reader.js';
import { createRecentCache } from './recent-cache.js';
import { type SegmentReader, segmentReader } from './segment-file.js';
import { StoreError } from './store-error.js';
import type { StoreKey } from './store-key.js';
import type { StoreSource } from './store-source.js';

export const rootFileName = 'store.bin';
export const indexFileName = 'accounts.idx';
const format = 'solvent-holder-store/1';
/** Most segments that are open at once: each takes a file descriptor and a cache. */
const openSegmentCount = 64;

/** The name of a segment's file, such as `segment-0000.bin`. */
export function segmentFileName(segment: number): string {
  return `segment-${String(segment).padStart(4, '0')}.bin`;
}

/** The number of the segment whose file has this name; undefined for another name. */
export function segmentOfFileName(name: string): number | undefined {
  const match = /^segment-(\d{4})\.bin$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}

/** What a segment of a finished store is to its root. */
export interface SegmentEntry {
  readonly accountCount: number;
  /** Bytes of the accounts' records. */
  readonly recordsSize: number;
  /** Of the segment's file, 32 bytes. */
  readonly authenticator: Uint8Array;
}

/** What is written last: a store without it is not finished. */
export interface StoreRoot {
  /** 32 bytes. */
  readonly manifestDigest: Uint8Array;
  /** The key of the hash of account ids, 16 bytes. */
  readonly idHashKey: Uint8Array;
  /** Of the index, 32 bytes. */
  readonly indexAuthenticator: Uint8Array;
  readonly segments: readonly SegmentEntry[];
}

/** Writes a file of a store whole, or not at all. Gives its authenticator. */
export function writeStoreFile(
  folder: string,
  key: StoreKey | undefined,
  name: string,
  fill: (writer: PagedWriter) => void,
): Uint8Array {
  const writer = createPagedWriter(join(folder, name), key, name);
  try {
    fill(writer);
    return writer.finish();
  } catch (error) {
    writer.discard();
    throw error;
  }
}

/** Writes the root, which makes the store a finished one. */
export function writeRoot(folder: string, key: StoreKey | undefined, root: StoreRoot): void {
  const text = JSON.stringify({
    format,
    manifest: bytesToHex(root.manifestDigest),
    idHashKey: bytesToHex(root.idHashKey),
    index: bytesToHex(root.indexAuthenticator),
    segments: root.segments.map(({ accountCount, recordsSize, authenticator }) => ({
      accounts: accountCount,
      recordsSize,
      authenticator: bytesToHex(authenticator),
    })),
  });
  writeStoreFile(folder, key, rootFileName, (writer) => writer.write(Buffer.from(`${text}\n`)));
}

/** Reads the root. Throws a StoreError if the store is not finished, or cannot be opened. */
export function readRoot(source: StoreSource, key: StoreKey | undefined): StoreRoot {
  const { label } = source;
  if (!source.has(rootFileName)) {
    throw new StoreError(`${label}: expected a finished store, got none: ${rootFileName}, written last, is not there`);
  }
  const blocks = source.open(rootFileName);
  const file = openPagesOf(blocks, key, rootFileName);
  try {
    return decodeRoot(blocks.label, file.read(0, file.length).toString('utf8'));
  } finally {
    file.close();
  }
}

interface RootJson {
  readonly format?: unknown;
  readonly manifest: string;
  readonly idHashKey: string;
  readonly index: string;
  readonly segments: readonly { accounts: number; recordsSize: number; authenticator: string }[];
}

// The bytes are known to be those that `writeRoot` wrote; only their version may be another.
function decodeRoot(path: string, text: string): StoreRoot {
  const root = JSON.parse(text) as RootJson;
  if (root.format !== format) throw new StoreError(`${path}: expected format ${format}, got ${String(root.format)}`);
  return {
    manifestDigest: hexToBytes(root.manifest),
    idHashKey: hexToBytes(root.idHashKey),
    indexAuthenticator: hexToBytes(root.index),
    segments: root.segments.map(({ accounts, recordsSize, authenticator }) => ({
      accountCount: accounts,
      recordsSize,
      authenticator: hexToBytes(authenticator),
    })),
  };
}

/** The index of a finished store. */
export function openIndex(source: StoreSource, key: StoreKey | undefined, root: StoreRoot): PagedReader {
  return openBelonging(source, key, indexFileName, root.indexAuthenticator);
}

// Files that open one by one may still be of two stores with one key, or of two attempts at one segment.
function openBelonging(
  source: StoreSource,
  key: StoreKey | undefined,
  name: string,
  authenticator: Uint8Array | undefined,
): PagedReader {
  const blocks = source.open(name);
  const file = openPagesOf(blocks, key, name);
  if (authenticator === undefined || bytesEqual(file.authenticator, authenticator)) return file;
  file.close();
  throw new StoreError(`${blocks.label}: expected the file that this store was finished with, got another one`);
}

/** The segments of a store, opened when they are needed and closed when others are. */
export interface SegmentPool {
  get(segment: number): SegmentReader;
  close(): void;
}

/** @param entries what the segments must be, when the store is finished */
export function createSegmentPool(
  source: StoreSource,
  key: StoreKey | undefined,
  entries?: readonly SegmentEntry[],
): SegmentPool {
  const cache = createRecentCache<SegmentReader>(openSegmentCount, ({ file }) => file.close());
  const open = (segment: number) =>
    segmentReader(openBelonging(source, key, segmentFileName(segment), entries?.[segment].authenticator));
  return { get: (segment) => cache.get(segment, () => open(segment)), close: cache.clear };
}
