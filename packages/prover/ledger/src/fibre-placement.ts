/**
 * Secret places for the rows of a segment (spec §4.5).
 *
 * A fibre is the 8 rows f, f + N/8, …, f + 7N/8: folding merges exactly those, so an account whose rows share a fibre
 * needs one folding path. Fibres lose the rows that lie among the carry rows or the random rows.
 */
import { fibreSize } from '@solvent/stark/table';
import { drawLarger } from './larger-accounts.js';
import { type Random, shuffle, uniformBelow } from './random.js';

/** The rows that accounts may take. */
export interface RowZone {
  /** N. */
  readonly rowCount: number;
  /** The first row after the carry rows. */
  readonly firstRow: number;
  /** The first of the random rows. */
  readonly endRow: number;
}

/**
 * Draws the places of accounts that need the given numbers of rows each, every place once: for each account its rows in
 * random order, one account after the other.
 *
 * An account of several rows gets them in one fibre, drawn with a probability in proportion to the number of ways in
 * which it has room for them; if it has more rows than any fibre has room for, it takes as much of a fibre as it can,
 * then of another. Larger accounts come first. Accounts of one row get a uniformly random choice of what is left.
 *
 * @throws RangeError when the zone has too few rows
 */
export function drawPlaces(rows: Uint16Array, zone: RowZone, random: Random): Uint32Array {
  const starts = new Uint32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) starts[i + 1] = starts[i] + rows[i];
  const needed = starts[rows.length];
  const available = zone.endRow - zone.firstRow;
  if (needed > available) throw new RangeError(`rows: expected at most ${available}, got ${needed}`);
  const places = new Uint32Array(needed);
  const fibres = createFibres(zone);
  for (const account of drawLarger(rows, () => true, random)) {
    for (let placed = 0; placed < rows[account]; ) {
      const count = Math.min(rows[account] - placed, largestRoom(fibres));
      takeRows(fibres, drawFibre(fibres, count, random), places, starts[account] + placed, count, random);
      placed += count;
    }
  }
  const left = freeRows(fibres);
  shuffle(random, left);
  let next = 0;
  for (let account = 0; account < rows.length; account++) {
    if (rows[account] === 1) places[starts[account]] = left[next++];
  }
  return places;
}

// Fibres by the number of their free rows, so that one with room is drawn in constant time.
interface Fibres {
  readonly fibreCount: number;
  /** For each fibre, bit k set if row f + k·N/8 is free. */
  readonly freeBits: Uint8Array;
  /** For each number of free rows, the fibres that have it: the first `sizes[count]` elements. */
  readonly members: readonly Uint32Array[];
  readonly sizes: Uint32Array;
  /** For each fibre, where it is among the members. */
  readonly position: Uint32Array;
}

function createFibres({ rowCount, firstRow, endRow }: RowZone): Fibres {
  const fibreCount = rowCount / fibreSize;
  const members = Array.from({ length: fibreSize + 1 }, () => new Uint32Array(fibreCount));
  const freeBits = new Uint8Array(fibreCount);
  for (let row = firstRow; row < endRow; row++) freeBits[row % fibreCount] |= 1 << Math.floor(row / fibreCount);
  const sizes = new Uint32Array(fibreSize + 1);
  const fibres = { fibreCount, freeBits, members, sizes, position: new Uint32Array(fibreCount) };
  for (let fibre = 0; fibre < fibreCount; fibre++) insertFibre(fibres, fibre);
  return fibres;
}

function insertFibre(fibres: Fibres, fibre: number): void {
  const room = countBits(fibres.freeBits[fibre]);
  const position = fibres.sizes[room]++;
  fibres.members[room][position] = fibre;
  fibres.position[fibre] = position;
}

function removeFibre(fibres: Fibres, fibre: number): void {
  const room = countBits(fibres.freeBits[fibre]);
  const last = fibres.members[room][--fibres.sizes[room]];
  fibres.members[room][fibres.position[fibre]] = last;
  fibres.position[last] = fibres.position[fibre];
}

function largestRoom({ sizes }: Fibres): number {
  let room = fibreSize;
  while (sizes[room] === 0) room--;
  return room;
}

// waysToTake[room][rows] is how many choices of so many rows there are.
const waysToTake = Array.from({ length: fibreSize + 1 }, (_, room) =>
  Uint32Array.from({ length: fibreSize + 1 }, (_, rows) => binomial(room, rows)),
);

// At most N/8 · C(8, 4) ways, below 2^23.
function drawFibre({ sizes, members }: Fibres, rows: number, random: Random): number {
  let ways = 0;
  for (let room = rows; room <= fibreSize; room++) ways += sizes[room] * waysToTake[room][rows];
  let draw = uniformBelow(random, ways);
  for (let room = rows; ; room++) {
    const here = sizes[room] * waysToTake[room][rows];
    if (draw < here) return members[room][Math.floor(draw / waysToTake[room][rows])];
    draw -= here;
  }
}

// Fills `count` places from `start` on with free rows of the fibre, any of them, in random order.
function takeRows(
  fibres: Fibres,
  fibre: number,
  places: Uint32Array,
  start: number,
  count: number,
  random: Random,
): void {
  removeFibre(fibres, fibre);
  let bits = fibres.freeBits[fibre];
  for (let left = countBits(bits), i = start; i < start + count; left--, i++) {
    const k = nthBit(bits, uniformBelow(random, left));
    places[i] = fibre + k * fibres.fibreCount;
    bits &= ~(1 << k);
  }
  fibres.freeBits[fibre] = bits;
  insertFibre(fibres, fibre);
}

// The position of the bit of which so many set ones are below.
function nthBit(bits: number, below: number): number {
  let left = bits;
  for (let i = 0; i < below; i++) left &= left - 1;
  return 31 - Math.clz32(left & -left);
}

function freeRows({ fibreCount, freeBits, sizes }: Fibres): Uint32Array {
  const rows = new Uint32Array(sizes.reduce((sum, size, room) => sum + size * room, 0));
  let next = 0;
  for (let k = 0; k < fibreSize; k++) {
    for (let fibre = 0; fibre < fibreCount; fibre++) {
      if ((freeBits[fibre] & (1 << k)) !== 0) rows[next++] = fibre + k * fibreCount;
    }
  }
  return rows;
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
}
