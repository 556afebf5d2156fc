/**
 * The constraint language (spec §5.1): expressions over the columns of a table, kept as a graph without repetitions.
 *
 * A graph is written once, through an `ExpressionBuilder`, and read by `foldGraph`: each reader (verifier, prover, row
 * checker, degree count, printed formulas) is an algebra, that is, a meaning for leaves, sums and products.
 */

/** Where a value comes from. `rotation` 1 is the next row. */
export type Leaf =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'column'; readonly column: number; readonly rotation: 0 | 1 }
  | { readonly kind: 'publicColumn'; readonly name: string }
  | { readonly kind: 'challenge'; readonly name: string }
  | { readonly kind: 'publicValue'; readonly name: string };

/** A leaf, or an operation on two earlier nodes, given by their numbers. */
export type Node =
  | Leaf
  | { readonly kind: 'add' | 'sub' | 'mul'; readonly left: NodeNumber; readonly right: NodeNumber };

/** The number of a node in its graph; operands always have smaller numbers than the node that uses them. */
export type NodeNumber = number;

/** What a reader understands by leaves and operations. */
export interface Algebra<Value> {
  leaf(leaf: Leaf): Value;
  add(left: Value, right: Value): Value;
  sub(left: Value, right: Value): Value;
  mul(left: Value, right: Value): Value;
}

/** The value of every node under an algebra, by node number. */
export function foldGraph<Value>(nodes: readonly Node[], algebra: Algebra<Value>): Value[] {
  const values: Value[] = [];
  for (const node of nodes) {
    if ('left' in node) values.push(algebra[node.kind](values[node.left], values[node.right]));
    else values.push(algebra.leaf(node));
  }
  return values;
}

/** Writes a graph. Equal expressions get the same node, so nothing is computed twice by any reader. */
export interface ExpressionBuilder {
  readonly nodes: readonly Node[];
  leaf(leaf: Leaf): NodeNumber;
  /** Any node, whose operands must be nodes of this graph. */
  node(node: Node): NodeNumber;
  constant(value: number): NodeNumber;
  challenge(name: string): NodeNumber;
  sum(...terms: NodeNumber[]): NodeNumber;
  difference(left: NodeNumber, right: NodeNumber): NodeNumber;
  product(...factors: NodeNumber[]): NodeNumber;
}

export function createExpressionBuilder(): ExpressionBuilder {
  const nodes: Node[] = [];
  const numbers = new Map<string, NodeNumber>();
  const intern = (node: Node): NodeNumber => {
    const key = describeNode(node);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, nodes.length);
    return nodes.push(node) - 1;
  };
  const chain = (kind: 'add' | 'mul', operands: NodeNumber[]): NodeNumber =>
    operands.reduce((left, right) => intern({ kind, left, right }));
  const isOne = (number: NodeNumber) => {
    const node = nodes[number];
    return node.kind === 'constant' && node.value === 1;
  };
  return {
    nodes,
    leaf: intern,
    node: intern,
    constant: (value) => intern({ kind: 'constant', value }),
    challenge: (name) => intern({ kind: 'challenge', name }),
    sum: (...terms) => chain('add', terms),
    difference: (left, right) => intern({ kind: 'sub', left, right }),
    product: (...factors) => {
      // A factor of 1 is no work for anybody.
      const others = factors.filter((factor) => !isOne(factor));
      return others.length === 0 ? factors[0] : chain('mul', others);
    },
  };
}

/** One line that tells a node from every other node of its graph; the AIR digest is made of these lines. */
export function describeNode(node: Node): string {
  switch (node.kind) {
    case 'constant':
      return `constant ${node.value}`;
    case 'column':
      return `column ${node.column} rotation ${node.rotation}`;
    case 'publicColumn':
    case 'challenge':
    case 'publicValue':
      return `${node.kind} ${node.name}`;
    default:
      return `${node.kind} ${node.left} ${node.right}`;
  }
}
