/**
 * Compiles the AIR's expression graph to a program for the kernels: the WebAssembly prover's reader (spec §5.6). The
 * constraints are written once, in `liabilities-air.ts`; here they are only put into another form.
 *
 * The program computes Σ_j α_j · C_j/Z_j at every point, as Σ_j α_j · C_j · cofactor_j / (x^N − 1): the cofactor of a
 * row set is the polynomial by which its vanishing polynomial differs from x^N − 1. Factors that are the same at all points are moved inwards, to
 * where they meet a base-field value: a product of such a factor and a base-field value costs five multiplications, one
 * in F twenty-five.
 */
import type { Air, RowSet } from '@solvent/air/air';
import { type NodeType, typeOfLeaf } from '@solvent/air/analyse';
import { createExpressionBuilder, type ExpressionBuilder, type Node, type NodeNumber } from '@solvent/air/expression';

/** The row sets of constraints. */
const rowSets: readonly RowSet[] = ['active', 'first', 'end', 'all'];

/** A program for `runProgram`, with what it reads. */
export interface ConstraintProgram {
  /** The instructions, as the kernel reads them. */
  readonly code: Uint32Array;
  /** Number of registers. */
  readonly registerCount: number;
  /** Registers that hold the same value at all points: part `part` of the value of node `node`. */
  readonly constants: readonly { readonly register: number; readonly node: NodeNumber; readonly part: number }[];
  /** The graph with the combination of all constraints; constants are nodes of it. */
  readonly nodes: readonly Node[];
  /** What stands behind each column number of the code. */
  readonly columns: readonly ProgramColumn[];
}

export type ProgramColumn =
  | { readonly kind: 'witness'; readonly column: number; readonly part: number }
  | { readonly kind: 'public'; readonly name: string }
  | { readonly kind: 'cofactor'; readonly rows: RowSet }
  | { readonly kind: 'inverseVanishing' }
  | { readonly kind: 'quotient'; readonly part: number };

/** The name of the challenge α_j. */
export function alphaName(constraint: number): string {
  return `alpha_${constraint}`;
}

const cofactorName = (rows: RowSet) => `cofactor ${rows}`;
const inverseVanishingName = 'inverse vanishing';

/** Compiles an AIR. `nextRowShift` is how many points further on the next row's point stands. */
export function compileAir(air: Air, nextRowShift: number): ConstraintProgram {
  const graph = createTypedGraph(air);
  const quotient = combineConstraints(air, graph);
  return emitProgram(air, graph, quotient, nextRowShift);
}

interface TypedGraph {
  readonly builder: ExpressionBuilder;
  typeOf(node: NodeNumber): NodeType;
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

/** The node of Σ_j α_j · C_j/Z_j. */
function combineConstraints(air: Air, graph: TypedGraph): NodeNumber {
  const { builder } = graph;
  const sums = rowSets.map((rows) => {
    const terms = air.constraints.flatMap((constraint, j) =>
      constraint.rows === rows ? [scaled(graph, builder.challenge(alphaName(j)), constraint.expression)] : [],
    );
    const sum = builder.sum(...terms);
    if (rows === 'all') return sum;
    return builder.product(builder.leaf({ kind: 'publicColumn', name: cofactorName(rows) }), sum);
  });
  return builder.product(builder.leaf({ kind: 'publicColumn', name: inverseVanishingName }), builder.sum(...sums));
}

/** Multiplications of a product of nodes of two types, one of them varying from point to point. */
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

const operations = { end: 0, load: 1, loadPlain: 2, store: 3, add: 4, sub: 5, mul: 6, mulExtension: 7 };

/** An instruction before registers are numbered: values are numbers of its own. */
interface Instruction {
  readonly operation: number;
  readonly outputs: readonly number[];
  readonly inputs: readonly number[];
  /** Column number and shift. */
  readonly rest: readonly number[];
}

/** Writes instructions in an order in which every operand is computed shortly before it is needed. */
function emitProgram(air: Air, graph: TypedGraph, result: NodeNumber, nextRowShift: number): ConstraintProgram {
  const { builder, typeOf } = graph;
  const instructions: Instruction[] = [];
  const columns: ProgramColumn[] = [];
  const columnNumbers = new Map<string, number>();
  const constants: { value: number; node: NodeNumber; part: number }[] = [];
  const values = new Map<NodeNumber, readonly number[]>();
  let valueCount = 0;
  const newValue = () => valueCount++;

  const columnNumber = (column: ProgramColumn) => {
    const key = JSON.stringify(column);
    if (!columnNumbers.has(key)) columnNumbers.set(key, columns.push(column) - 1);
    return columnNumbers.get(key)!;
  };
  const emit = (operation: number, inputs: readonly number[], outputCount = 1, rest: readonly number[] = []) => {
    const outputs = Array.from({ length: outputCount }, newValue);
    instructions.push({ operation, outputs, inputs, rest });
    return outputs;
  };
  const constant = (node: NodeNumber, part: number) => {
    const value = newValue();
    constants.push({ value, node, part });
    return value;
  };
  const zero = constant(builder.constant(0), 0);

  const loadLeaf = (node: Extract<Node, { kind: 'column' | 'publicColumn' }>) => {
    if (node.kind === 'publicColumn') {
      // Not in Montgomery form, so that the last product leaves it.
      if (node.name === inverseVanishingName) {
        return emit(operations.loadPlain, [], 1, [columnNumber({ kind: 'inverseVanishing' }), 0]);
      }
      const rows = rowSets.find((set) => cofactorName(set) === node.name);
      const column: ProgramColumn =
        rows === undefined ? { kind: 'public', name: node.name } : { kind: 'cofactor', rows };
      return emit(operations.load, [], 1, [columnNumber(column), 0]);
    }
    const partCount = air.columns[node.column].field === 'base' ? 1 : 5;
    const shift = node.rotation * nextRowShift;
    return Array.from({ length: partCount }, (_, part) => {
      const column = columnNumber({ kind: 'witness', column: node.column, part });
      return emit(operations.load, [], 1, [column, shift])[0];
    });
  };
  const addOrSubtract = (kind: 'add' | 'sub', left: readonly number[], right: readonly number[]) =>
    Array.from({ length: Math.max(left.length, right.length) }, (_, part) => {
      if (part >= right.length) return left[part];
      if (part >= left.length && kind === 'add') return right[part];
      return emit(operations[kind], [left[part] ?? zero, right[part]])[0];
    });
  const multiply = (left: readonly number[], right: readonly number[]) => {
    if (left.length === 5 && right.length === 5) return emit(operations.mulExtension, [...left, ...right], 5);
    const [short, long] = left.length === 1 ? [left, right] : [right, left];
    return long.map((part) => emit(operations.mul, [short[0], part])[0]);
  };
  const compute = (number: NodeNumber): readonly number[] => {
    const known = values.get(number);
    if (known !== undefined) return known;
    const node = builder.nodes[number];
    const type = typeOf(number);
    let value: readonly number[];
    if (!type.perRow) {
      value = Array.from({ length: type.field === 'base' ? 1 : 5 }, (_, part) => constant(number, part));
    } else if (!('left' in node)) {
      value = loadLeaf(node as Extract<Node, { kind: 'column' | 'publicColumn' }>);
    } else {
      const left = compute(node.left);
      const right = compute(node.right);
      value = node.kind === 'mul' ? multiply(left, right) : addOrSubtract(node.kind, left, right);
    }
    values.set(number, value);
    return value;
  };

  compute(result).forEach((value, part) => {
    instructions.push({
      operation: operations.store,
      outputs: [],
      inputs: [value],
      rest: [columnNumber({ kind: 'quotient', part })],
    });
  });
  const registers = assignRegisters(
    instructions,
    constants.map(({ value }) => value),
    valueCount,
  );
  const code = instructions.flatMap(({ operation, outputs, inputs, rest }) => [
    operation,
    ...[...outputs, ...inputs].map((value) => registers.of[value]),
    ...rest,
  ]);
  return {
    code: Uint32Array.from([...code, operations.end]),
    registerCount: registers.count,
    constants: constants.map(({ value, node, part }) => ({ register: registers.of[value], node, part })),
    nodes: builder.nodes,
    columns,
  };
}

/** A register for each value; one is used again as soon as its value has been read for the last time. */
function assignRegisters(instructions: readonly Instruction[], constants: readonly number[], valueCount: number) {
  const lastUse = new Array<number>(valueCount).fill(-1);
  instructions.forEach(({ inputs }, i) => {
    for (const value of inputs) lastUse[value] = i;
  });
  const of = new Array<number>(valueCount).fill(-1);
  constants.forEach((value, register) => {
    of[value] = register;
  });
  const isConstant = new Set(constants);
  const free: number[] = [];
  let count = constants.length;
  instructions.forEach(({ inputs, outputs }, i) => {
    for (const value of outputs) of[value] = free.pop() ?? count++;
    for (const value of new Set(inputs)) {
      if (lastUse[value] === i && !isConstant.has(value)) free.push(of[value]);
    }
    for (const value of outputs) if (lastUse[value] === -1) free.push(of[value]);
  });
  return { of, count };
}
