/** The account tag: what stands for an account in the tree of rows (spec §4.6). */
import { createHasher } from '@solvent/commitment/blake3';
import { concatBytes, encodeText, utf8ToBytes } from '@solvent/commitment/bytes';

/** Bytes of an account's nonce. */
export const accountNonceSize = 32;
/** Bytes of a tag. */
export const accountTagSize = 32;
/** Most bytes of an account id in UTF-8. */
export const maxAccountIdSize = 256;

const hasher = createHasher('account');

/**
 * The tag of an account: the hash of its id, length-prefixed UTF-8, and a secret nonce of 32 bytes. The nonce keeps
 * anybody who sees a tag from trying ids.
 */
export function accountTag(accountId: string, nonce: Uint8Array): Uint8Array {
  return hasher.digest(concatBytes(encodeText(accountId), nonce));
}

/** Whether a text can be an account id: 1 to 256 bytes of UTF-8, no lone surrogates (which UTF-8 cannot tell apart). */
export function isAccountId(text: string): boolean {
  if (/\p{Surrogate}/u.test(text)) return false;
  const size = utf8ToBytes(text).length;
  return size >= 1 && size <= maxAccountIdSize;
}
