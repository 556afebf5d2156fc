/** The TypeScript engine: every operation as the specification says it, the oracle for faster engines. */

import { digestSize } from '@solvent/commitment/blake3';
import { buildTree, createTreeHashers, type MerkleTree } from '@solvent/commitment/merkle';
import { findProofOfWork } from '@solvent/commitment/proof-of-work';
import { type Domain, domainPoints } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import {
  columnElement,
  type ExtensionColumn,
  mapColumn,
  setColumnElement,
  zeroColumn,
} from '@solvent/field/extension-column';
import { bitReverse, evaluate, interpolate } from '@solvent/field/ntt';
import { foldFibre } from '@solvent/stark/fold';
import { accountsTreeLeaf, fibreSize } from '@solvent/stark/table';
import { auxiliaryColumns } from './auxiliary-columns.js';
import { addBase, addScaledBase } from './column-arithmetic.js';
import { countLimbs } from './count-limbs.js';
import type { Division, Engine } from './engine.js';
import { quotientValues } from './quotient-values.js';

/** Creates the TypeScript engine. It runs on one thread. */
export function createTypeScriptEngine(): Engine {
  let generation = 0;
  return {
    name: 'typescript',
    get generation() {
      return generation;
    },
    begin() {
      generation++;
    },
    allocate: (length) => new Uint32Array(length),
    allocateBytes: (length) => new Uint8Array(length),
    countLimbs,
    interpolate: (columns, domain) => columns.map((values) => bitReversed(interpolate(values, domain))),
    evaluate: (columns, domain) => columns.map((coefficients) => evaluate(bitReversed(coefficients), domain)),
    reorder: (columns) => columns.forEach(bitReverse),
    evaluateAt: (columns, point) => columns.map((column) => ext.evaluateBasePolynomial(bitReversed(column), point)),
    commitRows,
    commitFibres,
    auxiliaryColumns,
    quotientValues,
    combine,
    add: (left, right) => sumColumns(left, right),
    divideByLinear: (divisions) => divisions.map(quotientByLinear),
    foldWord,
    grind: findProofOfWork,
  };
}

/** A copy in bit-reversed order; applied twice, the original again. */
function bitReversed(values: Uint32Array): Uint32Array {
  const copy = values.slice();
  bitReverse(copy);
  return copy;
}

/** Builds a tree from a function that writes leaf i into a buffer of the leaves' size. */
function commitBy(tree: string, leafCount: number, leafSize: number, write: (i: number, leaf: DataView) => void) {
  const hashers = createTreeHashers(tree);
  const leaf = new Uint8Array(leafSize);
  const view = new DataView(leaf.buffer);
  const digests = new Uint8Array(digestSize * leafCount);
  for (let i = 0; i < leafCount; i++) {
    write(i, view);
    digests.set(hashers.leaf.digest(leaf), digestSize * i);
  }
  return buildTree(digests, hashers.node);
}

function commitRows(
  tree: string,
  columns: readonly Uint32Array[],
  prefixes: readonly Uint8Array[],
  order: 'natural' | 'fibres',
): MerkleTree {
  const rowCount = columns[0].length;
  const prefixSizes = prefixes.map((prefix) => prefix.length / rowCount);
  const leafSize = prefixSizes.reduce((sum, size) => sum + size, 4 * columns.length);
  const rowOfLeaf = new Uint32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    rowOfLeaf[order === 'natural' ? row : accountsTreeLeaf(row, rowCount)] = row;
  }
  return commitBy(tree, rowCount, leafSize, (i, leaf) => {
    const row = rowOfLeaf[i];
    let offset = 0;
    prefixes.forEach((prefix, p) => {
      for (let k = 0; k < prefixSizes[p]; k++) leaf.setUint8(offset++, prefix[prefixSizes[p] * row + k]);
    });
    for (const column of columns) {
      leaf.setUint32(offset, column[row], true);
      offset += 4;
    }
  });
}

function commitFibres(tree: string, words: readonly ExtensionColumn[]): MerkleTree {
  const fibreCount = words[0][0].length / fibreSize;
  return commitBy(tree, fibreCount, 20 * fibreSize * words.length, (fibre, leaf) => {
    let offset = 0;
    for (let place = 0; place < fibreSize; place++) {
      for (const word of words) {
        for (const part of word) {
          leaf.setUint32(offset, part[fibre + place * fibreCount], true);
          offset += 4;
        }
      }
    }
  });
}

function combine(columns: readonly Uint32Array[], weights: readonly Extension[]): ExtensionColumn {
  const sum = zeroColumn(columns[0].length);
  columns.forEach((column, j) => {
    addScaledBase(sum, column, weights[j], column.length);
  });
  return sum;
}

function sumColumns(left: ExtensionColumn, right: ExtensionColumn): ExtensionColumn {
  const sum = zeroColumn(left[0].length);
  for (let c = 0; c < 5; c++) addBase(sum[c], left[c], right[c], left[c].length);
  return sum;
}

/** Synthetic division: from the top, each coefficient of the quotient is f's plus z times the one above. */
function quotientByLinear({ coefficients: dividend, point }: Division): ExtensionColumn {
  const coefficients = mapColumn(dividend, bitReversed);
  const length = coefficients[0].length;
  const quotient = zeroColumn(length);
  let carried = ext.zero;
  for (let i = length - 1; i >= 1; i--) {
    carried = ext.add(columnElement(coefficients, i), ext.mul(carried, point));
    setColumnElement(quotient, i - 1, carried);
  }
  return mapColumn(quotient, bitReversed);
}

function foldWord(word: ExtensionColumn, domain: Domain, challenge: Extension): ExtensionColumn {
  const fibreCount = domain.size / fibreSize;
  const points = domainPoints(domain);
  const folded = zeroColumn(fibreCount);
  for (let fibre = 0; fibre < fibreCount; fibre++) {
    const values = Array.from({ length: fibreSize }, (_, k) => columnElement(word, fibre + k * fibreCount));
    setColumnElement(folded, fibre, foldFibre(values, challenge, points[fibre]));
  }
  return folded;
}
