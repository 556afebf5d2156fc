/** All sizes of a proof, derived from the number of rows and the AIR alone (spec §2.4). */
import { airOpenings, type Opening } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { createDomain, type Domain, powerDomain } from '@solvent/field/domain';
import { generator } from '@solvent/field/koala-bear';
import { fixedParameters } from './preset.js';
import { isRowCount, randomRowCount } from './table.js';

/** An opened value and the word that it goes into: 0 is G₁, 1 is G₂. */
export type OpeningTerm =
  | (Opening & { readonly kind: 'column'; readonly word: 0 | 1 })
  | { readonly kind: 'chunk'; readonly chunk: number; readonly rotation: 0; readonly word: 1 };

/** What is opened at z and gz, in the order in which the values are sent and their λ's are drawn (spec §6.6). */
export const openingTerms: readonly OpeningTerm[] = [
  ...airOpenings(liabilitiesAir).map((opening): OpeningTerm => {
    const word = liabilitiesAir.columns[opening.column].group === 'user' ? 0 : 1;
    return { kind: 'column', ...opening, word };
  }),
  ...Array.from({ length: fixedParameters.quotientChunks }, (_, chunk): OpeningTerm => {
    return { kind: 'chunk', chunk, rotation: 0, word: 1 };
  }),
];

/** Columns by the tree that they are committed in, as positions in the AIR's column list. */
export const columnGroups = {
  user: columnsOf('user'),
  multiplicity: columnsOf('multiplicity'),
  auxiliary: columnsOf('auxiliary'),
};

function columnsOf(group: 'user' | 'multiplicity' | 'auxiliary'): readonly number[] {
  return liabilitiesAir.columns.flatMap((column, i) => (column.group === group ? [i] : []));
}

export interface Shape {
  /** N, the number of rows. */
  readonly rowCount: number;
  /** h, the number of random rows. */
  readonly randomRowCount: number;
  /** H, the subgroup of order N: row i lives at its point i. */
  readonly rowDomain: Domain;
  /** D, the coset of order 4N on which words are committed. */
  readonly pointDomain: Domain;
  /** Number L of folds, which is also the number of committed layers. */
  readonly foldCount: number;
  /** Number of coefficients of each final polynomial: 32, 64 or 128, all of them sent (spec §11.9). */
  readonly finalDegreeBound: number;
  /** N − 256: coefficients of a quotient chunk before blinding by 256 (spec §12.3); four hold the quotient (spec §11.3). */
  readonly chunkLength: number;
}

/** The shape of a proof over N rows. Throws a RangeError for an N that is not allowed. */
export function deriveShape(rowCount: number): Shape {
  if (!isRowCount(rowCount)) {
    throw new RangeError(`rows of a segment: expected a power of two from 2^11 to 2^19, got ${rowCount}`);
  }
  let foldCount = 0;
  let finalDegreeBound = rowCount;
  while (finalDegreeBound > fixedParameters.maxFinalDegreeBound) {
    finalDegreeBound /= fixedParameters.foldingFactor;
    foldCount++;
  }
  return {
    rowCount,
    randomRowCount: randomRowCount(rowCount),
    rowDomain: createDomain(rowCount),
    pointDomain: createDomain(fixedParameters.blowUp * rowCount, generator),
    foldCount,
    finalDegreeBound,
    chunkLength: rowCount - fixedParameters.quotientBlinding,
  };
}

/** The domain of folding layer i over a domain: its points' 8^i-th powers. */
export function layerDomain(domain: Domain, layer: number): Domain {
  return powerDomain(domain, fixedParameters.foldingFactor ** layer);
}
