// Runs the program that an AIR was compiled to (src/compile-air.ts), over a chunk of points at a time.
//
// A register holds one base-field element of each point of the chunk, in Montgomery form. An instruction is a few
// uint32: its operation (src/program.ts), then numbers of registers, then numbers of columns or constants.

import { mulParts } from './extension';
import { add, mul, mul2, mul4, splat, sub } from './field';

/** Points of a chunk; src/program.ts has the same number. */
const CHUNK: u32 = 64;
const REGISTER_SIZE: usize = 4 * CHUNK;

const OP_END: u32 = 0;
const OP_LOAD: u32 = 1;
const OP_LOAD_PLAIN: u32 = 2;
const OP_STORE: u32 = 3;
const OP_ADD: u32 = 4;
const OP_SUB: u32 = 5;
const OP_MUL: u32 = 6;
const OP_MUL_EXTENSION: u32 = 7;
const OP_FILL: u32 = 8;
const OP_ADD_PRODUCT: u32 = 9;
const OP_ADD_PRODUCTS_2: u32 = 10;
const OP_ADD_PRODUCTS_4: u32 = 11;

/** 2^64 modulo p: multiplying by it brings an element into Montgomery form. */
const MONTGOMERY_SQUARE: u32 = 402124772;

/**
 * Runs a program on points `from` … `to − 1`, a multiple of the chunk.
 *
 *     LOAD out column shift           the column's values, `shift` points further on, going round after `count`
 *     LOAD_PLAIN out column shift     the same, without bringing them into Montgomery form
 *     STORE register column
 *     ADD, SUB, MUL out left right
 *     MUL_EXTENSION out×5 left×5 right×5
 *     FILL out constant
 *     ADD_PRODUCT out sum value constant                           out = sum + constant·value
 *     ADD_PRODUCTS_2 out sum value×2 constant×2                    the same with two products
 *     ADD_PRODUCTS_4 out sum value×4 constant×4                    the same with four
 *
 * @param registers address of register 0
 * @param constants address of constant 0, uint32 in Montgomery form
 * @param columns uint32 addresses of columns of `count` values
 */
export function runProgram(
  program: usize,
  registers: usize,
  constants: usize,
  columns: usize,
  count: u32,
  from: u32,
  to: u32,
): void {
  for (let start = from; start < to; start += CHUNK) {
    let at = program;
    for (;;) {
      const operation = load<u32>(at);
      if (operation == OP_END) break;
      const first = register(registers, at, 1);
      if (operation == OP_ADD_PRODUCTS_4) {
        addProducts4(at, first, registers, constants);
        at += 44;
      } else if (operation == OP_ADD_PRODUCTS_2) {
        addProducts2(at, first, registers, constants);
        at += 28;
      } else if (operation == OP_MUL_EXTENSION) {
        multiplyExtension(at, registers);
        at += 64;
      } else if (operation == OP_ADD) {
        const left = register(registers, at, 2);
        const right = register(registers, at, 3);
        for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
          v128.store(first + i, add(v128.load(left + i), v128.load(right + i)));
        }
        at += 16;
      } else if (operation == OP_SUB) {
        const left = register(registers, at, 2);
        const right = register(registers, at, 3);
        for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
          v128.store(first + i, sub(v128.load(left + i), v128.load(right + i)));
        }
        at += 16;
      } else if (operation == OP_MUL) {
        const left = register(registers, at, 2);
        const right = register(registers, at, 3);
        for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
          v128.store(first + i, mul(v128.load(left + i), v128.load(right + i)));
        }
        at += 16;
      } else if (operation == OP_LOAD || operation == OP_LOAD_PLAIN) {
        const column = <usize>load<u32>(columns + 4 * load<u32>(at, 8));
        loadColumn(first, column, (start + load<u32>(at, 12)) % count, count, operation == OP_LOAD);
        at += 16;
      } else if (operation == OP_FILL) {
        const value = v128.load32_splat(constants + 4 * load<u32>(at, 8));
        for (let i: usize = 0; i < REGISTER_SIZE; i += 16) v128.store(first + i, value);
        at += 12;
      } else if (operation == OP_ADD_PRODUCT) {
        const sum = register(registers, at, 2);
        const value = register(registers, at, 3);
        const factor = v128.load32_splat(constants + 4 * load<u32>(at, 16));
        for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
          v128.store(first + i, add(v128.load(sum + i), mul(v128.load(value + i), factor)));
        }
        at += 20;
      } else {
        memory.copy(<usize>load<u32>(columns + 4 * load<u32>(at, 8)) + 4 * start, first, REGISTER_SIZE);
        at += 12;
      }
    }
  }
}

/** The address of the register whose number is word k of the instruction at an address. */
@inline
function register(registers: usize, at: usize, k: usize): usize {
  return registers + <usize>load<u32>(at + 4 * k) * REGISTER_SIZE;
}

function addProducts2(at: usize, out: usize, registers: usize, constants: usize): void {
  const sum = register(registers, at, 2);
  const value = register(registers, at, 3);
  const other = register(registers, at, 4);
  const factor = v128.load32_splat(constants + 4 * load<u32>(at, 20));
  const otherFactor = v128.load32_splat(constants + 4 * load<u32>(at, 24));
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    const products = mul2(v128.load(value + i), factor, v128.load(other + i), otherFactor);
    v128.store(out + i, add(v128.load(sum + i), products));
  }
}

function addProducts4(at: usize, out: usize, registers: usize, constants: usize): void {
  const sum = register(registers, at, 2);
  const v0 = register(registers, at, 3);
  const v1 = register(registers, at, 4);
  const v2 = register(registers, at, 5);
  const v3 = register(registers, at, 6);
  const c0 = v128.load32_splat(constants + 4 * load<u32>(at, 28));
  const c1 = v128.load32_splat(constants + 4 * load<u32>(at, 32));
  const c2 = v128.load32_splat(constants + 4 * load<u32>(at, 36));
  const c3 = v128.load32_splat(constants + 4 * load<u32>(at, 40));
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    const products = mul4(
      v128.load(v0 + i), c0,
      v128.load(v1 + i), c1,
      v128.load(v2 + i), c2,
      v128.load(v3 + i), c3,
    );
    v128.store(out + i, add(v128.load(sum + i), products));
  }
}

function loadColumn(register: usize, column: usize, position: u32, count: u32, toMontgomery: bool): void {
  const square = splat(MONTGOMERY_SQUARE);
  let from = position;
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    // The shift is a multiple of 4, so a vector never goes round in its middle.
    const values = v128.load(column + 4 * from);
    v128.store(register + i, toMontgomery ? mul(values, square) : values);
    from += 4;
    if (from == count) from = 0;
  }
}

function multiplyExtension(at: usize, registers: usize): void {
  const c0 = register(registers, at, 1);
  const c1 = register(registers, at, 2);
  const c2 = register(registers, at, 3);
  const c3 = register(registers, at, 4);
  const c4 = register(registers, at, 5);
  const a0 = register(registers, at, 6);
  const a1 = register(registers, at, 7);
  const a2 = register(registers, at, 8);
  const a3 = register(registers, at, 9);
  const a4 = register(registers, at, 10);
  const b0 = register(registers, at, 11);
  const b1 = register(registers, at, 12);
  const b2 = register(registers, at, 13);
  const b3 = register(registers, at, 14);
  const b4 = register(registers, at, 15);
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    mulParts(
      v128.load(a0 + i), v128.load(a1 + i), v128.load(a2 + i), v128.load(a3 + i), v128.load(a4 + i),
      v128.load(b0 + i), v128.load(b1 + i), v128.load(b2 + i), v128.load(b3 + i), v128.load(b4 + i),
      c0 + i, c1 + i, c2 + i, c3 + i, c4 + i,
    );
  }
}
