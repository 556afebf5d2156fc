// Sums over columns and coefficients. Weights and powers are in Montgomery form, so that their products with plain
// elements are plain. A column over F is given by the address of a list of five uint32 addresses.

import { mulParts } from './extension';
import { add, addOne, mul, mul4, mulOne, splat, sub } from './field';
import { reverseBits } from './ntt';

@inline
function part(column: usize, c: usize): usize {
  return load<u32>(column + 4 * c);
}

/**
 * The powers 1, z, z², … in bit-reversed order, in Montgomery form.
 *
 * @param powers a column over F of n = 2^bits values
 * @param squares z^(2^k) for k = 0 … bits − 1, five uint32 each, in Montgomery form; `one` is 1 in Montgomery form
 */
export function fillPowers(powers: usize, bits: u32, squares: usize, one: u32, scratch: usize): void {
  const p0 = part(powers, 0);
  const p1 = part(powers, 1);
  const p2 = part(powers, 2);
  const p3 = part(powers, 3);
  const p4 = part(powers, 4);
  store<u32>(p0, one);
  store<u32>(p1, 0);
  store<u32>(p2, 0);
  store<u32>(p3, 0);
  store<u32>(p4, 0);
  // Position i + 2^j, i < 2^j, holds what position i holds, times z^(2^(bits−1−j)).
  for (let j: u32 = 0; j < bits; j++) {
    const square = squares + 20 * (bits - 1 - j);
    const b0 = v128.load32_splat(square, 0);
    const b1 = v128.load32_splat(square, 4);
    const b2 = v128.load32_splat(square, 8);
    const b3 = v128.load32_splat(square, 12);
    const b4 = v128.load32_splat(square, 16);
    const size: usize = 1 << j;
    for (let i: usize = 0; i < size; i += 4) {
      const from: usize = 4 * i;
      const to: usize = 4 * (i + size);
      // Below four values the vector reaches past the target's end; what it spoils is written later.
      mulParts(
        v128.load(p0 + from), v128.load(p1 + from), v128.load(p2 + from), v128.load(p3 + from), v128.load(p4 + from),
        b0, b1, b2, b3, b4,
        scratch, scratch + 16, scratch + 32, scratch + 48, scratch + 64,
      );
      if (size < 4) {
        for (let k: usize = 0; k < size; k++) {
          store<u32>(p0 + to + 4 * k, load<u32>(scratch + 4 * k));
          store<u32>(p1 + to + 4 * k, load<u32>(scratch + 16 + 4 * k));
          store<u32>(p2 + to + 4 * k, load<u32>(scratch + 32 + 4 * k));
          store<u32>(p3 + to + 4 * k, load<u32>(scratch + 48 + 4 * k));
          store<u32>(p4 + to + 4 * k, load<u32>(scratch + 64 + 4 * k));
        }
      } else {
        v128.store(p0 + to, v128.load(scratch));
        v128.store(p1 + to, v128.load(scratch, 16));
        v128.store(p2 + to, v128.load(scratch, 32));
        v128.store(p3 + to, v128.load(scratch, 48));
        v128.store(p4 + to, v128.load(scratch, 64));
      }
    }
  }
}

/** Values of a column that are worked on before the next column's. */
const TILE: u32 = 256;

/**
 * Σ_i columns[j][i] · powers[i] for every column, i from `from` to `to`, multiples of the tile.
 *
 * @param sums for each column five vectors; each sum is that of the vector's four lanes
 */
export function dot(columns: usize, count: u32, powers: usize, from: u32, to: u32, sums: usize): void {
  memory.fill(sums, 0, 80 * <usize>count);
  for (let tile = from; tile < to; tile += TILE) {
    for (let j: u32 = 0; j < count; j++) {
      addDotOfTile(<usize>load<u32>(columns + 4 * j) + 4 * tile, powers, 4 * tile, sums + 80 * j);
    }
  }
}

function addDotOfTile(values: usize, powers: usize, offset: usize, sums: usize): void {
  const p0 = part(powers, 0) + offset;
  const p1 = part(powers, 1) + offset;
  const p2 = part(powers, 2) + offset;
  const p3 = part(powers, 3) + offset;
  const p4 = part(powers, 4) + offset;
  let s0 = v128.load(sums, 0);
  let s1 = v128.load(sums, 16);
  let s2 = v128.load(sums, 32);
  let s3 = v128.load(sums, 48);
  let s4 = v128.load(sums, 64);
  for (let i: usize = 0; i < 4 * TILE; i += 64) {
    const v0 = v128.load(values + i);
    const v1 = v128.load(values + i, 16);
    const v2 = v128.load(values + i, 32);
    const v3 = v128.load(values + i, 48);
    s0 = add(s0, fourProducts(v0, v1, v2, v3, p0 + i));
    s1 = add(s1, fourProducts(v0, v1, v2, v3, p1 + i));
    s2 = add(s2, fourProducts(v0, v1, v2, v3, p2 + i));
    s3 = add(s3, fourProducts(v0, v1, v2, v3, p3 + i));
    s4 = add(s4, fourProducts(v0, v1, v2, v3, p4 + i));
  }
  v128.store(sums, s0, 0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
  v128.store(sums, s4, 64);
}

@inline
function fourProducts(v0: v128, v1: v128, v2: v128, v3: v128, powers: usize): v128 {
  return mul4(v0, v128.load(powers), v1, v128.load(powers, 16), v2, v128.load(powers, 32), v3, v128.load(powers, 48));
}

/**
 * out[i] = Σ_j weights[j] · columns[j][i] for i from `from` to `to`, multiples of the tile.
 *
 * @param columns uint32 addresses, a multiple of 4 of them
 * @param weights five uint32 each, in Montgomery form
 */
export function combine(out: usize, columns: usize, weights: usize, count: u32, from: u32, to: u32): void {
  for (let tile = from; tile < to; tile += TILE) {
    for (let c: usize = 0; c < 5; c++) {
      memory.fill(part(out, c) + 4 * tile, 0, 4 * TILE);
    }
    for (let j: u32 = 0; j < count; j += 4) {
      for (let c: usize = 0; c < 5; c++) {
        addFourColumns(part(out, c) + 4 * tile, columns + 4 * j, 4 * tile, weights + 20 * j + 4 * c);
      }
    }
  }
}

function addFourColumns(target: usize, columns: usize, offset: usize, weights: usize): void {
  const v0 = <usize>load<u32>(columns) + offset;
  const v1 = <usize>load<u32>(columns, 4) + offset;
  const v2 = <usize>load<u32>(columns, 8) + offset;
  const v3 = <usize>load<u32>(columns, 12) + offset;
  const w0 = v128.load32_splat(weights);
  const w1 = v128.load32_splat(weights, 20);
  const w2 = v128.load32_splat(weights, 40);
  const w3 = v128.load32_splat(weights, 60);
  for (let i: usize = 0; i < 4 * TILE; i += 16) {
    const products = mul4(
      v128.load(v0 + i), w0,
      v128.load(v1 + i), w1,
      v128.load(v2 + i), w2,
      v128.load(v3 + i), w3,
    );
    v128.store(target + i, add(v128.load(target + i), products));
  }
}

/**
 * The column becomes (f(X) − f(z))/(X − z), coefficients in bit-reversed order, n = 2^bits ≥ 32.
 *
 * The quotient's coefficients are carries: carry_i = f_i + z · carry_{i+1} is coefficient i − 1. Sixteen values in a row,
 * a cache line, stand at the same place of the sixteen parts into which the coefficients can be cut: sixteen chains of
 * carries run side by side, four in each of four vectors. Then each part gets what the parts above carry into it.
 *
 * @param dividend f, a column over F
 * @param zeta five uint32 in Montgomery form; `partPower` likewise z^(n/16)
 */
export function divideByLinear(
  dividend: usize,
  column: usize,
  bits: u32,
  zeta: usize,
  partPower: usize,
  scratch: usize,
): void {
  const length: u32 = 1 << (bits - 4);
  const carries = scratch;
  const incoming = scratch + 320;
  memory.fill(carries, 0, 320);
  for (let i = length; i > 0; i--) {
    const at: usize = 64 * <usize>reverseBits(i - 1, bits - 4);
    for (let k: usize = 0; k < 4; k++) {
      const own = carries + 80 * k;
      multiplyBy(own, zeta, own);
      for (let c: usize = 0; c < 5; c++) {
        const place = at + 16 * k;
        const carry = add(v128.load(own + 16 * c), v128.load(part(dividend, c) + place));
        v128.store(own + 16 * c, carry);
        v128.store(part(column, c) + place, carry);
      }
    }
  }
  carryIntoParts(carries, incoming, partPower, scratch + 640);
  // Adds what comes in, times a power of z, and moves every carry down by one place; `carries` holds those from above.
  for (let i = length; i > 0; i--) {
    const at: usize = 64 * <usize>reverseBits(i - 1, bits - 4);
    for (let k: usize = 0; k < 4; k++) {
      const own = incoming + 80 * k;
      multiplyBy(own, zeta, own);
      for (let c: usize = 0; c < 5; c++) {
        const target = part(column, c) + at + 16 * k;
        const held = carries + 80 * k + 16 * c;
        const carry = add(v128.load(target), v128.load(own + 16 * c));
        v128.store(target, v128.load(held));
        v128.store(held, carry);
      }
    }
  }
  // The lowest carry of each part becomes the highest coefficient of the part below.
  const top: usize = 64 * (<usize>length - 1);
  for (let s: u32 = 0; s < 16; s++) {
    for (let c: usize = 0; c < 5; c++) {
      const value = s == 15 ? 0 : load<u32>(laneOf(carries, s + 1, c));
      store<u32>(part(column, c) + top + 4 * reverseBits(s, 4), value);
    }
  }
}

/** Where part c of the value of chain s stands among sixteen elements of F, in four times five vectors. */
@inline
function laneOf(elements: usize, s: u32, c: usize): usize {
  const position = reverseBits(s, 4);
  return elements + 80 * (position >> 2) + 16 * c + 4 * (position & 3);
}

/** What the parts above carry into each one: nothing into 15, into s what comes out of s + 1 with what came into that. */
function carryIntoParts(carries: usize, incoming: usize, partPower: usize, element: usize): void {
  memory.fill(incoming, 0, 320);
  memory.fill(element, 0, 80);
  for (let s: u32 = 15; s > 0; s--) {
    multiplyBy(element, partPower, element);
    for (let c: usize = 0; c < 5; c++) {
      const value = addOne(load<u32>(laneOf(carries, s, c)), load<u32>(element + 16 * c));
      store<u32>(laneOf(incoming, s - 1, c), value);
      v128.store(element + 16 * c, splat(value));
    }
  }
}

/** Five vectors times one element of F. */
@inline
function multiplyBy(vectors: usize, element: usize, product: usize): void {
  mulParts(
    v128.load(vectors), v128.load(vectors, 16), v128.load(vectors, 32), v128.load(vectors, 48), v128.load(vectors, 64),
    v128.load32_splat(element, 0), v128.load32_splat(element, 4), v128.load32_splat(element, 8),
    v128.load32_splat(element, 12), v128.load32_splat(element, 16),
    product, product + 16, product + 32, product + 48, product + 64,
  );
}

/**
 * Folds a word by two: out[i] = (w[i] + w[i + n/2])/2 + b·(w[i] − w[i + n/2])/(2x_i), for i from `from` to `to`,
 * multiples of 4; x_i are the points of the word's domain.
 *
 * @param challenge b/2: five uint32 in Montgomery form
 * @param inversePoints 1/x_i in Montgomery form
 * @param half 1/2 in Montgomery form
 */
export function foldByTwo(
  word: usize,
  out: usize,
  n: u32,
  inversePoints: usize,
  stride: u32,
  challenge: usize,
  half: u32,
  from: u32,
  to: u32,
  scratch: usize,
): void {
  const halfVector = splat(half);
  const other: usize = 2 * <usize>n;
  for (let i: usize = 4 * <usize>from; i < 4 * <usize>to; i += 16) {
    const inverse = gather(inversePoints, <u32>(i >> 2), stride);
    for (let c: usize = 0; c < 5; c++) {
      const low = v128.load(part(word, c) + i);
      const high = v128.load(part(word, c) + other + i);
      v128.store(scratch + 16 * c, mul(sub(low, high), inverse));
      v128.store(part(out, c) + i, mul(add(low, high), halfVector));
    }
    multiplyBy(scratch, challenge, scratch + 80);
    for (let c: usize = 0; c < 5; c++) {
      const target = part(out, c) + i;
      v128.store(target, add(v128.load(target), v128.load(scratch + 80 + 16 * c)));
    }
  }
}

/** Values i·stride … (i + 3)·stride of a table. */
@inline
function gather(table: usize, i: u32, stride: u32): v128 {
  if (stride == 1) return v128.load(table + 4 * <usize>i);
  const step: usize = 4 * <usize>stride;
  const at = table + <usize>i * step;
  return i32x4(load<u32>(at), load<u32>(at + step), load<u32>(at + 2 * step), load<u32>(at + 3 * step));
}

/** out[i] = first · ratio^i for i < n; first and ratio in Montgomery form, n a multiple of 4. */
export function fillGeometric(out: usize, n: u32, first: u32, ratio: u32): void {
  let power = first;
  for (let i: u32 = 0; i < n; i++) {
    store<u32>(out + 4 * <usize>i, power);
    power = mulOne(power, ratio);
  }
}

/** sum[i] = left[i] + right[i] for i from `from` to `to`, multiples of 4. */
export function addColumns(sum: usize, left: usize, right: usize, from: u32, to: u32): void {
  for (let i: usize = 4 * <usize>from; i < 4 * <usize>to; i += 16) {
    v128.store(sum + i, add(v128.load(left + i), v128.load(right + i)));
  }
}

/** target[i] = target[i] + value, likewise. */
export function addValue(target: usize, value: u32, from: u32, to: u32): void {
  const vector = splat(value);
  for (let i: usize = 4 * <usize>from; i < 4 * <usize>to; i += 16) {
    v128.store(target + i, add(v128.load(target + i), vector));
  }
}
