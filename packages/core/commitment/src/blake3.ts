/**
 * BLAKE3 with one key for each purpose (spec §3.1).
 *
 * Two uses of the hash can never be confused, because their keys differ: the key of a purpose is derived from its name
 * by BLAKE3's own key derivation mode.
 */
import { blake3 } from '@noble/hashes/blake3.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Bytes in a digest. */
export const digestSize = 32;

/** A hash function for one purpose. */
export interface Hasher {
  /** The purpose that the key was derived from. */
  readonly purpose: string;
  /** The key, 32 bytes. */
  readonly key: Uint8Array;
  /** The keyed hash of the message, 32 bytes unless another size is asked for. */
  digest(message: Uint8Array, size?: number): Uint8Array;
}

/** The hash function for a purpose, such as `tree D0 leaf`. The same purpose always gives the same function. */
export function createHasher(purpose: string): Hasher {
  const key = blake3(new Uint8Array(0), { context: utf8ToBytes(`solvent/1 ${purpose}`) });
  return {
    purpose,
    key,
    digest: (message, size = digestSize) => blake3(message, { key, dkLen: size }),
  };
}
