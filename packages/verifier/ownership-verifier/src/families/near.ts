/** NEAR: implicit accounts, which are a key; names follow from no key (spec §16.5). */
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import { decodeNearAddress, type NearAddress, nearAddressOf } from '../addresses/near-address.js';
import type { FamilySupport } from '../claim.js';
import { decodeBase58, sameBytes } from '../encodings/binary-text.js';
import { decodeNearAnswer } from '../schemes/near-message.js';
import { unproven } from '../verdict.js';
import { readEdwards } from './edwards-signature.js';
import { keyedFamily } from './keyed-family.js';
import { laterKeys, ownersAlone } from './owner-signatures.js';

const support: FamilySupport = {
  addressKinds: ['implicit account'],
  schemes: ['NEAR message (NEP-413)', 'raw Ed25519'],
  checked: 'the account id is the key',
  unproven: `named accounts, and implicit ones of other chains' keys; ${laterKeys}; ${ownersAlone}`,
  section: '16.5',
};

export const nearFamily = keyedFamily<KeyedNetwork, NearAddress>({
  support,
  decodeAddress: decodeNearAddress,
  evidence: "the account's access keys",
  read(claim, text, address) {
    const answer = decodeNearAnswer(text, claim.message);
    const signed = readEdwards(claim, answer?.signature ?? text, {
      ofAddress: address.key,
      keyExpected: 'a key of 32 bytes in hexadecimal, or in Base58 after ed25519:',
      decodeKey: (key) => (key.startsWith('ed25519:') ? decodeBase58(key.slice(8), 32) : undefined),
      forms: [],
    });
    return answer === undefined || 'verdict' in signed ? signed : { ...signed, forms: [answer.form] };
  },
  tie(key, address) {
    if (address.key === undefined) {
      const detail = 'the key signed, and a name follows from no key; a full access key of the account';
      return unproven('W7', 'account-unproven', `${detail} at the snapshot block would settle it`);
    }
    return sameBytes(key.bytes, address.key) ? 'implicit account' : undefined;
  },
  spell: (key) => nearAddressOf(key.bytes).canonical,
});
