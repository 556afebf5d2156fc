/**
 * Finds the first byte of a text that is not UTF-8.
 */
import { isUtf8 } from 'node:buffer';

/** The position of the first byte that begins no whole character, or −1 when all of it is UTF-8. */
export function findUtf8Fault(bytes: Uint8Array): number {
  if (isUtf8(bytes)) return -1;
  for (let at = 0; ; ) {
    const size = characterSize(bytes[at]);
    if (size > 1 && !isUtf8(bytes.subarray(at, at + size))) return at;
    at += size;
  }
}

/** How many bytes at the end begin a character that needs more bytes than are there, 0 to 3. */
export function unfinishedSize(bytes: Uint8Array): number {
  for (let size = 1; size <= 3 && size <= bytes.length; size++) {
    const byte = bytes[bytes.length - size];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return characterSize(byte) > size ? size : 0;
  }
  return 0;
}

// What the first byte says; a byte that can be none has any size but 1, and is then found to be wrong.
function characterSize(leadByte: number): number {
  if (leadByte < 0x80) return 1;
  if (leadByte >= 0xf0) return 4;
  return leadByte >= 0xe0 ? 3 : 2;
}
