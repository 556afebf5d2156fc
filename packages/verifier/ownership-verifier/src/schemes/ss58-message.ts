/** Messages as the wallets of Substrate's chains sign them: wrapped, so that nothing signed is a transaction, or as they
 * are (spec §16.3). */
import { blake2b } from '@noble/hashes/blake2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeHex } from '../encodings/binary-text.js';
import { walletFormFirst } from './form-order.js';
import type { KeyedForm } from './public-key.js';
import { rawEd25519Bytes } from './raw-ed25519.js';

/** A signature by its size and first byte: of one of two curves on which a key has 32 bytes, or of secp256k1. */
export interface Ss58Signature {
  readonly curves: readonly ('ed25519' | 'sr25519' | 'secp256k1')[];
  /** 64 bytes. */
  readonly signature: Uint8Array;
  /** Of secp256k1: 0 … 3. */
  readonly recoveryId: number;
}

/** 64 bytes in hexadecimal, alone or after 00 (Ed25519) or 01 (sr25519); or 02, 64 bytes of secp256k1 and the recovery
 * id, which is 0, 1, 27 or 28. Undefined for other texts. */
export function decodeSs58Signature(text: string): Ss58Signature | undefined {
  const plain = decodeHex(text, 64);
  if (plain !== undefined) return { curves: ['ed25519', 'sr25519'], signature: plain, recoveryId: 0 };
  const typed = decodeHex(text, 65);
  if (typed !== undefined && typed[0] <= 1) {
    return { curves: [typed[0] === 0 ? 'ed25519' : 'sr25519'], signature: typed.subarray(1), recoveryId: 0 };
  }
  const ecdsa = decodeHex(text, 66);
  if (ecdsa?.[0] !== 2 || ![0, 1, 27, 28].includes(ecdsa[65])) return undefined;
  return { curves: ['secp256k1'], signature: ecdsa.subarray(1, 65), recoveryId: ecdsa[65] % 27 };
}

/** The message between the marks that extensions of browsers put around it. */
export function wrappedBytes(message: string): Uint8Array {
  return utf8ToBytes(`<Bytes>${message}</Bytes>`);
}

/** What a 32-byte key may have signed, as a key of these curves. */
export function ss58Forms(message: string, key: Uint8Array, curves: Ss58Signature['curves']): KeyedForm[] {
  const forms = curves.flatMap((curve) => [
    { scheme: `wrapped message, ${curve}`, bytes: wrappedBytes(message), key: { curve, bytes: key } },
    { scheme: `message, ${curve}`, bytes: utf8ToBytes(message), key: { curve, bytes: key } },
  ]);
  if (!curves.includes('ed25519')) return forms;
  const raw: KeyedForm = { ...rawEd25519Bytes(message), key: { curve: 'ed25519', bytes: key } };
  return walletFormFirst(message) ? [...forms, raw] : [raw, ...forms];
}

/** What a key of secp256k1 may have signed: the BLAKE2b-256 of the wrapped message or of the message. */
export function ss58Digests(message: string): KeyedForm[] {
  return [
    { scheme: 'wrapped message, secp256k1', bytes: blake2b(wrappedBytes(message), { dkLen: 32 }) },
    { scheme: 'message, secp256k1', bytes: blake2b(utf8ToBytes(message), { dkLen: 32 }) },
  ];
}
