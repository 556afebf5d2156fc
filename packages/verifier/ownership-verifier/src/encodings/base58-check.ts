/** Base58 with four bytes of double SHA-256 behind, in Bitcoin's alphabet (spec §13.6). */
import { sha256 } from '@noble/hashes/sha2.js';
import { createBase58check } from '@scure/base';

const codec = createBase58check(sha256);
/** Longest text worth decoding, which is quadratic: 69 bytes and their checksum take 101 letters. */
const lettersMax = 110;

/** Bytes without their checksum; undefined where letters or checksum are wrong. */
export function decodeBase58Check(text: string): Uint8Array | undefined {
  if (text.length === 0 || text.length > lettersMax) return undefined;
  try {
    return codec.decode(text);
  } catch {
    return undefined;
  }
}

/** Bytes with their checksum as text. */
export function encodeBase58Check(bytes: Uint8Array): string {
  return codec.encode(bytes);
}
