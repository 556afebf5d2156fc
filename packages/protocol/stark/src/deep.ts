/**
 * The DEEP words (spec §6.7): a random combination of all columns, less their opened values, divided by x − z. They are
 * close to polynomials only if the opened values are right (spec §11.8).
 *
 *     G₁(x) = R₁(x) + Σ λ_j (f_j(x) − f_j(z))/(x − z)      over the user columns
 *     G₂(x) = R₂(x) + the same over all other columns, at z and where opened at gz, and over the quotient chunks
 */
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnGroups, type OpeningTerm, openingTerms, type Shape } from './shape.js';

/** Everything committed on D at one point, in the order of the AIR's columns and of the trees' leaves. */
export interface PointRow {
  /** Values of the user columns, 32 base-field elements. */
  readonly user: ArrayLike<number>;
  /** Values of the multiplicity column. */
  readonly multiplicity: ArrayLike<number>;
  readonly traceMask: Extension;
  readonly auxiliary: readonly Extension[];
  readonly auxiliaryMask: Extension;
  readonly chunks: readonly Extension[];
}

export interface DeepWords {
  /** G₁ at a base-field point, from the user columns and R₁ there. */
  first(point: number, user: ArrayLike<number>, mask: Extension): Extension;
  /** G₂ at a base-field point, from everything else that is committed there. */
  second(point: number, row: PointRow): Extension;
}

/** The two words for given opened values, coefficients and z. */
export function createDeepWords(
  openings: readonly Extension[],
  lambdas: readonly Extension[],
  zeta: Extension,
  shape: Shape,
): DeepWords {
  const points = [zeta, ext.scale(zeta, shape.rowDomain.root)];
  const termsOf = (word: 0 | 1, rotation: 0 | 1) =>
    openingTerms.flatMap((term, i) =>
      term.word === word && term.rotation === rotation ? [{ term, lambda: lambdas[i], opening: openings[i] }] : [],
    );
  const combine = (word: 0 | 1, rotation: 0 | 1) => {
    const terms = termsOf(word, rotation);
    const openedSum = terms.reduce((sum, t) => ext.add(sum, ext.mul(t.lambda, t.opening)), ext.zero);
    return (point: number, weigh: (term: OpeningTerm, lambda: Extension) => Extension): Extension => {
      const sum = terms.reduce((total, t) => ext.add(total, weigh(t.term, t.lambda)), ext.zero);
      return ext.div(ext.sub(sum, openedSum), ext.sub(ext.fromBase(point), points[rotation]));
    };
  };
  const [userAtZeta, restAtZeta, restAtNext] = [combine(0, 0), combine(1, 0), combine(1, 1)];
  return {
    first: (point, user, mask) =>
      ext.add(
        mask,
        userAtZeta(point, (term, lambda) => weighTerm(term, lambda, { user })),
      ),
    second: (point, row) => {
      const weigh = (term: OpeningTerm, lambda: Extension) => weighTerm(term, lambda, row);
      return ext.add(row.auxiliaryMask, ext.add(restAtZeta(point, weigh), restAtNext(point, weigh)));
    },
  };
}

/** λ · f(x) for one opened column or chunk. */
function weighTerm(term: OpeningTerm, lambda: Extension, row: Partial<PointRow>): Extension {
  if (term.kind === 'chunk') return ext.mul(lambda, row.chunks![term.chunk]);
  const { group } = liabilitiesAir.columns[term.column];
  const position = columnGroups[group].indexOf(term.column);
  if (group === 'auxiliary') return ext.mul(lambda, row.auxiliary![position]);
  return ext.scale(lambda, group === 'user' ? row.user![position] : row.multiplicity![position]);
}
