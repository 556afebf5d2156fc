/** What Filecoin's wallets sign for a text: its bytes, or those of FRC-0102 (spec §15.3). */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SignedBytes } from './ed25519.js';

const prefix = '\x19Filecoin Signed Message:\n';

/** The bytes that are hashed and signed, in the order in which they are tried. */
export function filecoinSignedBytes(message: string): readonly SignedBytes[] {
  const bytes = utf8ToBytes(message);
  return [
    { scheme: 'Filecoin message (FRC-0102)', bytes: concatBytes(utf8ToBytes(prefix + bytes.length), bytes) },
    { scheme: 'Filecoin bytes', bytes },
  ];
}
