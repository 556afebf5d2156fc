/** What inclusion files are made from: a segment's H side (spec §7.3). Secret as a whole. */

import { digestSize } from '@solvent/commitment/blake3';
import type { MerkleTree } from '@solvent/commitment/merkle';
import type { Extension } from '@solvent/field/extension';
import { columnElement } from '@solvent/field/extension-column';
import { rowSaltSize } from '@solvent/stark/leaves';
import { entriesPerRow, limbCount } from '@solvent/stark/table';
import { BlocksNeeded } from './blocks-needed.js';
import type { CommittedLayer } from './commitments.js';
import type { AccountRows } from './trace.js';

/**
 * The tree of account rows and the layers of G₁ on H, with all that opens them. It stands in the engine's memory: store
 * it before the engine begins another segment.
 */
export interface HolderData {
  readonly rowCount: number;
  /** Whether the engine has not begun another segment since. */
  isCurrent(): boolean;
  readonly rows: AccountRows;
  readonly layers: readonly CommittedLayer[];
}

/** One row as its holder may know it. */
export interface HolderRow {
  readonly salt: Uint8Array;
  /** The 32 user columns. */
  readonly values: readonly number[];
  /** R₁ there. */
  readonly mask: Extension;
}

/** A segment's holder data wherever it is kept: in memory, or in a store. Digests are numbered as in `MerkleTree`. */
export interface HolderSource {
  readonly rowCount: number;
  readonly layerCount: number;
  row(index: number): HolderRow;
  /** A digest of H0. */
  rowDigest(number: number): Uint8Array;
  /** The value of G₁ at a position of layer `layer` on H. */
  layerValue(layer: number, position: number): Extension;
  layerDigest(layer: number, number: number): Uint8Array;
}

/** Throws an Error if holder data may have been overwritten: files made from it would show rows of other accounts. */
export function assertCurrent(data: HolderData): void {
  if (!data.isCurrent()) throw new Error('holder data: the engine has begun another segment; store the data before');
}

/** Holder data in memory as a source, for as long as it is current. */
export function holderDataSource(data: HolderData): HolderSource {
  assertCurrent(data);
  const { rows, layers } = data;
  return {
    rowCount: data.rowCount,
    layerCount: layers.length,
    row: (index) => ({
      salt: rows.salts.subarray(rowSaltSize * index, rowSaltSize * (index + 1)),
      values: rows.user.map((column) => column[index]),
      mask: columnElement(rows.mask, index),
    }),
    rowDigest: (number) => digestOf(rows.tree, number),
    layerValue: (layer, position) => columnElement(layers[layer].words[0], position),
    layerDigest: (layer, number) => digestOf(layers[layer].tree, number),
  };
}

function digestOf(tree: MerkleTree, number: number): Uint8Array {
  return tree.digests.subarray(digestSize * number, digestSize * (number + 1));
}

/**
 * Makes something from a source, or asks for all that it lacks at once: what is read does not depend on what was read
 * before, so work goes on with a stand-in for whatever is not at hand, and its result is dropped.
 *
 * @throws BlocksNeeded
 */
export function whenRead<Made>(source: HolderSource, make: (source: HolderSource) => Made): Made {
  let missed: BlocksNeeded | undefined;
  const orStandIn = <Value>(read: () => Value, standIn: Value): Value => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof BlocksNeeded)) throw error;
      missed = error;
      return standIn;
    }
  };
  const made = make({
    rowCount: source.rowCount,
    layerCount: source.layerCount,
    row: (index) => orStandIn(() => source.row(index), standInRow),
    rowDigest: (number) => orStandIn(() => source.rowDigest(number), standInDigest),
    layerValue: (layer, position) => orStandIn(() => source.layerValue(layer, position), standInRow.mask),
    layerDigest: (layer, number) => orStandIn(() => source.layerDigest(layer, number), standInDigest),
  });
  if (missed !== undefined) throw missed;
  return made;
}

const standInDigest = new Uint8Array(digestSize);
const standInRow: HolderRow = {
  salt: new Uint8Array(rowSaltSize),
  values: new Array<number>(entriesPerRow * (limbCount + 1)).fill(0),
  mask: [0, 0, 0, 0, 0],
};
