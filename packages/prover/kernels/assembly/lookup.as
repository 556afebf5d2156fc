// The auxiliary columns on H: φ₁ … φ₁₁, and acc counted from the first row of a range.

import { add, addOne, mulOne, P, reduceOne, sub, subOne } from './field';

const LIMBS: u32 = 7;
const ENTRIES: u32 = 4;
const RANGE: u32 = 1024;
const PHIS: u32 = 11;

/** Element `index` of a table of elements of F, part c. */
@inline
function element(table: usize, index: u32, c: usize): u32 {
  return load<u32>(table + 20 * <usize>index + 4 * c);
}

/** The first four parts of an element of F at an address; the fifth stands alone behind them. */
@inline
function four(element: usize): v128 {
  return v128.load(element);
}
@inline
function fifth(element: usize): u32 {
  return load<u32>(element, 16);
}

/**
 * Fills rows `from` … `to − 1` of φ₁ … φ₁₁ and acc; acc starts at 0 on row `from`, and its value after the last row
 * goes to `total`. Returns the number of the first row that holds a limb or an asset out of range, or 0xffffffff.
 *
 * @param user uint32 addresses of the 32 user columns; `multiplicity` the address of m
 * @param columns uint32 addresses of 60 columns: the five parts of φ₁ … φ₁₁ and acc
 * @param rangeInverses 1/(β₀ − v), plain, five uint32 for each v < 1024
 * @param assetInverses 1/(β₁ − a) in Montgomery form, for each a ≤ assetCount
 * @param weights γ^l for seven limbs, then the carry weights of an even and of an odd entry, in Montgomery form
 */
export function fillAuxiliary(
  user: usize,
  multiplicity: usize,
  columns: usize,
  rangeInverses: usize,
  assetInverses: usize,
  weights: usize,
  assetCount: u32,
  carryRows: u32,
  from: u32,
  to: u32,
  total: usize,
  scratch: usize,
): u32 {
  // acc, its first four parts and the fifth, as everywhere below.
  let sum = i32x4.splat(0);
  let sum4: u32 = 0;
  const looked = scratch + 20 * ENTRIES;
  for (let row = from; row < to; row++) {
    put(columns, PHIS, row, sum, sum4);
    for (let position: u32 = 0; position < ENTRIES * LIMBS; position++) {
      if (limbAt(user, position, row) >= RANGE) return row;
    }
    for (let e: u32 = 0; e < ENTRIES; e++) {
      const asset = load<u32>(load<u32>(user + 32 * e) + 4 * row);
      if (asset > assetCount) return row;
      entryFraction(user, e, row, asset, assetInverses, weights, carryRows, scratch + 20 * e);
    }
    for (let k: u32 = 0; k < 9; k++) {
      const u = rangeInverses + 20 * limbAt(user, 3 * k, row);
      const v = rangeInverses + 20 * limbAt(user, 3 * k + 1, row);
      const w = rangeInverses + 20 * limbAt(user, 3 * k + 2, row);
      const phi = add(add(four(u), four(v)), four(w));
      const phi4 = addOne(addOne(fifth(u), fifth(v)), fifth(w));
      put(columns, k, row, phi, phi4);
      sum = add(sum, phi);
      sum4 = addOne(sum4, phi4);
    }
    const last = rangeInverses + 20 * limbAt(user, ENTRIES * LIMBS - 1, row);
    scale(rangeInverses + 20 * (row % RANGE), load<u32>(multiplicity + 4 * row), looked);
    const ninth = add(sub(four(last), four(looked)), four(scratch));
    const ninth4 = addOne(subOne(fifth(last), fifth(looked)), fifth(scratch));
    put(columns, 9, row, ninth, ninth4);
    const tenth = add(add(four(scratch + 20), four(scratch + 40)), four(scratch + 60));
    const tenth4 = addOne(addOne(fifth(scratch + 20), fifth(scratch + 40)), fifth(scratch + 60));
    put(columns, 10, row, tenth, tenth4);
    sum = add(sum, add(ninth, tenth));
    sum4 = addOne(sum4, addOne(ninth4, tenth4));
  }
  v128.store(total, sum);
  store<u32>(total, sum4, 16);
  return 0xffffffff;
}

/** count · element at `result`, all plain: most counts are 0. */
@inline
function scale(element: usize, count: u32, result: usize): void {
  for (let c: usize = 0; c < 20; c += 4) {
    store<u32>(result + c, count == 0 ? 0 : <u32>((<u64>count * load<u32>(element + c)) % P));
  }
}

@inline
function limbAt(user: usize, position: u32, row: u32): u32 {
  const column = position + position / LIMBS + 1;
  return load<u32>(<usize>load<u32>(user + 4 * column) + 4 * row);
}

/** Writes an element to row `row` of the column over F whose number is given. */
@inline
function put(columns: usize, number: u32, row: u32, parts: v128, part4: u32): void {
  const list = columns + 20 * number;
  const offset: usize = 4 * <usize>row;
  v128.store_lane<u32>(<usize>load<u32>(list) + offset, parts, 0);
  v128.store_lane<u32>(<usize>load<u32>(list, 4) + offset, parts, 1);
  v128.store_lane<u32>(<usize>load<u32>(list, 8) + offset, parts, 2);
  v128.store_lane<u32>(<usize>load<u32>(list, 12) + offset, parts, 3);
  store<u32>(<usize>load<u32>(list, 16) + offset, part4);
}

/** n_e/(β₁ − asset_e), five uint32 at `result`. */
function entryFraction(
  user: usize,
  entry: u32,
  row: u32,
  asset: u32,
  assetInverses: usize,
  weights: usize,
  carryRows: u32,
  result: usize,
): void {
  const own = row < carryRows ? weights + 20 * LIMBS * (1 + (entry & 1)) : weights;
  let n0: u64 = 0;
  let n1: u64 = 0;
  let n2: u64 = 0;
  let n3: u64 = 0;
  let n4: u64 = 0;
  let any: u32 = 0;
  for (let l: u32 = 0; l < LIMBS; l++) {
    const limb = <u64>load<u32>(<usize>load<u32>(user + 4 * (8 * entry + 1 + l)) + 4 * row);
    any |= <u32>limb;
    n0 += limb * element(own, l, 0);
    n1 += limb * element(own, l, 1);
    n2 += limb * element(own, l, 2);
    n3 += limb * element(own, l, 3);
    n4 += limb * element(own, l, 4);
  }
  if (any == 0) {
    for (let c: usize = 0; c < 5; c++) store<u32>(result + 4 * c, 0);
    return;
  }
  const a0 = reduceOne(n0);
  const a1 = reduceOne(n1);
  const a2 = reduceOne(n2);
  const a3 = reduceOne(n3);
  const a4 = reduceOne(n4);
  const b0 = element(assetInverses, asset, 0);
  const b1 = element(assetInverses, asset, 1);
  const b2 = element(assetInverses, asset, 2);
  const b3 = element(assetInverses, asset, 3);
  const b4 = element(assetInverses, asset, 4);
  const c5 = addOne(addOne(mulOne(a1, b4), mulOne(a2, b3)), addOne(mulOne(a3, b2), mulOne(a4, b1)));
  const c6 = addOne(addOne(mulOne(a2, b4), mulOne(a3, b3)), mulOne(a4, b2));
  const c7 = addOne(mulOne(a3, b4), mulOne(a4, b3));
  const c8 = mulOne(a4, b4);
  const c1 = addOne(mulOne(a0, b1), mulOne(a1, b0));
  const c2 = addOne(addOne(mulOne(a0, b2), mulOne(a1, b1)), mulOne(a2, b0));
  const c3 = addOne(addOne(mulOne(a0, b3), mulOne(a1, b2)), addOne(mulOne(a2, b1), mulOne(a3, b0)));
  const c4 = addOne(addOne(addOne(mulOne(a0, b4), mulOne(a1, b3)), addOne(mulOne(a2, b2), mulOne(a3, b1))), mulOne(a4, b0));
  store<u32>(result, subOne(addOne(mulOne(a0, b0), c5), c8));
  store<u32>(result + 4, addOne(c1, c6));
  store<u32>(result + 8, addOne(addOne(subOne(c2, c5), c8), c7));
  store<u32>(result + 12, addOne(subOne(c3, c6), c8));
  store<u32>(result + 16, subOne(c4, c7));
}

/**
 * Counts the values below 1024 in rows `from` … `to − 1` of columns.
 *
 * @param columns uint32 addresses; `columnCount` of them
 * @param counts 1024 uint32, overwritten
 * @param scratch four times as many: neighbouring values are often equal, and one counter would wait for itself
 */
export function countLimbs(
  columns: usize,
  columnCount: u32,
  from: u32,
  to: u32,
  counts: usize,
  scratch: usize,
): void {
  memory.fill(scratch, 0, 16 * RANGE);
  for (let c: u32 = 0; c < columnCount; c++) {
    const column = <usize>load<u32>(columns + 4 * c);
    for (let row = from; row < to; row++) {
      const value = load<u32>(column + 4 * <usize>row);
      if (value < RANGE) {
        const counter = scratch + 16 * <usize>value + 4 * (row & 3);
        store<u32>(counter, load<u32>(counter) + 1);
      }
    }
  }
  for (let value: usize = 0; value < RANGE; value++) {
    const counters = v128.load(scratch + 16 * value);
    const pairs = i32x4.add(counters, v128.shuffle<i32>(counters, counters, 2, 3, 0, 1));
    store<u32>(counts + 4 * value, i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1));
  }
}
