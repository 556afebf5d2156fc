/** Public keys and signatures of secp256k1 as rows write them, for chains without a spelling of their own (spec §15.1). */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { decodeBase64, decodeHex } from '../encodings/binary-text.js';
import type { CurvePoint } from './raw-ecdsa.js';

/** A key of 33 bytes in hexadecimal or Base64, or in hexadecimal of 65 that begin with 04 or of the 64 after it;
 * undefined for other texts. */
export function decodeSecp256k1Key(text: string): CurvePoint | undefined {
  const coordinates = decodeHex(text, 64);
  if (coordinates !== undefined) return pointOf(concatBytes(Uint8Array.of(4), coordinates));
  const bytes = decodeHex(text, 33) ?? decodeBase64(text, 33) ?? decodeHex(text, 65);
  return bytes && pointOf(bytes);
}

/** The point of 33 bytes, or of 65 that begin with 04; undefined where there is none. */
export function pointOf(bytes: Uint8Array): CurvePoint | undefined {
  try {
    return secp256k1.Point.fromBytes(bytes);
  } catch {
    return undefined;
  }
}

/** The account of a key as Ethereum has it, and many chains after it: the last 20 bytes of the Keccak-256 of its coordinates. */
export function ethereumAccountOf(key: CurvePoint): Uint8Array {
  return keccak_256(key.toBytes(false).subarray(1)).subarray(12);
}

/** r ‖ s, 64 bytes in Base64 or hexadecimal; undefined for other texts. */
export function decodeCompact(text: string): Uint8Array | undefined {
  return decodeBase64(text, 64) ?? decodeHex(text, 64);
}

/** Whether r and s are from 1 to the order less 1 and s lies in the lower half. */
export function isLowS(rs: Uint8Array): boolean {
  try {
    return !secp256k1.Signature.fromBytes(rs, 'compact').hasHighS();
  } catch {
    return false;
  }
}

/** Whether the key made r ‖ s over a digest of 32 bytes, s lying in the lower half. */
export function verifyCompact(rs: Uint8Array, digest: Uint8Array, key: CurvePoint): boolean {
  return secp256k1.verify(rs, digest, key.toBytes(true), { prehash: false, lowS: true, format: 'compact' });
}
