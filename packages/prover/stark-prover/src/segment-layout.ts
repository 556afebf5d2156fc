/**
 * Where things are in a segment's file:
 *
 *     uint32 N, uint32 number of layers, root of H0 (32 bytes)
 *     rows       one record for each row before the random zone: salt, R₁ (20 bytes), packed entries
 *     H0         the digests above groups of 8 leaves, then those of all leaves
 *     layers     for each: the values of G₁, the eight of a fibre (160 bytes) together, then the digests above its leaves
 *     accounts   their records, to the end of the file but for a uint32, the number of accounts
 *
 * Of what is left out, digests are recomputed when they are needed, and the rows of the random zone never are.
 */
import { digestSize } from '@solvent/commitment/blake3';
import { createTreeHashers, type TreeHashers } from '@solvent/commitment/merkle';
import { extensionDegree } from '@solvent/field/extension';
import { rowSaltSize, treeNames } from '@solvent/stark/leaves';
import { fibreSize, randomRowCount } from '@solvent/stark/table';
import { packedEntriesSize } from './packed-entries.js';
import { type PrunedShape, prunedSize } from './pruned-tree.js';

/** Bytes of a value of F. */
export const valueSize = 4 * extensionDegree;
/** Bytes of the eight values of a fibre: also the leaf of a layer's tree. */
export const fibreBytes = fibreSize * valueSize;
export const maskOffset = rowSaltSize;
export const entriesOffset = maskOffset + valueSize;
/** Bytes of a row's record. */
export const rowSize = entriesOffset + packedEntriesSize;
/** Bytes before the rows. */
export const prefixSize = 8 + digestSize;
/** Bytes after the accounts. */
export const suffixSize = 4;
/** Leaves of H0, the rows of a fibre, under a stored digest. */
export const rowGroupSize = fibreSize;
/** Leaves of a layer's tree under a stored digest: all but the leaves themselves are stored. */
export const layerGroupSize = 2;

export interface TreeLayout extends PrunedShape {
  readonly hashers: TreeHashers;
  /** Where the stored digests begin. */
  readonly nodes: number;
}

export interface SegmentLayout {
  readonly storedRowCount: number;
  readonly rows: number;
  readonly rowTree: TreeLayout & { readonly leaves: number };
  readonly layers: readonly (TreeLayout & { readonly values: number })[];
  readonly accounts: number;
}

/** The layout of the file of a segment of N rows. */
export function layOutSegment(rowCount: number, layerCount: number): SegmentLayout {
  let end = prefixSize;
  const part = (size: number) => {
    end += size;
    return end - size;
  };
  const tree = (name: string, leafCount: number, groupSize: number): TreeLayout => {
    const nodes = part(prunedSize({ leafCount, groupSize }));
    return { leafCount, groupSize, nodes, hashers: createTreeHashers(name) };
  };
  const storedRowCount = rowCount - randomRowCount(rowCount);
  const rows = part(rowSize * storedRowCount);
  const rowTree = { ...tree(treeNames.accounts, rowCount, rowGroupSize), leaves: part(digestSize * rowCount) };
  const layers = Array.from({ length: layerCount }, (_, layer) => {
    const leafCount = rowCount / fibreSize ** (layer + 1);
    const values = part(fibreBytes * leafCount);
    return { values, ...tree(treeNames.layerRows(layer), leafCount, layerGroupSize) };
  });
  return { storedRowCount, rows, rowTree, layers, accounts: end };
}
