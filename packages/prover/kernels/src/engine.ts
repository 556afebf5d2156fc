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

/** A polynomial f over F, by its coefficients, and the point z of its divisor X − z. */
export interface Division {
  readonly coefficients: ExtensionColumn;
  readonly point: Extension;
}

export interface Engine {
  readonly name: string;

  /** How often `begin` was called: arrays given out under another number may have been overwritten. */
  readonly generation: number;

  /** Begins a new segment: arrays that the engine gave out before may be overwritten from now on. */
  begin(shape: Shape, assetCount: number): void;

  /** A fresh column where the engine can work on it best, holding anything. */
  allocate(length: number): Uint32Array;

  /** Fresh bytes, likewise. */
  allocateBytes(length: number): Uint8Array;

  /** m: how many limbs of the active rows have value v, on row v; 0 on rows from 1024 on (spec §6.3). */
  countLimbs(user: readonly Uint32Array[], shape: Shape): Uint32Array;

  /** Coefficients of the polynomials with the given values on H or on D. */
  interpolate(columns: readonly Uint32Array[], domain: Domain): Uint32Array[];

  /** Values on H or on D of polynomials with N coefficients. */
  evaluate(columns: readonly Uint32Array[], domain: Domain): Uint32Array[];

  /** Brings coefficients, in place, from bit-reversed into natural order or back. */
  reorder(columns: readonly Uint32Array[]): void;

  /** The values of polynomials over F_p, with equally many coefficients, at a point of F. */
  evaluateAt(columns: readonly Uint32Array[], point: Extension): Extension[];

  /**
   * The tree with a leaf for each row of a table: its bytes of every prefix, then its element of every column.
   *
   * @param prefixes as many bytes for each row as for any other, a multiple of 16, one row after another
   * @param order `natural`: row i is leaf i; `fibres`: the rows of a fibre side by side, as in H0
   */
  commitRows(
    tree: string,
    columns: readonly Uint32Array[],
    prefixes: readonly Uint8Array[],
    order: 'natural' | 'fibres',
  ): MerkleTree;

  /** The tree with a leaf for each fibre of words over a domain: eight places, at each the value of every word. */
  commitFibres(tree: string, words: readonly ExtensionColumn[]): MerkleTree;

  /** φ₁ … φ₁₁ and acc on H, rows of the random zone but acc's first left 0 (spec §6.4). */
  auxiliaryColumns(input: AuxiliaryInput): ExtensionColumn[];

  /** Σ_j α_j · C_j(x)/Z_j(x) on D. */
  quotientValues(input: QuotientInput): ExtensionColumn;

  /** Σ weights[j] · columns[j] over F_p columns of equal length. */
  combine(columns: readonly Uint32Array[], weights: readonly Extension[]): ExtensionColumn;

  /** left + right. */
  add(left: ExtensionColumn, right: ExtensionColumn): ExtensionColumn;

  /** (f(X) − f(z))/(X − z) for polynomials f over F, equally long: as many coefficients, the highest one 0. */
  divideByLinear(divisions: readonly Division[]): ExtensionColumn[];

  /** The folded word on the domain of 8th powers (spec §6.8). */
  foldWord(word: ExtensionColumn, domain: Domain, challenge: Extension): ExtensionColumn;

  /** The smallest nonce that is a proof of work. */
  grind(seed: Uint8Array, bits: number): number;
}
