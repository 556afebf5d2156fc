/** Evaluates the constraints of an AIR at one point over F: the verifier's reader (spec §5.6). */

import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import type { Air } from './air.js';
import { foldGraph, type Leaf } from './expression.js';

/** The values of everything that a constraint may mention, at one point or on one row. */
export interface AirValues {
  /** Value of a column, in AIR order, at the point (rotation 0) or at the next one (rotation 1). */
  column(column: number, rotation: 0 | 1): Extension;
  readonly publicColumns: Readonly<Record<string, Extension>>;
  readonly challenges: Readonly<Record<string, Extension>>;
  readonly publicValues: Readonly<Record<string, Extension>>;
}

/** The value of each constraint's expression, by position. */
export function evaluateConstraints(air: Air, values: AirValues): Extension[] {
  const nodeValues = foldGraph<Extension>(air.nodes, {
    leaf: (leaf) => leafValue(leaf, values),
    add: ext.add,
    sub: ext.sub,
    mul: ext.mul,
  });
  return air.constraints.map((constraint) => nodeValues[constraint.expression]);
}

function leafValue(leaf: Leaf, values: AirValues): Extension {
  switch (leaf.kind) {
    case 'constant':
      return ext.fromBase(leaf.value);
    case 'column':
      return values.column(leaf.column, leaf.rotation);
    case 'publicColumn':
      return values.publicColumns[leaf.name];
    case 'challenge':
      return values.challenges[leaf.name];
    case 'publicValue':
      return values.publicValues[leaf.name];
  }
}
