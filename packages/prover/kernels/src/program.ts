/** Programs for the kernel `runProgram` (assembly/constraints.as): instructions over registers. */
import type { RowSet } from '@solvent/air/air';
import type { Node, NodeNumber } from '@solvent/air/expression';

/** Points of a chunk, for which a register holds a value each. */
export const chunkSize = 64;

/** The numbers of the operations, as the kernel knows them. */
export const operations = {
  end: 0,
  load: 1,
  loadPlain: 2,
  store: 3,
  add: 4,
  sub: 5,
  mul: 6,
  mulExtension: 7,
  fill: 8,
  addProduct: 9,
  addProducts2: 10,
  addProducts4: 11,
} as const;

/** A program, with what it reads. */
export interface Program {
  /** The instructions, as the kernel reads them. */
  readonly code: Uint32Array;
  /** Number of registers. */
  readonly registerCount: number;
  /** Constants by number: part `part` of the value of node `node`, or its negative. */
  readonly constants: readonly { readonly node: NodeNumber; readonly part: number; readonly negative: boolean }[];
  /** The graph that the constants are nodes of. */
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

/** An instruction before registers are numbered: each value is written once and has a number of its own. */
export interface Instruction {
  readonly operation: number;
  readonly outputs: readonly number[];
  readonly inputs: readonly number[];
  /** Numbers of columns and constants, shifts. */
  readonly rest: readonly number[];
}

/** A register for each value; one is used again as soon as its value has been read for the last time. */
export function assignRegisters(instructions: readonly Instruction[], valueCount: number) {
  const lastUse = new Array<number>(valueCount).fill(-1);
  instructions.forEach(({ inputs }, i) => {
    for (const value of inputs) lastUse[value] = i;
  });
  const of = new Array<number>(valueCount).fill(-1);
  const free: number[] = [];
  let count = 0;
  instructions.forEach(({ inputs, outputs }, i) => {
    // Outputs first: no instruction writes over what it still reads.
    for (const value of outputs) of[value] = free.pop() ?? count++;
    for (const value of new Set(inputs)) if (lastUse[value] === i) free.push(of[value]);
    for (const value of outputs) if (lastUse[value] === -1) free.push(of[value]);
  });
  return { of, count };
}
