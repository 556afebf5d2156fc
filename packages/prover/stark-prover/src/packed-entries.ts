/**
 * The 32 values of an account row in 44 bytes. An entry takes 11: its asset as a uint16, then its amount, 70 bits in 9
 * bytes, little-endian; the limbs are ten bits each of the amount.
 */
import { entriesPerRow, limbCount, limbRange } from '@solvent/stark/table';

const entrySize = 11;
/** Bytes of a packed row. */
export const packedEntriesSize = entrySize * entriesPerRow;

/**
 * Packs rows [start, end) into records: row `start` at byte `offset`, each next one `stride` bytes further.
 *
 * @param columns the 32 user columns; rows of the random zone do not fit
 * @throws RangeError for a limb of more than ten bits or an asset of more than 16
 */
export function packEntries(
  columns: readonly Uint32Array[],
  start: number,
  end: number,
  records: DataView,
  offset: number,
  stride: number,
): void {
  let assets = 0;
  let limbs = 0;
  for (let e = 0; e < entriesPerRow; e++) {
    const [asset, l0, l1, l2, l3, l4, l5, l6] = columns.slice((limbCount + 1) * e, (limbCount + 1) * (e + 1));
    for (let row = start, at = offset + entrySize * e; row < end; row++, at += stride) {
      assets |= asset[row];
      limbs |= l0[row] | l1[row] | l2[row] | l3[row] | l4[row] | l5[row] | l6[row];
      const middle = l3[row] | (l4[row] << 10) | (l5[row] << 20);
      records.setUint16(at, asset[row], true);
      records.setInt32(at + 2, l0[row] | (l1[row] << 10) | (l2[row] << 20) | (middle << 30), true);
      records.setInt32(at + 6, (middle >>> 2) | (l6[row] << 28), true);
      records.setUint8(at + 10, l6[row] >>> 4);
    }
  }
  if (assets >>> 16 !== 0 || limbs >>> 0 >= limbRange) {
    throw new RangeError(`rows ${start} to ${end - 1}: expected assets of 16 bits and limbs of 10, got more`);
  }
}

/** The 32 values of a packed row. */
export function unpackEntries(bytes: Buffer): number[] {
  const values: number[] = [];
  for (let at = 0; at < packedEntriesSize; at += entrySize) {
    const low = bytes.readUInt32LE(at + 2);
    const high = bytes.readUInt32LE(at + 6);
    const middle = (low >>> 30) | (high << 2);
    values.push(bytes.readUInt16LE(at));
    for (const word of [low, middle]) values.push(word & 1023, (word >>> 10) & 1023, (word >>> 20) & 1023);
    values.push((high >>> 28) | (bytes[at + 10] << 4));
  }
  return values;
}
