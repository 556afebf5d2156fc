/** aelf: accounts of one key (spec §15.7). */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { HashedKeyNetwork } from '@solvent/report-format/networks/network';
import { aelfAddressOf, decodeAelfAddress } from '../addresses/aelf-address.js';
import type { HashedKeyAddress } from '../addresses/hashed-key-address.js';
import { rawEcdsaDigest } from '../schemes/raw-ecdsa.js';
import { hashedKeyFamily } from './hashed-key-family.js';
import { ownersAlone } from './owner-signatures.js';

export const aelfFamily = hashedKeyFamily<HashedKeyNetwork, HashedKeyAddress>({
  support: {
    addressKinds: ['account'],
    schemes: ['raw ECDSA', 'aelf bytes'],
    checked: 'the address is the hash of the key',
    unproven: ownersAlone,
    section: '15.7',
  },
  decodeAddress: decodeAelfAddress,
  evidence: "the contract's owners",
  addressesOf: (key) => [aelfAddressOf(key)],
  recoverable: (message) => [
    { scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) },
    { scheme: 'aelf bytes', digest: () => sha256(utf8ToBytes(message)) },
  ],
  signatureTexts: 'R, S and V of 65 bytes in hexadecimal',
});
