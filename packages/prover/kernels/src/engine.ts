/**
 * The engine interface: the heavy arithmetic of the prover, apart from the protocol. The TypeScript engine is the
 * oracle; any other must give the same results.
 *
 * Columns are arrays of canonical elements; a column over F is five of them. Values are in the natural order of their
 * domain. Coefficients are in bit-reversed order, as fast transforms leave and take them: coefficient i stands at the
 * position whose binary digits are those of i in reverse.
 */
import type { MerkleTree } from '@solvent/commitment/merkle';
import type { Domain } from '@solvent/field/domain';
import type { Extension } from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import type { Shape } from '@solvent/stark/shape';

/** What the auxiliary columns are computed from: values on H. */
export interface AuxiliaryInput {
  readonly shape: Shape;
  readonly assetCount: number;
  /** The 32 user columns. */
  readonly user: readonly Uint32Array[];
  readonly multiplicity: Uint32Array;
  readonly beta0: Extension;
  readonly beta1: Extension;
  readonly gamma: Extension;
}

/** What the quotient is computed from: values on D. */
export interface QuotientInput {
  readonly shape: Shape;
  readonly assetCount: number;
  /** All witness columns in the order of the AIR: an array for a base column, five for one over F. */
  readonly columns: readonly (Uint32Array | ExtensionColumn)[];
  readonly challenges: Readonly<Record<string, Extension>>;
  readonly publicValues: Readonly<Record<string, Extension>>;
  readonly alphas: readonly Extension[];
}

export interface Engine {
  readonly name: string;

  /** Begins a new segment: arrays that the engine returned before may be overwritten from now on. */
  begin(): void;

  /** Coefficients of the polynomial with the given values on a domain. */
  interpolate(values: Uint32Array, domain: Domain): Uint32Array;

  /** Values on a domain of a polynomial with at most as many coefficients as the domain has points. */
  evaluate(coefficients: Uint32Array, domain: Domain): Uint32Array;

  /** The values of polynomials over F_p, with equally many coefficients, at a point of F. */
  evaluateAt(columns: readonly Uint32Array[], point: Extension): Extension[];

  /**
   * The tree with a leaf for each point: its salt, then its element of every column.
   *
   * @param salts as many bytes for each point as `saltSize` says, one point after another.
   */
  commitPoints(tree: string, columns: readonly Uint32Array[], salts: Uint8Array, saltSize: number): MerkleTree;

  /** The tree with a leaf for each fibre of words over a domain: eight places, at each the value of every word. */
  commitFibres(tree: string, words: readonly ExtensionColumn[]): MerkleTree;

  /** The tree over leaves of equal size, given one after another. */
  commitLeaves(tree: string, leaves: Uint8Array, leafCount: number): MerkleTree;

  /** φ₁ … φ₁₁ and acc on H, rows of the random zone but acc's first left 0 (spec §6.4). */
  auxiliaryColumns(input: AuxiliaryInput): ExtensionColumn[];

  /** Σ_j α_j · C_j(x)/Z_j(x) on D. */
  quotientValues(input: QuotientInput): ExtensionColumn;

  /** Σ weights[j] · columns[j] over F_p columns of equal length. */
  combine(columns: readonly Uint32Array[], weights: readonly Extension[]): ExtensionColumn;

  /** (f(X) − f(z))/(X − z) for a polynomial f over F: as many coefficients, the highest one 0. */
  divideByLinear(coefficients: ExtensionColumn, point: Extension): ExtensionColumn;

  /** The folded word on the domain of 8th powers (spec §6.8). */
  foldWord(word: ExtensionColumn, domain: Domain, challenge: Extension): ExtensionColumn;

  /** The smallest nonce that is a proof of work. */
  grind(seed: Uint8Array, bits: number): number;
}
