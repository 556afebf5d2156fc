/** Round 1: the table of account rows, its random rows and masks, committed on D and on H (spec §6.3). */
import type { MerkleTree } from '@solvent/commitment/merkle';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import type { Engine } from '@solvent/kernels/engine';
import type { Random } from '@solvent/ledger/random';
import { rowSaltSize, treeNames } from '@solvent/stark/leaves';
import type { Shape } from '@solvent/stark/shape';
import { commitOnPoints, type PointCommitment } from './commitments.js';
import { fillRandomElements, randomColumn } from './random-elements.js';

/** Values on H and coefficients of everything committed in round 1. */
export interface Trace {
  /** The 32 user columns on H, random rows included. */
  readonly user: readonly Uint32Array[];
  readonly multiplicity: Uint32Array;
  readonly userCoefficients: readonly Uint32Array[];
  readonly multiplicityCoefficients: Uint32Array;
  /** Coefficients of R₁. */
  readonly mask: ExtensionColumn;
}

/** Completes the user columns by random rows and multiplicities, and draws R₁. The given columns stay as they are. */
export function prepareTrace(columns: readonly Uint32Array[], shape: Shape, engine: Engine, random: Random): Trace {
  const user = columns.map((column) => withRandomRows(column, shape, engine, random));
  const multiplicity = withRandomRows(engine.countLimbs(user, shape), shape, engine, random);
  const coefficients = engine.interpolate([...user, multiplicity], shape.rowDomain);
  return {
    user,
    multiplicity,
    userCoefficients: coefficients.slice(0, user.length),
    multiplicityCoefficients: coefficients[user.length],
    mask: randomColumn(random, shape.rowCount, engine),
  };
}

/** A copy of a column on H whose last h rows are uniformly random. */
export function withRandomRows(column: Uint32Array, shape: Shape, engine: Engine, random: Random): Uint32Array {
  const completed = engine.allocate(shape.rowCount);
  completed.set(column);
  fillRandomElements(random, completed.subarray(shape.rowCount - shape.randomRowCount));
  return completed;
}

/** Tree D0: user columns, multiplicities and R₁ on D. */
export function commitTrace(trace: Trace, shape: Shape, engine: Engine, random: Random): PointCommitment {
  const columns = [...trace.userCoefficients, trace.multiplicityCoefficients, ...trace.mask];
  return commitOnPoints('trace', columns, shape, engine, random);
}

/** What the tree of account rows is made from, and what opens it. */
export interface AccountRows {
  /** N × 32 bytes. */
  readonly salts: Uint8Array;
  /** N × 32 bytes. */
  readonly tags: Uint8Array;
  /** The 32 user columns on H. */
  readonly user: readonly Uint32Array[];
  /** R₁ on H. */
  readonly mask: ExtensionColumn;
  readonly tree: MerkleTree;
}

/** Tree H0: user columns and R₁ on H, with the accounts' tags. */
export function commitAccountRows(
  trace: Trace,
  tags: Uint8Array,
  shape: Shape,
  engine: Engine,
  random: Random,
): AccountRows {
  const mask = engine.evaluate(trace.mask, shape.rowDomain) as unknown as ExtensionColumn;
  const salts = engine.allocateBytes(rowSaltSize * shape.rowCount);
  random.fill(salts);
  const tree = engine.commitRows(treeNames.accounts, [...trace.user, ...mask], [salts, tags], 'fibres');
  return { salts, tags, user: trace.user, mask, tree };
}
