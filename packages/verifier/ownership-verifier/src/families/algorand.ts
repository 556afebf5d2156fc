/** Algorand: accounts whose address is their key, or the hash of several (spec §16.6). */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import {
  type AlgorandAddress,
  algorandAddressOf,
  algorandMultisigAddress,
  decodeAlgorandAddress,
} from '../addresses/algorand-address.js';
import { type FamilySupport, isVerdict, type OwnershipClaim, type OwnershipFamily } from '../claim.js';
import { decodeBase64, decodeHex, sameBytes } from '../encodings/binary-text.js';
import { checkMembers, decodeMembers, type Members } from '../schemes/member-signatures.js';
import type { KeyedForm } from '../schemes/public-key.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { edwardsKey, readEdwards, withRawForm } from './edwards-signature.js';
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
    if (claim.owners.length > 0 || !claim.script.startsWith('multisig|')) return keyed.verify(claim, address, network);
    const multisig = decodeMembers(claim.script, addressOrNothing, (a, b) => a.canonical === b.canonical);
    if (multisig === undefined) {
      return failed('W5', 'script-format', 'expected multisig, a threshold and as many different addresses or more');
    }
    return verifyMultisig(claim, multisig, address);
  },
};

function keyOfAddress(text: string): Uint8Array | undefined {
  return addressOrNothing(text)?.bytes;
}

function addressOrNothing(text: string): AlgorandAddress | undefined {
  const address = decodeAlgorandAddress(text);
  return isVerdict(address) ? undefined : address;
}

/** Steps W5 to W7 for several keys: each signature is by another of them, and they are enough. */
function verifyMultisig(
  { signatures: texts, message }: OwnershipClaim,
  members: Members<AlgorandAddress>,
  address: AlgorandAddress,
): OwnershipVerdict {
  if (texts.length === 0) return failed('W5', 'signature-missing', 'expected signatures, found none');
  const signatures = texts.map((text) => decodeHex(text, 64) ?? decodeBase64(text, 64));
  const wrong = signatures.indexOf(undefined);
  if (wrong !== -1) {
    return failed('W5', 'signature-format', `signature ${wrong + 1}: expected 64 bytes in hexadecimal or Base64`);
  }
  const forms = withRawForm(message, [algorandForm(message)]);
  const verdict = checkMembers(signatures as Uint8Array[], members, (signature, { bytes }) => {
    return findScheme({ key: edwardsKey(bytes), signature, forms }) !== undefined;
  });
  if (verdict !== undefined) return verdict;
  const found = algorandMultisigAddress(members);
  if (sameBytes(found.bytes, address.bytes)) return verified('account of several keys');
  const detail = `expected the keys of ${address.canonical}, found those of ${found.canonical}`;
  return failed('W7', 'address-mismatch', detail);
}
