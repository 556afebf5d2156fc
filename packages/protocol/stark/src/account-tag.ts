/** The account tag: what stands for an account in the tree of rows (spec §4.6). */
import { createHasher } from '@solvent/commitment/blake3';
import { encodeUint32, utf8ToBytes } from '@solvent/commitment/bytes';

/** Bytes of an account's nonce. */
export const accountNonceSize = 32;
/** Bytes of a tag: all of them bind a row to one id (spec §11.13). */
export const accountTagSize = 32;
/** Most bytes of an account id in UTF-8. */
export const maxAccountIdSize = 256;

const hasher = createHasher('account');

/** What the hash of a tag is for. */
export const accountTagPurpose = hasher.purpose;

/**
 * The tag of an account: the hash of its id, length-prefixed UTF-8, and a secret nonce of 32 bytes. The nonce keeps
 * anybody who sees a tag from trying ids.
 */
export function accountTag(accountId: string, nonce: Uint8Array): Uint8Array {
  const id = utf8ToBytes(accountId);
  const message = new Uint8Array(4 + id.length + nonce.length);
  writeTagMessage(id, nonce, message);
  return hasher.digest(message);
}

/** Writes what a tag is the hash of to the beginning of `message`. Gives its size, 4 + id size + 32 bytes. */
export function writeTagMessage(id: Uint8Array, nonce: Uint8Array, message: Uint8Array): number {
  message.set(encodeUint32(id.length));
  message.set(id, 4);
  message.set(nonce, 4 + id.length);
  return 4 + id.length + nonce.length;
}

/** Whether a text can be an account id: 1 to 256 bytes of UTF-8, no lone surrogates (which UTF-8 cannot tell apart). */
export function isAccountId(text: string): boolean {
  if (/\p{Surrogate}/u.test(text)) return false;
  const size = utf8ToBytes(text).length;
  return size >= 1 && size <= maxAccountIdSize;
}
