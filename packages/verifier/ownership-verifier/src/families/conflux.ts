/** Conflux's core space: accounts of one key (spec §15.5). */
import type { HashedKeyNetwork } from '@solvent/report-format/networks/network';
import { confluxAddressOf, decodeConfluxAddress } from '../addresses/conflux-address.js';
import type { HashedKeyAddress } from '../addresses/hashed-key-address.js';
import { confluxMessageDigest } from '../schemes/conflux-message.js';
import { rawEcdsaDigest } from '../schemes/raw-ecdsa.js';
import { hashedKeyFamily } from './hashed-key-family.js';
import { ownersAlone } from './owner-signatures.js';

export const confluxFamily = hashedKeyFamily<HashedKeyNetwork, HashedKeyAddress>({
  support: {
    addressKinds: ['account'],
    schemes: ['Conflux personal message', 'raw ECDSA'],
    checked: 'the address is the hash of the key',
    unproven: `contracts; ${ownersAlone}`,
    section: '15.5',
  },
  decodeAddress: decodeConfluxAddress,
  evidence: "the contract's owners",
  addressesOf: (key) => [confluxAddressOf(key)],
  recoverable: (message) => [
    { scheme: 'Conflux personal message', digest: () => confluxMessageDigest(message) },
    { scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) },
  ],
  signatureTexts: 'R, S and V of 65 bytes in hexadecimal',
});
