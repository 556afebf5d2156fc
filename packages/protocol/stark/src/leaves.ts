/**
 * The leaves of the trees of rows, byte by byte (spec §3.6). One point of D or one row of H to a leaf; nothing is
 * repeated in the proof, since a leaf's bytes are exactly what is sent when it is opened.
 */
import { concatBytes, encodeElements } from '@solvent/commitment/bytes';
import type { Extension } from '@solvent/field/extension';
import { extensionDegree } from '@solvent/field/extension';
import { accountTagSize } from './account-tag.js';
import { fixedParameters } from './preset.js';
import { columnGroups } from './shape.js';

/** Bytes of salt of a leaf of D0, D1 and D2 (spec §12.5). */
export const pointSaltSize = 16;
/** Bytes of salt of a leaf of H0, where nothing else hides a row from its neighbours (spec §12.5, §12.6). */
export const rowSaltSize = 32;

/** The names of the trees, from which their hash keys are derived. */
export const treeNames = {
  trace: 'D0',
  accounts: 'H0',
  auxiliary: 'D1',
  quotient: 'D2',
  layerPoints: (layer: number) => `fold D ${layer}`,
  layerRows: (layer: number) => `fold H ${layer}`,
};

/** The trees with a leaf for each point of D. */
export type PointTree = 'trace' | 'auxiliary' | 'quotient';

/** Base-field elements of a leaf after its salt. */
export const pointLeafWidths: Readonly<Record<PointTree, number>> = {
  // User columns, multiplicity, R₁.
  trace: columnGroups.user.length + columnGroups.multiplicity.length + extensionDegree,
  // φ₁ … φ₁₁, acc, R₂.
  auxiliary: extensionDegree * (columnGroups.auxiliary.length + 1),
  quotient: extensionDegree * fixedParameters.quotientChunks,
};

/** Bytes of a leaf of H0. */
export const rowLeafSize = rowSaltSize + accountTagSize + 4 * (columnGroups.user.length + extensionDegree);

/** A leaf of H0: salt, account tag, the 32 values of the row, R₁ there. */
export function encodeRowLeaf(salt: Uint8Array, tag: Uint8Array, user: ArrayLike<number>, mask: Extension): Uint8Array {
  return concatBytes(salt, tag, encodeElements(user), encodeElements(mask));
}
