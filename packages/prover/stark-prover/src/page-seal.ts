/**
 * How the pages of a store's file are sealed.
 *
 * The construction is that of the payload and header of age (C2SP, age.md) with AES-256-GCM: a key for each file by
 * HKDF-SHA-256 (RFC 5869) from the store's key and a random salt; pages sealed on their own, each under a nonce of its
 * number and whether it is the last (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár 2015); the header under HMAC. A file's
 * pages are sealed once, by whoever drew its salt, so no nonce is ever used twice under one key.
 *
 * In a store without encryption the same keys are derived from a public constant, and the seal of a page is a checksum:
 * it finds damage, not forgery.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { StoreKey } from './store-key.js';

/** Bytes that sealing adds to a page. */
export const sealSize = 16;
export const saltSize = 32;
/** Bytes of what authenticates a header. */
export const authenticatorSize = 32;

const keySize = 32;
const nonceSize = 12;
const cipherName = 'aes-256-gcm';
const options = { authTagLength: sealSize };

/** Seals and opens the pages of one file. */
export interface PageSeal {
  /** Writes the sealed page, `payload.length + sealSize` bytes, to the beginning of `block`. */
  seal(page: number, isLast: boolean, payload: Buffer, block: Buffer): void;
  /** The payload of a sealed page, in fresh bytes; undefined if it was changed, or is another page. */
  open(page: number, isLast: boolean, block: Buffer): Buffer | undefined;
  /** The authenticator of the header. */
  authenticate(header: Uint8Array): Buffer;
}

/** @param name which file of the store it is, so that no file can stand for another */
export function createPageSeal(key: StoreKey | undefined, salt: Uint8Array, name: string): PageSeal {
  const info = `solvent holder store/1 ${name}`;
  const keys = Buffer.from(hkdfSync('sha256', key ?? 'no encryption', salt, info, 2 * keySize));
  const pageKey = keys.subarray(0, keySize);
  const headerKey = keys.subarray(keySize);
  const pages = key === undefined ? checksums(pageKey) : encryption(pageKey);
  return { ...pages, authenticate: (header) => createHmac('sha256', headerKey).update(header).digest() };
}

function nonceOf(page: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(nonceSize);
  nonce.writeUInt32LE(page);
  nonce[nonceSize - 1] = isLast ? 1 : 0;
  return nonce;
}

function encryption(key: Buffer): Omit<PageSeal, 'authenticate'> {
  return {
    seal(page, isLast, payload, block) {
      const cipher = createCipheriv(cipherName, key, nonceOf(page, isLast), options);
      block.set(cipher.update(payload));
      cipher.final();
      block.set(cipher.getAuthTag(), payload.length);
    },
    open(page, isLast, block) {
      const size = block.length - sealSize;
      const decipher = createDecipheriv(cipherName, key, nonceOf(page, isLast), options);
      decipher.setAuthTag(block.subarray(size));
      const payload = decipher.update(block.subarray(0, size));
      try {
        decipher.final();
      } catch {
        return undefined;
      }
      return payload;
    },
  };
}

function checksums(key: Buffer): Omit<PageSeal, 'authenticate'> {
  const checksum = (page: number, isLast: boolean, payload: Buffer) =>
    createHmac('sha256', key).update(nonceOf(page, isLast)).update(payload).digest().subarray(0, sealSize);
  return {
    seal(page, isLast, payload, block) {
      block.set(payload);
      block.set(checksum(page, isLast, payload), payload.length);
    },
    open(page, isLast, block) {
      const size = block.length - sealSize;
      const payload = Buffer.from(block.subarray(0, size));
      return block.subarray(size).equals(checksum(page, isLast, payload)) ? payload : undefined;
    },
  };
}
