/**
 * Merkle trees with batch openings (spec §3.3).
 *
 * A tree has a power of two of leaves, all at the same depth. Leaves and nodes are hashed under different keys, and
 * every tree has its own pair of keys, so a node is never mistaken for a leaf, nor a tree for another. A root stands for
 * one leaf at each position (spec §11.1).
 */

import { isPowerOfTwo } from '@solvent/field/domain';
import { createHasher, digestSize, type Hasher } from './blake3.js';

/** The two hash functions of one tree. */
export interface TreeHashers {
  readonly leaf: Hasher;
  readonly node: Hasher;
}

/** The hash functions of the tree with a given name, such as `D0`. */
export function createTreeHashers(tree: string): TreeHashers {
  return { leaf: createHasher(`tree ${tree} leaf`), node: createHasher(`tree ${tree} node`) };
}

/** A tree with all its digests. */
export interface MerkleTree {
  /** Number of leaves, a power of two. */
  readonly leafCount: number;
  /** 2 · leafCount digests of 32 bytes: number 1 is the root, the children of k are 2k and 2k + 1. Number 0 is unused. */
  readonly digests: Uint8Array;
}

/** Digest k of a tree in the numbering of `MerkleTree.digests`. */
function digestAt(tree: MerkleTree, k: number): Uint8Array {
  return tree.digests.subarray(digestSize * k, digestSize * (k + 1));
}

/** Builds the tree over leaf digests, given one after another (32 bytes each, a power of two of them). */
export function buildTree(leafDigests: Uint8Array, node: Hasher): MerkleTree {
  const leafCount = leafDigests.length / digestSize;
  if (!isPowerOfTwo(leafCount))
    throw new RangeError(`merkle tree: expected a power of two of leaves, got ${leafCount}`);
  const tree = { leafCount, digests: new Uint8Array(2 * leafDigests.length) };
  tree.digests.set(leafDigests, leafDigests.length);
  for (let k = leafCount - 1; k >= 1; k--) {
    const children = tree.digests.subarray(2 * digestSize * k, 2 * digestSize * (k + 1));
    tree.digests.set(node.digest(children), digestSize * k);
  }
  return tree;
}

/** The root of a tree, 32 bytes. */
export function treeRoot(tree: MerkleTree): Uint8Array {
  return digestAt(tree, 1).slice();
}

/**
 * The node numbers whose digests a batch opening carries, in the order in which they are carried: from the leaves'
 * level upwards, within a level from left to right. They depend on the tree's size and the opened leaves alone.
 *
 * @param leafIndexes strictly increasing, each in [0, leafCount); at least one.
 */
export function siblingNumbers(leafCount: number, leafIndexes: readonly number[]): number[] {
  const siblings: number[] = [];
  let level = leafIndexes.map((index) => leafCount + index);
  while (level[0] > 1) {
    const parents: number[] = [];
    for (let i = 0; i < level.length; i++) {
      const number = level[i];
      const hasRightSibling = number % 2 === 0 && level[i + 1] === number + 1;
      if (hasRightSibling) i++;
      else siblings.push(number % 2 === 0 ? number + 1 : number - 1);
      parents.push(Math.floor(number / 2));
    }
    level = parents;
  }
  return siblings;
}

/** Opens several leaves at once: the digests of `siblingNumbers`, one after another. */
export function openBatch(tree: MerkleTree, leafIndexes: readonly number[]): Uint8Array {
  const numbers = siblingNumbers(tree.leafCount, leafIndexes);
  const siblings = new Uint8Array(digestSize * numbers.length);
  numbers.forEach((number, i) => {
    siblings.set(digestAt(tree, number), digestSize * i);
  });
  return siblings;
}

/**
 * The root that opened leaves and their siblings lead to. The caller compares it with the committed root.
 *
 * @param leafIndexes strictly increasing, each in [0, leafCount); at least one.
 * @param leafDigests one digest for each index, in the same order.
 * @param siblings exactly the digests of `siblingNumbers`; a RangeError is thrown for any other length.
 */
export function rootFromBatch(
  leafCount: number,
  leafIndexes: readonly number[],
  leafDigests: readonly Uint8Array[],
  siblings: Uint8Array,
  node: Hasher,
): Uint8Array {
  let level = leafIndexes.map((index, i) => ({ number: leafCount + index, digest: leafDigests[i] }));
  let used = 0;
  const nextSibling = () => siblings.subarray(digestSize * used, digestSize * ++used);
  const pair = new Uint8Array(2 * digestSize);
  while (level[0].number > 1) {
    const parents: typeof level = [];
    for (let i = 0; i < level.length; i++) {
      const { number, digest } = level[i];
      const isLeft = number % 2 === 0;
      const sibling = isLeft && level[i + 1]?.number === number + 1 ? level[++i].digest : nextSibling();
      if (sibling.length !== digestSize) throw new RangeError('merkle opening: fewer siblings than the leaves need');
      pair.set(isLeft ? digest : sibling, 0);
      pair.set(isLeft ? sibling : digest, digestSize);
      parents.push({ number: Math.floor(number / 2), digest: node.digest(pair) });
    }
    level = parents;
  }
  if (used * digestSize !== siblings.length) throw new RangeError('merkle opening: more siblings than the leaves need');
  return level[0].digest;
}
