// KoalaBear, four elements to a vector. Elements are canonical, in [0, p), unless a comment says otherwise.
//
// Every function is inlined: calls inside WebAssembly are not, and cost as much as a multiplication.

/** p = 2^31 − 2^24 + 1. */
export const P: u32 = 0x7f000001;
/** p^−1 modulo 2^32. */
const P_INVERSE: u32 = 0x81000001;

@inline
export function splat(value: u32): v128 {
  return i32x4.splat(value);
}

@inline
export function add(a: v128, b: v128): v128 {
  const sum = i32x4.add(a, b);
  return i32x4.min_u(sum, i32x4.sub(sum, splat(P)));
}

@inline
export function sub(a: v128, b: v128): v128 {
  const difference = i32x4.sub(a, b);
  return i32x4.min_u(difference, i32x4.add(difference, splat(P)));
}

/** The high 32 bits of each of four 64-bit lanes. */
@inline
function highHalves(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}

/** The low 32 bits of each of four 64-bit lanes. */
@inline
function lowHalves(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

/** Montgomery reduction: t / 2^32 modulo p, for 64-bit lanes t < p·2^32. */
@inline
export function reduce(low: v128, high: v128): v128 {
  const m = i32x4.mul(lowHalves(low, high), splat(P_INVERSE));
  const p = splat(P);
  const differenceLow = i64x2.sub(low, i64x2.extmul_low_i32x4_u(m, p));
  const differenceHigh = i64x2.sub(high, i64x2.extmul_high_i32x4_u(m, p));
  const d = highHalves(differenceLow, differenceHigh);
  return i32x4.min_u(d, i32x4.add(d, p));
}

/** a · b / 2^32 modulo p. */
@inline
export function mul(a: v128, b: v128): v128 {
  const m = i32x4.mul(i32x4.mul(a, b), splat(P_INVERSE));
  const p = splat(P);
  const low = i64x2.sub(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_low_i32x4_u(m, p));
  const high = i64x2.sub(i64x2.extmul_high_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(m, p));
  const d = highHalves(low, high);
  return i32x4.min_u(d, i32x4.add(d, p));
}

/** (a·b + c·d) / 2^32 modulo p: 2p² < p·2^32, so one reduction serves both products. */
@inline
export function mul2(a: v128, b: v128, c: v128, d: v128): v128 {
  return reduce(
    i64x2.add(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_low_i32x4_u(c, d)),
    i64x2.add(i64x2.extmul_high_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(c, d)),
  );
}

/** Montgomery reduction of sums up to twice as large: t / 2^32 modulo p, for 64-bit lanes t < 2p·2^32. */
@inline
function reduceWide(low: v128, high: v128): v128 {
  const p = splat(P);
  const m = i32x4.mul(lowHalves(low, high), splat(P_INVERSE));
  const top = highHalves(low, high);
  const reducedTop = i32x4.min_u(top, i32x4.sub(top, p));
  // t and m·p have the same low halves, so the difference of the high ones is that of the whole.
  const d = i32x4.sub(reducedTop, highHalves(i64x2.extmul_low_i32x4_u(m, p), i64x2.extmul_high_i32x4_u(m, p)));
  return i32x4.min_u(d, i32x4.add(d, p));
}

/** (a·b + c·d + e·f) / 2^32 modulo p. */
@inline
export function mul3(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128): v128 {
  return reduceWide(
    i64x2.add(
      i64x2.add(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_low_i32x4_u(c, d)),
      i64x2.extmul_low_i32x4_u(e, f),
    ),
    i64x2.add(
      i64x2.add(i64x2.extmul_high_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(c, d)),
      i64x2.extmul_high_i32x4_u(e, f),
    ),
  );
}

/** (a·b + c·d + e·f + g·h) / 2^32 modulo p: 4p² < 2p·2^32. */
@inline
export function mul4(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): v128 {
  return reduceWide(
    i64x2.add(
      i64x2.add(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_low_i32x4_u(c, d)),
      i64x2.add(i64x2.extmul_low_i32x4_u(e, f), i64x2.extmul_low_i32x4_u(g, h)),
    ),
    i64x2.add(
      i64x2.add(i64x2.extmul_high_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(c, d)),
      i64x2.add(i64x2.extmul_high_i32x4_u(e, f), i64x2.extmul_high_i32x4_u(g, h)),
    ),
  );
}

/** Takes p·2^32 from each 64-bit lane that is not below it. */
@inline
function reduceOnce(lanes: v128): v128 {
  // The low halves stay: of two equal numbers the minimum is that number.
  return i32x4.min_u(lanes, i32x4.sub(lanes, i64x2.splat(<u64>P << 32)));
}

/** (a·b + c·d + e·f + g·h + i·j) / 2^32 modulo p. */
@inline
export function mul5(
  a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128, i: v128, j: v128,
): v128 {
  const low = i64x2.add(
    i64x2.add(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_low_i32x4_u(c, d)),
    i64x2.add(i64x2.extmul_low_i32x4_u(e, f), i64x2.extmul_low_i32x4_u(g, h)),
  );
  const high = i64x2.add(
    i64x2.add(i64x2.extmul_high_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(c, d)),
    i64x2.add(i64x2.extmul_high_i32x4_u(e, f), i64x2.extmul_high_i32x4_u(g, h)),
  );
  // 4p² < 2p·2^32, and p·2^32 + p² is less as well.
  return reduceWide(
    i64x2.add(reduceOnce(low), i64x2.extmul_low_i32x4_u(i, j)),
    i64x2.add(reduceOnce(high), i64x2.extmul_high_i32x4_u(i, j)),
  );
}

/** x · w modulo p for any 32-bit x, w canonical with its companion ⌊w·2^32/p⌋ (Shoup). */
@inline
export function mulShoup(x: v128, w: v128, companion: v128): v128 {
  const quotient = highHalves(i64x2.extmul_low_i32x4_u(x, companion), i64x2.extmul_high_i32x4_u(x, companion));
  const rest = i32x4.sub(i32x4.mul(x, w), i32x4.mul(quotient, splat(P)));
  return i32x4.min_u(rest, i32x4.sub(rest, splat(P)));
}

// One element at a time.

@inline
export function addOne(a: u32, b: u32): u32 {
  const sum = a + b;
  return min<u32>(sum, sum - P);
}

@inline
export function subOne(a: u32, b: u32): u32 {
  const difference = a - b;
  return min<u32>(difference, difference + P);
}

/** t / 2^32 modulo p, for t < p·2^32. */
@inline
export function reduceOne(t: u64): u32 {
  const m = <u32>t * P_INVERSE;
  const difference = <u32>((t - <u64>m * P) >> 32);
  return min<u32>(difference, difference + P);
}

/** a · b / 2^32 modulo p. */
@inline
export function mulOne(a: u32, b: u32): u32 {
  return reduceOne(<u64>a * b);
}
