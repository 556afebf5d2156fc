/**
 * A set of byte strings, each with a number: its position in order of arrival. Millions fit, since there is no object for
 * each: the strings stand one after the other in one array, and a hash table of integers finds them.
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
  /** The number of the last string that was added or found; rows of one account often follow each other. */
  last: number;
  bytes: Uint8Array;
  start: Uint32Array;
  /** For each slot the hash and the number + 1 of a string; the latter is 0 in an empty slot. */
  slots: Int32Array;
  /** The number of slots, a power of two, less 1. */
  mask: number;
}

const maxBytes = 2 ** 32 - 1;
const firstSlotCount = 64;

/** An empty set. Its hash has a key from the system, so that no choice of strings makes it slow. */
export function createByteStrings(): ByteStrings {
  const [k0, k1] = randomFillSync(new Uint32Array(2));
  const table: Table = {
    key: [k0!, k1!],
    count: 0,
    last: -1,
    bytes: new Uint8Array(1024),
    start: new Uint32Array(firstSlotCount),
    slots: new Int32Array(2 * firstSlotCount),
    mask: firstSlotCount - 1,
  };
  return {
    count: () => table.count,
    find: (bytes, start, end) => {
      const hash = halfSipHash(table.key, bytes, start, end);
      return table.slots[2 * findSlot(table, hash, bytes, start, end) + 1]! - 1;
    },
    add: (bytes, start, end) => {
      if (table.last < 0 || !isString(table, table.last, bytes, start, end)) table.last = put(table, bytes, start, end);
      return table.last;
    },
    text: (i) => decodeString(table, i),
    pack: () => ({
      bytes: table.bytes.slice(0, table.start[table.count]),
      start: table.start.slice(0, table.count + 1),
    }),
  };
}

/** String i as text; it must be UTF-8. */
export function decodeString({ bytes, start }: PackedStrings, i: number): string {
  const offset = bytes.byteOffset + start[i]!;
  return Buffer.from(bytes.buffer, offset, start[i + 1]! - start[i]!).toString('utf8');
}

function put(table: Table, bytes: Uint8Array, start: number, end: number): number {
  const hash = halfSipHash(table.key, bytes, start, end);
  const slot = findSlot(table, hash, bytes, start, end);
  const known = table.slots[2 * slot + 1]! - 1;
  if (known >= 0) return known;
  const number = table.count++;
  table.slots[2 * slot] = hash;
  table.slots[2 * slot + 1] = number + 1;
  appendBytes(table, bytes, start, end);
  // At three quarters a search that fails still ends within one or two lines of the processor's cache.
  if (4 * table.count > 3 * (table.mask + 1)) doubleSlots(table);
  return number;
}

// The slot of the string, or the empty one where it belongs.
function findSlot(table: Table, hash: number, bytes: Uint8Array, start: number, end: number): number {
  const { slots, mask } = table;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const number = slots[2 * slot + 1]! - 1;
    if (number < 0) return slot;
    if (slots[2 * slot] === hash && isString(table, number, bytes, start, end)) return slot;
  }
}

function isString(table: Table, number: number, bytes: Uint8Array, start: number, end: number): boolean {
  const own = table.bytes;
  const first = table.start[number]!;
  if (table.start[number + 1]! - first !== end - start) return false;
  const shift = first - start;
  // From the end, since ids are often counted up.
  for (let i = end - 1; i >= start; i--) if (own[i + shift] !== bytes[i]) return false;
  return true;
}

function appendBytes(table: Table, bytes: Uint8Array, start: number, end: number): void {
  const first = table.start[table.count - 1]!;
  const next = first + end - start;
  if (next > maxBytes) throw new RangeError(`strings: expected fewer than 2^32 bytes in all, got ${next}`);
  if (next > table.bytes.length) {
    const larger = new Uint8Array(Math.min(maxBytes, 2 * next));
    larger.set(table.bytes);
    table.bytes = larger;
  }
  for (let i = start; i < end; i++) table.bytes[first + i - start] = bytes[i]!;
  if (table.count === table.start.length) {
    const larger = new Uint32Array(2 * table.start.length);
    larger.set(table.start);
    table.start = larger;
  }
  table.start[table.count] = next;
}

function doubleSlots(table: Table): void {
  const { slots } = table;
  const mask = 2 * table.mask + 1;
  const larger = new Int32Array(2 * (mask + 1));
  for (let i = 0; i < slots.length; i += 2) {
    if (slots[i + 1] === 0) continue;
    let slot = slots[i]! & mask;
    while (larger[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
    larger[2 * slot] = slots[i]!;
    larger[2 * slot + 1] = slots[i + 1]!;
  }
  table.slots = larger;
  table.mask = mask;
}
