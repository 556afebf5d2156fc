// BLAKE3 in keyed mode, four messages side by side: one 32-bit word of each in a vector.

const IV0: u32 = 0x6a09e667;
const IV1: u32 = 0xbb67ae85;
const IV2: u32 = 0x3c6ef372;
const IV3: u32 = 0xa54ff53a;

const CHUNK_START: u32 = 1;
const CHUNK_END: u32 = 2;
const ROOT: u32 = 8;
const KEYED_HASH: u32 = 16;

/** Points hashed block by block before the next block's columns are touched. */
const TILE: u32 = 256;

@inline
function rotate16(x: v128): v128 {
  return i8x16.swizzle(x, i8x16(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
}
@inline
function rotate8(x: v128): v128 {
  return i8x16.swizzle(x, i8x16(1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12));
}
@inline
function rotate12(x: v128): v128 {
  return v128.or(i32x4.shr_u(x, 12), i32x4.shl(x, 20));
}
@inline
function rotate7(x: v128): v128 {
  return v128.or(i32x4.shr_u(x, 7), i32x4.shl(x, 25));
}

/**
 * Compresses one block of each of four messages.
 *
 * @param chain the chaining values, 8 vectors, read and overwritten
 * @param words the block, 16 vectors
 */
function compress(chain: usize, words: usize, blockSize: u32, flags: u32): void {
  let v0 = v128.load(chain, 0);
  let v1 = v128.load(chain, 16);
  let v2 = v128.load(chain, 32);
  let v3 = v128.load(chain, 48);
  let v4 = v128.load(chain, 64);
  let v5 = v128.load(chain, 80);
  let v6 = v128.load(chain, 96);
  let v7 = v128.load(chain, 112);
  let v8 = i32x4.splat(IV0);
  let v9 = i32x4.splat(IV1);
  let v10 = i32x4.splat(IV2);
  let v11 = i32x4.splat(IV3);
  let v12 = i32x4.splat(0);
  let v13 = i32x4.splat(0);
  let v14 = i32x4.splat(blockSize);
  let v15 = i32x4.splat(flags);

  /* BLAKE3_ROUNDS: scripts/blake3-compression.js */
  v128.store(chain, v128.xor(v0, v8), 0);
  v128.store(chain, v128.xor(v1, v9), 16);
  v128.store(chain, v128.xor(v2, v10), 32);
  v128.store(chain, v128.xor(v3, v11), 48);
  v128.store(chain, v128.xor(v4, v12), 64);
  v128.store(chain, v128.xor(v5, v13), 80);
  v128.store(chain, v128.xor(v6, v14), 96);
  v128.store(chain, v128.xor(v7, v15), 112);
}

/** Four vectors of four words, each a message's, become four vectors of one word of each message. */
@inline
function storeWords(words: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const m0 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const m1 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const m2 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const m3 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(words, v128.shuffle<i32>(m0, m2, 0, 1, 4, 5));
  v128.store(words, v128.shuffle<i32>(m0, m2, 2, 3, 6, 7), 16);
  v128.store(words, v128.shuffle<i32>(m1, m3, 0, 1, 4, 5), 32);
  v128.store(words, v128.shuffle<i32>(m1, m3, 2, 3, 6, 7), 48);
}

/** Writes four digests of 32 bytes, `stride` bytes apart, from chaining values. */
@inline
function storeDigests(target: usize, stride: usize, chain: usize): void {
  for (let half: usize = 0; half < 2; half++) {
    const from = chain + 64 * half;
    const to = target + 16 * half;
    const c0 = v128.load(from, 0);
    const c1 = v128.load(from, 16);
    const c2 = v128.load(from, 32);
    const c3 = v128.load(from, 48);
    const m0 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5);
    const m1 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
    const m2 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
    const m3 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i32>(m0, m2, 0, 1, 4, 5));
    v128.store(to + stride, v128.shuffle<i32>(m0, m2, 2, 3, 6, 7));
    v128.store(to + 2 * stride, v128.shuffle<i32>(m1, m3, 0, 1, 4, 5));
    v128.store(to + 3 * stride, v128.shuffle<i32>(m1, m3, 2, 3, 6, 7));
  }
}

@inline
function startChain(chain: usize, key: usize): void {
  for (let k: usize = 0; k < 8; k++) v128.store(chain + 16 * k, v128.load32_splat(key + 4 * k));
}

/**
 * Hashes leaves `from` … `to − 1`: the bytes of each row of the prefix tables, then one word of each column.
 *
 * @param prefixes pairs of uint32: a table's address, its row's size in 16-byte units; `prefixCount` pairs
 * @param columns uint32 addresses; `columnCount` of them
 * @param digests leaf i's digest goes to place offset + i·stride
 * @param key 32 bytes
 * @param scratch 256 bytes for a block, then 128 bytes for each 4 leaves of a tile
 */
export function hashLeaves(
  prefixes: usize,
  prefixCount: u32,
  columns: usize,
  columnCount: u32,
  digests: usize,
  offset: u32,
  stride: u32,
  from: u32,
  to: u32,
  key: usize,
  scratch: usize,
): void {
  let prefixUnits: u32 = 0;
  for (let t: u32 = 0; t < prefixCount; t++) prefixUnits += load<u32>(prefixes + 8 * t + 4);
  const wordCount: u32 = 4 * prefixUnits + columnCount;
  const blockCount: u32 = (wordCount + 15) >> 4;
  const chains = scratch + 256;
  for (let tile = from; tile < to; tile += TILE) {
    const end = min<u32>(tile + TILE, to);
    for (let i = tile; i < end; i += 4) startChain(chains + 32 * (i - tile), key);
    for (let block: u32 = 0; block < blockCount; block++) {
      const first: u32 = 16 * block;
      const size: u32 = min<u32>(16, wordCount - first);
      let flags: u32 = KEYED_HASH;
      if (block == 0) flags |= CHUNK_START;
      if (block == blockCount - 1) flags |= CHUNK_END | ROOT;
      for (let k: u32 = size; k < 16; k++) v128.store(scratch + 16 * k, i32x4.splat(0));
      for (let i = tile; i < end; i += 4) {
        loadBlock(scratch, prefixes, prefixUnits, columns, first, size, i);
        compress(chains + 32 * (i - tile), scratch, 4 * size, flags);
      }
    }
    for (let i = tile; i < end; i += 4) {
      storeDigests(digests + 32 * (offset + i * stride), 32 * stride, chains + 32 * (i - tile));
    }
  }
}

/** Words first … first + size − 1 of leaves i … i + 3. */
@inline
function loadBlock(
  words: usize,
  prefixes: usize,
  prefixUnits: u32,
  columns: usize,
  first: u32,
  size: u32,
  i: u32,
): void {
  let k: u32 = 0;
  while (k < size && first + k < 4 * prefixUnits) {
    loadPrefix(words + 16 * k, prefixes, (first + k) >> 2, i);
    k += 4;
  }
  for (; k < size; k++) {
    const column = load<u32>(columns + 4 * (first + k - 4 * prefixUnits));
    v128.store(words + 16 * k, v128.load(<usize>column + 4 * i));
  }
}

/** 16-byte unit `unit` of the prefixes of leaves i … i + 3. */
function loadPrefix(words: usize, prefixes: usize, unit: u32, i: u32): void {
  let table = prefixes;
  let rest = unit;
  while (rest >= load<u32>(table + 4)) {
    rest -= load<u32>(table + 4);
    table += 8;
  }
  const rowSize = 16 * load<u32>(table + 4);
  const row = <usize>load<u32>(table) + i * rowSize + 16 * rest;
  storeWords(
    words,
    v128.load(row),
    v128.load(row + rowSize),
    v128.load(row + 2 * rowSize),
    v128.load(row + 3 * rowSize),
  );
}

/** Hashes parents `from` … `to − 1`, a multiple of 4 of them: parent k from children 2k and 2k + 1 of `children`. */
export function hashNodes(children: usize, parents: usize, from: u32, to: u32, key: usize, scratch: usize): void {
  const chain = scratch + 256;
  for (let i = from; i < to; i += 4) {
    const block = children + 64 * i;
    for (let unit: usize = 0; unit < 4; unit++) {
      const at = block + 16 * unit;
      storeWords(scratch + 64 * unit, v128.load(at), v128.load(at, 64), v128.load(at, 128), v128.load(at, 192));
    }
    startChain(chain, key);
    compress(chain, scratch, 64, KEYED_HASH | CHUNK_START | CHUNK_END | ROOT);
    storeDigests(parents + 32 * i, 32, chain);
  }
}

/**
 * The smallest nonce in [from, to) whose digest begins with `bits` zero bits, or `to`; the message is a seed of 32 bytes
 * and the nonce. from and to are multiples of 4.
 */
export function grind(seed: usize, from: u32, to: u32, bits: u32, key: usize, scratch: usize): u32 {
  const chain = scratch + 256;
  const mask: u32 = (1 << bits) - 1;
  for (let k: usize = 0; k < 8; k++) v128.store(scratch + 16 * k, v128.load32_splat(seed + 4 * k));
  for (let k: usize = 9; k < 16; k++) v128.store(scratch + 16 * k, i32x4.splat(0));
  for (let nonce = from; nonce < to; nonce += 4) {
    v128.store(scratch, i32x4.add(i32x4.splat(nonce), i32x4(0, 1, 2, 3)), 128);
    startChain(chain, key);
    compress(chain, scratch, 36, KEYED_HASH | CHUNK_START | CHUNK_END | ROOT);
    for (let lane: u32 = 0; lane < 4; lane++) {
      if ((load<u32>(chain + 4 * lane) & mask) == 0) return nonce + lane;
    }
  }
  return to;
}
