// The auxiliary columns on H: φ₁ … φ₁₁, and acc counted from the first row of a range.

import { addOne, mulOne, P, reduceOne, subOne } from './field';

const LIMBS: u32 = 7;
const ENTRIES: u32 = 4;
const RANGE: u32 = 1024;
const PHIS: u32 = 11;

/** Element `index` of a table of elements of F, part c. */
@inline
function element(table: usize, index: u32, c: usize): u32 {
  return load<u32>(table + 20 * <usize>index + 4 * c);
}

@inline
function modulo(sum: u64): u32 {
  // Sums of a few canonical elements only.
  return <u32>(sum % P);
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
  for (let c: usize = 0; c < 5; c++) store<u32>(total + 4 * c, 0);
  for (let row = from; row < to; row++) {
    for (let c: usize = 0; c < 5; c++) {
      store<u32>(load<u32>(columns + 4 * (5 * PHIS + c)) + 4 * row, load<u32>(total + 4 * c));
    }
    for (let position: u32 = 0; position < ENTRIES * LIMBS; position++) {
      if (limbAt(user, position, row) >= RANGE) return row;
    }
    for (let e: u32 = 0; e < ENTRIES; e++) {
      const asset = load<u32>(load<u32>(user + 32 * e) + 4 * row);
      if (asset > assetCount) return row;
      entryFraction(user, e, row, asset, assetInverses, weights, carryRows, scratch + 20 * e);
    }
    for (let k: u32 = 0; k < 9; k++) {
      const u = limbAt(user, 3 * k, row);
      const v = limbAt(user, 3 * k + 1, row);
      const w = limbAt(user, 3 * k + 2, row);
      for (let c: usize = 0; c < 5; c++) {
        const sum = addOne(addOne(element(rangeInverses, u, c), element(rangeInverses, v, c)), element(rangeInverses, w, c));
        put(columns, k, c, row, sum, total);
      }
    }
    const last = limbAt(user, ENTRIES * LIMBS - 1, row);
    const count = <u64>load<u32>(multiplicity + 4 * row);
    for (let c: usize = 0; c < 5; c++) {
      const looked = count == 0 ? 0 : modulo(count * element(rangeInverses, row % RANGE, c));
      const sum = subOne(element(rangeInverses, last, c), looked);
      put(columns, 9, c, row, addOne(sum, load<u32>(scratch + 4 * c)), total);
      const others = addOne(load<u32>(scratch + 20 + 4 * c), load<u32>(scratch + 40 + 4 * c));
      put(columns, 10, c, row, addOne(others, load<u32>(scratch + 60 + 4 * c)), total);
    }
  }
  return 0xffffffff;
}

@inline
function limbAt(user: usize, position: u32, row: u32): u32 {
  const column = position + position / LIMBS + 1;
  return load<u32>(<usize>load<u32>(user + 4 * column) + 4 * row);
}

@inline
function put(columns: usize, phi: u32, c: usize, row: u32, value: u32, total: usize): void {
  store<u32>(load<u32>(columns + 4 * (5 * phi + <u32>c)) + 4 * row, value);
  store<u32>(total + 4 * c, addOne(load<u32>(total + 4 * c), value));
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
