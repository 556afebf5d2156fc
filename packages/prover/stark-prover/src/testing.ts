/** Holder data that looks like a segment's, with consistent trees, without the time that a proof takes. */
import { buildTree, createTreeHashers, type MerkleTree } from '@solvent/commitment/merkle';
import { columnElement, type ExtensionColumn } from '@solvent/field/extension-column';
import type { Random } from '@solvent/ledger/random';
import { treeNames } from '@solvent/stark/leaves';
import { encodeFibre } from '@solvent/stark/query';
import { fibreSize, randomRowCount } from '@solvent/stark/table';
import type { HolderData } from './holder-data.js';

/** Random rows of N = `rowCount`, two layers; only the rows of the random zone have values that are no limbs. */
export function syntheticSegment(rowCount: number, random: Random): HolderData {
  const salts = randomBytes(random, 32 * rowCount);
  const user = Array.from({ length: 32 }, (_, c) => {
    const column = randomColumn(random, rowCount);
    const activeCount = rowCount - randomRowCount(rowCount);
    for (let row = 0; row < activeCount; row++) column[row] %= c % 8 === 0 ? 4097 : 1024;
    return column;
  });
  const leaves = randomBytes(random, 32 * rowCount);
  const rows = {
    salts,
    tags: new Uint8Array(32 * rowCount),
    user,
    mask: randomExtensions(random, rowCount),
    tree: buildTree(leaves, createTreeHashers(treeNames.accounts).node),
  };
  const layers = [0, 1].map((layer) => {
    const word = randomExtensions(random, rowCount / fibreSize ** layer);
    return { words: [word], tree: fibreTree(word, treeNames.layerRows(layer)) };
  });
  return { rowCount, isCurrent: () => true, rows, layers };
}

function fibreTree(word: ExtensionColumn, name: string): MerkleTree {
  const { leaf, node } = createTreeHashers(name);
  const leafCount = word[0].length / fibreSize;
  const digests = new Uint8Array(32 * leafCount);
  for (let fibre = 0; fibre < leafCount; fibre++) {
    const places = Array.from({ length: fibreSize }, (_, k) => [columnElement(word, fibre + k * leafCount)]);
    digests.set(leaf.digest(encodeFibre(places)), 32 * fibre);
  }
  return buildTree(digests, node);
}

function randomExtensions(random: Random, length: number): ExtensionColumn {
  const part = () => randomColumn(random, length);
  return [part(), part(), part(), part(), part()];
}

function randomColumn(random: Random, length: number): Uint32Array {
  return new Uint32Array(randomBytes(random, 4 * length).buffer).map((value) => value >>> 2);
}

function randomBytes(random: Random, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  random.fill(bytes);
  return bytes;
}

/** The same data in shared memory, as engines with threads keep it. */
export function inSharedMemory(data: HolderData): HolderData {
  const { rows, layers } = data;
  const sharedTree = (tree: MerkleTree) => ({ ...tree, digests: sharedBytes(tree.digests) });
  const sharedColumn = (column: ExtensionColumn) => column.map(sharedWords) as unknown as ExtensionColumn;
  return {
    ...data,
    rows: {
      salts: sharedBytes(rows.salts),
      tags: sharedBytes(rows.tags),
      user: rows.user.map(sharedWords),
      mask: sharedColumn(rows.mask),
      tree: sharedTree(rows.tree),
    },
    layers: layers.map(({ words, tree }) => ({ words: words.map(sharedColumn), tree: sharedTree(tree) })),
  };
}

function sharedBytes(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function sharedWords(words: Uint32Array): Uint32Array {
  const shared = new Uint32Array(new SharedArrayBuffer(4 * words.length));
  shared.set(words);
  return shared;
}
