/** MultiversX: accounts whose address is their key (spec §16.7). */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import {
  decodeMultiversxAddress,
  type MultiversxAddress,
  multiversxAddressOf,
} from '../addresses/multiversx-address.js';
import type { FamilySupport } from '../claim.js';
import { sameBytes } from '../encodings/binary-text.js';
import type { KeyedForm } from '../schemes/public-key.js';
import { readEdwards } from './edwards-signature.js';
import { keyedFamily } from './keyed-family.js';
import { ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['account'],
  schemes: ['MultiversX message', 'raw Ed25519'],
  checked: 'the address is the key',
  unproven: ownersAlone,
  section: '16.7',
};

/** What a wallet signs: the hash of header, size in decimal digits, and message. */
export function multiversxForm(message: string): KeyedForm {
  const text = utf8ToBytes(message);
  const head = utf8ToBytes(`\x17Elrond Signed Message:\n${text.length}`);
  return { scheme: 'MultiversX message', bytes: keccak_256(concatBytes(head, text)) };
}

export const multiversxFamily = keyedFamily<KeyedNetwork, MultiversxAddress>({
  support,
  decodeAddress: decodeMultiversxAddress,
  evidence: "the contract's owner",
  read: (claim, text, address) =>
    readEdwards(claim, text, {
      ofAddress: address.key,
      keyExpected: 'a key of 32 bytes in hexadecimal',
      forms: [multiversxForm(claim.message)],
    }),
  tie: (key, address) => (sameBytes(key.bytes, address.key) ? 'account' : undefined),
  spell: (key) => multiversxAddressOf(key.bytes).canonical,
});
