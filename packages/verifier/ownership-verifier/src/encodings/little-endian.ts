/** Numbers as bytes, the low one first. */

/** A number below 2^16 as two bytes. */
export function uint16(value: number): Uint8Array {
  return Uint8Array.of(value & 255, value >>> 8);
}

/** A number below 2^32 as four bytes. */
export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
}
