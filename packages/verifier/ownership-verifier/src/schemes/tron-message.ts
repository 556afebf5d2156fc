/** Tron's signed messages, and the accounts that signed them (TIP-191; spec §13.8). */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeHex } from './binary-text.js';

const prefix = '\x19TRON Signed Message:\n';

/** A digest that a Tron wallet may have signed for a message. */
export interface TronDigest {
  readonly scheme: string;
  readonly digest: Uint8Array;
}

/** The digests of a message, in the order in which they are tried: the length in decimal, and the hash of the message
 * under the fixed length 32, which is what a signer of version 1 is given. */
export function tronDigests(message: string): readonly TronDigest[] {
  const bytes = utf8ToBytes(message);
  return [
    { scheme: 'Tron message v2', digest: keccak_256(concatBytes(utf8ToBytes(prefix + bytes.length), bytes)) },
    { scheme: 'Tron message v1', digest: keccak_256(concatBytes(utf8ToBytes(`${prefix}32`), keccak_256(bytes))) },
  ];
}

/** R ‖ S ‖ V of 65 bytes in hexadecimal, as bytes; undefined where the text is none or V is not 0, 1, 27 or 28. */
export function decodeTronSignature(text: string): Uint8Array | undefined {
  const bytes = decodeHex(text, 65);
  return bytes !== undefined && [0, 1, 27, 28].includes(bytes[64]) ? bytes : undefined;
}

/** The 20-byte account that signed the digest; undefined where there is none, or s is in the upper half, which Tron's
 * own library refuses. */
export function recoverTronAccount(signature: Uint8Array, digest: Uint8Array): Uint8Array | undefined {
  try {
    const parsed = secp256k1.Signature.fromBytes(signature.subarray(0, 64), 'compact').addRecoveryBit(
      signature[64] % 27,
    );
    if (parsed.hasHighS()) return undefined;
    return keccak_256(parsed.recoverPublicKey(digest).toBytes(false).subarray(1)).subarray(12);
  } catch {
    return undefined;
  }
}
