/** Evaluates the AIR's expression graph over many points at a time: the prover's reader (spec §5.6). */

import type { Air } from '@solvent/air/air';
import { type NodeType, nodeTypes } from '@solvent/air/analyse';
import { foldGraph, type Leaf, type Node } from '@solvent/air/expression';
import type { Extension } from '@solvent/field/extension';
import * as ext from '@solvent/field/extension';
import { type ExtensionColumn, mapColumn, zeroColumn } from '@solvent/field/extension-column';
import { addBase, mulBase, mulExtension, subBase } from './column-arithmetic.js';

/** Points evaluated at a time: few enough that all nodes' values stay in the processor's cache. */
export const chunkSize = 256;

/** Where a chunk's leaves come from: arrays of `chunkSize` values for leaves that vary from point to point. */
export interface ChunkSource {
  readonly columns: (column: number, rotation: 0 | 1) => Uint32Array | ExtensionColumn;
  readonly publicColumns: (name: string) => Uint32Array;
}

/** The values of one node over a chunk. */
type Register = { readonly base: Uint32Array } | { readonly extension: ExtensionColumn };

/** Evaluates all nodes over a chunk, then gives each constraint's values as a column over F. */
export type ChunkEvaluator = (source: ChunkSource) => ExtensionColumn[];

/** Prepares the evaluation for given challenges and public values: constants are computed and laid out once. */
export function createChunkEvaluator(air: Air, constants: Readonly<Record<string, Extension>>): ChunkEvaluator {
  const types = nodeTypes(air);
  const registers = createRegisters(air, types, constants);
  const zeros = new Uint32Array(chunkSize);
  return (source) => {
    air.nodes.forEach((node, i) => {
      if (!types[i].perRow) return;
      if ('left' in node) compute(node.kind, registers[i], registers[node.left], registers[node.right]);
      else registers[i] = load(node, source);
    });
    return air.constraints.map(({ expression }) => asExtension(registers[expression], zeros));
  };
}

/** A register for each node; those of nodes that are the same at all points are filled for good. */
function createRegisters(air: Air, types: readonly NodeType[], constants: Readonly<Record<string, Extension>>) {
  const values = foldGraph<Extension>(air.nodes, {
    leaf: (leaf) => constantLeaf(leaf, constants),
    add: ext.add,
    sub: ext.sub,
    mul: ext.mul,
  });
  return types.map((type, i): Register => {
    if (type.field === 'base') {
      const base = new Uint32Array(chunkSize);
      if (!type.perRow) base.fill(values[i][0]);
      return { base };
    }
    const extension = zeroColumn(chunkSize);
    if (!type.perRow) for (let c = 0; c < 5; c++) extension[c].fill(values[i][c]);
    return { extension };
  });
}

function constantLeaf(leaf: Leaf, constants: Readonly<Record<string, Extension>>): Extension {
  if (leaf.kind === 'constant') return ext.fromBase(leaf.value);
  // Leaves that vary count as 0 here; nothing that depends on them is read from this fold.
  return leaf.kind === 'challenge' || leaf.kind === 'publicValue' ? constants[leaf.name] : ext.zero;
}

function load(node: Leaf, source: ChunkSource): Register {
  if (node.kind === 'publicColumn') return { base: source.publicColumns(node.name) };
  if (node.kind !== 'column') throw new TypeError(`constraint evaluator: ${node.kind} does not vary`);
  const values = source.columns(node.column, node.rotation);
  return values instanceof Uint32Array ? { base: values } : { extension: values };
}

type Operation = Extract<Node, { left: number }>['kind'];

function compute(kind: Operation, out: Register, left: Register, right: Register): void {
  if ('base' in out) {
    const operation = { add: addBase, sub: subBase, mul: mulBase }[kind];
    operation(out.base, (left as { base: Uint32Array }).base, (right as { base: Uint32Array }).base, chunkSize);
  } else if (kind === 'mul') multiply(out.extension, left, right);
  else addOrSubtract(kind, out.extension, left, right);
}

function multiply(out: ExtensionColumn, left: Register, right: Register): void {
  if ('base' in left && 'extension' in right) {
    for (let c = 0; c < 5; c++) mulBase(out[c], right.extension[c], left.base, chunkSize);
  } else if ('base' in right && 'extension' in left) {
    for (let c = 0; c < 5; c++) mulBase(out[c], left.extension[c], right.base, chunkSize);
  } else if ('extension' in left && 'extension' in right) {
    mulExtension(out, left.extension, right.extension, chunkSize);
  }
}

const zeroPart = new Uint32Array(chunkSize);

function addOrSubtract(kind: 'add' | 'sub', out: ExtensionColumn, left: Register, right: Register): void {
  const operation = kind === 'add' ? addBase : subBase;
  const a = asExtension(left, zeroPart);
  const b = asExtension(right, zeroPart);
  for (let c = 0; c < 5; c++) operation(out[c], a[c], b[c], chunkSize);
}

function asExtension(register: Register, zeros: Uint32Array): ExtensionColumn {
  return 'extension' in register ? register.extension : [register.base, zeros, zeros, zeros, zeros];
}

/** A window of `chunkSize` values of a column from an offset, going round at its end. */
export function windowOf(values: Uint32Array, offset: number): Uint32Array {
  const start = offset % values.length;
  if (start + chunkSize <= values.length) return values.subarray(start, start + chunkSize);
  const joined = new Uint32Array(chunkSize);
  joined.set(values.subarray(start));
  joined.set(values.subarray(0, chunkSize - (values.length - start)), values.length - start);
  return joined;
}

/** The same for a column over F. */
export function windowOfExtension(column: ExtensionColumn, offset: number): ExtensionColumn {
  return mapColumn(column, (part) => windowOf(part, offset));
}
