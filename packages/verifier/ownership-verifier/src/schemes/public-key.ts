/** Keys of the curves that chains sign with, where the kind of key is a part of what the row says (spec §16.1). */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import * as sr25519 from '@scure/sr25519';
import { failed, type OwnershipVerdict } from '../verdict.js';
import { isEd25519Key, type SignedBytes, verifyEd25519 } from './ed25519.js';

export type Curve = 'ed25519' | 'sr25519' | 'secp256k1' | 'secp256r1';

/** A key as its chain writes it: 32 bytes of Ed25519 or sr25519, or a compressed point of 33 bytes. */
export interface PublicKey {
  readonly curve: Curve;
  readonly bytes: Uint8Array;
}

/** Bytes, or the digest, that the key of a row may have signed. */
export interface KeyedForm extends SignedBytes {
  /** The key of another curve that the same bytes are; left out for the key of the row. */
  readonly key?: PublicKey;
}

const ecdsaCurves = { secp256k1, secp256r1: p256 };

/** Bytes of a key of the curve. */
export function publicKeySizeBytes(curve: Curve): number {
  return curve === 'ed25519' || curve === 'sr25519' ? 32 : 33;
}

/** Whether the signature, 64 bytes, is the key's: of Ed25519 and sr25519 over `signed` as it is, of the others R ‖ S over `signed` as
 * a digest of 32 bytes. */
export function verifySignature(
  { curve, bytes }: PublicKey,
  signature: Uint8Array,
  signed: Uint8Array,
  lowS: boolean,
): boolean {
  if (curve === 'ed25519') return verifyEd25519(signature, signed, bytes);
  try {
    if (curve === 'sr25519') return sr25519.verify(signed, signature, bytes);
    return ecdsaCurves[curve].verify(signature, signed, bytes, { prehash: false, lowS, format: 'compact' });
  } catch {
    return false;
  }
}

/** Whether the bytes are a key that can sign: a point in its one encoding; of Ed25519, not one of small order. */
export function isPublicKey({ curve, bytes }: PublicKey): boolean {
  if (curve === 'ed25519') return isEd25519Key(bytes);
  if (curve === 'sr25519') return isRistrettoKey(bytes);
  return ecdsaCurves[curve].utils.isValidPublicKey(bytes, true);
}

/** ristretto255 has one encoding of each point, and no point of small order but the identity (RFC 9496 §4.3.1). */
function isRistrettoKey(bytes: Uint8Array): boolean {
  try {
    return !ristretto255.Point.fromBytes(bytes).is0();
  } catch {
    return false;
  }
}

/** Whether two keys are the same. */
export function isSameKey(a: PublicKey, b: PublicKey): boolean {
  return a.curve === b.curve && a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);
}

/** Step W5 of a key whose signature does not verify: the verdict that it could sign nothing, if so. It is asked for only then,
 * because decompressing the key once more is slow. */
export function whyInvalidKey(key: PublicKey): OwnershipVerdict | undefined {
  if (isPublicKey(key)) return undefined;
  return failed('W5', 'key-format', `expected a ${key.curve} key that is a canonical point and not of small order`);
}

/** A key of Ed25519, 32 bytes. */
export function edwardsKey(bytes: Uint8Array): PublicKey {
  return { curve: 'ed25519', bytes };
}
