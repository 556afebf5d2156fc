// Sums over columns and coefficients. Weights and powers are in Montgomery form, so that their products with plain
// elements are plain. A column over F is given by the address of a list of five uint32 addresses.

import { mulParts } from './extension';
import { add, addOne, mul, mul2, mulOne, splat, sub } from './field';
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

/** Σ_i column[i] · powers[i]: five uint32 at `result`; n a multiple of 8. */
export function dot(column: usize, powers: usize, n: u32, result: usize): void {
  for (let c: usize = 0; c < 5; c++) {
    const weights = part(powers, c);
    let sum = splat(0);
    for (let i: usize = 0; i < 4 * <usize>n; i += 32) {
      const product = mul2(
        v128.load(column + i), v128.load(weights + i),
        v128.load(column + i, 16), v128.load(weights + i, 16),
      );
      sum = add(sum, product);
    }
    const low = addOne(i32x4.extract_lane(sum, 0), i32x4.extract_lane(sum, 1));
    const high = addOne(i32x4.extract_lane(sum, 2), i32x4.extract_lane(sum, 3));
    store<u32>(result + 4 * c, addOne(low, high));
  }
}

/**
 * out[i] = Σ_j weights[j] · columns[j][i] for i from `from` to `to`, multiples of 256.
 *
 * @param columns uint32 addresses, an even number of them
 * @param weights five uint32 each, in Montgomery form
 */
export function combine(out: usize, columns: usize, weights: usize, count: u32, from: u32, to: u32): void {
  for (let tile = from; tile < to; tile += 256) {
    for (let c: usize = 0; c < 5; c++) {
      const target = part(out, c);
      for (let i: usize = 4 * tile; i < 4 * (<usize>tile + 256); i += 16) v128.store(target + i, splat(0));
      for (let j: u32 = 0; j < count; j += 2) {
        const first = <usize>load<u32>(columns + 4 * j);
        const second = <usize>load<u32>(columns + 4 * j + 4);
        const a = v128.load32_splat(weights + 20 * j + 4 * c);
        const b = v128.load32_splat(weights + 20 * (j + 1) + 4 * c);
        for (let i: usize = 4 * tile; i < 4 * (<usize>tile + 256); i += 16) {
          const sum = mul2(v128.load(first + i), a, v128.load(second + i), b);
          v128.store(target + i, add(v128.load(target + i), sum));
        }
      }
    }
  }
}

/**
 * In place: f becomes (f(X) − f(z))/(X − z), coefficients in bit-reversed order, n = 2^bits ≥ 16.
 *
 * The quotient's coefficients are carries: carry_i = f_i + z · carry_{i+1} is coefficient i − 1. Bit-reversed order has
 * the same place of four quarters of the coefficients in one vector, so four chains of carries run side by side; then
 * each quarter gets what the ones above carry into it.
 *
 * @param zeta five uint32 in Montgomery form; `quarterPower` likewise z^(n/4); `one` is 1 in Montgomery form
 */
export function divideByLinear(
  column: usize,
  bits: u32,
  zeta: usize,
  quarterPower: usize,
  one: u32,
  scratch: usize,
): void {
  const length: u32 = 1 << (bits - 2);
  const carries = scratch;
  const product = scratch + 80;
  for (let c: usize = 0; c < 5; c++) v128.store(carries + 16 * c, splat(0));
  // Chains from the top of each quarter; carry_i takes the place of coefficient i.
  for (let i = length; i > 0; i--) {
    const at: usize = 16 * <usize>reverseBits(i - 1, bits - 2);
    multiplyBy(carries, zeta, product);
    for (let c: usize = 0; c < 5; c++) {
      const carry = add(v128.load(product + 16 * c), v128.load(part(column, c) + at));
      v128.store(carries + 16 * c, carry);
      v128.store(part(column, c) + at, carry);
    }
  }
  // Lane k holds quarter reverse(k): 0, 2, 1, 3. What the quarters above carry into each one:
  //   into 3: 0; into 2: C₃; into 1: C₂ + z^(n/4)·C₃; into 0: C₁ + z^(n/4)·(into 1).
  const incoming = scratch + 160;
  for (let c: usize = 0; c < 5; c++) v128.store(incoming + 16 * c, splat(0));
  for (let c: usize = 0; c < 5; c++) store<u32>(incoming + 16 * c + 4, load<u32>(carries + 16 * c + 12));
  multiplyBy(incoming, quarterPower, product);
  for (let c: usize = 0; c < 5; c++) {
    const sum = addOne(load<u32>(carries + 16 * c + 4), load<u32>(product + 16 * c + 4));
    store<u32>(incoming + 16 * c + 8, sum);
  }
  multiplyBy(incoming, quarterPower, product);
  for (let c: usize = 0; c < 5; c++) {
    const sum = addOne(load<u32>(carries + 16 * c + 8), load<u32>(product + 16 * c + 8));
    store<u32>(incoming + 16 * c, sum);
  }
  // carry_i += z^(distance to the quarter's end) · incoming, and every carry moves down by one coefficient.
  const dropped = scratch + 240;
  for (let i = length; i > 0; i--) {
    multiplyBy(incoming, zeta, product);
    memory.copy(incoming, product, 80);
    const at: usize = 16 * <usize>reverseBits(i - 1, bits - 2);
    for (let c: usize = 0; c < 5; c++) {
      const carry = add(v128.load(part(column, c) + at), v128.load(incoming + 16 * c));
      v128.store(part(column, c) + at, carry);
    }
  }
  for (let c: usize = 0; c < 5; c++) v128.store(dropped + 16 * c, v128.load(part(column, c)));
  for (let i: u32 = 1; i < length; i++) {
    const from: usize = 16 * <usize>reverseBits(i, bits - 2);
    const to: usize = 16 * <usize>reverseBits(i - 1, bits - 2);
    for (let c: usize = 0; c < 5; c++) v128.store(part(column, c) + to, v128.load(part(column, c) + from));
  }
  // The lowest carry of each quarter becomes the highest coefficient of the quarter below; the last one is 0.
  const top: usize = 16 * <usize>reverseBits(length - 1, bits - 2);
  for (let c: usize = 0; c < 5; c++) {
    const lowest = v128.load(dropped + 16 * c);
    const moved = v128.shuffle<i32>(lowest, splat(0), 2, 3, 1, 4);
    v128.store(part(column, c) + top, moved);
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

/** target[i] = target[i] + source[i] for i from `from` to `to`, multiples of 4. */
export function addColumn(target: usize, source: usize, from: u32, to: u32): void {
  for (let i: usize = 4 * <usize>from; i < 4 * <usize>to; i += 16) {
    v128.store(target + i, add(v128.load(target + i), v128.load(source + i)));
  }
}

/** target[i] = target[i] + value, likewise. */
export function addValue(target: usize, value: u32, from: u32, to: u32): void {
  const vector = splat(value);
  for (let i: usize = 4 * <usize>from; i < 4 * <usize>to; i += 16) {
    v128.store(target + i, add(v128.load(target + i), vector));
  }
}
