/** Binary values written as text: the one set of spellings that a row may use for keys and signatures (spec §13.4). */
import { hexToBytes } from '@noble/hashes/utils.js';
import { base32nopad, base58, base64 } from '@scure/base';

const hexDigits = /^(?:0x)?((?:[0-9a-fA-F]{2})+)$/;

/** Longest Base58 text worth decoding: 64 bytes take 88 digits, and decoding is quadratic. */
const base58DigitsMax = 90;

/** Bytes of hexadecimal text in either case, with or without `0x`; undefined unless there are `sizeBytes` of them. */
export function decodeHex(text: string, sizeBytes: number): Uint8Array | undefined {
  if (text.length > 2 * sizeBytes + 2) return undefined;
  const digits = hexDigits.exec(text)?.[1];
  return digits?.length === 2 * sizeBytes ? hexToBytes(digits) : undefined;
}

/** Bytes of canonical Base64 (RFC 4648 §4, padded, unused bits zero); undefined unless there are `sizeBytes`. */
export function decodeBase64(text: string, sizeBytes: number): Uint8Array | undefined {
  if (text.length !== 4 * Math.ceil(sizeBytes / 3)) return undefined;
  return decodedOrNothing(() => base64.decode(text), sizeBytes);
}

/** Bytes of canonical Base64 of any size up to a greatest one; undefined where the text is none. */
export function decodeBase64UpTo(text: string, sizeBytesMax: number): Uint8Array | undefined {
  if (text.length === 0 || text.length > 4 * Math.ceil(sizeBytesMax / 3)) return undefined;
  return decodedOrNothing(() => base64.decode(text));
}

/** Bytes of hexadecimal text of any size up to a greatest one, as `decodeHex` reads them. */
export function decodeHexUpTo(text: string, sizeBytesMax: number): Uint8Array | undefined {
  if (text.length > 2 * sizeBytesMax + 2) return undefined;
  const digits = hexDigits.exec(text)?.[1];
  return digits === undefined ? undefined : hexToBytes(digits);
}

/** Bytes of Base58 in Bitcoin's alphabet; undefined unless there are `sizeBytes` of them. */
export function decodeBase58(text: string, sizeBytes: number): Uint8Array | undefined {
  if (text.length === 0 || text.length > base58DigitsMax) return undefined;
  return decodedOrNothing(() => base58.decode(text), sizeBytes);
}

/** Bytes of Base58 of any size, of a text of up to `digitsMax` digits. */
export function decodeBase58UpTo(text: string, digitsMax: number): Uint8Array | undefined {
  if (text.length === 0 || text.length > digitsMax) return undefined;
  return decodedOrNothing(() => base58.decode(text));
}

/** Bytes of canonical Base32 (RFC 4648 §6, upper case, without padding, unused bits zero); undefined for other texts. */
export function decodeBase32(text: string): Uint8Array | undefined {
  return decodedOrNothing(() => base32nopad.decode(text));
}

function decodedOrNothing(decode: () => Uint8Array, sizeBytes?: number): Uint8Array | undefined {
  try {
    const bytes = decode();
    return sizeBytes === undefined || bytes.length === sizeBytes ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two byte strings are the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
