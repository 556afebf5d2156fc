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
import {
  assignSlots,
  constantPlace,
  type Instruction,
  operations,
  type Program,
  type ProgramColumn,
  type ProgramConstant,
} from './program.js';

/** Compiles an AIR. `nextRowShift` is how many points further on the next row's point stands. */
export function compileAir(air: Air, nextRowShift: number): Program {
  const { graph, result } = combineConstraints(air);
  const emitter = createEmitter(air, graph, result, nextRowShift);
  const { instructions, exponent } = emitter.emitAll(result);
  const slots = assignSlots(instructions, emitter.places, emitter.columns.length);
  const code = instructions.flatMap(({ operation, outputs, inputs, rest }) => [
    operation,
    ...[...outputs, ...inputs].map((value) => slots.of.get(value)!),
    ...rest,
  ]);
  return {
    code: Uint32Array.from([...code, operations.end]),
    registerCount: slots.registerCount,
    constants: emitter.constants,
    nodes: graph.builder.nodes,
    columns: emitter.columns,
    resultExponent: exponent,
  };
}

/**
 * The value of a node: one value of the program, or five, each 2^(32·exponent) times what the node stands for.
 *
 * The kernels' products are divided by 2^32. Columns are read as they are, and the constants by which values are
 * multiplied make up for what is missing where values of different exponents meet in a sum.
 */
interface Value {
  readonly parts: readonly number[];
  readonly exponent: number;
}

/** A sum taken apart: constants, products of a constant and a base-field value, and everything else. */
interface Sum {
  readonly constants: { readonly node: NodeNumber; readonly negative: boolean }[];
  readonly products: { readonly factor: NodeNumber; readonly value: NodeNumber; readonly negative: boolean }[];
  readonly others: { readonly node: NodeNumber; readonly negative: boolean }[];
}

/** The operations that add 1, 2, 3, 4 products. */
const addProducts = [
  operations.addProducts1,
  operations.addProducts2,
  operations.addProducts3,
  operations.addProducts4,
] as const;

/** Writes instructions in an order in which every operand is computed shortly before it is needed. */
function createEmitter(air: Air, graph: TypedGraph, result: NodeNumber, nextRowShift: number) {
  const { builder, typeOf } = graph;
  const [zero, one] = [builder.constant(0), builder.constant(1)];
  const uses = countUses(graph, result);
  const instructions: Instruction[] = [];
  const columns: ProgramColumn[] = [];
  const constants: ProgramConstant[] = [];
  const places = new Map<number, number>();
  const numbers = new Map<string, number>();
  const values = new Map<NodeNumber, Value>();
  let count = 0;

  const emit = (operation: number, inputs: readonly number[], rest: readonly number[] = [], outputCount = 1) => {
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
  const constant = (node: NodeNumber, part: number, negative: boolean, exponent: number) =>
    intern(constants, { node, part, negative, exponent });
  const fill = (node: NodeNumber, part: number, exponent: number) =>
    emit(operations.fill, [], [constant(node, part, false, exponent)])[0];
  /** A constant as the sum that products are added to. */
  const asSum = (node: NodeNumber, part: number, exponent: number) => {
    places.set(count, constantPlace + constant(node, node === zero ? 0 : part, false, exponent));
    return count++;
  };
  const partCount = (node: NodeNumber) => (typeOf(node).field === 'base' ? 1 : 5);
  const partsOf = (node: NodeNumber) => Array.from({ length: partCount(node) }, (_, part) => part);

  /** A value that stands in a column, or will. */
  function inColumn(item: ProgramColumn, value = count++): number {
    places.set(value, intern(columns, item));
    return value;
  }

  function loadLeaf(node: Node): number[] {
    if (node.kind === 'publicColumn') {
      if (node.name === inverseVanishingName) return [inColumn({ kind: 'inverseVanishing' })];
      const rows = cofactorRows(node.name);
      return [inColumn(rows === undefined ? { kind: 'public', name: node.name } : { kind: 'cofactor', rows })];
    }
    if (node.kind !== 'column') throw new TypeError(`constraint program: ${node.kind} does not vary`);
    const parts = air.columns[node.column].field === 'base' ? [0] : [0, 1, 2, 3, 4];
    return parts.flatMap((part) => {
      const source: ProgramColumn = { kind: 'witness', column: node.column, part };
      if (node.rotation === 0) return inColumn(source);
      return emit(operations.load, [], [intern(columns, source), node.rotation * nextRowShift]);
    });
  }

  function multiply(left: Value, right: Value): Value {
    const exponent = left.exponent + right.exponent - 1;
    if (left.parts.length === 5 && right.parts.length === 5) {
      return { parts: emit(operations.mulExtension, [...left.parts, ...right.parts], [], 5), exponent };
    }
    const [short, long] = left.parts.length === 1 ? [left.parts, right.parts] : [right.parts, left.parts];
    return { parts: long.flatMap((part) => emit(operations.mul, [short[0], part])), exponent };
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

  function addUp(number: NodeNumber): Value {
    const sum = takeApart(number, false, { constants: [], products: [], others: [] });
    const products = sum.products.map((product) => ({ ...product, value: compute(product.value) }));
    const others = sum.others.map((other) => ({ ...other, value: compute(other.node) }));
    const exponent = others.length === 0 ? 0 : others[0].value.exponent;
    const start = sum.constants.reduce(
      (total, { node, negative }) => (negative ? builder.difference(total, node) : builder.sum(total, node)),
      zero,
    );
    const parts = partsOf(number).map((part) => {
      // What has another exponent is multiplied by a power of 2^32.
      const terms = [
        ...products.filter(({ factor }) => part < partCount(factor)),
        ...others
          .filter(({ value }) => value.exponent !== exponent && part < value.parts.length)
          .map((other) => ({ ...other, factor: one })),
      ].map(({ factor, value, negative }) => ({
        value: value.parts.length === 1 ? value.parts[0] : value.parts[part],
        weight: constant(factor, factor === one ? 0 : part, negative, exponent - value.exponent + 1),
      }));
      const startsAt = part < partCount(start) ? start : zero;
      let total: number | undefined;
      if (terms.length > 0) total = asSum(startsAt, part, exponent);
      else if (startsAt !== zero) total = fill(startsAt, part, exponent);
      while (terms.length > 0) {
        const group = terms.splice(0, 4);
        const weights = group.map(({ weight }) => weight);
        [total] = emit(addProducts[group.length - 1], [total!, ...group.map(({ value }) => value)], weights);
      }
      for (const { value, negative } of others) {
        if (value.exponent !== exponent || part >= value.parts.length) continue;
        if (total === undefined && !negative) total = value.parts[part];
        else {
          total ??= fill(zero, 0, 0);
          [total] = emit(negative ? operations.sub : operations.add, [total, value.parts[part]]);
        }
      }
      return total ?? fill(zero, 0, 0);
    });
    return { parts, exponent };
  }

  function compute(number: NodeNumber): Value {
    const known = values.get(number);
    if (known !== undefined) return known;
    const node = builder.nodes[number];
    if (!typeOf(number).perRow) {
      // Filled anew where it is needed: a register would be held for the whole program.
      return { parts: partsOf(number).map((part) => fill(number, part, 1)), exponent: 1 };
    }
    let value: Value;
    if (!('left' in node)) value = { parts: loadLeaf(node), exponent: 0 };
    else if (node.kind !== 'mul' || isConstantTimesBase(node.left, node.right)) value = addUp(number);
    else if (isConstantTimesBase(node.right, node.left)) value = addUp(number);
    else value = multiply(compute(node.left), compute(node.right));
    values.set(number, value);
    return value;
  }

  return {
    constants,
    columns,
    places,
    /** All instructions, the last ones writing the result to its columns; and the result's exponent. */
    emitAll(number: NodeNumber) {
      const { parts, exponent } = compute(number);
      parts.forEach((value, part) => {
        inColumn({ kind: 'quotient', part }, value);
      });
      return { instructions, exponent };
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
