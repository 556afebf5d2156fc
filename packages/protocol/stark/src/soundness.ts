/**
 * The calculator: every error term of the soundness theorem (spec §11.12), as an exact fraction.
 *
 * Nothing here is a floating-point number. A bound is compared with a power of two by multiplication, and its bits are
 * counted in hundredths, rounded down, by comparing integers; so no rounding can lift a term over its limit.
 */
import { constraintDegrees } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { extensionDegree } from '@solvent/field/extension';
import { modulus } from '@solvent/field/koala-bear';
import { fixedParameters, type Preset } from './preset.js';
import { deriveShape, openingTerms, type Shape } from './shape.js';
import { carryRowCount, entriesPerRow, limbCount, limbRange, maxAssetCount } from './table.js';

/** An upper bound on a probability: numerator/denominator, both positive. */
export interface Bound {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What a prover can gain at one challenge. */
export interface ErrorTerm extends Bound {
  readonly name: string;
  /** The challenge at which it can be gained. */
  readonly challenge: string;
  /** The theorem that gives the bound, as a section of spec/. */
  readonly section: string;
}

const baseFieldSize = BigInt(modulus);
/** |F|, from which γ, the α's, the λ's and the b's are drawn. */
const fieldSize = baseFieldSize ** BigInt(extensionDegree);
/** The elements of F outside F_p, from which β₀, β₁ and z are drawn. */
const outsideSize = fieldSize - baseFieldSize;

const blowUp = BigInt(fixedParameters.blowUp);
const foldDegree = BigInt(fixedParameters.foldingFactor - 1);
/** G₁ and G₂. */
const wordCount = BigInt(new Set(openingTerms.map(({ word }) => word)).size);

/** Every error term of a proof with a preset, for N rows and A assets, in the order of the rounds. */
export function errorTerms(preset: Preset, rowCount: number, assetCount: number): ErrorTerm[] {
  const shape = deriveShape(rowCount);
  return [
    lookupTerm(shape, assetCount),
    { name: 'constraints', challenge: 'α', section: '§11.6', numerator: 1n, denominator: fieldSize },
    openedValuesTerm(shape),
    batchingTerm(shape),
    ...Array.from({ length: shape.foldCount }, (_, layer) => foldTerm(shape, layer)),
    queryTerm(preset),
  ];
}

/** A sum of fractions that is not zero has no more roots than poles; γ can hide one wrong limb. */
function lookupTerm({ rowCount, randomRowCount }: Shape, assetCount: number): ErrorTerm {
  const entryCount = entriesPerRow * (rowCount - randomRowCount);
  const rangePoles = limbCount * entryCount + limbRange;
  const assetPoles = entryCount + assetCount;
  const numerator = BigInt(Math.max(rangePoles, assetPoles + limbCount - 1));
  return { name: 'look-ups and sums', challenge: 'β₀, β₁, γ', section: '§11.5', numerator, denominator: outsideSize };
}

/** The degree of the identity at z, all divisors multiplied out, for columns and chunks of degree at most N. */
function openedValuesTerm({ rowCount, randomRowCount, chunkLength }: Shape): ErrorTerm {
  const quotientSide = (fixedParameters.quotientChunks - 1) * chunkLength + 2 * rowCount;
  const constraintSide = Math.max(...constraintDegrees(liabilitiesAir)) * rowCount + randomRowCount;
  const numerator = BigInt(Math.max(quotientSide, constraintSide));
  return { name: 'opened values', challenge: 'z', section: '§11.7', numerator, denominator: outsideSize };
}

/** Each word may be near a codeword by chance (|D| in |F| − 1), each of N rows may be wrong unseen (1 in |F|). */
function batchingTerm({ rowCount, pointDomain }: Shape): ErrorTerm {
  const words = wordCount * BigInt(pointDomain.size);
  const numerator = words * fieldSize + BigInt(rowCount) * (fieldSize - 1n);
  const denominator = (fieldSize - 1n) * fieldSize;
  return { name: 'batching, rows', challenge: 'λ', section: '§11.8', numerator, denominator };
}

/** The same at a fold by b: 7 values for each point of the next layer and word, and for each fibre of rows. */
function foldTerm({ rowCount }: Shape, layer: number): ErrorTerm {
  const fibreCount = BigInt(rowCount / fixedParameters.foldingFactor ** (layer + 1));
  const numerator = foldDegree * (wordCount * blowUp + 1n) * fibreCount;
  const challenge = `b_${layer}`;
  return { name: `fold ${layer}, rows`, challenge, section: '§11.9', numerator, denominator: fieldSize };
}

/** Each query misses a false word with probability (1 + ρ)/2 at most; each nonce is one with probability 2^−bits. */
function queryTerm({ queryCount, grindingBits }: Preset): ErrorTerm {
  const queries = BigInt(queryCount);
  return {
    name: 'queries and proof of work',
    challenge: 'query points',
    section: '§11.10',
    numerator: (blowUp + 1n) ** queries,
    denominator: (2n * blowUp) ** queries * 2n ** BigInt(grindingBits),
  };
}

/** Whether a bound is at most 2^−bits. */
export function hasBits({ numerator, denominator }: Bound, bits: number): boolean {
  return numerator * 2n ** BigInt(bits) <= denominator;
}

/** −log₂ of a bound, in hundredths, rounded down: the largest k with bound^100 ≤ 2^−k. For bounds of at most 1. */
export function bitHundredths({ numerator, denominator }: Bound): number {
  const [power, limit] = [numerator ** 100n, denominator ** 100n];
  // power · 2^k has as many bits as limit for the first k; so the largest k is this one or the one before.
  const k = limit.toString(2).length - power.toString(2).length;
  return power << BigInt(k) <= limit ? k : k - 1;
}

/** The largest bound of a list: what a prover would attack. */
export function largestTerm(terms: readonly ErrorTerm[]): ErrorTerm {
  return terms.reduce((worst, term) =>
    term.numerator * worst.denominator > worst.numerator * term.denominator ? term : worst,
  );
}

/** The most assets that a statement of N rows can list: at least one active row is left for accounts (spec §4.8). */
export function largestAssetCount(rowCount: number): number {
  const activeRowCount = rowCount - deriveShape(rowCount).randomRowCount;
  const assetCount = Math.min(maxAssetCount, 2 * (activeRowCount - 1));
  return carryRowCount(assetCount) < activeRowCount ? assetCount : 0;
}

/** What a parameter decides in the analysis, and the section of spec/ that says so. */
export interface ParameterUse {
  readonly decides: string;
  readonly section: string;
}

/**
 * What every parameter does in the analysis. A parameter that is added to a preset, or to those that all presets share, is
 * missing here until somebody has said what it does: then this file no longer compiles.
 */
export const parameterUses: Readonly<Record<keyof Preset | keyof typeof fixedParameters, ParameterUse>> = {
  name: { decides: 'nothing: it is in no digest', section: '§2.5' },
  queryCount: { decides: 'the error of the queries; what is opened of each column', section: '§11.10, §12.3' },
  grindingBits: { decides: 'the price of each attempt at query points', section: '§11.10' },
  protocol: { decides: 'the rules that have no parameter', section: '§2.5' },
  field: { decides: 'p: which sums wrap around', section: '§11.4' },
  extension: { decides: '|F|: every error but that of the queries', section: '§11.12' },
  hash: { decides: 'binding, hiding, challenges: random oracles', section: '§11.1' },
  blowUp: { decides: 'the rate 1/4, hence 5/8 for each query and |D| = 4N', section: '§11.2, §11.10' },
  foldingFactor: { decides: '7 values of b for each point or fibre', section: '§11.9' },
  maxFinalDegreeBound: { decides: 'L, the number of folds', section: '§11.9' },
  quotientChunks: { decides: 'that the quotient fits; the degree of the identity at z', section: '§11.3, §11.7' },
  quotientBlinding: { decides: 'what hides the chunks', section: '§12.3' },
};
