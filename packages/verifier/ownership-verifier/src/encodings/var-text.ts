/** Bitcoin's lengths before what they count, as its transactions and signed messages have them (spec §13.6). */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { uint16, uint32 } from './little-endian.js';

/** A count below 2^32 as 1, 3 or 5 bytes. */
export function encodeCompactSize(count: number): Uint8Array {
  if (count < 0xfd) return Uint8Array.of(count);
  if (count < 0x10000) return concatBytes(Uint8Array.of(0xfd), uint16(count));
  return concatBytes(Uint8Array.of(0xfe), uint32(count));
}

/** Bytes after their number. */
export function varBytes(bytes: Uint8Array): Uint8Array {
  return concatBytes(encodeCompactSize(bytes.length), bytes);
}

/** Text in UTF-8 after the number of its bytes. */
export function varText(text: string): Uint8Array {
  return varBytes(utf8ToBytes(text));
}
