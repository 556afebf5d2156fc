/** The bytes under the signatures of published lists, where a chain has no form of its own (spec §13.14). */
import { concatBytes } from '@noble/hashes/utils.js';
import { varText } from '../encodings/var-text.js';

const header = 'OKX Signed Message:\n';

/** Header and message, each after its length: what ECDSA signs the Keccak-256 of, and Ed25519 as it is. */
export function publishedMessageBytes(message: string): Uint8Array {
  return concatBytes(varText(header), varText(message));
}
