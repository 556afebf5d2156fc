/** How much memory a segment takes, known before anything is allocated. */
import { scratchSize } from './kernels.js';

/**
 * Words of 4 bytes for each of the N rows, phase by phase, with the columns on D (4N points) counted four times. What a
 * phase takes is kept to the end of the segment, since queries open all of it.
 */
const wordsPerRow = {
  /** Twiddle factors of H and D both ways with their companions; inverse points. */
  tables: 22,
  /** Public columns and cofactors on H and D. */
  fixedColumns: 58,
  /** 33 columns on H, their coefficients; R₁; 38 columns on D; salts and tags; trees D0 and H0. */
  trace: 341,
  /** 60 columns on H, their coefficients; R₂; 65 columns on D; salts; tree D1. */
  auxiliary: 465,
  /** The quotient's values and coefficients; 20 columns of chunks, and on D; salts; tree D2. */
  quotient: 220,
  /** Powers of z and gz. */
  openings: 10,
  /** The words' coefficients on the way to G₁ and G₂. */
  words: 45,
  /** G₁, G₂ on D and G₁ on H, and all their folds; their trees. */
  folding: 106,
};

/** Bytes for what does not grow with the rows: columns' spacing, lists, constants. */
const fixedBytes = 8 * 2 ** 20;

/** Bytes of kernel memory that proving a segment of N rows takes, a few percent more than is used. */
export function plannedKernelMemory(rowCount: number, threadCount: number): number {
  const words = Object.values(wordsPerRow).reduce((sum, value) => sum + value, 0);
  return Math.ceil(1.02 * 4 * words * rowCount) + fixedBytes + scratchSize * threadCount;
}
