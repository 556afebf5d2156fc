/** The shape of the table of account rows (spec §4.2, §4.4): constants and counts that both sides derive from N and A alone. */
import { isPowerOfTwo } from '@solvent/field/domain';

// biome-ignore lint/performance/noBarrelFile: the AIR defines these; whoever lays out rows finds all constants here.
export { entriesPerRow, limbBits, limbCount, limbRange } from '@solvent/air/liabilities-air';

/** Fewest rows of a segment: the range table (spec §11.3) and the random rows (spec §12.3) must fit. */
export const minRowCount = 2 ** 11;

/** Most rows of a segment: beyond it, sums of limbs could wrap around modulo p (spec §4.8, §11.4). */
export const maxRowCount = 2 ** 19;

/** Most assets in a report. */
export const maxAssetCount = 4096;

/** Most digits after the point that an asset's amounts have. */
export const maxAssetDecimals = 18;

/** Most totals in a report, its segments times its assets: what a verifier reads and adds up is bounded. */
export const maxTotalCount = 2 ** 20;

/** Rows of a fibre: folding merges the rows i, i + N/8, …, i + 7N/8. */
export const fibreSize = 8;

/** Whether N is an allowed number of rows: a power of two in [2^11, 2^19]. */
export function isRowCount(rowCount: number): boolean {
  return rowCount >= minRowCount && rowCount <= maxRowCount && isPowerOfTwo(rowCount);
}

/** h, the number of random rows at the end of a segment of N rows: at least 323 cover what is opened (spec §12.3). */
export function randomRowCount(rowCount: number): number {
  return Math.max(512, rowCount / 128);
}

/** M = ⌈A/2⌉, the number of carry rows at the beginning of a segment: six carries for each asset (spec §11.4). */
export function carryRowCount(assetCount: number): number {
  return Math.ceil(assetCount / 2);
}

/** The leaf of row i in the tree of account rows, where the rows of a fibre stand side by side. */
export function accountsTreeLeaf(row: number, rowCount: number): number {
  const fibreCount = rowCount / fibreSize;
  return fibreSize * (row % fibreCount) + Math.floor(row / fibreCount);
}
