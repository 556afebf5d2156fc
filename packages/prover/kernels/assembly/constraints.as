// Runs the program that an AIR was compiled to (src/compile-air.ts), over a chunk of points at a time.
//
// A register holds one base-field element of each point of the chunk. An instruction is a few uint32: its operation
// (src/program.ts), then numbers of slots, then numbers of columns or constants. A slot is a column's part for the chunk,
// or a register. Products are divided by 2^32; the compiler knows by which power of it each value is too small.

import { mulParts } from './extension';
import { add, mul, mul2, mul3, mul4, sub } from './field';

/** Points of a chunk; src/program.ts has the same number. */
const CHUNK: u32 = 64;
const REGISTER_SIZE: usize = 4 * CHUNK;

/** What the number of a constant is above itself where a slot may stand as well. */
const CONSTANT: u32 = 0x80000000;

const OP_END: u32 = 0;
const OP_LOAD: u32 = 1;
const OP_FILL: u32 = 2;
const OP_ADD: u32 = 3;
const OP_SUB: u32 = 4;
const OP_MUL: u32 = 5;
const OP_MUL_EXTENSION: u32 = 6;
const OP_ADD_PRODUCTS_1: u32 = 7;
const OP_ADD_PRODUCTS_2: u32 = 8;
const OP_ADD_PRODUCTS_3: u32 = 9;

/**
 * Runs a program on points `from` … `to − 1`, a multiple of the chunk.
 *
 *     LOAD out column shift                      the column's values, `shift` points further on, going round after `count`
 *     FILL out constant
 *     ADD, SUB, MUL out left right
 *     MUL_EXTENSION out×5 left×5 right×5
 *     ADD_PRODUCTS_k out sum value×k constant×k  out = sum + Σ constant·value, for k = 1, 2, 3, 4; the sum is a
 *                                                slot, or CONSTANT + a constant
 *
 * @param constants address of constant 0; a constant is four times the same uint32
 * @param columns uint32 addresses of `columnCount` columns of `count` values
 * @param scratch the addresses of the slots, columns first, then `registerCount` registers
 */
export function runProgram(
  program: usize,
  constants: usize,
  columns: usize,
  columnCount: u32,
  registerCount: u32,
  count: u32,
  from: u32,
  to: u32,
  scratch: usize,
): void {
  const slotCount = columnCount + registerCount;
  const registers = scratch + ((4 * <usize>slotCount + 63) & ~63);
  for (let r: u32 = 0; r < registerCount; r++) {
    store<u32>(scratch + 4 * (columnCount + r), <u32>registers + r * <u32>REGISTER_SIZE);
  }
  for (let start = from; start < to; start += CHUNK) {
    for (let c: u32 = 0; c < columnCount; c++) store<u32>(scratch + 4 * c, load<u32>(columns + 4 * c) + 4 * start);
    runOnChunk(program, scratch, constants, columns, count, start);
  }
}

function runOnChunk(program: usize, slots: usize, constants: usize, columns: usize, count: u32, start: u32): void {
  let at = program;
  for (;;) {
    const operation = load<u32>(at);
    if (operation == OP_END) return;
    if (operation >= OP_ADD_PRODUCTS_1) {
      if (operation == OP_ADD_PRODUCTS_1) {
        addProducts1(at, slots, constants);
        at += 20;
      } else if (operation == OP_ADD_PRODUCTS_2) {
        addProducts2(at, slots, constants);
        at += 28;
      } else if (operation == OP_ADD_PRODUCTS_3) {
        addProducts3(at, slots, constants);
        at += 36;
      } else {
        addProducts4(at, slots, constants);
        at += 44;
      }
    } else if (operation == OP_MUL_EXTENSION) {
      multiplyExtension(at, slots);
      at += 64;
    } else if (operation >= OP_ADD) {
      const out = slot(slots, at, 1);
      const left = slot(slots, at, 2);
      const right = slot(slots, at, 3);
      if (operation == OP_ADD) {
        for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
          v128.store(out + i, add(v128.load(left + i), v128.load(right + i)));
        }
      } else if (operation == OP_SUB) {
        for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
          v128.store(out + i, sub(v128.load(left + i), v128.load(right + i)));
        }
      } else {
        for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
          v128.store(out + i, mul(v128.load(left + i), v128.load(right + i)));
        }
      }
      at += 16;
    } else if (operation == OP_FILL) {
      const out = slot(slots, at, 1);
      const value = constant(constants, at, 2);
      for (let i: usize = 0; i < REGISTER_SIZE; i += 16) v128.store(out + i, value);
      at += 12;
    } else {
      const column = <usize>load<u32>(columns + 4 * load<u32>(at, 8));
      loadColumn(slot(slots, at, 1), column, (start + load<u32>(at, 12)) % count, count);
      at += 16;
    }
  }
}

/** The address of the slot whose number is word k of the instruction at an address. */
@inline
function slot(slots: usize, at: usize, k: usize): usize {
  return load<u32>(slots + 4 * load<u32>(at + 4 * k));
}

/** The constant whose number is word k of the instruction. */
@inline
function constant(constants: usize, at: usize, k: usize): v128 {
  return v128.load(constants + 16 * load<u32>(at + 4 * k));
}

/** The address of the sum that an instruction adds to, word 2 of it: a slot's, or that of a constant. */
@inline
function sumOf(slots: usize, constants: usize, at: usize): usize {
  const number = load<u32>(at, 8);
  return number < CONSTANT ? <usize>load<u32>(slots + 4 * number) : constants + 16 * (number - CONSTANT);
}

/** The bits of an offset that count in that sum: all of them in a slot, none in a constant. */
@inline
function sumMask(at: usize): usize {
  return load<u32>(at, 8) < CONSTANT ? ~0 : 0;
}

function addProducts1(at: usize, slots: usize, constants: usize): void {
  const out = slot(slots, at, 1);
  const sum = sumOf(slots, constants, at);
  const mask = sumMask(at);
  const v0 = slot(slots, at, 3);
  const c0 = constant(constants, at, 4);
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    v128.store(out + i, add(v128.load(sum + (i & mask)), mul(v128.load(v0 + i), c0)));
  }
}

function addProducts2(at: usize, slots: usize, constants: usize): void {
  const out = slot(slots, at, 1);
  const sum = sumOf(slots, constants, at);
  const mask = sumMask(at);
  const v0 = slot(slots, at, 3);
  const v1 = slot(slots, at, 4);
  const c0 = constant(constants, at, 5);
  const c1 = constant(constants, at, 6);
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    const products = mul2(v128.load(v0 + i), c0, v128.load(v1 + i), c1);
    v128.store(out + i, add(v128.load(sum + (i & mask)), products));
  }
}

function addProducts3(at: usize, slots: usize, constants: usize): void {
  const out = slot(slots, at, 1);
  const sum = sumOf(slots, constants, at);
  const mask = sumMask(at);
  const v0 = slot(slots, at, 3);
  const v1 = slot(slots, at, 4);
  const v2 = slot(slots, at, 5);
  const c0 = constant(constants, at, 6);
  const c1 = constant(constants, at, 7);
  const c2 = constant(constants, at, 8);
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    const products = mul3(v128.load(v0 + i), c0, v128.load(v1 + i), c1, v128.load(v2 + i), c2);
    v128.store(out + i, add(v128.load(sum + (i & mask)), products));
  }
}

function addProducts4(at: usize, slots: usize, constants: usize): void {
  const out = slot(slots, at, 1);
  const sum = sumOf(slots, constants, at);
  const mask = sumMask(at);
  const v0 = slot(slots, at, 3);
  const v1 = slot(slots, at, 4);
  const v2 = slot(slots, at, 5);
  const v3 = slot(slots, at, 6);
  const c0 = constant(constants, at, 7);
  const c1 = constant(constants, at, 8);
  const c2 = constant(constants, at, 9);
  const c3 = constant(constants, at, 10);
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    const products = mul4(
      v128.load(v0 + i), c0,
      v128.load(v1 + i), c1,
      v128.load(v2 + i), c2,
      v128.load(v3 + i), c3,
    );
    v128.store(out + i, add(v128.load(sum + (i & mask)), products));
  }
}

function loadColumn(out: usize, column: usize, position: u32, count: u32): void {
  let from = position;
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    // The shift is a multiple of 4, so a vector never goes round in its middle.
    v128.store(out + i, v128.load(column + 4 * from));
    from += 4;
    if (from == count) from = 0;
  }
}

function multiplyExtension(at: usize, slots: usize): void {
  const c0 = slot(slots, at, 1);
  const c1 = slot(slots, at, 2);
  const c2 = slot(slots, at, 3);
  const c3 = slot(slots, at, 4);
  const c4 = slot(slots, at, 5);
  const a0 = slot(slots, at, 6);
  const a1 = slot(slots, at, 7);
  const a2 = slot(slots, at, 8);
  const a3 = slot(slots, at, 9);
  const a4 = slot(slots, at, 10);
  const b0 = slot(slots, at, 11);
  const b1 = slot(slots, at, 12);
  const b2 = slot(slots, at, 13);
  const b3 = slot(slots, at, 14);
  const b4 = slot(slots, at, 15);
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    mulParts(
      v128.load(a0 + i), v128.load(a1 + i), v128.load(a2 + i), v128.load(a3 + i), v128.load(a4 + i),
      v128.load(b0 + i), v128.load(b1 + i), v128.load(b2 + i), v128.load(b3 + i), v128.load(b4 + i),
      c0 + i, c1 + i, c2 + i, c3 + i, c4 + i,
    );
  }
}
