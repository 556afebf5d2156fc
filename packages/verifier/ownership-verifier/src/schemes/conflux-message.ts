/** Personal messages of Conflux's wallets (spec §15.5). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const prefix = '\x19Conflux Signed Message:\n';

/** The digest that is signed, 32 bytes. */
export function confluxMessageDigest(message: string): Uint8Array {
  const bytes = utf8ToBytes(message);
  return keccak_256(concatBytes(utf8ToBytes(prefix + bytes.length), bytes));
}
