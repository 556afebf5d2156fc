/** Algorand: accounts whose address is their key, or the hash of several (spec §16.6). */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import {
  type AlgorandAddress,
  algorandAddressOf,
  algorandMultisigAddress,
  decodeAlgorandAddress,
} from '../addresses/algorand-address.js';
import { type FamilySupport, isVerdict, type OwnershipFamily } from '../claim.js';
import { decodeBase64, decodeHex, sameBytes } from '../encodings/binary-text.js';
import { listsMembers, verifyMembers } from '../schemes/member-signatures.js';
import { edwardsKey, type KeyedForm } from '../schemes/public-key.js';
import { readEdwards, withRawForm } from './edwards-signature.js';
import { findScheme, keyedFamily } from './keyed-family.js';
import { laterKeys, ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account', 'account of m of n keys'],
  schemes: ['Algorand message (MX)', 'raw Ed25519'],
  checked: 'the address is the key, or the hash of keys and threshold; of several keys, enough distinct ones signed',
  unproven: `accounts of programs; ${laterKeys}; ${ownersAlone}`,
  section: '16.6',
};

/** What a wallet signs: the message after two letters that no transaction begins with. */
export function algorandForm(message: string): KeyedForm {
  return { scheme: 'Algorand message (MX)', bytes: concatBytes(utf8ToBytes('MX'), utf8ToBytes(message)) };
}

const keyed = keyedFamily<KeyedNetwork, AlgorandAddress>({
  support,
  decodeAddress: decodeAlgorandAddress,
  evidence: 'the key that the account was given (auth-addr), or the program that it is the hash of,',
  read: (claim, text, address) =>
    readEdwards(claim, text, {
      ofAddress: address.bytes,
      keyExpected: 'a key of 32 bytes in hexadecimal, or as an address, or multisig|threshold|addresses',
      decodeKey: keyOfAddress,
      forms: [algorandForm(claim.message)],
    }),
  tie: (key, address) => (sameBytes(key.bytes, address.bytes) ? 'account' : undefined),
  spell: (key) => algorandAddressOf(key.bytes).canonical,
});

export const algorandFamily: OwnershipFamily<KeyedNetwork, AlgorandAddress> = {
  ...keyed,
  verify(claim, address, network) {
    if (!listsMembers(claim)) return keyed.verify(claim, address, network);
    const forms = withRawForm(claim.message, [algorandForm(claim.message)]);
    return verifyMembers(claim, address, {
      decodeMember: decodeAlgorandAddress,
      decodeSignature: (text) => decodeHex(text, 64) ?? decodeBase64(text, 64),
      signatureTexts: '64 bytes in hexadecimal or Base64',
      isBy: (signature, { bytes }) => findScheme({ key: edwardsKey(bytes), signature, forms }) !== undefined,
      addressOf: algorandMultisigAddress,
    });
  },
};

function keyOfAddress(text: string): Uint8Array | undefined {
  const address = decodeAlgorandAddress(text);
  return isVerdict(address) ? undefined : address.bytes;
}
