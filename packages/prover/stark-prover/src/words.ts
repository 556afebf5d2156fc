/** Rounds 4 to 6: opened values, the DEEP words, and their folds (spec §6.6 to §6.8). */
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { treeRoot } from '@solvent/commitment/merkle';
import type { Domain } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnElement, type ExtensionColumn, mapColumn } from '@solvent/field/extension-column';
import { evaluateExtension, interpolate } from '@solvent/field/ntt';
import type { Division, Engine } from '@solvent/kernels/engine';
import { treeNames } from '@solvent/stark/leaves';
import type { LayerRoots } from '@solvent/stark/rounds';
import { columnGroups, layerDomain, type OpeningTerm, openingTerms, type Shape } from '@solvent/stark/shape';
import type { Auxiliary } from './auxiliary.js';
import type { CommittedLayer } from './commitments.js';
import type { Trace } from './trace.js';

/** Coefficients of everything that is opened or goes into a word. */
export interface Polynomials {
  readonly trace: Trace;
  readonly auxiliary: Auxiliary;
  readonly chunks: readonly ExtensionColumn[];
}

/** The base-field parts of an opened polynomial: one, or five for a polynomial over F. */
function partsOf(term: OpeningTerm, polynomials: Polynomials): readonly Uint32Array[] {
  if (term.kind === 'chunk') return polynomials.chunks[term.chunk];
  const { group } = liabilitiesAir.columns[term.column];
  const position = columnGroups[group].indexOf(term.column);
  if (group === 'auxiliary') return polynomials.auxiliary.coefficients[position];
  const { userCoefficients, multiplicityCoefficients } = polynomials.trace;
  return [group === 'user' ? userCoefficients[position] : multiplicityCoefficients];
}

/** The basis 1, X, X^2, X^3, X^4 of F over F_p. */
const basis: readonly Extension[] = [0, 1, 2, 3, 4].map((c) => ext.pow([0, 1, 0, 0, 0], c));

/** Round 4: the value of every opened polynomial at z or gz, in the order of `openingTerms`. */
export function openedValues(polynomials: Polynomials, zeta: Extension, shape: Shape, engine: Engine): Extension[] {
  const points = [zeta, ext.scale(zeta, shape.rowDomain.root)];
  const opened = new Map<OpeningTerm, Extension>();
  for (const rotation of [0, 1] as const) {
    const terms = openingTerms.filter((term) => term.rotation === rotation);
    const parts = terms.map((term) => partsOf(term, polynomials));
    const values = engine.evaluateAt(parts.flat(), points[rotation]);
    let used = 0;
    terms.forEach((term, i) => {
      const own = values.slice(used, used + parts[i].length);
      used += parts[i].length;
      opened.set(term, own.map((value, c) => ext.mul(basis[c], value)).reduce(ext.add));
    });
  }
  return openingTerms.map((term) => opened.get(term)!);
}

/** Round 5: coefficients of G₁ and G₂. The division drops the remainder, which is what the opened values add up to. */
export function deepWords(
  polynomials: Polynomials,
  zeta: Extension,
  lambdas: readonly Extension[],
  shape: Shape,
  engine: Engine,
): [ExtensionColumn, ExtensionColumn] {
  const points = [zeta, ext.scale(zeta, shape.rowDomain.root)];
  const divisionOf = (word: 0 | 1, rotation: 0 | 1): Division => {
    const columns: Uint32Array[] = [];
    const weights: Extension[] = [];
    openingTerms.forEach((term, i) => {
      if (term.word !== word || term.rotation !== rotation) return;
      partsOf(term, polynomials).forEach((part, c) => {
        columns.push(part);
        weights.push(ext.mul(lambdas[i], basis[c]));
      });
    });
    return { coefficients: engine.combine(columns, weights), point: points[rotation] };
  };
  const [first, second, third] = engine.divideByLinear([divisionOf(0, 0), divisionOf(1, 0), divisionOf(1, 1)]);
  return [engine.add(polynomials.trace.mask, first), engine.add(polynomials.auxiliary.mask, engine.add(second, third))];
}

/** All layers of the words on D and of G₁ on H, and what is left after the last fold. */
export interface FoldedWords {
  readonly pointLayers: readonly CommittedLayer[];
  readonly rowLayers: readonly CommittedLayer[];
  readonly roots: readonly LayerRoots[];
  /** Coefficients of the folded G₁ and G₂, `finalDegreeBound` each. */
  readonly finalPolynomials: readonly [readonly Extension[], readonly Extension[]];
}

/** Evaluates a polynomial over F on a domain. */
export function evaluateWord(coefficients: ExtensionColumn, domain: Domain, engine: Engine): ExtensionColumn {
  return engine.evaluate(coefficients, domain) as unknown as ExtensionColumn;
}

/**
 * Round 6: commits each layer on D and on H, gets the challenge that both roots give, folds.
 *
 * Throws an Error if the words on D do not end as polynomials of the final degree, or if G₁ on H does not end as the
 * same polynomial: then the proof, or the holders' files, would be refused.
 */
export function foldWords(
  coefficients: readonly [ExtensionColumn, ExtensionColumn],
  shape: Shape,
  engine: Engine,
  absorbLayer: (layer: number, roots: LayerRoots) => Extension,
): FoldedWords {
  let onPoints = coefficients.map((word) => evaluateWord(word, shape.pointDomain, engine));
  let onRows = [evaluateWord(coefficients[0], shape.rowDomain, engine)];
  const pointLayers: CommittedLayer[] = [];
  const rowLayers: CommittedLayer[] = [];
  const roots: LayerRoots[] = [];
  for (let layer = 0; layer < shape.foldCount; layer++) {
    const points = { words: onPoints, tree: engine.commitFibres(treeNames.layerPoints(layer), onPoints) };
    const rows = { words: onRows, tree: engine.commitFibres(treeNames.layerRows(layer), onRows) };
    pointLayers.push(points);
    rowLayers.push(rows);
    roots.push({ points: treeRoot(points.tree), rows: treeRoot(rows.tree) });
    const challenge = absorbLayer(layer, roots[layer]);
    const fold = (domain: Domain) => (word: ExtensionColumn) =>
      engine.foldWord(word, layerDomain(domain, layer), challenge);
    onPoints = onPoints.map(fold(shape.pointDomain));
    onRows = onRows.map(fold(shape.rowDomain));
  }
  const finalPolynomials = onPoints.map((word) => finalPolynomial(word, shape));
  assertSameOnRows(onRows[0], finalPolynomials[0], shape);
  const elements = finalPolynomials.map((column) => [...column[0].keys()].map((i) => columnElement(column, i)));
  return { pointLayers, rowLayers, roots, finalPolynomials: [elements[0], elements[1]] };
}

/** The coefficients, in natural order, of what a word is after the last fold. */
function finalPolynomial(word: ExtensionColumn, shape: Shape): ExtensionColumn {
  const domain = layerDomain(shape.pointDomain, shape.foldCount);
  return mapColumn(word, (part) => {
    const coefficients = interpolate(part, domain);
    if (coefficients.subarray(shape.finalDegreeBound).some((value) => value !== 0)) {
      throw new Error(`prover self-check: a folded word is no polynomial of degree below ${shape.finalDegreeBound}`);
    }
    return coefficients.slice(0, shape.finalDegreeBound);
  });
}

function assertSameOnRows(word: ExtensionColumn, final: ExtensionColumn, shape: Shape): void {
  const expected = evaluateExtension(final, layerDomain(shape.rowDomain, shape.foldCount));
  if (!expected.every((part, c) => part.every((value, i) => value === word[c][i]))) {
    throw new Error('prover self-check: the word folded on H is not the final polynomial there');
  }
}
