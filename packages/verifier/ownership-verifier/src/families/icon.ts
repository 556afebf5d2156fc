/** ICON: accounts of one key (spec §15.6). */
import type { HashedKeyNetwork } from '@solvent/report-format/networks/network';
import type { HashedKeyAddress } from '../addresses/hashed-key-address.js';
import { decodeIconAddress, iconAddressOf } from '../addresses/icon-address.js';
import { decodeBase64 } from '../encodings/binary-text.js';
import { decodeRawEcdsa, type RecoverableSignature, rawEcdsaDigest } from '../schemes/raw-ecdsa.js';
import { hashedKeyFamily } from './hashed-key-family.js';
import { ownersAlone } from './owner-signatures.js';

/** As for all chains, or in Base64 with V of 0 or 1, as the chain's own tools write them. */
function decodeSignature(text: string): RecoverableSignature | undefined {
  const bytes = decodeBase64(text, 65);
  if (bytes === undefined) return decodeRawEcdsa(text);
  return bytes[64] < 2 ? { rs: bytes.subarray(0, 64), recoveryId: bytes[64] } : undefined;
}

export const iconFamily = hashedKeyFamily<HashedKeyNetwork, HashedKeyAddress>({
  support: {
    addressKinds: ['account'],
    schemes: ['raw ECDSA'],
    checked: 'the address is the hash of the key',
    unproven: `contracts; ${ownersAlone}`,
    section: '15.6',
  },
  decodeAddress: decodeIconAddress,
  evidence: "the contract's owners",
  addressesOf: (key) => [iconAddressOf(key)],
  decodeRecoverable: decodeSignature,
  recoverable: (message) => [{ scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) }],
  signatureTexts: 'R, S and V of 65 bytes in hexadecimal or Base64',
});
