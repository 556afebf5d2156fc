/** Cells of TON: their representation hashes, and the bag of cells that a StateInit is written in (spec §13.10). */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

/** What a cell's parent needs to know of it. */
export interface CellHash {
  readonly hash: Uint8Array;
  /** Longest way down to a cell without references. */
  readonly depth: number;
}

/** An ordinary cell: up to 1023 bits and four references. */
export interface Cell extends CellHash {
  /** The bits as bytes, the first bit highest; if they fill no byte, a 1 and zeros complete the last. */
  readonly data: Uint8Array;
  readonly bitCount: number;
  readonly refs: readonly CellHash[];
}

/** The cell of data (completed as `Cell.data` says) and references. */
export function makeCell<R extends CellHash>(data: Uint8Array, bitCount: number, refs: readonly R[]) {
  const depth = refs.reduce((deepest, ref) => Math.max(deepest, ref.depth + 1), 0);
  const descriptors = Uint8Array.of(refs.length, Math.floor(bitCount / 8) + Math.ceil(bitCount / 8));
  const depths = refs.map((ref) => Uint8Array.of(ref.depth >>> 8, ref.depth & 0xff));
  const hash = sha256(concatBytes(descriptors, data, ...depths, ...refs.map((ref) => ref.hash)));
  return { data, bitCount, refs, depth, hash };
}

/** The hash of a StateInit with code and data alone: what the address of a new contract is. */
export function stateInitHash(code: CellHash, data: CellHash): Uint8Array {
  return makeCell(Uint8Array.of(0b0011_0100), 5, [code, data]).hash;
}

/** The bytes of `sizeBytes` at a bit of a cell's data; undefined where the cell is shorter. */
export function readBytes(cell: Cell, bitOffset: number, sizeBytes: number): Uint8Array | undefined {
  if (bitOffset + 8 * sizeBytes > cell.bitCount) return undefined;
  const shift = bitOffset & 7;
  const first = bitOffset >>> 3;
  return Uint8Array.from({ length: sizeBytes }, (_, index) => {
    const high = cell.data[first + index] << shift;
    const low = shift === 0 ? 0 : cell.data[first + index + 1] >>> (8 - shift);
    return (high | low) & 0xff;
  });
}
