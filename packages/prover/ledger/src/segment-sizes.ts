/**
 * How many rows of accounts a segment has room for, and how large the segments of a split are.
 */
import { carryRowCount, maxRowCount, minRowCount, randomRowCount } from '@solvent/stark/table';

// A segment with a smaller share of the accounts than this would have few holders of many assets.
const smallestShare = 1 / 25;

/** N − h − M: rows left for accounts in a segment of N rows; zero or less when the carry rows alone do not fit. */
export function rowCapacity(rowCount: number, assetCount: number): number {
  return rowCount - randomRowCount(rowCount) - carryRowCount(assetCount);
}

/** The smallest allowed N with room for so many rows of accounts, undefined when `maxRows` has too little. */
export function smallestRowCount(rows: number, assetCount: number, maxRows: number = maxRowCount): number | undefined {
  for (let rowCount = minRowCount; rowCount <= maxRows; rowCount *= 2) {
    if (rowCapacity(rowCount, assetCount) >= Math.max(1, rows)) return rowCount;
  }
  return undefined;
}

/**
 * Rows available to accounts in each segment of a split, at least two: as few segments as hold all rows, and `extra`
 * more. The last one is made smaller when the others are large enough and it still gets a fair share of the accounts.
 */
export function segmentCapacities(rows: number, assetCount: number, maxRows: number, extra: number): number[] {
  const full = rowCapacity(maxRows, assetCount);
  const count = Math.max(2, Math.ceil(rows / full)) + extra;
  const others = (count - 1) * full;
  let last = full;
  for (let rowCount = maxRows; rowCount >= minRowCount; rowCount /= 2) {
    const capacity = rowCapacity(rowCount, assetCount);
    if (others + capacity < rows || capacity < (others + capacity) * smallestShare) break;
    last = capacity;
  }
  return [...Array<number>(count - 1).fill(full), last];
}
