/** Signed messages of Decred: as Bitcoin's, hashed once with BLAKE-256 (spec §15.9). */
import { blake256 } from '@noble/hashes/blake1.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { varText } from '../encodings/var-text.js';

const header = 'Decred Signed Message:\n';

/** The digest that is signed, 32 bytes. */
export function decredMessageDigest(message: string): Uint8Array {
  return blake256(concatBytes(varText(header), varText(message)));
}
