/** The row checker: names every constraint that a trace violates, and where (spec §5.6). */
import { type Extension, equals, zero } from '@solvent/field/extension';
import type { Air, Constraint } from './air.js';
import { type AirValues, evaluateConstraints } from './evaluate.js';

/** A trace as the row checker reads it. */
export interface TraceReader {
  /** Number of rows N, a power of two. */
  readonly rowCount: number;
  /** Number h of random rows at the end. */
  readonly randomRowCount: number;
  /** Value of a column, in AIR order, on a row in [0, N). */
  column(column: number, row: number): Extension;
  /** Value of a public column on a row in [0, N). */
  publicColumn(name: string, row: number): Extension;
  readonly challenges: AirValues['challenges'];
  readonly publicValues: AirValues['publicValues'];
}

export interface Violation {
  readonly constraint: string;
  readonly row: number;
}

/** Every violated constraint with its row, in order of rows; empty for a valid trace. */
export function checkRows(air: Air, trace: TraceReader): Violation[] {
  const violations: Violation[] = [];
  for (let row = 0; row < trace.rowCount; row++) {
    const values = evaluateConstraints(air, rowValues(air, trace, row));
    air.constraints.forEach((constraint, i) => {
      if (appliesTo(constraint, row, trace) && !equals(values[i], zero)) {
        violations.push({ constraint: constraint.name, row });
      }
    });
  }
  return violations;
}

function rowValues(air: Air, trace: TraceReader, row: number): AirValues {
  return {
    column: (column, rotation) => trace.column(column, (row + rotation) % trace.rowCount),
    publicColumns: Object.fromEntries(air.publicColumns.map((name) => [name, trace.publicColumn(name, row)])),
    challenges: trace.challenges,
    publicValues: trace.publicValues,
  };
}

function appliesTo(constraint: Constraint, row: number, trace: TraceReader): boolean {
  const activeRowCount = trace.rowCount - trace.randomRowCount;
  switch (constraint.rows) {
    case 'active':
      return row < activeRowCount;
    case 'first':
      return row === 0;
    case 'end':
      return row === activeRowCount;
    case 'all':
      return true;
  }
}
