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
import { assignSlots, operations, type Program, type ProgramColumn, type ProgramConstant } from './program.js';
import { createProgramWriter } from './program-writer.js';

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

/** Writes instructions in an order in which every operand is computed shortly before it is needed. */
function createEmitter(air: Air, graph: TypedGraph, result: NodeNumber, nextRowShift: number) {
  const { builder, typeOf } = graph;
  const [zero, one] = [builder.constant(0), builder.constant(1)];
  const uses = countUses(graph, result);
  const writer = createProgramWriter();
  const { emit, inColumn, fill } = writer;
  const values = new Map<NodeNumber, Value>();
  const constant = (node: NodeNumber, part: number, negative: boolean, exponent: number): ProgramConstant => {
    return { node, part, negative, exponent };
  };
  const partCount = (node: NodeNumber) => (typeOf(node).field === 'base' ? 1 : 5);
  const partsOf = (node: NodeNumber) => Array.from({ length: partCount(node) }, (_, part) => part);

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
      return emit(operations.load, [], [writer.columnNumber(source), node.rotation * nextRowShift]);
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

  function addUp(number: NodeNumber): Value {
    const isOwn = (node: NodeNumber) => node === number || uses[node] === 1;
    const sum = takeApart(graph, number, isOwn, (node) => values.has(node));
    const products = sum.products.map((product) => ({ ...product, value: compute(product.value) }));
    const others = sum.others.map((other) => ({ ...other, value: compute(other.node) }));
    const exponent = others.length === 0 ? 0 : others[0].value.exponent;
    const start = sum.constants.reduce(
      (total, { node, negative }) => (negative ? builder.difference(total, node) : builder.sum(total, node)),
      zero,
    );
    // What has another exponent is multiplied by a power of 2^32.
    const scaled = others.filter(({ value }) => value.exponent !== exponent);
    const terms = [...products, ...scaled.map((other) => ({ ...other, factor: one }))];
    const plain = others.filter(({ value }) => value.exponent === exponent);
    return { parts: partsOf(number).map((part) => addUpPart(part, exponent, start, terms, plain)), exponent };
  }

  /** One part of start + Σ ± factor · value over the terms + Σ ± value over the others. */
  function addUpPart(
    part: number,
    exponent: number,
    start: NodeNumber,
    terms: readonly { readonly factor: NodeNumber; readonly value: Value; readonly negative: boolean }[],
    others: readonly { readonly value: Value; readonly negative: boolean }[],
  ): number {
    const products = terms
      .filter(({ factor, value }) => part < Math.max(partCount(factor), value.parts.length))
      .map(({ factor, value, negative }) => ({
        value: value.parts.length === 1 ? value.parts[0] : value.parts[part],
        weight: writer.constantNumber(
          constant(factor, factor === one ? 0 : part, negative, exponent - value.exponent + 1),
        ),
      }));
    const first =
      start !== zero && part < partCount(start)
        ? constant(start, part, false, exponent)
        : constant(zero, 0, false, exponent);
    let total: number | undefined;
    if (products.length > 0) total = writer.addProducts(first, products);
    else if (first.node !== zero) total = fill(first);
    for (const { value, negative } of others) {
      if (part >= value.parts.length) continue;
      if (total === undefined && !negative) total = value.parts[part];
      else {
        total ??= fill(constant(zero, 0, false, 0));
        [total] = emit(negative ? operations.sub : operations.add, [total, value.parts[part]]);
      }
    }
    return total ?? fill(constant(zero, 0, false, 0));
  }

  function compute(number: NodeNumber): Value {
    const known = values.get(number);
    if (known !== undefined) return known;
    const node = builder.nodes[number];
    if (!typeOf(number).perRow) {
      // Filled anew where it is needed: a register would be held for the whole program.
      return { parts: partsOf(number).map((part) => fill(constant(number, part, false, 1))), exponent: 1 };
    }
    let value: Value;
    if (!('left' in node)) value = { parts: loadLeaf(node), exponent: 0 };
    else if (node.kind !== 'mul' || constantTimesBase(graph, node) !== undefined) value = addUp(number);
    else value = multiply(compute(node.left), compute(node.right));
    values.set(number, value);
    return value;
  }

  return {
    ...writer,
    /** All instructions, the last ones writing the result to its columns; and the result's exponent. */
    emitAll(number: NodeNumber) {
      const { parts, exponent } = compute(number);
      parts.forEach((value, part) => {
        inColumn({ kind: 'quotient', part }, value);
      });
      return { instructions: writer.instructions, exponent };
    },
  };
}

/**
 * Takes a sum apart.
 *
 * @param isOwn whether a partial sum is used in this sum alone: one that others use too stays whole
 * @param isComputed whether a product has been computed already
 */
function takeApart(
  graph: TypedGraph,
  top: NodeNumber,
  isOwn: (node: NodeNumber) => boolean,
  isComputed: (node: NodeNumber) => boolean,
): Sum {
  const sum: Sum = { constants: [], products: [], others: [] };
  const take = (number: NodeNumber, negative: boolean) => {
    const node = graph.builder.nodes[number];
    const product = node.kind === 'mul' && !isComputed(number) ? constantTimesBase(graph, node) : undefined;
    if (!graph.typeOf(number).perRow) sum.constants.push({ node: number, negative });
    else if ((node.kind === 'add' || node.kind === 'sub') && isOwn(number)) {
      take(node.left, negative);
      take(node.right, negative !== (node.kind === 'sub'));
    } else if (product !== undefined) sum.products.push({ ...product, negative });
    else sum.others.push({ node: number, negative });
  };
  take(top, false);
  return sum;
}

/** The operands of a product of a constant and a base-field value that varies, in this order; undefined for another. */
function constantTimesBase({ typeOf }: TypedGraph, { left, right }: { left: NodeNumber; right: NodeNumber }) {
  for (const [factor, value] of [
    [left, right],
    [right, left],
  ]) {
    if (!typeOf(factor).perRow && typeOf(value).perRow && typeOf(value).field === 'base') return { factor, value };
  }
  return undefined;
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
