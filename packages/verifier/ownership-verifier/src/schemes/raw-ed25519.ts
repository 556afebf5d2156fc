/** The published raw scheme of Ed25519 chains: the key signs header and message, unhashed (spec §13.14). */
import type { SignedBytes } from './ed25519.js';
import { publishedMessageBytes } from './published-message.js';

/** The bytes that the key signs. */
export function rawEd25519Bytes(message: string): SignedBytes {
  return { scheme: 'raw Ed25519', bytes: publishedMessageBytes(message) };
}
