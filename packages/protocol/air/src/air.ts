/** What an algebraic intermediate representation is: columns, a graph of expressions, constraints (spec §5.1). */
import type { Node, NodeNumber } from './expression.js';

/** Which rows of H a constraint holds on; N rows, the last h of them random. */
export type RowSet =
  /** Rows 0 … N − h − 1. */
  | 'active'
  /** Row 0. */
  | 'first'
  /** Row N − h. */
  | 'end'
  /** All N rows. */
  | 'all';

/** A witness column. */
export interface Column {
  readonly name: string;
  /**
   * `user`: the account rows, committed on D and on H. `multiplicity`: committed with them, on D only. `auxiliary`:
   * depends on challenges, committed on D only.
   */
  readonly group: 'user' | 'multiplicity' | 'auxiliary';
  readonly field: 'base' | 'extension';
}

/** An expression that must vanish on a set of rows. */
export interface Constraint {
  readonly name: string;
  /** What the constraint says, in words. */
  readonly meaning: string;
  readonly rows: RowSet;
  readonly expression: NodeNumber;
}

export interface Air {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns that everybody computes; all over the base field. */
  readonly publicColumns: readonly string[];
  readonly challenges: readonly string[];
  /** Elements of F that follow from statement and challenges. */
  readonly publicValues: readonly string[];
  readonly nodes: readonly Node[];
  readonly constraints: readonly Constraint[];
}
