/** The bag of cells, version b5ee9c72, of ordinary cells under one root (spec §13.10). */
import { type Cell, makeCell } from './ton-cell.js';

/** A StateInit of a wallet takes about 25 cells. */
const cellCountMax = 256;
const magic = [0xb5, 0xee, 0x9c, 0x72];

/** A cell that was read, with its references as cells. */
export interface CellTree extends Cell {
  readonly refs: readonly CellTree[];
}

/** The root of a bag with one root, without exotic or absent cells; undefined where the bytes are anything else. */
export function decodeBagOfCells(bytes: Uint8Array): CellTree | undefined {
  const header = readHeader(bytes);
  if (header === undefined) return undefined;
  const { refSize, cellCount, cellsAt, cellsEnd, rootIndex } = header;
  const raw: RawCell[] = [];
  let at = cellsAt;
  for (let index = 0; index < cellCount; index++) {
    const cell = readCell(bytes, at, cellsEnd, refSize);
    if (cell === undefined || cell.refs.some((ref) => ref <= index || ref >= cellCount)) return undefined;
    raw.push(cell);
    at = cell.end;
  }
  return at === cellsEnd ? buildCells(raw)[rootIndex] : undefined;
}

/** Cells from the last to the first: references point onwards only. */
function buildCells(raw: readonly RawCell[]): CellTree[] {
  const cells: CellTree[] = new Array(raw.length);
  for (let index = raw.length - 1; index >= 0; index--) {
    const { data, bitCount, refs } = raw[index];
    const built = refs.map((ref) => cells[ref]);
    cells[index] = { ...makeCell(data, bitCount, built), refs: built };
  }
  return cells;
}

interface Header {
  readonly refSize: number;
  readonly cellCount: number;
  readonly rootIndex: number;
  readonly cellsAt: number;
  readonly cellsEnd: number;
}

function readHeader(bytes: Uint8Array): Header | undefined {
  if (bytes.length < 10 || magic.some((byte, index) => bytes[index] !== byte)) return undefined;
  const flags = bytes[4];
  const [hasIndex, hasChecksum] = [(flags & 0x80) !== 0, (flags & 0x40) !== 0];
  const refSize = flags & 0x07;
  const offsetSize = bytes[5];
  if ((flags & 0x38) !== 0 || refSize < 1 || refSize > 2 || offsetSize < 1 || offsetSize > 4) return undefined;
  const [cellCount, rootCount, absentCount] = [0, 1, 2].map((field) => readUint(bytes, 6 + field * refSize, refSize));
  const sizeAt = 6 + 3 * refSize;
  const cellsSize = readUint(bytes, sizeAt, offsetSize);
  const rootIndex = readUint(bytes, sizeAt + offsetSize, refSize);
  if (cellCount < 1 || cellCount > cellCountMax || rootCount !== 1 || absentCount !== 0) return undefined;
  const cellsAt = sizeAt + offsetSize + refSize + (hasIndex ? cellCount * offsetSize : 0);
  const cellsEnd = cellsAt + cellsSize;
  if (cellsEnd + (hasChecksum ? 4 : 0) !== bytes.length || !(rootIndex < cellCount)) return undefined;
  if (hasChecksum && crc32c(bytes.subarray(0, cellsEnd)) !== readUint(reversed(bytes, cellsEnd), 0, 4))
    return undefined;
  return { refSize, cellCount, rootIndex, cellsAt, cellsEnd };
}

interface RawCell {
  readonly data: Uint8Array;
  readonly bitCount: number;
  readonly refs: readonly number[];
  readonly end: number;
}

function readCell(bytes: Uint8Array, at: number, limit: number, refSize: number): RawCell | undefined {
  if (at + 2 > limit) return undefined;
  const [d1, d2] = [bytes[at], bytes[at + 1]];
  const refCount = d1 & 0x07;
  // The other bits of d1 are level, exotic and stored hashes.
  if (d1 > 4) return undefined;
  const dataEnd = at + 2 + Math.ceil(d2 / 2);
  const end = dataEnd + refCount * refSize;
  if (end > limit) return undefined;
  const data = bytes.subarray(at + 2, dataEnd);
  const bitCount = countBits(data, d2 % 2 === 1);
  const refs = Array.from({ length: refCount }, (_, index) => readUint(bytes, dataEnd + index * refSize, refSize));
  return bitCount === undefined ? undefined : { data, bitCount, refs, end };
}

/** Bits before the completing 1, if the last byte is completed: it then holds one to seven bits. */
function countBits(data: Uint8Array, completed: boolean): number | undefined {
  if (!completed) return 8 * data.length;
  const last = data[data.length - 1];
  if ((last & 0x7f) === 0) return undefined;
  const zeros = 31 - Math.clz32(last & -last);
  return 8 * data.length - zeros - 1;
}

function readUint(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = 0; index < size; index++) value = value * 256 + bytes[at + index];
  return value;
}

function reversed(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.slice(at, at + 4).reverse();
}

/** CRC-32C (Castagnoli), reflected. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
