/** Stellar: accounts whose address is their master key (spec §16.4). */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import { decodeStellarAddress, type StellarAddress, stellarAddressOf } from '../addresses/stellar-address.js';
import { type FamilySupport, isVerdict } from '../claim.js';
import { sameBytes } from '../encodings/binary-text.js';
import type { KeyedForm } from '../schemes/public-key.js';
import { readEdwards } from './edwards-signature.js';
import { keyedFamily } from './keyed-family.js';
import { laterKeys, ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account', 'muxed account'],
  schemes: ['Stellar message (SEP-53)', 'raw Ed25519'],
  checked: 'the address is the master key',
  unproven: `${laterKeys}; ${ownersAlone}`,
  section: '16.4',
};

const header = utf8ToBytes('Stellar Signed Message:\n');

/** What a wallet signs: the hash of header and message (SEP-53). */
export function stellarForm(message: string): KeyedForm {
  return { scheme: 'Stellar message (SEP-53)', bytes: sha256(concatBytes(header, utf8ToBytes(message))) };
}

export const stellarFamily = keyedFamily<KeyedNetwork, StellarAddress>({
  support,
  decodeAddress: decodeStellarAddress,
  evidence: "the account's signers and thresholds",
  read: (claim, text, address) =>
    readEdwards(claim, text, {
      ofAddress: address.key,
      keyExpected: 'a key of 32 bytes in hexadecimal, or as an address',
      decodeKey: keyOfAddress,
      forms: [stellarForm(claim.message)],
    }),
  tie: (key, address) => (sameBytes(key.bytes, address.key) ? 'account' : undefined),
  spell: (key) => stellarAddressOf(key.bytes).canonical,
});

/** The key of a text that is an account's own address. */
function keyOfAddress(text: string): Uint8Array | undefined {
  const address = decodeStellarAddress(text);
  return isVerdict(address) || address.canonical !== text ? undefined : address.key;
}
