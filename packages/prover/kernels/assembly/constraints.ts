// Runs the program that an AIR was compiled to (src/compile-air.ts), over a chunk of points at a time.
//
// A register holds one base-field element of each point of the chunk, in Montgomery form. An instruction is a few
// uint32: its operation, then the addresses of registers, or of a table of columns' addresses.

import { mulParts } from './extension';
import { add, mul, splat, sub } from './field';

/** Points of a chunk; the compiler of programs knows the same number. */
const CHUNK: u32 = 128;
const REGISTER_SIZE: usize = 4 * CHUNK;

const OP_END: u32 = 0;
const OP_LOAD: u32 = 1;
const OP_LOAD_PLAIN: u32 = 2;
const OP_STORE: u32 = 3;
const OP_ADD: u32 = 4;
const OP_SUB: u32 = 5;
const OP_MUL: u32 = 6;
const OP_MUL_EXTENSION: u32 = 7;

/** 2^64 modulo p: multiplying by it brings an element into Montgomery form. */
const MONTGOMERY_SQUARE: u32 = 402124772;

/**
 * Runs a program on points `from` … `to − 1`, a multiple of the chunk.
 *
 * OP_LOAD register column shift: the column's values, `shift` points further on, going round after `count`.
 * OP_LOAD_PLAIN: the same, without bringing them into Montgomery form.
 * OP_STORE register column: the reverse; OP_ADD, OP_SUB, OP_MUL out left right; OP_MUL_EXTENSION out×5 left×5 right×5.
 *
 * @param registers address of register 0
 * @param columns uint32 addresses of columns of `count` values
 */
export function runProgram(program: usize, registers: usize, columns: usize, count: u32, from: u32, to: u32): void {
  for (let start = from; start < to; start += CHUNK) {
    let at = program;
    for (;;) {
      const operation = load<u32>(at);
      if (operation == OP_END) break;
      const first = registers + <usize>load<u32>(at, 4) * REGISTER_SIZE;
      if (operation == OP_LOAD || operation == OP_LOAD_PLAIN) {
        const column = <usize>load<u32>(columns + 4 * load<u32>(at, 8));
        loadColumn(first, column, (start + load<u32>(at, 12)) % count, count, operation == OP_LOAD);
        at += 16;
      } else if (operation == OP_STORE) {
        memory.copy(<usize>load<u32>(columns + 4 * load<u32>(at, 8)) + 4 * start, first, REGISTER_SIZE);
        at += 12;
      } else if (operation == OP_MUL_EXTENSION) {
        multiplyExtension(at, registers);
        at += 64;
      } else {
        const left = registers + <usize>load<u32>(at, 8) * REGISTER_SIZE;
        const right = registers + <usize>load<u32>(at, 12) * REGISTER_SIZE;
        if (operation == OP_ADD) {
          for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
            v128.store(first + i, add(v128.load(left + i), v128.load(right + i)));
          }
        } else if (operation == OP_SUB) {
          for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
            v128.store(first + i, sub(v128.load(left + i), v128.load(right + i)));
          }
        } else {
          for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
            v128.store(first + i, mul(v128.load(left + i), v128.load(right + i)));
          }
        }
        at += 16;
      }
    }
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
  const c0 = registers + <usize>load<u32>(at, 4) * REGISTER_SIZE;
  const c1 = registers + <usize>load<u32>(at, 8) * REGISTER_SIZE;
  const c2 = registers + <usize>load<u32>(at, 12) * REGISTER_SIZE;
  const c3 = registers + <usize>load<u32>(at, 16) * REGISTER_SIZE;
  const c4 = registers + <usize>load<u32>(at, 20) * REGISTER_SIZE;
  const a0 = registers + <usize>load<u32>(at, 24) * REGISTER_SIZE;
  const a1 = registers + <usize>load<u32>(at, 28) * REGISTER_SIZE;
  const a2 = registers + <usize>load<u32>(at, 32) * REGISTER_SIZE;
  const a3 = registers + <usize>load<u32>(at, 36) * REGISTER_SIZE;
  const a4 = registers + <usize>load<u32>(at, 40) * REGISTER_SIZE;
  const b0 = registers + <usize>load<u32>(at, 44) * REGISTER_SIZE;
  const b1 = registers + <usize>load<u32>(at, 48) * REGISTER_SIZE;
  const b2 = registers + <usize>load<u32>(at, 52) * REGISTER_SIZE;
  const b3 = registers + <usize>load<u32>(at, 56) * REGISTER_SIZE;
  const b4 = registers + <usize>load<u32>(at, 60) * REGISTER_SIZE;
  for (let i: usize = 0; i < REGISTER_SIZE; i += 16) {
    mulParts(
      v128.load(a0 + i),
      v128.load(a1 + i),
      v128.load(a2 + i),
      v128.load(a3 + i),
      v128.load(a4 + i),
      v128.load(b0 + i),
      v128.load(b1 + i),
      v128.load(b2 + i),
      v128.load(b3 + i),
      v128.load(b4 + i),
      c0 + i,
      c1 + i,
      c2 + i,
      c3 + i,
      c4 + i,
    );
  }
}
