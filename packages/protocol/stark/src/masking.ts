/**
 * How much a proof opens of each committed polynomial, and how much randomness covers it (spec §12.3): zero knowledge
 * needs at least as many random elements as there are conditions on them.
 */

import type { Column } from '@solvent/air/air';
import { airOpenings } from '@solvent/air/analyse';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { extensionDegree } from '@solvent/field/extension';
import { fixedParameters, type Preset } from './preset.js';
import { maxRowCount, minRowCount, randomRowCount } from './table.js';

const openings = airOpenings(liabilitiesAir);

/** Conditions that a proof puts on a polynomial, and the random elements that meet them. */
export interface Masking {
  /** The column's name, or that of the chunks. */
  readonly name: string;
  /** The field that both are counted over. */
  readonly field: Column['field'];
  readonly conditions: number;
  readonly randomElements: number;
}

/** One entry for each column, and one for each of the chunks but the last, which the others imply. */
export function maskings(preset: Preset, rowCount: number): Masking[] {
  const columns = liabilitiesAir.columns.map(
    ({ name, field }, column): Masking => ({
      name,
      field,
      conditions: rotationCount(column) * (preset.queryCount + conditionsAtZeta(field)),
      randomElements: randomRowCount(rowCount) - pinnedRowCount(column),
    }),
  );
  return [
    ...columns,
    {
      name: 'chunk',
      field: 'extension',
      conditions: preset.queryCount + conditionsAtZeta('extension'),
      randomElements: fixedParameters.quotientBlinding,
    },
  ];
}

/** z lies outside F_p: an opened value is five conditions on a column over F_p, one on a column over F. */
function conditionsAtZeta(field: Column['field']): number {
  return field === 'base' ? extensionDegree : 1;
}

/**
 * In how many places a column is opened for each point: at gx too, if a constraint reads it there, since the opened chunks
 * of the quotient then imply its value.
 */
function rotationCount(column: number): number {
  return openings.filter((opening) => opening.column === column).length;
}

/**
 * Random rows on which a constraint holds after all: row N − h, for a column in a constraint on that row, and for one that
 * a constraint reads there from the last active row.
 */
function pinnedRowCount(column: number): number {
  const onEndRow = liabilitiesAir.constraints.filter(({ rows }) => rows === 'end');
  const isPinned = rotationCount(column) > 1 || onEndRow.some(({ expression }) => mentions(expression, column));
  return isPinned ? 1 : 0;
}

function mentions(expression: number, column: number): boolean {
  const node = liabilitiesAir.nodes[expression];
  if ('left' in node) return mentions(node.left, column) || mentions(node.right, column);
  return node.kind === 'column' && node.column === column;
}

/** Whether a preset's proofs disclose nothing, at any number of rows: everything opened is covered. */
export function isMasked(preset: Preset): boolean {
  for (let rowCount = minRowCount; rowCount <= maxRowCount; rowCount *= 2) {
    if (maskings(preset, rowCount).some(({ conditions, randomElements }) => conditions > randomElements)) return false;
  }
  return true;
}
