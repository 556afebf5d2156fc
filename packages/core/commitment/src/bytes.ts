/** Byte encodings shared by everything that is hashed (spec §3.2). All integers are little-endian. */
import { utf8ToBytes } from '@noble/hashes/utils.js';

// biome-ignore lint/performance/noBarrelFile: the one place that knows where these helpers come from.
export { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** An integer in [0, 2^32) as 4 bytes. */
export function encodeUint32(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32) {
    throw new RangeError(`uint32: expected an integer in [0, 2^32), got ${value}`);
  }
  return Uint8Array.of(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
}

/** The integer in [0, 2^32) that the 4 bytes at an offset encode. */
export function decodeUint32(bytes: Uint8Array, offset = 0): number {
  const high = bytes[offset + 3] * 2 ** 24;
  return high + ((bytes[offset + 2] << 16) | (bytes[offset + 1] << 8) | bytes[offset]);
}

/** Canonical base-field elements, 4 bytes each. */
export function encodeElements(elements: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 * elements.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < elements.length; i++) view.setUint32(4 * i, elements[i], true);
  return bytes;
}

/** Elements of F, 20 bytes each, constant term first. */
export function encodeExtensions(elements: readonly (readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(20 * elements.length);
  elements.forEach((element, i) => {
    bytes.set(encodeElements(element), 20 * i);
  });
  return bytes;
}

/** Text as UTF-8 bytes after their number as a uint32: two texts in a row can be told apart. */
export function encodeText(text: string): Uint8Array {
  const bytes = utf8ToBytes(text);
  const encoded = new Uint8Array(4 + bytes.length);
  encoded.set(encodeUint32(bytes.length));
  encoded.set(bytes, 4);
  return encoded;
}

/** Whether two byte strings are equal. */
export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
