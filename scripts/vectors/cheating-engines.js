// Engines for vectors that no change of bytes could give: everything after the lie is computed from it.
import { isProofOfWork } from '@solvent/commitment/proof-of-work';
import { domainPoint } from '@solvent/field/domain';
import * as ext from '@solvent/field/extension';
import { add } from '@solvent/field/koala-bear';
import { treeNames } from '@solvent/stark/leaves';
import { deriveShape, layerDomain } from '@solvent/stark/shape';
import { minRowCount } from '@solvent/stark/table';

/** @typedef {import('@solvent/kernels/engine').Engine} Engine */
/** @typedef {import('@solvent/field/extension-column').ExtensionColumn} ExtensionColumn */
/** @typedef {import('@solvent/field/extension').Extension} Extension */

const shape = deriveShape(minRowCount);

/** @param {ExtensionColumn} column */
const copyOf = (column) => /** @type {ExtensionColumn} */ (/** @type {unknown} */ (column.map((part) => part.slice())));

/** limb_0_0: both its column and the number of its opening. */
const changedColumn = 1;

/**
 * @param {Uint32Array} column
 * @param {number} row
 */
function withOneMore(column, row) {
  const copy = column.slice();
  copy[row]++;
  return copy;
}

/**
 * Replaces one of the final polynomials by another one: adds 1 to what the last fold of that word gives on D, and for the
 * first word on H, too, where the prover compares it with the polynomial.
 * @param {0 | 1} word
 * @returns {(engine: Engine) => Engine}
 */
export function replaceFinalPolynomial(word) {
  const lastPoints = layerDomain(shape.pointDomain, shape.foldCount - 1);
  const lastRows = layerDomain(shape.rowDomain, shape.foldCount - 1);
  return (engine) => {
    let lastFolds = 0;
    return {
      ...engine,
      foldWord(folding, domain, challenge) {
        const folded = engine.foldWord(folding, domain, challenge);
        const isLastOfWord = domain.size === lastPoints.size && lastFolds++ === word;
        if (isLastOfWord || (word === 0 && domain.size === lastRows.size)) addOne(folded[0]);
        return folded;
      },
    };
  };
}

/** @param {Uint32Array} values */
function addOne(values) {
  for (const [i, value] of values.entries()) values[i] = add(value, 1);
}

/**
 * Takes the second nonce that is a proof of work: not what a prover does, but nothing that a verifier may mind.
 * @param {Engine} engine
 * @returns {Engine}
 */
export function takeSecondNonce(engine) {
  return {
    ...engine,
    grind(seed, bits) {
      let nonce = engine.grind(seed, bits) + 1;
      while (!isProofOfWork(seed, nonce, bits)) nonce++;
      return nonce;
    },
  };
}

/**
 * Puts a row into H0 that is not the row on D: its first limb is larger by 1. G₁ on H is committed, and folded, with
 * what an account holder will compute from that row, so that every path leads to its root.
 *
 * @param {number} row
 * @returns {(engine: Engine) => Engine}
 */
export function showAnotherRow(row) {
  return (engine) => {
    /** λ of the column of the changed limb, and z, once they are known. */
    /** @type {Extension | undefined} */
    let lambda;
    /** @type {Extension | undefined} */
    let zeta;
    /** @type {ExtensionColumn} G₁ on H, and its folds, without the lie */
    let honest;
    const rowSizes = Array.from({ length: shape.foldCount }, (_, i) => layerDomain(shape.rowDomain, i));
    return {
      ...engine,
      commitRows(tree, columns, prefixes, order) {
        const shown = [...columns];
        if (tree === treeNames.accounts) shown[changedColumn] = withOneMore(columns[changedColumn], row);
        return engine.commitRows(tree, shown, prefixes, order);
      },
      combine(columns, weights) {
        lambda ??= weights[changedColumn];
        return engine.combine(columns, weights);
      },
      divideByLinear(divisions) {
        zeta ??= divisions[0].point;
        return engine.divideByLinear(divisions);
      },
      commitFibres(tree, words) {
        if (tree === treeNames.layerRows(0)) {
          honest = copyOf(words[0]);
          const point = ext.fromBase(domainPoint(shape.rowDomain, row));
          const error = ext.div(/** @type {Extension} */ (lambda), ext.sub(point, /** @type {Extension} */ (zeta)));
          words[0].forEach((part, c) => {
            part[row] = add(part[row], error[c]);
          });
        }
        return engine.commitFibres(tree, words);
      },
      foldWord(word, domain, challenge) {
        const layer = rowSizes.findIndex(({ size, shift }) => size === domain.size && shift === domain.shift);
        if (layer < 0) return engine.foldWord(word, domain, challenge);
        honest = engine.foldWord(honest, domain, challenge);
        // The last fold is only compared with the final polynomial, by the prover's own check.
        return layer === shape.foldCount - 1 ? honest : engine.foldWord(word, domain, challenge);
      },
    };
  };
}
