/**
 * The holder store: a report's private folder on disk, from which any account's inclusion file is made by a few dozen
 * small reads, however many accounts there are. Encrypted with a key, unless there is none; any damage is found.
 *
 *     segment-0000.bin …  for each segment what opens its rows, and its accounts: id, nonce, rows
 *     accounts.idx        a hash table from ids to accounts
 *     store.bin           written last: the manifest's digest, and which files belong together
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bytesEqual, utf8ToBytes } from '@solvent/commitment/bytes';
import type { InclusionFile } from '@solvent/proof-format/inclusion-file';
import { createIndexBuilder, findPlaces, type IndexBuilder } from './account-index.js';
import { type AccountPlaces, createAccountPlaces } from './account-places.js';
import { decodeRecord, readBatch, type StoredAccount, scanRecords } from './account-records.js';
import { type HolderData, whenRead } from './holder-data.js';
import { createIdHash, idHashKeySize } from './id-hash.js';
import { createInclusionFile } from './inclusion-file.js';
import { partialSuffix, syncFolder } from './paged-file.js';
import type { PagedReader } from './paged-reader.js';
import { openSegmentFile, writeSegmentFile } from './segment-file.js';
import { StoreError } from './store-error.js';
import * as folders from './store-folder.js';
import type { StoreKey } from './store-key.js';
import { folderSource, type StoreSource } from './store-source.js';

export interface StoreOptions {
  /** Undefined, which must be said, for a store without encryption. */
  readonly key: StoreKey | undefined;
}

/** A segment that is in a store. */
export interface StoredSegment {
  /** N. */
  readonly rowCount: number;
  readonly accountCount: number;
  /** The root of H0, 32 bytes: tells which attempt at the segment's proof this is of. */
  readonly accountsRoot: Uint8Array;
}

/** Writes a store segment by segment, in one run or several; it can be opened after `finish`. */
export interface StoreWriter {
  /**
   * Adds a segment that is not there yet, whole or not at all, and returns when it is on the disk. The accounts are
   * taken one by one, none is held; the data may be in shared memory.
   */
  addSegment(segment: number, data: HolderData, accounts: Iterable<StoredAccount>): Promise<void>;
  /** A segment that was added, now or in an earlier run; every byte of it is read and checked. */
  findSegment(segment: number): Promise<StoredSegment | undefined>;
  /** Removes a segment if it is there, damaged or not: an attempt that is not kept. */
  removeSegment(segment: number): Promise<void>;
  /**
   * Completes a store that has all segments from 0 on.
   *
   * @param manifestDigest 32 bytes.
   */
  finish(manifestDigest: Uint8Array): Promise<void>;
}

/** A store that is open for reading. */
export interface HolderStore {
  /** 32 bytes. */
  readonly manifestDigest: Uint8Array;
  readonly accountCount: number;
  findAccount(accountId: string): Promise<StoredAccount | undefined>;
  /** All accounts, segment by segment, in the order in which they were added. */
  accounts(): AsyncIterable<StoredAccount>;
  inclusionFile(account: StoredAccount): Promise<InclusionFile>;
  /** Reads and checks every byte. Throws a StoreError for the first damage. */
  verify(): Promise<void>;
  close(): void;
}

/**
 * Starts a store in a folder, which is created with access for its owner alone, or continues one that is not finished.
 *
 * @throws StoreError when there is a finished store
 */
export async function createStoreWriter(folder: string, { key }: StoreOptions): Promise<StoreWriter> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (existsSync(join(folder, folders.rootFileName))) {
    throw new StoreError(`${folder}: expected no finished store, got one (nothing is overwritten)`);
  }
  for (const name of readdirSync(folder)) if (name.endsWith(partialSuffix)) rmSync(join(folder, name));
  const pathOf = (segment: number) => join(folder, folders.segmentFileName(segment));
  return {
    async addSegment(segment, data, accounts) {
      if (existsSync(pathOf(segment))) throw new StoreError(`${pathOf(segment)}: expected no such file, got one`);
      writeSegmentFile(pathOf(segment), key, folders.segmentFileName(segment), segment, data, accounts);
    },
    async findSegment(segment) {
      if (!existsSync(pathOf(segment))) return undefined;
      const { source, accountCount, accountsRoot, file } = openSegmentFile(
        pathOf(segment),
        key,
        folders.segmentFileName(segment),
      );
      try {
        file.verify();
        return { rowCount: source.rowCount, accountCount, accountsRoot };
      } finally {
        file.close();
      }
    },
    async removeSegment(segment) {
      rmSync(pathOf(segment), { force: true });
      syncFolder(folder);
    },
    async finish(manifestDigest) {
      const segments = folders.createSegmentPool(folderSource(folder), key);
      try {
        finishStore(folder, key, manifestDigest, segments, countSegments(folder));
      } finally {
        segments.close();
      }
    },
  };
}

/** How many segments there are. Throws a StoreError unless they are numbered from 0 without a gap. */
function countSegments(folder: string): number {
  const numbers = readdirSync(folder).map(folders.segmentOfFileName);
  const present = new Set(numbers.filter((number) => number !== undefined));
  for (let segment = 0; segment < present.size; segment++) {
    if (!present.has(segment)) throw new StoreError(`${folder}: expected segment ${segment}, got none`);
  }
  if (present.size === 0) throw new StoreError(`${folder}: expected a segment, got none`);
  return present.size;
}

function finishStore(
  folder: string,
  key: StoreKey | undefined,
  manifestDigest: Uint8Array,
  segments: folders.SegmentPool,
  segmentCount: number,
): void {
  const entries = Array.from({ length: segmentCount }, (_, segment): folders.SegmentEntry => {
    const { accountCount, accountsStart, accountsEnd, file } = segments.get(segment);
    return { accountCount, recordsSize: accountsEnd - accountsStart, authenticator: file.authenticator };
  });
  const idHashKey = new Uint8Array(randomBytes(idHashKeySize));
  const builder = createIndexBuilder(sumOf(entries, 'accountCount'), createIdHash(idHashKey));
  const places = createAccountPlaces(
    segments,
    entries.map(({ recordsSize }) => recordsSize),
  );
  entries.forEach((_, segment) => {
    addToIndex(builder, segments, segment, places.starts[segment]);
  });
  assertDistinct(builder, places);
  const indexAuthenticator = folders.writeStoreFile(folder, key, folders.indexFileName, builder.write);
  folders.writeRoot(folder, key, { manifestDigest, idHashKey, indexAuthenticator, segments: entries });
}

function sumOf(entries: readonly folders.SegmentEntry[], field: 'accountCount' | 'recordsSize'): number {
  return entries.reduce((sum, entry) => sum + entry[field], 0);
}

function addToIndex(builder: IndexBuilder, segments: folders.SegmentPool, segment: number, placesStart: number): void {
  const { file, accountsStart, accountsEnd } = segments.get(segment);
  for (const { span, position } of scanRecords(file.read, accountsStart, accountsEnd)) {
    builder.add(span.bytes, span.idStart, span.idEnd, placesStart + position - accountsStart);
  }
}

function assertDistinct(builder: IndexBuilder, places: AccountPlaces): void {
  const idAt = (place: number) => {
    const { span, segment } = places.recordAt(place);
    return { id: span.bytes.subarray(span.idStart, span.idEnd), segment };
  };
  for (const [first, second] of builder.suspects()) {
    const [a, b] = [idAt(first), idAt(second)];
    if (!bytesEqual(a.id, b.id)) continue;
    throw new RangeError(`accounts: expected each id once, got one in segment ${a.segment} and in ${b.segment}`);
  }
}

/** Opens a store for reading. Throws a StoreError if it is not a finished store, is damaged, or the key does not fit. */
export async function openHolderStore(folder: string, options: StoreOptions): Promise<HolderStore> {
  return openStoreSource(folderSource(folder), options);
}

/** Opens a store wherever its files are; they are closed with it. Throws as `openHolderStore` does. */
export async function openStoreSource(source: StoreSource, { key }: StoreOptions): Promise<HolderStore> {
  const root = await source.run(() => folders.readRoot(source, key));
  const index = await source.run(() => folders.openIndex(source, key, root));
  const segments = folders.createSegmentPool(source, key, root.segments);
  const places = createAccountPlaces(
    segments,
    root.segments.map(({ recordsSize }) => recordsSize),
  );
  const hash = createIdHash(root.idHashKey);
  const { manifestDigest } = root;
  const accountCount = sumOf(root.segments, 'accountCount');
  const find = (id: Uint8Array) => {
    for (const place of findPlaces(index, accountCount, hash, id)) {
      const { span, segment } = places.recordAt(place);
      if (bytesEqual(span.bytes.subarray(span.idStart, span.idEnd), id)) return decodeRecord(span, segment);
    }
    return undefined;
  };
  // Asked anew for each read, since other segments may be opened in between and this one closed.
  const fileOf = (segment: number) => segments.get(segment).file;
  return {
    manifestDigest,
    accountCount,
    findAccount: async (accountId) => {
      const id = utf8ToBytes(accountId);
      return source.run(() => find(id));
    },
    async *accounts() {
      for (let segment = 0; segment < root.segments.length; segment++) {
        const { accountsStart, accountsEnd } = await source.run(() => segments.get(segment));
        for (let position = accountsStart; position < accountsEnd; ) {
          const read = (start: number, size: number) => fileOf(segment).read(start, size);
          const batch = await source.run(() => readBatch(read, position, accountsEnd, segment));
          for (const account of batch.accounts) yield account;
          position = batch.next;
        }
      }
    },
    inclusionFile: ({ nonce, segment, rows }) => {
      const place = { manifest: manifestDigest, segment, nonce, rows };
      return source.run(() => whenRead(segments.get(segment).source, (rowData) => createInclusionFile(rowData, place)));
    },
    async verify() {
      await verifyPages(source, () => index);
      for (let segment = 0; segment < root.segments.length; segment++) {
        await verifyPages(source, () => fileOf(segment));
      }
    },
    close() {
      index.close();
      segments.close();
      source.close();
    },
  };
}

async function verifyPages(source: StoreSource, file: () => PagedReader): Promise<void> {
  const { pageCount } = await source.run(file);
  for (let page = 0; page < pageCount; page++) await source.run(() => file().verifyPage(page));
}
