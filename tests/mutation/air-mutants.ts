/** Every small change of the graph of constraints, and the values on a row of a table that it leads to. */
import type { Constraint, RowSet } from '@solvent/air/air';
import type { Leaf, Node } from '@solvent/air/expression';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { modulus } from '@solvent/field/koala-bear';

const { nodes, constraints, columns, publicColumns, challenges } = liabilitiesAir;

/** What leaves are worth on one row. */
export type LeafReader = (leaf: Leaf) => Extension;

/** A node whose value is computed otherwise, from the values of the nodes before it. */
export interface NodeMutant {
  readonly name: string;
  readonly node: number;
  readonly evaluate: (values: readonly Extension[], leaf: LeafReader) => Extension;
}

/** A constraint that holds on other rows, or not at all. */
export interface ConstraintMutant {
  readonly name: string;
  readonly constraint: string;
  readonly rows: RowSet | 'none';
}

const operations = { add: ext.add, sub: ext.sub, mul: ext.mul };
type Operation = keyof typeof operations;

/** Leaves that could stand in the place of one. */
function otherLeaves(leaf: Leaf): Leaf[] {
  const others = (names: readonly string[], name: string) => names.filter((other) => other !== name);
  switch (leaf.kind) {
    case 'constant':
      return [leaf.value + 1, leaf.value - 1, 0].flatMap((value) =>
        value === leaf.value ? [] : [{ kind: 'constant', value: (value + modulus) % modulus }],
      );
    case 'column': {
      const neighbours = [leaf.column + 1, leaf.column - 1].filter((column) => columns[column] !== undefined);
      return [
        ...neighbours.map((column): Leaf => ({ ...leaf, column })),
        { ...leaf, rotation: leaf.rotation === 0 ? 1 : 0 },
      ];
    }
    case 'publicColumn':
      return others(publicColumns, leaf.name).map((name) => ({ ...leaf, name }));
    case 'challenge':
      return others(challenges, leaf.name).map((name) => ({ ...leaf, name }));
    case 'publicValue':
      return [
        { kind: 'constant', value: 0 },
        { kind: 'challenge', name: 'gamma' },
      ];
  }
}

/** A leaf as formulas name it, with `'` for the next row. */
function leafName(leaf: Leaf): string {
  if (leaf.kind === 'constant') return String(leaf.value);
  return leaf.kind === 'column' ? columns[leaf.column].name + (leaf.rotation === 1 ? "'" : '') : leaf.name;
}

function operationMutants(node: number, kind: Operation, left: number, right: number): NodeMutant[] {
  const name = `node ${node}, ${kind}`;
  const both = (operation: Operation): NodeMutant['evaluate'] => {
    return (values) => operations[operation](values[left], values[right]);
  };
  const others = (Object.keys(operations) as Operation[]).filter((other) => other !== kind);
  const redirected = (['left', 'right'] as const).flatMap((side) => {
    const operand = nodes[side === 'left' ? left : right];
    if ('left' in operand) return [];
    return otherLeaves(operand).map((leaf): NodeMutant => {
      return {
        name: `${name}: ${leafName(operand)} → ${leafName(leaf)} on the ${side}`,
        node,
        evaluate: (values, read) =>
          side === 'left' ? operations[kind](read(leaf), values[right]) : operations[kind](values[left], read(leaf)),
      };
    });
  });
  return [
    ...others.map((other) => ({ name: `${name} → ${other}`, node, evaluate: both(other) })),
    { name: `${name}: left alone`, node, evaluate: (values) => values[left] },
    { name: `${name}: right alone`, node, evaluate: (values) => values[right] },
    ...redirected,
  ];
}

function leafMutants(node: number, leaf: Leaf): NodeMutant[] {
  return otherLeaves(leaf).map((other) => {
    const name = `node ${node}: ${leafName(leaf)} → ${leafName(other)}`;
    return { name, node, evaluate: (_, read) => read(other) };
  });
}

/** Each node as another operation, as one of its operands, with another leaf, everywhere or in one place. */
export const nodeMutants: readonly NodeMutant[] = nodes.flatMap((node, i) =>
  'left' in node ? operationMutants(i, node.kind, node.left, node.right) : leafMutants(i, node),
);

/** Each constraint left out, and on each other set of rows. */
export const constraintMutants: readonly ConstraintMutant[] = constraints.flatMap(({ name, rows }) =>
  (['none', 'active', 'first', 'end', 'all'] as const)
    .filter((other) => other !== rows)
    .map((other) => ({ name: `${name} on rows: ${other}`, constraint: name, rows: other })),
);

/** The value of every node. */
export function nodeValues(read: LeafReader): Extension[] {
  const values: Extension[] = [];
  for (const node of nodes) values.push(nodeValue(node, values, read));
  return values;
}

/** The same with a mutant, from the values without it. */
export function mutatedValues(original: readonly Extension[], mutant: NodeMutant, read: LeafReader): Extension[] {
  const values = original.slice(0, mutant.node);
  values.push(mutant.evaluate(values, read));
  for (let i = mutant.node + 1; i < nodes.length; i++) {
    const node = nodes[i];
    values.push('left' in node ? operations[node.kind](values[node.left], values[node.right]) : original[i]);
  }
  return values;
}

function nodeValue(node: Node, values: readonly Extension[], read: LeafReader): Extension {
  return 'left' in node ? operations[node.kind](values[node.left], values[node.right]) : read(node);
}

/** The constraints that are violated on a row, by name. */
export function violationsOf(values: readonly Extension[], holds: (constraint: Constraint) => boolean): string[] {
  return constraints
    .filter((constraint) => holds(constraint) && !ext.equals(values[constraint.expression], ext.zero))
    .map(({ name }) => name);
}
