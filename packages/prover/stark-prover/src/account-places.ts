/** The records of all segments as one sequence: a place is a byte in it. */
import { locateRecord, maxRecordSize, type RecordSpan } from './account-records.js';
import type { SegmentPool } from './store-folder.js';

const usualRecordSize = 128;

/** Finds records by their places. */
export interface AccountPlaces {
  /** The place where the records of a segment begin. */
  readonly starts: readonly number[];
  /** The record at a place. */
  recordAt(place: number): { readonly span: RecordSpan; readonly segment: number };
}

/** @param recordsSizes bytes of the records of each segment */
export function createAccountPlaces(segments: SegmentPool, recordsSizes: readonly number[]): AccountPlaces {
  const starts: number[] = [];
  let end = 0;
  for (const size of recordsSizes) {
    starts.push(end);
    end += size;
  }
  return {
    starts,
    recordAt(place) {
      const segment = lastAtMost(starts, place);
      const { file, accountsStart, accountsEnd } = segments.get(segment);
      const position = accountsStart + place - starts[segment];
      const span = { bytes: Buffer.alloc(0), idStart: 0, idEnd: 0, end: 0 };
      for (const size of [usualRecordSize, maxRecordSize]) {
        const bytes = file.read(position, Math.min(size, accountsEnd - position));
        if (locateRecord(bytes, 0, span)) return { span, segment };
      }
      throw new RangeError(`place: expected one where a record begins, got ${place}`);
    },
  };
}

/** The index of the last of increasing numbers that is at most a given one. */
function lastAtMost(numbers: readonly number[], bound: number): number {
  let low = 0;
  for (let high = numbers.length; high - low > 1; ) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] <= bound) low = middle;
    else high = middle;
  }
  return low;
}
