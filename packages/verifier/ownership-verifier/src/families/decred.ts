/** Decred: addresses of one key (spec §15.9). */
import type { HashedKeyNetwork } from '@solvent/report-format/networks/network';
import { decodeDecredAddress, decredAddressOf } from '../addresses/decred-address.js';
import type { HashedKeyAddress } from '../addresses/hashed-key-address.js';
import { decodeBase64 } from '../encodings/binary-text.js';
import { decredMessageDigest } from '../schemes/decred-message.js';
import { decodeRawEcdsa, type RecoverableSignature, rawEcdsaDigest } from '../schemes/raw-ecdsa.js';
import { hashedKeyFamily } from './hashed-key-family.js';
import { ownersAlone } from './owner-signatures.js';

/** Base64 of 27 and the recovery id, and 4 more where the key is compressed, then r and s. */
function decodeSignature(text: string): RecoverableSignature | undefined {
  const bytes = decodeBase64(text, 65);
  if (bytes === undefined) return decodeRawEcdsa(text);
  const code = bytes[0] - 27;
  return code >= 0 && code < 8 ? { rs: bytes.subarray(1), recoveryId: code % 4 } : undefined;
}

export const decredFamily = hashedKeyFamily<HashedKeyNetwork, HashedKeyAddress>({
  support: {
    addressKinds: ['P2PKH'],
    schemes: ['signed message', 'raw ECDSA'],
    checked: 'the address is the hash of the key',
    unproven: ownersAlone,
    section: '15.9',
  },
  decodeAddress: decodeDecredAddress,
  evidence: "the script's keys",
  addressesOf: (key) => [decredAddressOf(key, true), decredAddressOf(key, false)],
  decodeRecoverable: decodeSignature,
  recoverable: (message) => [
    { scheme: 'signed message', digest: () => decredMessageDigest(message) },
    { scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) },
  ],
  signatureTexts: '65 bytes in Base64 that begin with 27 … 34, or R, S and V in hexadecimal',
});
