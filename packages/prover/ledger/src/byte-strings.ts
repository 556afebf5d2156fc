/**
 * A set of byte strings, each with a number: its position in order of arrival. Millions fit, since there is no object for
 * each: the strings stand one after the other in one array, and a hash table of integers finds them.
 *
 * As long as every string comes after the last one in the order of bytes, it is new, and no table is needed. Files that
 * were written in order of ids so save the accesses to memory at random places, which would take longest.
 */
import { randomFillSync } from 'node:crypto';
import { type HashKey, halfSipHash } from './half-sip-hash.js';

/** Byte strings one after the other: string i is bytes start[i] … start[i + 1] − 1. */
export interface PackedStrings {
  readonly bytes: Uint8Array;
  readonly start: Uint32Array;
}

/** A growing set of byte strings. */
export interface ByteStrings {
  /** How many there are. */
  count(): number;
  /** The number of the string bytes[start … end − 1], or −1. */
  find(bytes: Uint8Array, start: number, end: number): number;
  /**
   * The number of the string bytes[start … end − 1], which is added when it is new.
   *
   * @throws RangeError when all strings together would have 2^32 bytes
   */
  add(bytes: Uint8Array, start: number, end: number): number;
  /** String i as text; it must be UTF-8. */
  text(i: number): string;
  /** A copy of all strings, without spare room. */
  pack(): PackedStrings;
}

interface Table {
  readonly key: HashKey;
  count: number;
  /** The number of the last string that was added, also if it was known; rows of one account often follow each other. */
  last: number;
  bytes: Uint8Array;
  start: Uint32Array;
  /** While strings came in ascending order there are no slots. */
  isAscending: boolean;
  /** For each slot the hash and the number + 1 of a string; the latter is 0 in an empty slot. */
  slots: Int32Array;
  /** The number of slots, a power of two, less 1. */
  mask: number;
}

const maxBytes = 2 ** 32 - 1;

/** An empty set. Its hash has a key from the system, so that no choice of strings makes it slow. */
export function createByteStrings(): ByteStrings {
  const [k0, k1] = randomFillSync(new Uint32Array(2));
  const table: Table = {
    key: [k0, k1],
    count: 0,
    last: 0,
    bytes: new Uint8Array(1024),
    start: new Uint32Array(64),
    isAscending: true,
    slots: new Int32Array(0),
    mask: 0,
  };
  return {
    count: () => table.count,
    find: (bytes, start, end) => {
      if (table.isAscending) makeSlots(table);
      const hash = halfSipHash(table.key, bytes, start, end);
      return table.slots[2 * findSlot(table, hash, bytes, start, end) + 1] - 1;
    },
    add: (bytes, start, end) => addString(table, bytes, start, end),
    text: (i) => decodeString(table, i),
    pack: () => ({
      bytes: table.bytes.slice(0, table.start[table.count]),
      start: table.start.slice(0, table.count + 1),
    }),
  };
}

/** String i as text; it must be UTF-8. */
export function decodeString({ bytes, start }: PackedStrings, i: number): string {
  const offset = bytes.byteOffset + start[i];
  return Buffer.from(bytes.buffer, offset, start[i + 1] - start[i]).toString('utf8');
}

function addString(table: Table, bytes: Uint8Array, start: number, end: number): number {
  const order = table.count === 0 ? 1 : compareWithLast(table, bytes, start, end);
  if (order === 0) return table.last;
  table.last = table.isAscending && order > 0 ? append(table, bytes, start, end) : put(table, bytes, start, end);
  return table.last;
}

// Below 0, 0 or above 0, as a string comes before the last one, is the same or comes after it.
function compareWithLast(
  { bytes: own, start: starts, last }: Table,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const first = starts[last];
  const size = starts[last + 1] - first;
  const common = Math.min(size, end - start);
  for (let i = 0; i < common; i++) {
    const difference = bytes[start + i] - own[first + i];
    if (difference !== 0) return difference;
  }
  return end - start - size;
}

function put(table: Table, bytes: Uint8Array, start: number, end: number): number {
  if (table.isAscending) makeSlots(table);
  const hash = halfSipHash(table.key, bytes, start, end);
  const slot = findSlot(table, hash, bytes, start, end);
  const known = table.slots[2 * slot + 1] - 1;
  if (known >= 0) return known;
  const number = append(table, bytes, start, end);
  table.slots[2 * slot] = hash;
  table.slots[2 * slot + 1] = number + 1;
  if (isCrowded(table)) doubleSlots(table);
  return number;
}

// At three quarters a search that fails still ends within one or two lines of the processor's cache.
function isCrowded({ count, mask }: Table): boolean {
  return 4 * count > 3 * (mask + 1);
}

// The slot of the string, or the empty one where it belongs.
function findSlot(table: Table, hash: number, bytes: Uint8Array, start: number, end: number): number {
  const { slots, mask } = table;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const number = slots[2 * slot + 1] - 1;
    if (number < 0) return slot;
    if (slots[2 * slot] === hash && isString(table, number, bytes, start, end)) return slot;
  }
}

function isString(table: Table, number: number, bytes: Uint8Array, start: number, end: number): boolean {
  const own = table.bytes;
  const first = table.start[number];
  if (table.start[number + 1] - first !== end - start) return false;
  for (let i = start; i < end; i++) if (own[first + i - start] !== bytes[i]) return false;
  return true;
}

// Gives the number of the new string.
function append(table: Table, bytes: Uint8Array, start: number, end: number): number {
  const number = table.count++;
  const first = table.start[number];
  const next = first + end - start;
  if (next > maxBytes) throw new RangeError(`strings: expected fewer than 2^32 bytes in all, got ${next}`);
  if (next > table.bytes.length) {
    const larger = new Uint8Array(Math.min(maxBytes, 2 * next));
    larger.set(table.bytes);
    table.bytes = larger;
  }
  for (let i = start; i < end; i++) table.bytes[first + i - start] = bytes[i];
  if (table.count === table.start.length) {
    const larger = new Uint32Array(2 * table.start.length);
    larger.set(table.start);
    table.start = larger;
  }
  table.start[table.count] = next;
  return number;
}

function makeSlots(table: Table): void {
  table.isAscending = false;
  table.mask = 63;
  while (isCrowded(table)) table.mask = 2 * table.mask + 1;
  table.slots = new Int32Array(2 * (table.mask + 1));
  for (let i = 0; i < table.count; i++) {
    const hash = halfSipHash(table.key, table.bytes, table.start[i], table.start[i + 1]);
    fillSlot(table.slots, table.mask, hash, i + 1);
  }
}

function doubleSlots(table: Table): void {
  const { slots } = table;
  table.mask = 2 * table.mask + 1;
  table.slots = new Int32Array(2 * (table.mask + 1));
  for (let i = 0; i < slots.length; i += 2) {
    if (slots[i + 1] !== 0) fillSlot(table.slots, table.mask, slots[i], slots[i + 1]);
  }
}

function fillSlot(slots: Int32Array, mask: number, hash: number, value: number): void {
  let slot = hash & mask;
  while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
  slots[2 * slot] = hash;
  slots[2 * slot + 1] = value;
}
