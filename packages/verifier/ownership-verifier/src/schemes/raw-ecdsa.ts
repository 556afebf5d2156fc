/** Recoverable secp256k1 signatures over the Keccak-256 of the published message, as R ‖ S ‖ V in hexadecimal (spec §13.14). */
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { decodeHex } from '../encodings/binary-text.js';
import { publishedMessageBytes } from './published-message.js';

/** A point of secp256k1; not the identity. */
export type CurvePoint = WeierstrassPoint<bigint>;

/** A signature from which the key can be recovered. */
export interface RecoverableSignature {
  /** r and s, big-endian, 64 bytes. */
  readonly rs: Uint8Array;
  /** 0 … 3: which of the points with r modulo the order as x. */
  readonly recoveryId: number;
}

/** The digest that is signed, 32 bytes. */
export function rawEcdsaDigest(message: string): Uint8Array {
  return keccak_256(publishedMessageBytes(message));
}

/** R ‖ S ‖ V of 65 bytes, V being 0, 1, 27 or 28; undefined where the text is none. */
export function decodeRawEcdsa(text: string): RecoverableSignature | undefined {
  const bytes = decodeHex(text, 65);
  if (bytes === undefined || ![0, 1, 27, 28].includes(bytes[64])) return undefined;
  return { rs: bytes.subarray(0, 64), recoveryId: bytes[64] % 27 };
}

/** The key that made a signature of a 32-byte digest; undefined where there is none. Either half of s is taken. */
export function recoverKey(signature: RecoverableSignature, digest: Uint8Array): CurvePoint | undefined {
  try {
    const parsed = secp256k1.Signature.fromBytes(signature.rs, 'compact');
    return parsed.addRecoveryBit(signature.recoveryId).recoverPublicKey(digest);
  } catch {
    return undefined;
  }
}
