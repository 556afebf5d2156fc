/**
 * Following values down the folded layers (spec §6.9). The verifier does it from its query points on D for both words;
 * an account holder does it from their rows on H for the first word. It is one procedure, and what it shows in both cases
 * is one theorem (spec §11.11).
 */
import { bytesEqual, encodeExtensions } from '@solvent/commitment/bytes';
import { createTreeHashers, rootFromBatch } from '@solvent/commitment/merkle';
import { type Domain, domainPoint } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { foldFibre } from './fold.js';
import { layerDomain } from './shape.js';
import { fibreSize } from './table.js';

/** What opens the needed fibres of one layer. */
export interface LayerOpening {
  /** The values that cannot be computed, in order of fibre, place in the fibre, and word. */
  readonly values: readonly Extension[];
  /** The batch opening of the fibres. */
  readonly siblings: Uint8Array;
}

/** One committed layer as the verifier knows it. */
export interface LayerCommitment {
  readonly tree: string;
  readonly root: Uint8Array;
  readonly challenge: Extension;
}

/** Which fibres of a layer are needed, and what must be sent of them, for known positions in that layer's domain. */
export interface FibrePlan {
  /** Strictly increasing fibre numbers; fibre j holds the positions j + k·size/8, k = 0 … 7. */
  readonly fibres: readonly number[];
  /** Positions whose values must be sent, in order of fibre, then of place k. */
  readonly missing: readonly number[];
}

/** The plan of each layer for starting positions, strictly increasing, in a domain of a given size. */
export function planFibres(positions: readonly number[], domainSize: number, layerCount: number): FibrePlan[] {
  const plans: FibrePlan[] = [];
  let known = positions;
  for (let layer = 0, size = domainSize; layer < layerCount; layer++, size /= fibreSize) {
    const plan = planLayer(known, size);
    plans.push(plan);
    known = plan.fibres;
  }
  return plans;
}

function planLayer(known: readonly number[], size: number): FibrePlan {
  const knownSet = new Set(known);
  const fibres = sortedDistinct(known.map((position) => position % (size / fibreSize)));
  const places = fibres.flatMap((fibre) => fibrePositions(fibre, size));
  return { fibres, missing: places.filter((position) => !knownSet.has(position)) };
}

/** The eight positions of a fibre in a domain of a given size. */
function fibrePositions(fibre: number, size: number): number[] {
  return Array.from({ length: fibreSize }, (_, k) => fibre + (k * size) / fibreSize);
}

/** The distinct numbers of a list in increasing order. */
export function sortedDistinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** A leaf of a layer's tree: the eight places of a fibre, at each place the value of every word. */
export function encodeFibre(places: readonly (readonly Extension[])[]): Uint8Array {
  return encodeExtensions(places.flat());
}

export type FoldingVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'layer' | 'final'; readonly layer: number; readonly detail: string };

/**
 * Checks that values of one or more words fold, layer by layer, to the final polynomials' values.
 *
 * @param domain D or H.
 * @param start the words' values at strictly increasing positions of the domain.
 * @param openings as many as layers, each with exactly the values that `planFibres` misses.
 * @param finalPolynomials one for each word.
 */
export function checkFolding(
  domain: Domain,
  start: ReadonlyMap<number, readonly Extension[]>,
  layers: readonly LayerCommitment[],
  openings: readonly LayerOpening[],
  finalPolynomials: readonly (readonly Extension[])[],
): FoldingVerdict {
  let values = start;
  for (let i = 0; i < layers.length; i++) {
    const current = layerDomain(domain, i);
    const fibres = completeFibres(values, current.size, openings[i].values, finalPolynomials.length);
    if (!opensTo(layers[i], current.size / fibreSize, fibres, openings[i].siblings)) {
      return { ok: false, reason: 'layer', layer: i, detail: `fibres of layer ${i} do not lead to its root` };
    }
    values = foldFibres(fibres, current, layers[i].challenge, finalPolynomials.length);
  }
  const last = layerDomain(domain, layers.length);
  for (const [position, words] of values) {
    const point = ext.fromBase(domainPoint(last, position));
    const isFinal = words.every((value, w) => ext.equals(value, ext.evaluatePolynomial(finalPolynomials[w], point)));
    if (!isFinal) {
      const detail = `the folded value at position ${position} is not the final polynomial's`;
      return { ok: false, reason: 'final', layer: layers.length, detail };
    }
  }
  return { ok: true };
}

type Fibres = ReadonlyMap<number, readonly (readonly Extension[])[]>;

/** Joins known values with those sent: all eight places of each needed fibre. */
function completeFibres(
  known: ReadonlyMap<number, readonly Extension[]>,
  size: number,
  sent: readonly Extension[],
  wordCount: number,
): Fibres {
  const plan = planLayer([...known.keys()], size);
  const values = new Map(known);
  plan.missing.forEach((position, i) => {
    values.set(position, sent.slice(wordCount * i, wordCount * (i + 1)));
  });
  return new Map(
    plan.fibres.map((fibre) => [fibre, fibrePositions(fibre, size).map((position) => values.get(position)!)]),
  );
}

function opensTo(layer: LayerCommitment, leafCount: number, fibres: Fibres, siblings: Uint8Array): boolean {
  const hashers = createTreeHashers(layer.tree);
  const leaves = [...fibres.values()].map((places) => hashers.leaf.digest(encodeFibre(places)));
  return bytesEqual(rootFromBatch(leafCount, [...fibres.keys()], leaves, siblings, hashers.node), layer.root);
}

function foldFibres(fibres: Fibres, domain: Domain, challenge: Extension, wordCount: number) {
  const folded = new Map<number, Extension[]>();
  for (const [fibre, places] of fibres) {
    const point = domainPoint(domain, fibre);
    const fold = (word: number) =>
      foldFibre(
        places.map((words) => words[word]),
        challenge,
        point,
      );
    folded.set(
      fibre,
      Array.from({ length: wordCount }, (_, word) => fold(word)),
    );
  }
  return folded;
}
