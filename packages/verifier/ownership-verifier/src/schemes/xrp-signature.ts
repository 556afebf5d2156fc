/** Signatures of the XRP Ledger's keys over the bytes of a message (spec §13.11). */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeHex, decodeHexUpTo, sameBytes } from '../encodings/binary-text.js';
import { findEd25519Scheme, isEd25519Key, type SignedBytes } from './ed25519.js';
import { rawEd25519Bytes } from './raw-ed25519.js';

const ed25519Prefix = 0xed;
/** r and s take up to 33 bytes each, and DER six more. */
const derSizeMax = 72;

/** The 33 bytes of a key that begin as a compressed point of secp256k1 or, with 0xed, a key of Ed25519; undefined for
 * other texts. Whether the rest is such a key, `isXrpKey` says. */
export function decodeXrpKey(text: string): Uint8Array | undefined {
  const bytes = decodeHex(text, 33);
  return bytes !== undefined && [2, 3, ed25519Prefix].includes(bytes[0]) ? bytes : undefined;
}

/** Whether 33 bytes are a key that can sign; slow, because it decompresses the key. */
export function isXrpKey(key: Uint8Array): boolean {
  return isEd25519(key) ? isEd25519Key(key.subarray(1)) : secp256k1.utils.isValidPublicKey(key, true);
}

/** Whether a key of 33 bytes is one of Ed25519. */
export function isEd25519(key: Uint8Array): boolean {
  return key[0] === ed25519Prefix;
}

/** The 64 bytes of a signature that is written in the form that the kind of key asks for, r and s of DER or the whole of
 * Ed25519; undefined for other texts. */
export function decodeXrpSignature(text: string, key: Uint8Array): Uint8Array | undefined {
  if (isEd25519(key)) return decodeHex(text, 64);
  const bytes = decodeHexUpTo(text, derSizeMax);
  return bytes && decodeDer(bytes);
}

/** r ‖ s of DER in its one shortest form. */
function decodeDer(bytes: Uint8Array): Uint8Array | undefined {
  try {
    const signature = secp256k1.Signature.fromBytes(bytes, 'der');
    return sameBytes(signature.toBytes('der'), bytes) ? signature.toBytes('compact') : undefined;
  } catch {
    return undefined;
  }
}

/** The scheme in which the key signed the message; undefined if it did not. The ledger takes only s in the lower half. */
export function findXrpScheme(message: string, signature: Uint8Array, key: Uint8Array): string | undefined {
  const bytes = utf8ToBytes(message);
  if (isEd25519(key)) {
    const plain: SignedBytes = { scheme: 'Ed25519', bytes };
    return findEd25519Scheme([plain, rawEd25519Bytes(message)], signature, key.subarray(1));
  }
  const options = { prehash: false, lowS: true, format: 'compact' } as const;
  return secp256k1.verify(signature, sha512(bytes).subarray(0, 32), key, options)
    ? 'ECDSA, half of SHA-512'
    : undefined;
}
