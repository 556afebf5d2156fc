/** Algorand: accounts whose address is their key, or the hash of several (spec §16.6). */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import {
  type AlgorandAddress,
  type AlgorandMultisig,
  algorandAddressOf,
  algorandMultisigAddress,
  decodeAlgorandAddress,
  decodeAlgorandMultisig,
} from '../addresses/algorand-address.js';
import { type FamilySupport, isVerdict, type OwnershipClaim, type OwnershipFamily } from '../claim.js';
import { decodeBase64, decodeHex, sameBytes } from '../schemes/binary-text.js';
import type { KeyedForm } from '../schemes/public-key.js';
import { failed, type OwnershipVerdict, verified } from '../verdict.js';
import { edwardsKey, readEdwards, withRawForm } from './edwards-signature.js';
import { findScheme, keyedFamily } from './keyed-family.js';
import { ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account', 'account of m of n keys'],
  schemes: ['Algorand message (MX)', 'raw Ed25519'],
  checked: 'the address is the key, or the hash of keys and threshold; of several keys, enough distinct ones signed',
  unproven: `accounts of programs; ${ownersAlone}`,
  section: '16.6',
};

/** What a wallet signs: the message after two letters that no transaction begins with. */
export function algorandForm(message: string): KeyedForm {
  return { scheme: 'Algorand message', bytes: concatBytes(utf8ToBytes('MX'), utf8ToBytes(message)) };
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
    const multisig = decodeAlgorandMultisig(claim.script);
    if (multisig === undefined) {
      return failed('W5', 'script-format', 'expected multisig, a threshold and as many different addresses or more');
    }
    return verifyMultisig(claim, multisig, address);
  },
};

function keyOfAddress(text: string): Uint8Array | undefined {
  const address = decodeAlgorandAddress(text);
  return isVerdict(address) ? undefined : address.bytes;
}

/** Steps W5 to W7 for several keys: each signature is by another of them, and they are enough. */
function verifyMultisig(
  { signatures, message }: OwnershipClaim,
  multisig: AlgorandMultisig,
  address: AlgorandAddress,
): OwnershipVerdict {
  const forms = withRawForm(message, [algorandForm(message)]);
  if (signatures.length === 0) return failed('W5', 'signature-missing', 'expected signatures, found none');
  const used = new Set<number>();
  for (const [i, text] of signatures.entries()) {
    const signature = decodeHex(text, 64) ?? decodeBase64(text, 64);
    if (signature === undefined) {
      return failed('W5', 'signature-format', `signature ${i + 1}: expected 64 bytes in hexadecimal or Base64`);
    }
    const member = multisig.keys.findIndex(
      (key) => findScheme({ key: edwardsKey(key), signature, forms }) !== undefined,
    );
    if (member === -1) return failed('W6', 'signature', `signature ${i + 1} is by no member`);
    if (used.has(member)) return failed('W6', 'repeated-key', `signature ${i + 1} is by a member who has signed`);
    used.add(member);
  }
  if (used.size < multisig.threshold) {
    return failed('W6', 'threshold', `expected signatures by ${multisig.threshold} members, found ${used.size}`);
  }
  const found = algorandMultisigAddress(multisig);
  if (sameBytes(found.bytes, address.bytes)) return verified('account of several keys');
  const detail = `expected the keys of ${address.canonical}, found those of ${found.canonical}`;
  return failed('W7', 'address-mismatch', detail);
}
