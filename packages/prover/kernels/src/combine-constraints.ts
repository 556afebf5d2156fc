/** Joins all constraints of an AIR to one expression: the quotient (spec §6.5). */
import type { Air, RowSet } from '@solvent/air/air';
import { type NodeType, typeOfLeaf } from '@solvent/air/analyse';
import { createExpressionBuilder, type ExpressionBuilder, type NodeNumber } from '@solvent/air/expression';

const rowSets: readonly RowSet[] = ['active', 'first', 'end', 'all'];

/** The name of the challenge α_j. */
export function alphaName(constraint: number): string {
  return `alpha_${constraint}`;
}

/** The name of the column 1/(x^N − 1). */
export const inverseVanishingName = 'inverse vanishing';

const cofactorName = (rows: RowSet) => `cofactor ${rows}`;

/** The row set whose cofactor a public column is, if it is one. */
export function cofactorRows(name: string): RowSet | undefined {
  return rowSets.find((rows) => cofactorName(rows) === name);
}

/** An expression graph that knows how its nodes vary. */
export interface TypedGraph {
  readonly builder: ExpressionBuilder;
  typeOf(node: NodeNumber): NodeType;
}

/**
 * The node of Σ_j α_j · C_j · cofactor_j / (x^N − 1), in a copy of the AIR's graph.
 *
 * Factors that are the same at all points are moved inwards, to where they meet a base-field value: such a product costs
 * five multiplications, one of two elements of F that vary twenty-five.
 */
export function combineConstraints(air: Air): { graph: TypedGraph; result: NodeNumber } {
  const graph = createTypedGraph(air);
  const { builder, typeOf } = graph;
  const one = builder.constant(1);
  const cofactor = (rows: RowSet) => builder.leaf({ kind: 'publicColumn', name: cofactorName(rows) });
  const sums = (['active', 'all'] as const).map((rows) => {
    const terms = air.constraints.flatMap((constraint, j) =>
      constraint.rows === rows ? [scaled(graph, builder.challenge(alphaName(j)), constraint.expression)] : [],
    );
    return rows === 'all' ? builder.sum(...terms) : builder.product(cofactor(rows), builder.sum(...terms));
  });
  // Constraints on one row are about the same few values: what they are multiplied by is added up first.
  const factors = new Map<NodeNumber, NodeNumber[]>();
  air.constraints.forEach(({ rows, expression }, j) => {
    if (rows === 'active' || rows === 'all') return;
    for (const [value, factor] of linearTerms(graph, expression, builder.challenge(alphaName(j)))) {
      const weight = typeOf(value).perRow ? factor : builder.product(factor, value);
      const key = typeOf(value).perRow ? value : one;
      factors.set(key, [...(factors.get(key) ?? []), builder.product(weight, cofactor(rows))]);
    }
  });
  const onOneRow = [...factors].map(([value, weights]) => builder.product(builder.sum(...weights), value));
  const inverse = builder.leaf({ kind: 'publicColumn', name: inverseVanishingName });
  return { graph, result: builder.product(inverse, builder.sum(...sums, ...onOneRow)) };
}

/** factor · node as a sum of products: values, each with what it is multiplied by. */
function linearTerms(graph: TypedGraph, number: NodeNumber, factor: NodeNumber): [NodeNumber, NodeNumber][] {
  const { builder } = graph;
  const node = builder.nodes[number];
  if (node.kind !== 'add' && node.kind !== 'sub') return [[number, factor]];
  const right = node.kind === 'add' ? factor : builder.difference(builder.constant(0), factor);
  return [...linearTerms(graph, node.left, factor), ...linearTerms(graph, node.right, right)];
}

/** A copy of the AIR's graph, with the same node numbers, that can grow. */
function createTypedGraph(air: Air): TypedGraph {
  const builder = createExpressionBuilder();
  for (const node of air.nodes) builder.node(node);
  const types: NodeType[] = [];
  const typeOf = (number: NodeNumber): NodeType => {
    for (let i = types.length; i <= number; i++) {
      const node = builder.nodes[i];
      types.push('left' in node ? join(types[node.left], types[node.right]) : typeOfLeaf(air, node));
    }
    return types[number];
  };
  return { builder, typeOf };
}

function join(left: NodeType, right: NodeType): NodeType {
  return {
    perRow: left.perRow || right.perRow,
    field: left.field === 'extension' ? 'extension' : right.field,
  };
}

/** Multiplications of a product of values of two types. */
function productCost(left: NodeType, right: NodeType): number {
  if (left.field === 'base') return right.field === 'base' ? 1 : 5;
  return right.field === 'base' ? 5 : 25;
}

/** Multiplications to compute a node, counting shared parts once for each use. */
function cost(graph: TypedGraph, number: NodeNumber): number {
  const node = graph.builder.nodes[number];
  if (!('left' in node) || !graph.typeOf(number).perRow) return 0;
  const own = node.kind === 'mul' ? productCost(graph.typeOf(node.left), graph.typeOf(node.right)) : 0;
  return own + cost(graph, node.left) + cost(graph, node.right);
}

/** factor · node, for a factor in F that is the same at all points: the cheapest form that is found. */
function scaled(graph: TypedGraph, factor: NodeNumber, number: NodeNumber): NodeNumber {
  const { builder, typeOf } = graph;
  const node = builder.nodes[number];
  const plain = builder.product(factor, number);
  if (!typeOf(number).perRow || typeOf(number).field === 'base' || !('left' in node)) return plain;
  const candidates = [plain];
  if (node.kind === 'mul') {
    for (const [one, other] of [
      [node.left, node.right],
      [node.right, node.left],
    ]) {
      if (!typeOf(one).perRow) return scaled(graph, builder.product(factor, one), other);
      candidates.push(builder.product(one, scaled(graph, factor, other)));
    }
  } else {
    const left = scaled(graph, factor, node.left);
    const right = scaled(graph, factor, node.right);
    candidates.push(node.kind === 'add' ? builder.sum(left, right) : builder.difference(left, right));
  }
  return candidates.reduce((best, candidate) => (cost(graph, candidate) < cost(graph, best) ? candidate : best));
}
