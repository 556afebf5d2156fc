/** The part of CBOR that COSE's structures of wallets have: definite lengths, shortest heads, no tags (RFC 8949 §3 and §4.2;
 * spec §16.8). */
import { type ByteReader, readWhole } from './byte-reader.js';

export type CborValue = number | boolean | null | string | Uint8Array | readonly CborValue[] | CborMap;
/** Entries in their order, by label; no label twice. */
export type CborMap = ReadonlyMap<number | string, CborValue>;

/** Deepest nesting: a structure, a header and a value. */
const depthMax = 4;

/** The value of all of the bytes, undefined where they are none. */
export function decodeCbor(bytes: Uint8Array): CborValue | undefined {
  return readWhole(bytes, (reader) => readValue(reader, 0));
}

/** Bytes after their size. */
export function encodeCborBytes(bytes: Uint8Array): Uint8Array {
  const size = bytes.length;
  const head = size < 24 ? [0x40 + size] : size < 256 ? [0x58, size] : [0x59, size >>> 8, size & 255];
  if (size >= 65536)
    head.splice(0, head.length, 0x5a, size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255);
  return Uint8Array.from([...head, ...bytes]);
}

function readValue(reader: ByteReader, depth: number): CborValue | undefined {
  if (depth > depthMax) return undefined;
  const first = reader.byte();
  const kind = first >>> 5;
  if (kind === 7) return simpleValues.get(first);
  const count = readCount(reader, first & 31);
  if (count === undefined || count > 0xffff_ffff) return undefined;
  if (kind === 0) return count;
  if (kind === 1) return -1 - count;
  if (kind === 2) return reader.take(count);
  if (kind === 3) return readText(reader, count);
  if (kind === 4) return readArray(reader, count, depth);
  return kind === 5 ? readMap(reader, count, depth) : undefined;
}

const simpleValues = new Map<number, boolean | null>([
  [0xf4, false],
  [0xf5, true],
  [0xf6, null],
]);

/** The number in a head or after it, in its shortest form. */
function readCount(reader: ByteReader, low: number): number | undefined {
  if (low < 24) return low;
  const size = [1, 2, 4][low - 24];
  if (size === undefined) return undefined;
  const count = reader.take(size).reduce((sum, byte) => sum * 256 + byte, 0);
  return count >= [24, 256, 65536][low - 24] ? count : undefined;
}

/** Labels are ASCII, and short. */
function readText(reader: ByteReader, size: number): string | undefined {
  const bytes = reader.take(size);
  return size <= 64 && bytes.every((byte) => byte < 128) ? String.fromCharCode(...bytes) : undefined;
}

function readArray(reader: ByteReader, count: number, depth: number): CborValue[] | undefined {
  const items: CborValue[] = [];
  while (items.length < count) {
    const item = readValue(reader, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

function readMap(reader: ByteReader, count: number, depth: number): CborMap | undefined {
  const map = new Map<number | string, CborValue>();
  while (map.size < count) {
    const label = readValue(reader, depth + 1);
    if ((typeof label !== 'number' && typeof label !== 'string') || map.has(label)) return undefined;
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    map.set(label, value);
  }
  return map;
}
