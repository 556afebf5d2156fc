/** Ed25519 as RFC 8032 §5.1.7 has it, without the encodings that ZIP 215 adds (spec §13.14). */
import { ed25519 } from '@noble/curves/ed25519.js';

/** Whether the 64-byte signature over `bytes` is by the 32-byte key. R and the key are canonical points, s is below the
 * order, and a key of small order signs nothing. */
export function verifyEd25519(signature: Uint8Array, bytes: Uint8Array, key: Uint8Array): boolean {
  return ed25519.verify(signature, bytes, key, { zip215: false });
}

/** Whether 32 bytes are a key that can sign: a canonical point that is not of small order. */
export function isEd25519Key(bytes: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(bytes, false).isSmallOrder();
  } catch {
    return false;
  }
}

/** Bytes that a wallet may have signed for a message, and the name of the scheme that makes them. */
export interface SignedBytes {
  readonly scheme: string;
  readonly bytes: Uint8Array;
}

/** The scheme among the candidates whose bytes the key signed, tried in order; undefined if there is none. */
export function findEd25519Scheme(
  candidates: Iterable<SignedBytes>,
  signature: Uint8Array,
  key: Uint8Array,
): string | undefined {
  for (const { scheme, bytes } of candidates) {
    if (verifyEd25519(signature, bytes, key)) return scheme;
  }
  return undefined;
}
