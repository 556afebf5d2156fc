/** Text messages as Ethereum wallets sign them (EIP-191, version 0x45), and as published lists do (spec §13.7). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const prefix = '\x19Ethereum Signed Message:\n';

/** The digest of a message, or of any bytes, under its length in decimal. */
export function personalDigest(message: string | Uint8Array): Uint8Array {
  const bytes = typeof message === 'string' ? utf8ToBytes(message) : message;
  return keccak_256(concatBytes(utf8ToBytes(prefix + bytes.length), bytes));
}

/** The published form: the digest of the hash of the message, 32 bytes long. */
export function publishedDigest(message: string): Uint8Array {
  return personalDigest(keccak_256(utf8ToBytes(message)));
}
