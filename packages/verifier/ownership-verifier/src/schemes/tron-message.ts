/** Tron's signed messages (TIP-191; spec §13.8). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { walletFormFirst } from './form-order.js';
import type { SignedDigest } from './signed-digest.js';

const prefix = '\x19TRON Signed Message:\n';

/** The digests of a message, in the order in which they are tried: the length in decimal, and the hash of the message
 * under the fixed length 32, which is what a signer of version 1 is given. */
export function tronDigests(message: string): readonly SignedDigest[] {
  const bytes = utf8ToBytes(message);
  const second = {
    scheme: 'Tron message v2',
    digest: () => keccak_256(concatBytes(utf8ToBytes(prefix + bytes.length), bytes)),
  };
  const first = {
    scheme: 'Tron message v1',
    digest: () => keccak_256(concatBytes(utf8ToBytes(`${prefix}32`), keccak_256(bytes))),
  };
  // Wallets sign version 2, published lists hold version 1.
  return walletFormFirst(message) ? [second, first] : [first, second];
}
