/** Prints the constraints of an AIR as formulas for people (spec §5.4 is made of them). */
import type { Air } from './air.js';
import { foldGraph, type Leaf } from './expression.js';

interface Formula {
  readonly text: string;
  /** 1 for a sum or difference, 2 for a product, 3 for a leaf: what must be put in brackets. */
  readonly rank: 1 | 2 | 3;
}

const bracketed = (formula: Formula, rank: number) => (formula.rank < rank ? `(${formula.text})` : formula.text);

/** One formula for each constraint, by position: the expression that vanishes. */
export function constraintFormulas(air: Air): string[] {
  const formulas = foldGraph<Formula>(air.nodes, {
    leaf: (leaf) => ({ text: leafName(air, leaf), rank: 3 }),
    add: (left, right) => ({ text: `${left.text} + ${right.text}`, rank: 1 }),
    sub: (left, right) => ({ text: `${left.text} − ${bracketed(right, 2)}`, rank: 1 }),
    mul: (left, right) => ({ text: `${bracketed(left, 2)}·${bracketed(right, 2)}`, rank: 2 }),
  });
  return air.constraints.map((constraint) => formulas[constraint.expression].text);
}

function leafName(air: Air, leaf: Leaf): string {
  if (leaf.kind === 'constant') return String(leaf.value);
  if (leaf.kind === 'column') return air.columns[leaf.column].name + (leaf.rotation === 1 ? "'" : '');
  return leaf.name;
}
