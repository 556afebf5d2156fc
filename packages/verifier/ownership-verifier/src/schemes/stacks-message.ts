/** Text messages of Stacks' wallets, with Bitcoin's lengths under a header of their own (spec §15.4). */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { varText } from '../encodings/var-text.js';

const prefix = '\x17Stacks Signed Message:\n';

/** The digest that is signed, 32 bytes. */
export function stacksMessageDigest(message: string): Uint8Array {
  return sha256(concatBytes(utf8ToBytes(prefix), varText(message)));
}
