/** Rounds 5 and 6 of the cheating prover: the words as values, and their layers, lied about where told. */
import { treeRoot } from '@solvent/commitment/merkle';
import { createDomain, type Domain, domainPoints } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { columnElement, type ExtensionColumn, mapColumn, setColumnElement } from '@solvent/field/extension-column';
import { interpolate } from '@solvent/field/ntt';
import type { Engine } from '@solvent/kernels/engine';
import { treeNames } from '@solvent/stark/leaves';
import type { LayerRoots } from '@solvent/stark/rounds';
import { layerDomain, openingTerms, type Shape } from '@solvent/stark/shape';
import type { CommittedLayer } from '@solvent/stark-prover/commitments';
import { deepWords, evaluateWord, type Polynomials } from '@solvent/stark-prover/words';

/** The words of one layer as values: G₁ and G₂ on D, G₁ on H. */
export interface LayerWords {
  readonly points: readonly [ExtensionColumn, ExtensionColumn];
  readonly rows: ExtensionColumn;
}

/** What the words depend on. */
export interface Drawn {
  readonly shape: Shape;
  readonly alphas: readonly Extension[];
  readonly zeta: Extension;
  readonly lambdas: readonly Extension[];
  /** As they are sent. */
  readonly openings: readonly Extension[];
}

/** Lies about layers. */
export interface FoldCheats {
  /** Rounds 5 and 6: a layer before it is committed and folded. */
  readonly layer?: (layer: number, words: LayerWords, drawn: Drawn) => void;
  /** Rounds 5 and 6: what is committed of a layer; the next one is folded from the true one. */
  readonly committedLayer?: (layer: number, words: LayerWords, drawn: Drawn) => void;
  /** Round 6: the challenge by which a layer is folded. */
  readonly foldChallenge?: (layer: number, challenge: Extension, side: 'points' | 'rows') => Extension;
  /** Round 6: G₁ on H, changed once the challenge is known; the root that is sent is of the changed layer. */
  readonly lateRows?: (layer: number, rows: ExtensionColumn, challenge: Extension, drawn: Drawn) => void;
}

const copy = (column: ExtensionColumn) => mapColumn(column, (part) => part.slice());

/** G₁ and G₂ as the verifier will compute them from the opened rows and values; polynomials if these are true. */
export function lyingWords(
  polynomials: Polynomials,
  trueOpenings: readonly Extension[],
  drawn: Drawn,
  engine: Engine,
): LayerWords {
  const { shape, zeta, lambdas } = drawn;
  const [first, second] = deepWords(polynomials, zeta, lambdas, shape, engine);
  const words: LayerWords = {
    points: [evaluateWord(first, shape.pointDomain, engine), evaluateWord(second, shape.pointDomain, engine)],
    rows: evaluateWord(first, shape.rowDomain, engine),
  };
  addOpeningErrors(words.points[0], shape.pointDomain, 0, trueOpenings, drawn);
  addOpeningErrors(words.points[1], shape.pointDomain, 1, trueOpenings, drawn);
  addOpeningErrors(words.rows, shape.rowDomain, 0, trueOpenings, drawn);
  return words;
}

/** Adds Σ λ_j (v_j − v'_j)/(x − z): the word is then what the verifier computes from false opened values v'. */
function addOpeningErrors(
  word: ExtensionColumn,
  domain: Domain,
  number: 0 | 1,
  trueOpenings: readonly Extension[],
  { openings, lambdas, zeta, shape }: Drawn,
): void {
  for (const rotation of [0, 1] as const) {
    const sum = openingTerms.reduce((total: Extension, term, i) => {
      if (term.word !== number || term.rotation !== rotation) return total;
      return ext.add(total, ext.mul(lambdas[i], ext.sub(trueOpenings[i], openings[i])));
    }, ext.zero);
    if (ext.equals(sum, ext.zero)) continue;
    const pole = rotation === 0 ? zeta : ext.scale(zeta, shape.rowDomain.root);
    const differences = [...domainPoints(domain)].map((x) => ext.sub(ext.fromBase(x), pole));
    ext.batchInverse(differences).forEach((inverse, i) => {
      setColumnElement(word, i, ext.add(columnElement(word, i), ext.mul(sum, inverse)));
    });
  }
}

/** Commits and folds the words, layer by layer. Never checks that they end as polynomials. */
export function foldLayers(
  first: LayerWords,
  cheats: FoldCheats,
  drawn: Drawn,
  engine: Engine,
  absorbLayer: (layer: number, roots: LayerRoots) => Extension,
) {
  const { shape } = drawn;
  let words = first;
  const pointLayers: CommittedLayer[] = [];
  const rowLayers: CommittedLayer[] = [];
  const roots: LayerRoots[] = [];
  for (let layer = 0; layer < shape.foldCount; layer++) {
    cheats.layer?.(layer, words, drawn);
    const sent: LayerWords = {
      points: [copy(words.points[0]), copy(words.points[1])],
      rows: copy(words.rows),
    };
    cheats.committedLayer?.(layer, sent, drawn);
    pointLayers.push(commitLayer(treeNames.layerPoints(layer), sent.points, engine));
    rowLayers.push(commitLayer(treeNames.layerRows(layer), [sent.rows], engine));
    roots.push({ points: treeRoot(pointLayers[layer].tree), rows: treeRoot(rowLayers[layer].tree) });
    const challenge = absorbLayer(layer, roots[layer]);
    if (cheats.lateRows !== undefined) {
      cheats.lateRows(layer, sent.rows, challenge, drawn);
      rowLayers[layer] = commitLayer(treeNames.layerRows(layer), [sent.rows], engine);
      roots[layer] = { ...roots[layer], rows: treeRoot(rowLayers[layer].tree) };
    }
    const fold = (word: ExtensionColumn, domain: Domain, side: 'points' | 'rows') =>
      engine.foldWord(word, layerDomain(domain, layer), cheats.foldChallenge?.(layer, challenge, side) ?? challenge);
    words = {
      points: [fold(words.points[0], shape.pointDomain, 'points'), fold(words.points[1], shape.pointDomain, 'points')],
      rows: fold(words.rows, shape.rowDomain, 'rows'),
    };
  }
  const finalPolynomials = [finalPolynomial(words.points[0], shape), finalPolynomial(words.points[1], shape)] as const;
  return { pointLayers, rowLayers, roots, finalPolynomials };
}

function commitLayer(tree: string, words: readonly ExtensionColumn[], engine: Engine): CommittedLayer {
  return { words, tree: engine.commitFibres(tree, words) };
}

/**
 * A polynomial of the allowed degree that is the last word on as many points as it can be made to be: all, if the word
 * is such a polynomial, and else a quarter of them.
 */
function finalPolynomial(word: ExtensionColumn, shape: Shape): Extension[] {
  const domain = layerDomain(shape.pointDomain, shape.foldCount);
  const quarter = createDomain(shape.finalDegreeBound, domain.shift);
  const step = domain.size / quarter.size;
  const coefficients = mapColumn(word, (part) =>
    interpolate(
      part.filter((_, i) => i % step === 0),
      quarter,
    ),
  );
  return Array.from({ length: shape.finalDegreeBound }, (_, i) => columnElement(coefficients, i));
}
