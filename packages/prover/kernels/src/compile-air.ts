/**
 * Compiles the AIR's expression graph to a program for the kernels: the WebAssembly prover's reader (spec §5.6). The
 * constraints are written once, in `liabilities-air.ts`; here they are only put into another form.
 *
 * The program computes Σ_j α_j · C_j/Z_j at every point, as Σ_j α_j · C_j · cofactor_j / (x^N − 1): the cofactor of a
 * row set is the polynomial by which its vanishing polynomial differs from x^N − 1.
 */
import type { Air } from '@solvent/air/air';
import type { Node, NodeNumber } from '@solvent/air/expression';
import { cofactorRows, combineConstraints, inverseVanishingName, type TypedGraph } from './combine-constraints.js';
import { assignRegisters, type Instruction, operations, type Program, type ProgramColumn } from './program.js';

/** Compiles an AIR. `nextRowShift` is how many points further on the next row's point stands. */
export function compileAir(air: Air, nextRowShift: number): Program {
  const { graph, result } = combineConstraints(air);
  const emitter = createEmitter(air, graph, result, nextRowShift);
  const instructions = emitter.emitAll(result);
  const registers = assignRegisters(instructions, emitter.valueCount());
  const code = instructions.flatMap(({ operation, outputs, inputs, rest }) => [
    operation,
    ...[...outputs, ...inputs].map((value) => registers.of[value]),
    ...rest,
  ]);
  return {
    code: Uint32Array.from([...code, operations.end]),
    registerCount: registers.count,
    constants: emitter.constants,
    nodes: graph.builder.nodes,
    columns: emitter.columns,
  };
}

/** The value of a node: one value of the program, or five. */
type Parts = readonly number[];

/** A sum taken apart: constants, products of a constant and a base-field value, and everything else. */
interface Sum {
  readonly constants: { readonly node: NodeNumber; readonly negative: boolean }[];
  readonly products: { readonly factor: NodeNumber; readonly value: NodeNumber; readonly negative: boolean }[];
  readonly others: { readonly node: NodeNumber; readonly negative: boolean }[];
}

/** Writes instructions in an order in which every operand is computed shortly before it is needed. */
function createEmitter(air: Air, graph: TypedGraph, result: NodeNumber, nextRowShift: number) {
  const { builder, typeOf } = graph;
  const uses = countUses(graph, result);
  const instructions: Instruction[] = [];
  const columns: ProgramColumn[] = [];
  const constants: Program['constants'][number][] = [];
  const numbers = new Map<string, number>();
  const values = new Map<NodeNumber, Parts>();
  let count = 0;

  const emit = (operation: number, inputs: Parts, rest: readonly number[] = [], outputCount = 1): number[] => {
    const outputs = Array.from({ length: outputCount }, () => count++);
    instructions.push({ operation, outputs, inputs, rest });
    return outputs;
  };
  /** The position of something in a list, where it is put unless it is there. */
  const intern = <Item>(list: Item[], item: Item): number => {
    const key = `${list === (columns as unknown[]) ? 'column' : 'constant'} ${JSON.stringify(item)}`;
    if (!numbers.has(key)) numbers.set(key, list.push(item) - 1);
    return numbers.get(key)!;
  };
  const column = (item: ProgramColumn) => intern(columns, item);
  const constant = (node: NodeNumber, part: number, negative = false) => intern(constants, { node, part, negative });
  const partCount = (node: NodeNumber) => (typeOf(node).field === 'base' ? 1 : 5);

  function loadLeaf(node: Node): Parts {
    if (node.kind === 'publicColumn') {
      // Not in Montgomery form, so that the last product leaves it.
      if (node.name === inverseVanishingName) {
        return emit(operations.loadPlain, [], [column({ kind: 'inverseVanishing' }), 0]);
      }
      const rows = cofactorRows(node.name);
      const source: ProgramColumn =
        rows === undefined ? { kind: 'public', name: node.name } : { kind: 'cofactor', rows };
      return emit(operations.load, [], [column(source), 0]);
    }
    if (node.kind !== 'column') throw new TypeError(`constraint program: ${node.kind} does not vary`);
    const parts = air.columns[node.column].field === 'base' ? [0] : [0, 1, 2, 3, 4];
    return parts.flatMap((part) => {
      const source = column({ kind: 'witness', column: node.column, part });
      return emit(operations.load, [], [source, node.rotation * nextRowShift]);
    });
  }

  function multiply(left: Parts, right: Parts): Parts {
    if (left.length === 5 && right.length === 5) return emit(operations.mulExtension, [...left, ...right], [], 5);
    const [short, long] = left.length === 1 ? [left, right] : [right, left];
    return long.flatMap((part) => emit(operations.mul, [short[0], part]));
  }

  /** Takes a sum apart as far as its partial sums are used nowhere else. */
  function takeApart(number: NodeNumber, negative: boolean, sum: Sum, isTop = true): Sum {
    const node = builder.nodes[number];
    if (!typeOf(number).perRow) sum.constants.push({ node: number, negative });
    else if ((node.kind === 'add' || node.kind === 'sub') && (isTop || uses[number] === 1)) {
      takeApart(node.left, negative, sum, false);
      takeApart(node.right, negative !== (node.kind === 'sub'), sum, false);
    } else if (node.kind === 'mul' && isConstantTimesBase(node.left, node.right) && !values.has(number)) {
      sum.products.push({ factor: node.left, value: node.right, negative });
    } else if (node.kind === 'mul' && isConstantTimesBase(node.right, node.left) && !values.has(number)) {
      sum.products.push({ factor: node.right, value: node.left, negative });
    } else sum.others.push({ node: number, negative });
    return sum;
  }
  function isConstantTimesBase(factor: NodeNumber, value: NodeNumber): boolean {
    return !typeOf(factor).perRow && typeOf(value).perRow && typeOf(value).field === 'base';
  }

  function addUp(number: NodeNumber): Parts {
    const sum = takeApart(number, false, { constants: [], products: [], others: [] });
    const products = sum.products.map((product) => ({ ...product, parts: compute(product.value) }));
    const others = sum.others.map((other) => ({ ...other, parts: compute(other.node) }));
    return Array.from({ length: partCount(number) }, (_, part) => {
      let total: number | undefined;
      for (const { node, negative } of sum.constants) {
        if (part >= partCount(node)) continue;
        const [filled] = emit(operations.fill, [], [constant(node, part, negative)]);
        total = total === undefined ? filled : emit(operations.add, [total, filled])[0];
      }
      const own = products.filter(({ factor }) => part < partCount(factor));
      while (own.length > 0) {
        total ??= emit(operations.fill, [], [constant(builder.constant(0), 0)])[0];
        const group = own.splice(0, own.length >= 4 ? 4 : Math.min(own.length, 2));
        const weights = group.map(({ factor, negative }) => constant(factor, part, negative));
        const operation = { 1: operations.addProduct, 2: operations.addProducts2, 4: operations.addProducts4 }[
          group.length as 1 | 2 | 4
        ];
        [total] = emit(operation, [total, ...group.map(({ parts }) => parts[0])], weights);
      }
      for (const { parts, negative } of others.filter((other) => part < other.parts.length)) {
        if (total === undefined && !negative) total = parts[part];
        else {
          total ??= emit(operations.fill, [], [constant(builder.constant(0), 0)])[0];
          [total] = emit(negative ? operations.sub : operations.add, [total, parts[part]]);
        }
      }
      return total ?? emit(operations.fill, [], [constant(builder.constant(0), 0)])[0];
    });
  }

  function compute(number: NodeNumber): Parts {
    const known = values.get(number);
    if (known !== undefined) return known;
    const node = builder.nodes[number];
    let value: Parts;
    if (!typeOf(number).perRow) {
      value = Array.from({ length: partCount(number) }, (_, part) => part).flatMap((part) =>
        emit(operations.fill, [], [constant(number, part)]),
      );
      // Filled anew where it is needed: a register would be held for the whole program.
      return value;
    }
    if (!('left' in node)) value = loadLeaf(node);
    else if (node.kind !== 'mul' || isConstantTimesBase(node.left, node.right)) value = addUp(number);
    else if (isConstantTimesBase(node.right, node.left)) value = addUp(number);
    else value = multiply(compute(node.left), compute(node.right));
    values.set(number, value);
    return value;
  }

  return {
    constants,
    columns,
    valueCount: () => count,
    /** All instructions, the last ones storing the result. */
    emitAll(number: NodeNumber): Instruction[] {
      compute(number).forEach((value, part) => {
        const rest = [column({ kind: 'quotient', part })];
        instructions.push({ operation: operations.store, outputs: [], inputs: [value], rest });
      });
      return instructions;
    },
  };
}

/** How often each node is an operand of nodes that the result needs. */
function countUses({ builder }: TypedGraph, result: NodeNumber): number[] {
  const uses = new Array<number>(builder.nodes.length).fill(0);
  const visit = (number: NodeNumber) => {
    uses[number]++;
    const node = builder.nodes[number];
    if (uses[number] > 1 || !('left' in node)) return;
    visit(node.left);
    visit(node.right);
  };
  visit(result);
  return uses;
}
