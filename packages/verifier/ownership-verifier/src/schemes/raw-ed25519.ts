/** The published raw scheme of Ed25519 chains: the key signs header and message, unhashed (spec §13.14). */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SignedBytes } from './ed25519.js';

const header = 'OKX Signed Message:\n';

/** The bytes that the key signs: header and message, each after its length. */
export function rawEd25519Bytes(message: string): SignedBytes {
  return { scheme: 'raw Ed25519', bytes: concatBytes(varString(header), varString(message)) };
}

/** A text in UTF-8 after its length in bytes, as Bitcoin's messages on the wire have it. */
function varString(text: string): Uint8Array {
  const bytes = utf8ToBytes(text);
  return concatBytes(compactSize(bytes.length), bytes);
}

function compactSize(size: number): Uint8Array {
  if (size < 0xfd) return Uint8Array.of(size);
  if (size <= 0xffff) return Uint8Array.of(0xfd, size & 0xff, size >>> 8);
  return Uint8Array.of(0xfe, size & 0xff, (size >>> 8) & 0xff, (size >>> 16) & 0xff, size >>> 24);
}
