/**
 * Trees on disk without their lower levels: what a few hashes recompute from the leaves is not stored. Of a tree with n
 * leaves in groups of k, the digests above the groups are stored, numbers 0 … 2n/k − 1 in the numbering of `MerkleTree`.
 */
import { digestSize } from '@solvent/commitment/blake3';
import { concatBytes } from '@solvent/commitment/bytes';
import type { MerkleTree, TreeHashers } from '@solvent/commitment/merkle';

/** The shape of a pruned tree. */
export interface PrunedShape {
  readonly leafCount: number;
  /** A power of two. */
  readonly groupSize: number;
}

/** Bytes of what is stored of a tree's upper levels. */
export function prunedSize({ leafCount, groupSize }: PrunedShape): number {
  return (2 * digestSize * leafCount) / groupSize;
}

/** What is stored of a tree's upper levels. */
export function upperDigests(tree: MerkleTree, groupSize: number): Uint8Array {
  return tree.digests.subarray(0, prunedSize({ leafCount: tree.leafCount, groupSize }));
}

/**
 * Any digest of a pruned tree.
 *
 * @param stored gives a stored digest by its number
 * @param leaf gives a leaf's digest by its index
 */
export function prunedDigest(
  number: number,
  shape: PrunedShape,
  hashers: TreeHashers,
  stored: (number: number) => Uint8Array,
  leaf: (index: number) => Uint8Array,
): Uint8Array {
  const { leafCount, groupSize } = shape;
  if (number >= leafCount) return leaf(number - leafCount);
  if (number < (2 * leafCount) / groupSize) return stored(number);
  const child = (side: 0 | 1) => prunedDigest(2 * number + side, shape, hashers, stored, leaf);
  return hashers.node.digest(concatBytes(child(0), child(1)));
}
