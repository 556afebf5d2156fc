import type { Air } from '@solvent/air/air';
import { airDigest, airOpenings, describeAir, quotientDegree } from '@solvent/air/analyse';
import { checkRows, type TraceReader } from '@solvent/air/check-rows';
import { createExpressionBuilder } from '@solvent/air/expression';
import * as ext from '@solvent/field/extension';
import { describe, expect, it } from 'vitest';

const builder = createExpressionBuilder();
const current = builder.leaf({ kind: 'column', column: 0, rotation: 0 });
const next = builder.leaf({ kind: 'column', column: 0, rotation: 1 });
const step = builder.leaf({ kind: 'publicColumn', name: 'step' });
const end = builder.leaf({ kind: 'publicValue', name: 'end' });

/** A column that starts at 0 and grows by a public step on each active row; its square is never asked for. */
const counter: Air = {
  name: 'counter',
  columns: [{ name: 'count', group: 'user', field: 'base' }],
  publicColumns: ['step'],
  challenges: [],
  publicValues: ['end'],
  nodes: builder.nodes,
  constraints: [
    {
      name: 'grows',
      rows: 'active',
      meaning: 'grows',
      expression: builder.difference(builder.difference(next, current), step),
    },
    { name: 'starts', rows: 'first', meaning: 'starts', expression: current },
    { name: 'ends', rows: 'end', meaning: 'ends', expression: builder.difference(current, end) },
    {
      name: 'even',
      rows: 'all',
      meaning: 'nothing: a product that is 0',
      expression: builder.product(current, builder.difference(step, step)),
    },
  ],
};

/** Eight rows of which the last three are random: 0, 2, 4, 6, 8 and the end, 10. */
const counts = [0, 2, 4, 6, 8, 10, 77, 78];

function violations(change: { counts?: number[]; end?: number; step?: (row: number) => number } = {}): string[] {
  const values = change.counts ?? counts;
  const trace: TraceReader = {
    rowCount: 8,
    randomRowCount: 3,
    column: (_, row) => ext.fromBase(values[row]),
    publicColumn: (_, row) => ext.fromBase(change.step?.(row) ?? 2),
    challenges: {},
    publicValues: { end: ext.fromBase(change.end ?? 10) },
  };
  return checkRows(counter, trace).map(({ constraint, row }) => `${constraint} ${row}`);
}

describe('the row checker (§5.6)', () => {
  it('finds nothing in a valid trace, whatever its random rows are', () => {
    expect(violations()).toEqual([]);
    expect(violations({ counts: counts.with(6, 5).with(7, 9) })).toEqual([]);
  });

  it('names every violated constraint and its row', () => {
    expect(violations({ counts: counts.with(2, 5) })).toEqual(['grows 1', 'grows 2']);
    expect(violations({ counts: counts.with(0, 1) })).toEqual(['grows 0', 'starts 0']);
    expect(violations({ counts: counts.with(5, 11) })).toEqual(['grows 4', 'ends 5']);
    expect(violations({ end: 11 })).toEqual(['ends 5']);
    expect(violations({ step: (row) => (row === 3 ? 3 : 2) })).toEqual(['grows 3']);
  });

  it('looks at the last active row, the step into the random rows, and at no step after it', () => {
    expect(violations({ step: (row) => (row >= 5 ? 999 : 2) })).toEqual([]);
    expect(violations({ step: (row) => (row >= 4 ? 999 : 2) })).toEqual(['grows 4']);
  });
});

describe('what follows from an AIR (§5.5)', () => {
  it('opens at gz the columns that are read from the next row, without being told', () => {
    expect(airOpenings(counter)).toEqual([
      { column: 0, rotation: 0 },
      { column: 0, rotation: 1 },
    ]);
  });

  it('has the degree of the quotient: degree times (N − 1) less the rows', () => {
    expect(quotientDegree(counter, 8, 3)).toBe(2 * 7 - 8);
    expect(quotientDegree({ ...counter, constraints: counter.constraints.slice(0, 3) }, 8, 3)).toBe(7 - 1);
  });

  it('has another digest for any other name, column, row set, node or order', () => {
    const variants: Air[] = [
      counter,
      { ...counter, name: 'other' },
      { ...counter, columns: [{ name: 'count', group: 'user', field: 'extension' }] },
      { ...counter, columns: [{ name: 'count', group: 'auxiliary', field: 'base' }] },
      { ...counter, publicColumns: ['steps'] },
      { ...counter, challenges: ['beta'] },
      { ...counter, publicValues: [] },
      { ...counter, constraints: counter.constraints.slice(1) },
      { ...counter, constraints: counter.constraints.toReversed() },
      { ...counter, constraints: counter.constraints.with(1, { ...counter.constraints[1], rows: 'all' }) },
      { ...counter, constraints: counter.constraints.with(1, { ...counter.constraints[1], expression: end }) },
      { ...counter, nodes: [...counter.nodes, { kind: 'add', left: 0, right: 1 }] },
    ];
    expect(new Set(variants.map((air) => airDigest(air).join())).size).toBe(variants.length);
    expect(describeAir(counter).split('\n').length).toBe(1 + 1 + 1 + 0 + 1 + counter.nodes.length + 4 + 1);
  });

  it('has the same digest when only the words for people change', () => {
    const constraints = counter.constraints.map((constraint) => ({ ...constraint, meaning: 'other words' }));
    expect(airDigest({ ...counter, constraints })).toEqual(airDigest(counter));
  });
});
