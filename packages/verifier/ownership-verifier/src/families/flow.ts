/** Flow: accounts by number, whose keys are on the chain alone (spec §15.11). */
import type { HashedKeyNetwork } from '@solvent/report-format/networks/network';
import type { HashedKeyAddress } from '../addresses/hashed-key-address.js';
import { rawEcdsaDigest } from '../schemes/raw-ecdsa.js';
import { failed, type OwnershipVerdict } from '../verdict.js';
import { hashedKeyFamily } from './hashed-key-family.js';

function decodeAccount(text: string): HashedKeyAddress | OwnershipVerdict {
  const digits = /^(?:0x)?([0-9a-fA-F]{16})$/.exec(text)?.[1];
  if (digits !== undefined) {
    return { canonical: `0x${digits.toLowerCase()}`, kind: 'account', evidence: "the account's keys at a block" };
  }
  if (/^0x[0-9a-fA-F]{40}$/.test(text)) {
    return failed('W3', 'address-network', 'expected the network flow-evm for an account of its EVM');
  }
  return failed('W3', 'address', 'expected 16 hexadecimal digits');
}

export const flowFamily = hashedKeyFamily<HashedKeyNetwork, HashedKeyAddress>({
  support: {
    addressKinds: ['none'],
    schemes: ['raw ECDSA'],
    checked: 'nothing: which keys an account has is on the chain alone',
    unproven: 'all accounts: their keys at a block would tie keys to them',
    section: '15.11',
  },
  decodeAddress: decodeAccount,
  evidence: "the account's keys",
  addressesOf: (key) => [{ canonical: key.toHex(true), kind: 'key' }],
  recoverable: (message) => [{ scheme: 'raw ECDSA', digest: () => rawEcdsaDigest(message) }],
  signatureTexts: 'R, S and V of 65 bytes in hexadecimal',
});
