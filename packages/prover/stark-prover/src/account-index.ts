/**
 * From account ids to the places of their records: a file of buckets, about eight accounts to each.
 *
 *     starts   for each bucket the number of the first entry in it, a uint32; one more for the end
 *     entries  six bytes each, in order of bucket: the place, 40 bits, and 8 bits of the id's hash
 *
 * The place is where a record begins in the records of all segments, one segment after another. An id's bucket is given
 * by the first word of its hash, those 8 bits by the second.
 */
import type { IdHash } from './id-hash.js';
import type { PagedWriter } from './paged-file.js';
import type { PagedReader } from './paged-reader.js';

/** Ids to a bucket on average: a look-up reads about this many entries, of one page or two. */
const bucketLoad = 8;
const startSize = 4;
const entrySize = 6;
/** Entries that are written at once. */
const blockCount = 4096;

function bucketCountOf(accountCount: number): number {
  return Math.ceil(accountCount / bucketLoad);
}

function bucketOf(hash: number, bucketCount: number): number {
  return Math.floor((hash / 2 ** 32) * bucketCount);
}

/** Collects the ids of a store whose number of accounts is known, 16 bytes of memory for each. */
export interface IndexBuilder {
  /** Adds the id bytes[start … end), whose record is at `place`. */
  add(bytes: Uint8Array, start: number, end: number, place: number): void;
  /** Two places whose ids have the same hash, which are most likely of the same id: each such pair. */
  suspects(): Iterable<readonly [number, number]>;
  write(writer: PagedWriter): void;
}

/** An index that is built in memory. Add `accountCount` ids before anything else. */
export function createIndexBuilder(accountCount: number, hash: IdHash): IndexBuilder {
  const bucketCount = bucketCountOf(accountCount);
  const words = new Uint32Array(2 * accountCount);
  const places = new Float64Array(accountCount);
  let count = 0;
  let sorted: SortedBuckets | undefined;
  const sort = () => {
    if (count !== accountCount) throw new RangeError(`index: expected ${accountCount} accounts, got ${count}`);
    sorted ??= sortIntoBuckets(words, bucketCount);
    return sorted;
  };
  return {
    add(bytes, start, end, place) {
      hash(bytes, start, end, words, 2 * count);
      places[count++] = place;
    },
    *suspects() {
      for (const [i, j] of equalHashes(words, sort())) yield [places[i], places[j]];
    },
    write(writer) {
      const { starts, order } = sort();
      writeStarts(writer, starts);
      const block = new DataView(new ArrayBuffer(entrySize * blockCount));
      for (let start = 0; start < order.length; start += blockCount) {
        const end = Math.min(start + blockCount, order.length);
        for (let i = start; i < end; i++) {
          const at = entrySize * (i - start);
          block.setUint32(at, places[order[i]] % 2 ** 32, true);
          block.setUint8(at + 4, places[order[i]] / 2 ** 32);
          block.setUint8(at + 5, words[2 * order[i] + 1]);
        }
        writer.write(new Uint8Array(block.buffer, 0, entrySize * (end - start)));
      }
    },
  };
}

interface SortedBuckets {
  /** The number of the first entry of each bucket, and of all entries. */
  readonly starts: Uint32Array;
  /** The accounts in order of bucket. */
  readonly order: Uint32Array;
}

function sortIntoBuckets(words: Uint32Array, bucketCount: number): SortedBuckets {
  const accountCount = words.length / 2;
  const starts = new Uint32Array(bucketCount + 1);
  for (let i = 0; i < accountCount; i++) starts[bucketOf(words[2 * i], bucketCount) + 1]++;
  for (let bucket = 0; bucket < bucketCount; bucket++) starts[bucket + 1] += starts[bucket];
  const next = starts.slice();
  const order = new Uint32Array(accountCount);
  for (let i = 0; i < accountCount; i++) order[next[bucketOf(words[2 * i], bucketCount)]++] = i;
  return { starts, order };
}

function* equalHashes(words: Uint32Array, { starts, order }: SortedBuckets): Generator<[number, number]> {
  for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
    for (let i = starts[bucket]; i < starts[bucket + 1]; i++) {
      for (let j = starts[bucket]; j < i; j++) {
        const a = 2 * order[i];
        const b = 2 * order[j];
        if (words[a] === words[b] && words[a + 1] === words[b + 1]) yield [order[j], order[i]];
      }
    }
  }
}

function writeStarts(writer: PagedWriter, starts: Uint32Array): void {
  const block = Buffer.alloc(startSize * blockCount);
  for (let start = 0; start < starts.length; start += blockCount) {
    const end = Math.min(start + blockCount, starts.length);
    for (let i = start; i < end; i++) block.writeUInt32LE(starts[i], startSize * (i - start));
    writer.write(block.subarray(0, startSize * (end - start)));
  }
}

/** The places where the record of an id may be, few of them wrong. */
export function findPlaces(index: PagedReader, accountCount: number, hash: IdHash, id: Uint8Array): number[] {
  if (accountCount === 0) return [];
  const words = new Uint32Array(2);
  hash(id, 0, id.length, words, 0);
  const bucketCount = bucketCountOf(accountCount);
  const starts = index.read(startSize * bucketOf(words[0], bucketCount), 2 * startSize);
  const first = starts.readUInt32LE(0);
  const size = entrySize * (starts.readUInt32LE(startSize) - first);
  const entries = index.read(startSize * (bucketCount + 1) + entrySize * first, size);
  const places: number[] = [];
  for (let at = 0; at < size; at += entrySize) {
    if (entries[at + 5] === (words[1] & 255)) places.push(entries.readUIntLE(at, 5));
  }
  return places;
}
