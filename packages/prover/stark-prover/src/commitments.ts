/** Commitments on D and what opens them (spec §3.6, §7.2). */

import { concatBytes, encodeElements } from '@solvent/commitment/bytes';
import { type MerkleTree, openBatch } from '@solvent/commitment/merkle';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import { columnElement } from '@solvent/field/extension-column';
import type { Engine } from '@solvent/kernels/engine';
import type { Random } from '@solvent/ledger/random';
import type { PointOpening } from '@solvent/proof-format/proof';
import { type PointTree, pointSaltSize, treeNames } from '@solvent/stark/leaves';
import { type LayerOpening, planFibres } from '@solvent/stark/query';
import type { Shape } from '@solvent/stark/shape';

/** A committed table: its columns' values on D, the salts of its leaves, its tree. */
export interface PointCommitment {
  /** Base-field columns; a column over F is five of them in a row. */
  readonly columns: readonly Uint32Array[];
  readonly salts: Uint8Array;
  readonly tree: MerkleTree;
}

/** Extends columns from coefficients to D and commits to them with fresh salts. */
export function commitOnPoints(
  tree: PointTree,
  coefficients: readonly Uint32Array[],
  shape: Shape,
  engine: Engine,
  random: Random,
): PointCommitment {
  const columns = engine.evaluate(coefficients, shape.pointDomain);
  const salts = engine.allocateBytes(pointSaltSize * shape.pointDomain.size);
  random.fill(salts);
  return { columns, salts, tree: engine.commitRows(treeNames[tree], columns, [salts], 'natural') };
}

/** Opens the leaves at given points, strictly increasing positions in D. */
export function openPoints(commitment: PointCommitment, points: readonly number[]): PointOpening {
  const { columns, salts, tree } = commitment;
  const elements = points.map((point) => columns.map((column) => column[point]));
  const leaves = points.map((point, i) => {
    const salt = salts.subarray(pointSaltSize * point, pointSaltSize * (point + 1));
    return concatBytes(salt, encodeElements(elements[i]));
  });
  return { leaves, elements, siblings: openBatch(tree, points) };
}

/** One folding layer over a domain: the words there, and the tree over their fibres. */
export interface CommittedLayer {
  readonly words: readonly ExtensionColumn[];
  readonly tree: MerkleTree;
}

/** Opens all layers below given positions: exactly the values that cannot be computed from those above. */
export function openLayers(layers: readonly CommittedLayer[], positions: readonly number[]): LayerOpening[] {
  const domainSize = layers[0].words[0][0].length;
  return planFibres(positions, domainSize, layers.length).map((plan, i) => ({
    values: plan.missing.flatMap((position) => layers[i].words.map((word) => columnElement(word, position))),
    siblings: openBatch(layers[i].tree, plan.fibres),
  }));
}
