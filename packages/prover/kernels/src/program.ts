/** Programs for the kernel `runProgram` (assembly/constraints.as): instructions over registers. */
import type { RowSet } from '@solvent/air/air';
import type { Node, NodeNumber } from '@solvent/air/expression';

/** Points of a chunk, for which a register holds a value each. */
export const chunkSize = 64;

/** The numbers of the operations, as the kernel knows them. */
export const operations = {
  end: 0,
  load: 1,
  fill: 2,
  add: 3,
  sub: 4,
  mul: 5,
  mulExtension: 6,
  addProducts1: 7,
  addProducts2: 8,
  addProducts3: 9,
  addProducts4: 10,
} as const;

/** What the number of a constant is above itself where a slot may stand as well. */
export const constantPlace = 0x80000000;

/** A program, with what it reads. */
export interface Program {
  /** The instructions, as the kernel reads them. */
  readonly code: Uint32Array;
  /** Number of registers. */
  readonly registerCount: number;
  readonly constants: readonly ProgramConstant[];
  /** The graph that the constants are nodes of. */
  readonly nodes: readonly Node[];
  /** What stands behind each column number of the code. */
  readonly columns: readonly ProgramColumn[];
  /** The result is 2^(32·resultExponent) times what it would be if `inverseVanishing` were not scaled. */
  readonly resultExponent: number;
}

/** Part `part` of the value of node `node`, or its negative, times 2^(32·exponent). */
export interface ProgramConstant {
  readonly node: NodeNumber;
  readonly part: number;
  readonly negative: boolean;
  readonly exponent: number;
}

export type ProgramColumn =
  | { readonly kind: 'witness'; readonly column: number; readonly part: number }
  | { readonly kind: 'public'; readonly name: string }
  | { readonly kind: 'cofactor'; readonly rows: RowSet }
  | { readonly kind: 'inverseVanishing' }
  | { readonly kind: 'quotient'; readonly part: number };

/** An instruction before slots are numbered: each value is written once and has a number of its own. */
export interface Instruction {
  readonly operation: number;
  readonly outputs: readonly number[];
  readonly inputs: readonly number[];
  /** Numbers of columns and constants, shifts. */
  readonly rest: readonly number[];
}

/**
 * A slot for each value. Those that stand in a column have its number, from 0. The others get registers, which come after
 * the columns; one is used again as soon as its value has been read for the last time.
 *
 * @param places where values stand that need no register
 */
export function assignSlots(
  instructions: readonly Instruction[],
  places: ReadonlyMap<number, number>,
  columnCount: number,
) {
  const lastUse = new Map<number, number>();
  instructions.forEach(({ inputs }, i) => {
    for (const value of inputs) lastUse.set(value, i);
  });
  const of = new Map(places);
  const free: number[] = [];
  let registerCount = 0;
  const release = (value: number) => {
    if (!places.has(value)) free.push(of.get(value)!);
  };
  instructions.forEach(({ inputs, outputs }, i) => {
    // Outputs first: no instruction writes over what it still reads.
    for (const value of outputs) if (!of.has(value)) of.set(value, free.pop() ?? columnCount + registerCount++);
    for (const value of new Set(inputs)) if (lastUse.get(value) === i) release(value);
    for (const value of outputs) if (!lastUse.has(value)) release(value);
  });
  return { of, registerCount };
}
