import { constraintDegrees, nodeTypes, rowSetSize } from '@solvent/air/analyse';
import { evaluateConstraints } from '@solvent/air/evaluate';
import { describeNode } from '@solvent/air/expression';
import { constraintFormulas } from '@solvent/air/formulas';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { modulus } from '@solvent/field/koala-bear';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const element = fc.oneof(fc.integer({ min: 0, max: modulus - 1 }), fc.constantFrom(0, 1, 1023, 1024, modulus - 1));
const extension = fc.tuple(element, element, element, element, element) as fc.Arbitrary<Extension>;
const extensions = (count: number) => fc.array(extension, { minLength: count, maxLength: count });

/** Any values of everything that a constraint may mention: they need not come from a table. */
const anyValues = fc.record({
  columns: extensions(liabilitiesAir.columns.length),
  nextColumns: extensions(liabilitiesAir.columns.length),
  publicColumns: extensions(liabilitiesAir.publicColumns.length),
  challenges: extensions(3),
  phiTotal: extension,
});

type Values = typeof anyValues extends fc.Arbitrary<infer Value> ? Value : never;

const index = (name: string) => liabilitiesAir.columns.findIndex((column) => column.name === name);
const zip = (names: readonly string[], values: readonly Extension[]) =>
  Object.fromEntries(names.map((name, i) => [name, values[i]]));

/** Every constraint's value as the AIR gives it, by name. */
function evaluated(values: Values): Record<string, Extension> {
  const results = evaluateConstraints(liabilitiesAir, {
    column: (column, rotation) => (rotation === 0 ? values.columns : values.nextColumns)[column],
    publicColumns: zip(liabilitiesAir.publicColumns, values.publicColumns),
    challenges: zip(liabilitiesAir.challenges, values.challenges),
    publicValues: { Phi: values.phiTotal },
  });
  return zip(
    liabilitiesAir.constraints.map(({ name }) => name),
    results,
  );
}

/** Every constraint's value as the protocol states it (§5.4), with products of denominators written out. */
function stated(values: Values): Record<string, Extension> {
  const at = (name: string) => values.columns[index(name)];
  const publicAt = zip(liabilitiesAir.publicColumns, values.publicColumns);
  const [beta0, beta1, gamma] = values.challenges;
  const power = (l: number) => ext.pow(gamma, l);
  const scaled = (a: Extension, s: number) => ext.scale(a, s);
  const sum = (terms: readonly Extension[]) => terms.reduce(ext.add, ext.zero);
  const product = (factors: readonly Extension[]) => factors.reduce(ext.mul, ext.one);

  const carryWeight = (e: number, l: number) => {
    if (l === 6) return ext.zero;
    const t = 3 * (e % 2) + Math.floor(l / 2);
    const kappa = ext.sub(power(t + 1), scaled(power(t), 1024));
    return l % 2 === 0 ? kappa : scaled(kappa, 1024);
  };
  const numerator = (e: number) =>
    sum(
      Array.from({ length: 7 }, (_, l) => {
        const weight = ext.add(power(l), ext.mul(publicAt.s, ext.sub(carryWeight(e, l), power(l))));
        return ext.mul(weight, at(`limb_${e}_${l}`));
      }),
    );
  const limbFractions = Array.from({ length: 28 }, (_, i) => ({
    numerator: ext.one as Extension,
    denominator: ext.sub(beta0, at(`limb_${Math.floor(i / 7)}_${i % 7}`)),
  }));
  const tableFraction = { numerator: ext.neg(at('m')), denominator: ext.sub(beta0, publicAt.T) };
  const entryFractions = [0, 1, 2, 3].map((e) => ({
    numerator: numerator(e),
    denominator: ext.sub(beta1, at(`asset_${e}`)),
  }));
  const fractions = [...limbFractions, tableFraction, ...entryFractions];
  const result: Record<string, Extension> = {};
  for (let k = 0; k < 11; k++) {
    const three = fractions.slice(3 * k, 3 * k + 3);
    const denominators = three.map(({ denominator }) => denominator);
    const numerators = three.map((fraction, i) =>
      ext.mul(fraction.numerator, product(denominators.filter((_, j) => j !== i))),
    );
    result[`C${k + 1}`] = ext.sub(ext.mul(at(`phi_${k + 1}`), product(denominators)), sum(numerators));
  }
  const phis = Array.from({ length: 11 }, (_, k) => at(`phi_${k + 1}`));
  result.C12 = ext.sub(ext.sub(values.nextColumns[index('acc')], at('acc')), sum(phis));
  result.C13 = at('acc');
  result.C14 = ext.sub(at('acc'), values.phiTotal);
  for (let e = 0; e < 4; e++) {
    result[`C${15 + e}`] = ext.mul(publicAt.s, ext.sub(at(`asset_${e}`), publicAt[`carry_asset_${e}`]));
  }
  return result;
}

describe('the liabilities AIR (§5)', () => {
  it('says what the protocol states: 33 fractions in threes, their sum, the totals and the carry rows', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        expect(evaluated(values)).toEqual(stated(values));
      }),
    );
  });

  it('has 32 user columns, one of multiplicities, and twelve over F', () => {
    const groups = liabilitiesAir.columns.map(({ group, field }) => `${group} ${field}`);
    expect(groups).toEqual([
      ...new Array(32).fill('user base'),
      'multiplicity base',
      ...new Array(12).fill('auxiliary extension'),
    ]);
    expect(new Set(liabilitiesAir.columns.map(({ name }) => name)).size).toBe(45);
  });

  it('has degree 4 in the fractions with three denominators, 1 in acc, 2 in the carry rows', () => {
    expect(constraintDegrees(liabilitiesAir)).toEqual([...new Array(11).fill(4), 1, 1, 1, 2, 2, 2, 2]);
  });

  it('holds each constraint on the rows that the protocol says', () => {
    expect(liabilitiesAir.constraints.map(({ rows }) => rows)).toEqual([
      ...new Array(12).fill('active'),
      'first',
      'end',
      ...new Array(4).fill('all'),
    ]);
    const sizes = (['active', 'first', 'end', 'all'] as const).map((rows) => rowSetSize(rows, 2048, 512));
    expect(sizes).toEqual([1536, 1, 1, 2048]);
  });

  it('has every expression once, operands before what uses them, and no node that nothing uses', () => {
    const { nodes, constraints } = liabilitiesAir;
    expect(new Set(nodes.map(describeNode)).size).toBe(nodes.length);
    const used = new Set(constraints.map(({ expression }) => expression));
    nodes.forEach((node, i) => {
      if (!('left' in node)) return;
      expect(Math.max(node.left, node.right)).toBeLessThan(i);
      used.add(node.left).add(node.right);
    });
    // Constants may be shared and idle; columns, challenges and operations may not.
    const idle = nodes.flatMap((node, i) => (used.has(i) || node.kind === 'constant' ? [] : [describeNode(node)]));
    expect(idle).toEqual([]);
  });

  it('knows of each node whether it varies from row to row, and its field', () => {
    const types = nodeTypes(liabilitiesAir);
    liabilitiesAir.constraints.forEach(({ expression, name }) => {
      const isCarry = Number(name.slice(1)) >= 15;
      expect(types[expression]).toEqual({ perRow: true, field: isCarry ? 'base' : 'extension' });
    });
    const challenge = liabilitiesAir.nodes.findIndex(({ kind }) => kind === 'challenge');
    expect(types[challenge]).toEqual({ perRow: false, field: 'extension' });
  });
});

describe('printed formulas', () => {
  const formulas = constraintFormulas(liabilitiesAir);

  it('are one for each constraint, in names of columns and challenges', () => {
    expect(formulas.length).toBe(18);
    expect(formulas[11]).toBe(
      "acc' − acc − (phi_1 + phi_2 + phi_3 + phi_4 + phi_5 + phi_6 + phi_7 + phi_8 + phi_9 + phi_10 + phi_11)",
    );
    expect(formulas[12]).toBe('acc');
    expect(formulas[13]).toBe('acc − Phi');
    expect(formulas[14]).toBe('s·(asset_0 − carry_asset_0)');
    expect(formulas[17]).toBe('s·(asset_3 − carry_asset_3)');
  });

  it('mean what the constraints mean: read as expressions they have the same values', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const names: Record<string, Extension> = {
          ...zip(
            liabilitiesAir.columns.map(({ name }) => name),
            values.columns,
          ),
          "acc'": values.nextColumns[index('acc')],
          ...zip(liabilitiesAir.publicColumns, values.publicColumns),
          ...zip(liabilitiesAir.challenges, values.challenges),
          Phi: values.phiTotal,
        };
        expect(formulas.map((formula) => readFormula(formula, names))).toEqual(Object.values(evaluated(values)));
      }),
      { numRuns: 20 },
    );
  });
});

/** The value of a formula: sums and differences of products of names, numbers and brackets. */
function readFormula(text: string, names: Readonly<Record<string, Extension>>): Extension {
  const tokens = text.match(/[a-zA-Z_0-9']+|[+−·()]/g) ?? [];
  let next = 0;
  const factor = (): Extension => {
    const token = tokens[next++];
    if (token === '(') {
      const value = terms();
      next++;
      return value;
    }
    return /^\d+$/.test(token) ? ext.fromBase(Number(token)) : names[token];
  };
  const term = (): Extension => {
    let value = factor();
    while (tokens[next] === '·') {
      next++;
      value = ext.mul(value, factor());
    }
    return value;
  };
  const terms = (): Extension => {
    let value = term();
    while (tokens[next] === '+' || tokens[next] === '−') {
      const operation = tokens[next++] === '+' ? ext.add : ext.sub;
      value = operation(value, term());
    }
    return value;
  };
  return terms();
}
