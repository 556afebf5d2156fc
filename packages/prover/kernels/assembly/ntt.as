// Number-theoretic transforms in place, with the domain's shift folded into the twiddle factors.
//
// Decimation in time takes coefficients in bit-reversed order to values in natural order: the butterfly of half-size h
// joins f(x) = e(x²) + x·o(x²), x = point j of the domain's (n/2h)-th power. Decimation in frequency undoes it.
//
// A twiddle table for n points has n entries: those of half-size h stand at h … 2h − 1. Behind them stand as many
// companions for `mulShoup`.

import { add, mulShoup, P, reduceOne, splat, sub } from './field';

@inline
function at(base: usize, index: u32): usize {
  return base + (<usize>index << 2);
}

/** Fills a table: twiddle j of half-size h is shift^(n/2h) · root^(j·n/2h); both in Montgomery form, n ≥ 2. */
export function fillTwiddles(table: usize, n: u32, root: u32, shift: u32): void {
  let levelRoot = root;
  let levelShift = shift;
  // From the top: half-size n/2 has the domain's own points, each level below the squares of those above.
  for (let half = n >> 1; half >= 1; half >>= 1) {
    let power = levelShift;
    for (let j: u32 = 0; j < half; j++) {
      const plain = reduceOne(<u64>power);
      store<u32>(at(table, half + j), plain);
      store<u32>(at(table, n + half + j), <u32>((<u64>plain << 32) / P));
      power = reduceOne(<u64>power * levelRoot);
    }
    levelRoot = reduceOne(<u64>levelRoot * levelRoot);
    levelShift = reduceOne(<u64>levelShift * levelShift);
  }
}

/** Two levels of decimation in time at once: half-sizes q and 2q, on one block of 4q values; q ≥ 4. */
function timePass4(values: usize, q: u32, table: usize, n: u32): void {
  const p = splat(P);
  for (let j: u32 = 0; j < q; j += 4) {
    const p0 = at(values, j);
    const p1 = at(values, j + q);
    const p2 = at(values, j + 2 * q);
    const p3 = at(values, j + 3 * q);
    const x = v128.load(at(table, q + j));
    const xCompanion = v128.load(at(table, n + q + j));
    const t1 = mulShoup(v128.load(p1), x, xCompanion);
    const t3 = mulShoup(v128.load(p3), x, xCompanion);
    const a0 = v128.load(p0);
    const a2 = v128.load(p2);
    const b0 = add(a0, t1);
    const b1 = sub(a0, t1);
    // Sums and differences need no reduction before a multiplication that takes any 32-bit value.
    const s2 = i32x4.add(a2, t3);
    const s3 = i32x4.add(i32x4.sub(a2, t3), p);
    const b2 = mulShoup(s2, v128.load(at(table, 2 * q + j)), v128.load(at(table, n + 2 * q + j)));
    const b3 = mulShoup(s3, v128.load(at(table, 3 * q + j)), v128.load(at(table, n + 3 * q + j)));
    v128.store(p0, add(b0, b2));
    v128.store(p1, add(b1, b3));
    v128.store(p2, sub(b0, b2));
    v128.store(p3, sub(b1, b3));
  }
}

/** One level of decimation in time, half-size h ≥ 4, on one block of 2h values. */
function timePass2(values: usize, half: u32, table: usize, n: u32): void {
  for (let j: u32 = 0; j < half; j += 4) {
    const p0 = at(values, j);
    const p1 = at(values, j + half);
    const t = mulShoup(v128.load(p1), v128.load(at(table, half + j)), v128.load(at(table, n + half + j)));
    const a = v128.load(p0);
    v128.store(p0, add(a, t));
    v128.store(p1, sub(a, t));
  }
}

/** All levels of decimation in time from half-size 16 up, on one block; n is the whole table's size. */
function timeLevels(values: usize, size: u32, table: usize, n: u32): void {
  if (size == 16) return;
  if (size == 32) {
    timePass2(values, 16, table, n);
    return;
  }
  // The quarters first, so that small blocks are finished while they are in the processor's cache.
  const q = size >> 2;
  timeLevels(values, q, table, n);
  timeLevels(at(values, q), q, table, n);
  timeLevels(at(values, 2 * q), q, table, n);
  timeLevels(at(values, 3 * q), q, table, n);
  timePass4(values, q, table, n);
}

/** Values of a polynomial on a domain of 4n points from its n coefficients in bit-reversed order; n ≥ 16. */
export function extend(coefficients: usize, values: usize, n: u32, table: usize): void {
  const size = 4 * n;
  const p = splat(P);
  const x = v128.load(at(table, 4));
  const xCompanion = v128.load(at(table, size + 4));
  const y0 = v128.load(at(table, 8));
  const y0Companion = v128.load(at(table, size + 8));
  const y1 = v128.load(at(table, 12));
  const y1Companion = v128.load(at(table, size + 12));
  for (let i: u32 = 0; i < n; i += 4) {
    // Three of four coefficients are 0, so the levels of half-size 1 and 2 only repeat the fourth; 4 and 8 follow here.
    const a0 = v128.load32_splat(at(coefficients, i));
    const t1 = mulShoup(v128.load32_splat(at(coefficients, i + 1)), x, xCompanion);
    const a2 = v128.load32_splat(at(coefficients, i + 2));
    const t3 = mulShoup(v128.load32_splat(at(coefficients, i + 3)), x, xCompanion);
    const b0 = add(a0, t1);
    const b1 = sub(a0, t1);
    const b2 = mulShoup(i32x4.add(a2, t3), y0, y0Companion);
    const b3 = mulShoup(i32x4.add(i32x4.sub(a2, t3), p), y1, y1Companion);
    const target = at(values, 4 * i);
    v128.store(target, add(b0, b2));
    v128.store(target, add(b1, b3), 16);
    v128.store(target, sub(b0, b2), 32);
    v128.store(target, sub(b1, b3), 48);
  }
  timeLevels(values, size, table, size);
}

/** Values on a domain of n points from n coefficients in bit-reversed order; n ≥ 16. */
export function evaluate(coefficients: usize, values: usize, n: u32, table: usize): void {
  memory.copy(values, coefficients, 4 * <usize>n);
  const t1 = v128.load32_splat(at(table, 1));
  const t1Companion = v128.load32_splat(at(table, n + 1));
  const t2 = v128.load32_splat(at(table, 2));
  const t2Companion = v128.load32_splat(at(table, n + 2));
  const t3 = v128.load32_splat(at(table, 3));
  const t3Companion = v128.load32_splat(at(table, n + 3));
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
    timePass4(base, 4, table, n);
  }
  timeLevels(values, n, table, n);
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

/** Two levels of decimation in frequency at once: half-sizes 2q and q, on one block of 4q values; q ≥ 4. */
function frequencyPass4(values: usize, q: u32, table: usize, n: u32): void {
  const p = splat(P);
  for (let j: u32 = 0; j < q; j += 4) {
    const p0 = at(values, j);
    const p1 = at(values, j + q);
    const p2 = at(values, j + 2 * q);
    const p3 = at(values, j + 3 * q);
    const a0 = v128.load(p0);
    const a1 = v128.load(p1);
    const a2 = v128.load(p2);
    const a3 = v128.load(p3);
    const b0 = add(a0, a2);
    const b1 = add(a1, a3);
    const d2 = i32x4.add(i32x4.sub(a0, a2), p);
    const d3 = i32x4.add(i32x4.sub(a1, a3), p);
    const b2 = mulShoup(d2, v128.load(at(table, 2 * q + j)), v128.load(at(table, n + 2 * q + j)));
    const b3 = mulShoup(d3, v128.load(at(table, 3 * q + j)), v128.load(at(table, n + 3 * q + j)));
    const x = v128.load(at(table, q + j));
    const xCompanion = v128.load(at(table, n + q + j));
    v128.store(p0, add(b0, b1));
    v128.store(p1, mulShoup(i32x4.add(i32x4.sub(b0, b1), p), x, xCompanion));
    v128.store(p2, add(b2, b3));
    v128.store(p3, mulShoup(i32x4.add(i32x4.sub(b2, b3), p), x, xCompanion));
  }
}

function frequencyPass2(values: usize, half: u32, table: usize, n: u32): void {
  const p = splat(P);
  for (let j: u32 = 0; j < half; j += 4) {
    const p0 = at(values, j);
    const p1 = at(values, j + half);
    const a = v128.load(p0);
    const b = v128.load(p1);
    const difference = i32x4.add(i32x4.sub(a, b), p);
    v128.store(p0, add(a, b));
    v128.store(p1, mulShoup(difference, v128.load(at(table, half + j)), v128.load(at(table, n + half + j))));
  }
}

/** All levels of decimation in frequency down to half-size 16, on one block. */
function frequencyLevels(values: usize, size: u32, table: usize, n: u32): void {
  if (size == 16) return;
  if (size == 32) {
    frequencyPass2(values, 16, table, n);
    return;
  }
  const q = size >> 2;
  frequencyPass4(values, q, table, n);
  frequencyLevels(values, q, table, n);
  frequencyLevels(at(values, q), q, table, n);
  frequencyLevels(at(values, 2 * q), q, table, n);
  frequencyLevels(at(values, 3 * q), q, table, n);
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
  frequencyLevels(values, n, table, n);
  const p = splat(P);
  const t1 = v128.load32_splat(at(table, 1));
  const t1Companion = v128.load32_splat(at(table, n + 1));
  const t2 = v128.load32_splat(at(table, 2));
  const t2Companion = v128.load32_splat(at(table, n + 2));
  const t3 = v128.load32_splat(at(table, 3));
  const t3Companion = v128.load32_splat(at(table, n + 3));
  const s = splat(scale);
  const sCompanion = splat(scaleCompanion);
  for (let i: u32 = 0; i < n; i += 16) {
    const base = at(values, i);
    frequencyPass4(base, 4, table, n);
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
      mulShoup(add(b0, b1), s, sCompanion),
      mulShoup(mulShoup(i32x4.add(i32x4.sub(b0, b1), p), t1, t1Companion), s, sCompanion),
      mulShoup(add(b2, b3), s, sCompanion),
      mulShoup(mulShoup(i32x4.add(i32x4.sub(b2, b3), p), t1, t1Companion), s, sCompanion),
    );
  }
}

/** Moves the value at i to the position whose `bits` binary digits are those of i in reverse. */
export function bitReverse(values: usize, n: u32, bits: u32): void {
  for (let i: u32 = 0; i < n; i++) {
    const j = reverseBits(i, bits);
    if (i < j) {
      const value = load<u32>(at(values, i));
      store<u32>(at(values, i), load<u32>(at(values, j)));
      store<u32>(at(values, j), value);
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
