// Number-theoretic transforms in place, with the domain's shift folded into the twiddle factors.
//
// Decimation in time takes coefficients in bit-reversed order to values in natural order: the butterfly of half-size h
// joins f(x) = e(x²) + x·o(x²), x = point j of the domain's (n/2h)-th power. Decimation in frequency undoes it.
//
// A twiddle table for n points holds the factors in the order in which passes read them, 8n bytes: those of half-size h,
// or of h and 2h if one pass does both levels, from byte 8h on. A pass reads groups of four factors, each group followed
// by its companions for `mulShoup`.

import { add, mulShoup, P, reduceOne, splat, sub } from './field';

/** Bytes of the factors that a pass over two levels reads for four places: x of half-size q, y and z of half-size 2q. */
const FACTORS: usize = 96;

@inline
function at(base: usize, index: u32): usize {
  return base + (<usize>index << 2);
}

/** Fills a table: twiddle j of half-size h is shift^(n/2h) · root^(j·n/2h); both in Montgomery form, n ≥ 16. */
export function fillTwiddles(table: usize, n: u32, root: u32, shift: u32): void {
  let levelRoot = root;
  let levelShift = shift;
  // From the top: half-size n/2 has the domain's own points, each level below the squares of those above.
  for (let half = n >> 1; half >= 1; half >>= 1) {
    let power = levelShift;
    for (let j: u32 = 0; j < half; j++) {
      const plain = reduceOne(<u64>power);
      const target = table + placeOf(n, half, j);
      store<u32>(target, plain);
      store<u32>(target + 4 * min<u32>(half, 4), <u32>((<u64>plain << 32) / P));
      power = reduceOne(<u64>power * levelRoot);
    }
    levelRoot = reduceOne(<u64>levelRoot * levelRoot);
    levelShift = reduceOne(<u64>levelShift * levelShift);
  }
}

/** Where twiddle j of half-size `half` stands in the table for n points. */
function placeOf(n: u32, half: u32, j: u32): usize {
  if (half < 4) return 8 * half + 4 * j;
  const isAlone = half == 16 && (ctz(n) & 1) == 1;
  const isUpper = half == 8 || (half > 16 && ((ctz(n) - ctz(half)) & 1) == 1);
  const q = isUpper ? half >> 1 : half;
  const part: usize = !isUpper ? 0 : j < q ? 32 : 64;
  return 8 * q + (isAlone ? 32 : FACTORS) * ((j & (q - 1)) >> 2) + part + 4 * (j & 3);
}

/** Four times four values, `step` bytes apart. */
@inline
function timeButterfly(p0: usize, step: usize, factors: usize): void {
  const p = splat(P);
  const p1 = p0 + step;
  const p2 = p1 + step;
  const p3 = p2 + step;
  const x = v128.load(factors);
  const xCompanion = v128.load(factors, 16);
  const t1 = mulShoup(v128.load(p1), x, xCompanion);
  const t3 = mulShoup(v128.load(p3), x, xCompanion);
  const a0 = v128.load(p0);
  const a2 = v128.load(p2);
  const b0 = add(a0, t1);
  const b1 = sub(a0, t1);
  // Sums and differences need no reduction before a multiplication that takes any 32-bit value.
  const s2 = i32x4.add(a2, t3);
  const s3 = i32x4.add(i32x4.sub(a2, t3), p);
  const b2 = mulShoup(s2, v128.load(factors, 32), v128.load(factors, 48));
  const b3 = mulShoup(s3, v128.load(factors, 64), v128.load(factors, 80));
  v128.store(p0, add(b0, b2));
  v128.store(p1, add(b1, b3));
  v128.store(p2, sub(b0, b2));
  v128.store(p3, sub(b1, b3));
}

/** Two levels of decimation in time at once: half-sizes q and 2q, on one block of 4q values; q ≥ 8. */
function timePass4(values: usize, q: u32, table: usize): void {
  const step: usize = 4 * <usize>q;
  const end = values + step;
  let factors = table + 2 * step;
  for (let p0 = values; p0 < end; p0 += 32) {
    timeButterfly(p0, step, factors);
    timeButterfly(p0 + 16, step, factors + FACTORS);
    factors += 2 * FACTORS;
  }
}

/** The level of decimation in time of half-size 16, on one block of 32 values. */
function timePass2(values: usize, table: usize): void {
  for (let k: usize = 0; k < 4; k++) {
    const p0 = values + 16 * k;
    const factors = table + 128 + 32 * k;
    const t = mulShoup(v128.load(p0, 64), v128.load(factors), v128.load(factors, 16));
    const a = v128.load(p0);
    v128.store(p0, add(a, t));
    v128.store(p0, sub(a, t), 64);
  }
}

/** All levels of decimation in time from half-size 16 up, on one block. */
function timeLevels(values: usize, size: u32, table: usize): void {
  if (size == 16) return;
  if (size == 32) {
    timePass2(values, table);
    return;
  }
  // The quarters first, so that small blocks are finished while they are in the processor's cache.
  const q = size >> 2;
  timeLevels(values, q, table);
  timeLevels(at(values, q), q, table);
  timeLevels(at(values, 2 * q), q, table);
  timeLevels(at(values, 3 * q), q, table);
  timePass4(values, q, table);
}

/** Values of a polynomial on a domain of 4n points from its n coefficients in bit-reversed order; n ≥ 16. */
export function extend(coefficients: usize, values: usize, n: u32, table: usize): void {
  const size = 4 * n;
  const p = splat(P);
  const x = v128.load(table, 32);
  const xCompanion = v128.load(table, 48);
  const y = v128.load(table, 64);
  const yCompanion = v128.load(table, 80);
  const z = v128.load(table, 96);
  const zCompanion = v128.load(table, 112);
  for (let i: u32 = 0; i < n; i += 4) {
    // Three of four coefficients are 0, so the levels of half-size 1 and 2 only repeat the fourth; 4 and 8 follow here.
    const a0 = v128.load32_splat(at(coefficients, i));
    const t1 = mulShoup(v128.load32_splat(at(coefficients, i + 1)), x, xCompanion);
    const a2 = v128.load32_splat(at(coefficients, i + 2));
    const t3 = mulShoup(v128.load32_splat(at(coefficients, i + 3)), x, xCompanion);
    const b0 = add(a0, t1);
    const b1 = sub(a0, t1);
    const b2 = mulShoup(i32x4.add(a2, t3), y, yCompanion);
    const b3 = mulShoup(i32x4.add(i32x4.sub(a2, t3), p), z, zCompanion);
    const target = at(values, 4 * i);
    v128.store(target, add(b0, b2));
    v128.store(target, add(b1, b3), 16);
    v128.store(target, sub(b0, b2), 32);
    v128.store(target, sub(b1, b3), 48);
  }
  timeLevels(values, size, table);
}

/** Values on a domain of n points from n coefficients in bit-reversed order; n ≥ 16. */
export function evaluate(coefficients: usize, values: usize, n: u32, table: usize): void {
  memory.copy(values, coefficients, 4 * <usize>n);
  const t1 = v128.load32_splat(table, 8);
  const t1Companion = v128.load32_splat(table, 12);
  const t2 = v128.load32_splat(table, 16);
  const t2Companion = v128.load32_splat(table, 24);
  const t3 = v128.load32_splat(table, 20);
  const t3Companion = v128.load32_splat(table, 28);
  for (let i: u32 = 0; i < n; i += 16) {
    const base = at(values, i);
    // Four blocks of four values: the k-th values of all blocks in one vector.
    const r0 = v128.load(base);
    const r1 = v128.load(base, 16);
    const r2 = v128.load(base, 32);
    const r3 = v128.load(base, 48);
    const m0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
    const m1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const m2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
    const m3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    const a0 = v128.shuffle<i32>(m0, m2, 0, 1, 4, 5);
    const a1 = mulShoup(v128.shuffle<i32>(m0, m2, 2, 3, 6, 7), t1, t1Companion);
    const a2 = v128.shuffle<i32>(m1, m3, 0, 1, 4, 5);
    const a3 = mulShoup(v128.shuffle<i32>(m1, m3, 2, 3, 6, 7), t1, t1Companion);
    const b0 = add(a0, a1);
    const b1 = sub(a0, a1);
    const b2 = mulShoup(add(a2, a3), t2, t2Companion);
    const b3 = mulShoup(sub(a2, a3), t3, t3Companion);
    storeTransposed(base, add(b0, b2), add(b1, b3), sub(b0, b2), sub(b1, b3));
    timeButterfly(base, 16, table + 32);
  }
  timeLevels(values, n, table);
}

@inline
function storeTransposed(base: usize, c0: v128, c1: v128, c2: v128, c3: v128): void {
  const m0 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5);
  const m1 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
  const m2 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
  const m3 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
  v128.store(base, v128.shuffle<i32>(m0, m2, 0, 1, 4, 5));
  v128.store(base, v128.shuffle<i32>(m0, m2, 2, 3, 6, 7), 16);
  v128.store(base, v128.shuffle<i32>(m1, m3, 0, 1, 4, 5), 32);
  v128.store(base, v128.shuffle<i32>(m1, m3, 2, 3, 6, 7), 48);
}

/** Four times four values, `step` bytes apart. */
@inline
function frequencyButterfly(p0: usize, step: usize, factors: usize): void {
  const p = splat(P);
  const p1 = p0 + step;
  const p2 = p1 + step;
  const p3 = p2 + step;
  const a0 = v128.load(p0);
  const a1 = v128.load(p1);
  const a2 = v128.load(p2);
  const a3 = v128.load(p3);
  const b0 = add(a0, a2);
  const b1 = add(a1, a3);
  const d2 = i32x4.add(i32x4.sub(a0, a2), p);
  const d3 = i32x4.add(i32x4.sub(a1, a3), p);
  const b2 = mulShoup(d2, v128.load(factors, 32), v128.load(factors, 48));
  const b3 = mulShoup(d3, v128.load(factors, 64), v128.load(factors, 80));
  const x = v128.load(factors);
  const xCompanion = v128.load(factors, 16);
  v128.store(p0, add(b0, b1));
  v128.store(p1, mulShoup(i32x4.add(i32x4.sub(b0, b1), p), x, xCompanion));
  v128.store(p2, add(b2, b3));
  v128.store(p3, mulShoup(i32x4.add(i32x4.sub(b2, b3), p), x, xCompanion));
}

/** Two levels of decimation in frequency at once: half-sizes 2q and q, on one block of 4q values; q ≥ 8. */
function frequencyPass4(values: usize, q: u32, table: usize): void {
  const step: usize = 4 * <usize>q;
  const end = values + step;
  let factors = table + 2 * step;
  for (let p0 = values; p0 < end; p0 += 32) {
    frequencyButterfly(p0, step, factors);
    frequencyButterfly(p0 + 16, step, factors + FACTORS);
    factors += 2 * FACTORS;
  }
}

/** The level of decimation in frequency of half-size 16, on one block of 32 values. */
function frequencyPass2(values: usize, table: usize): void {
  const p = splat(P);
  for (let k: usize = 0; k < 4; k++) {
    const p0 = values + 16 * k;
    const factors = table + 128 + 32 * k;
    const a = v128.load(p0);
    const b = v128.load(p0, 64);
    const difference = i32x4.add(i32x4.sub(a, b), p);
    v128.store(p0, add(a, b));
    v128.store(p0, mulShoup(difference, v128.load(factors), v128.load(factors, 16)), 64);
  }
}

/** All levels of decimation in frequency down to half-size 16, on one block. */
function frequencyLevels(values: usize, size: u32, table: usize): void {
  if (size == 16) return;
  if (size == 32) {
    frequencyPass2(values, table);
    return;
  }
  const q = size >> 2;
  frequencyPass4(values, q, table);
  frequencyLevels(values, q, table);
  frequencyLevels(at(values, q), q, table);
  frequencyLevels(at(values, 2 * q), q, table);
  frequencyLevels(at(values, 3 * q), q, table);
}

/**
 * Coefficients in bit-reversed order from values, times n and then times `scale`; n ≥ 16. The table is that of the
 * inverse twiddle factors.
 */
export function interpolate(
  source: usize,
  values: usize,
  n: u32,
  table: usize,
  scale: u32,
  scaleCompanion: u32,
): void {
  memory.copy(values, source, 4 * <usize>n);
  frequencyLevels(values, n, table);
  const p = splat(P);
  // The scale goes into the factors of the last level.
  const scaled = <u32>((<u64>load<u32>(table, 8) * scale) % P);
  const t1 = splat(scaled);
  const t1Companion = splat(<u32>((<u64>scaled << 32) / P));
  const t2 = v128.load32_splat(table, 16);
  const t2Companion = v128.load32_splat(table, 24);
  const t3 = v128.load32_splat(table, 20);
  const t3Companion = v128.load32_splat(table, 28);
  const s = splat(scale);
  const sCompanion = splat(scaleCompanion);
  for (let i: u32 = 0; i < n; i += 16) {
    const base = at(values, i);
    frequencyButterfly(base, 16, table + 32);
    const r0 = v128.load(base);
    const r1 = v128.load(base, 16);
    const r2 = v128.load(base, 32);
    const r3 = v128.load(base, 48);
    const m0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
    const m1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const m2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
    const m3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    const a0 = v128.shuffle<i32>(m0, m2, 0, 1, 4, 5);
    const a1 = v128.shuffle<i32>(m0, m2, 2, 3, 6, 7);
    const a2 = v128.shuffle<i32>(m1, m3, 0, 1, 4, 5);
    const a3 = v128.shuffle<i32>(m1, m3, 2, 3, 6, 7);
    const b0 = add(a0, a2);
    const b1 = add(a1, a3);
    const b2 = mulShoup(i32x4.add(i32x4.sub(a0, a2), p), t2, t2Companion);
    const b3 = mulShoup(i32x4.add(i32x4.sub(a1, a3), p), t3, t3Companion);
    storeTransposed(
      base,
      mulShoup(i32x4.add(b0, b1), s, sCompanion),
      mulShoup(i32x4.add(i32x4.sub(b0, b1), p), t1, t1Companion),
      mulShoup(i32x4.add(b2, b3), s, sCompanion),
      mulShoup(i32x4.add(i32x4.sub(b2, b3), p), t1, t1Companion),
    );
  }
}

/**
 * Moves the value at i to the position whose `bits` binary digits are those of i in reverse; bits ≥ 8.
 *
 * A position is four digits, then those in the middle, then four. A square of the 256 values with the same middle changes
 * places with the square of the reversed middle, both by whole cache lines.
 *
 * @param scratch 2048 bytes
 */
export function bitReverse(values: usize, bits: u32, scratch: usize): void {
  const middleBits = bits - 8;
  const stride: usize = 4 << (bits - 4);
  for (let middle: u32 = 0; middle < 1 << middleBits; middle++) {
    const reversed: u32 = middleBits == 0 ? 0 : reverseBits(middle, middleBits);
    if (reversed < middle) continue;
    const square = values + 64 * middle;
    const other = values + 64 * reversed;
    loadSquare(square, stride, scratch);
    loadSquare(other, stride, scratch + 1024);
    storeReversed(scratch, other, stride);
    storeReversed(scratch + 1024, square, stride);
  }
}

function loadSquare(square: usize, stride: usize, buffer: usize): void {
  for (let row: usize = 0; row < 16; row++) memory.copy(buffer + 64 * row, square + stride * row, 64);
}

/** Row r, column c of the square becomes row reverse(c), column reverse(r). */
function storeReversed(buffer: usize, square: usize, stride: usize): void {
  for (let row: u32 = 0; row < 16; row++) {
    const target = square + stride * row;
    const source = buffer + 4 * reverseBits(row, 4);
    // Columns 0, 1, 2, 3 of a vector come from rows 0, 8, 4, 12 and so on.
    for (let c: u32 = 0; c < 16; c += 4) {
      const first = source + 64 * reverseBits(c, 4);
      v128.store(
        target + 4 * c,
        i32x4(load<u32>(first), load<u32>(first, 512), load<u32>(first, 256), load<u32>(first, 768)),
      );
    }
  }
}

/** The number whose `bits` binary digits are those of i in reverse; 1 ≤ bits ≤ 32. */
@inline
export function reverseBits(i: u32, bits: u32): u32 {
  let r = ((i >> 1) & 0x55555555) | ((i & 0x55555555) << 1);
  r = ((r >> 2) & 0x33333333) | ((r & 0x33333333) << 2);
  r = ((r >> 4) & 0x0f0f0f0f) | ((r & 0x0f0f0f0f) << 4);
  return bswap<u32>(r) >> (32 - bits);
}
