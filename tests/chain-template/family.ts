/**
 * The rules of the family: goes to `packages/verifier/ownership-verifier/src/families`, with a line in `families.ts`.
 *
 * `keyedFamily` is for chains whose rows name the key that signs. The guide names what there is for others: hashes of keys of
 * secp256k1, accounts of several members, scripts and contracts.
 */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { FamilySupport } from '@solvent/ownership-verifier/claim';
import { sameBytes } from '@solvent/ownership-verifier/encodings/binary-text';
import { readEdwards } from '@solvent/ownership-verifier/families/edwards-signature';
import { keyedFamily } from '@solvent/ownership-verifier/families/keyed-family';
import type { KeyedForm } from '@solvent/ownership-verifier/schemes/public-key';
import type { KeyedNetwork } from '@solvent/report-format/networks/network';
import { decodeTemplateAddress, type TemplateAddress, templateAccountOf, templateAddressOf } from './address.js';

/** What docs/wallet-support.md and `solvent wallets doctor` say of the family: only what the code does. */
const support: FamilySupport = {
  addressKinds: ['account'],
  schemes: ['Template message', 'raw Ed25519'],
  checked: 'the address is the hash of the key',
  unproven: 'a signature by owners in the last columns',
  section: '16.1',
};

/** What the chain's wallets sign; the text before the message is one that no transaction begins with. */
export function templateForm(message: string): KeyedForm {
  return {
    scheme: 'Template message',
    bytes: concatBytes(utf8ToBytes('Template Signed Message:\n'), utf8ToBytes(message)),
  };
}

export const templateFamily = keyedFamily<KeyedNetwork, TemplateAddress>({
  support,
  decodeAddress: decodeTemplateAddress,
  evidence: 'the keys of the account',
  // Step W5. The raw form of published lists is added by `readEdwards`.
  read: (claim, text) =>
    readEdwards(claim, text, {
      keyExpected: 'a key of 32 bytes in hexadecimal',
      forms: [templateForm(claim.message)],
    }),
  // Step W7: only this ties the key to the address. Without it any key proves any address.
  tie: (key, address) => (sameBytes(templateAccountOf(key.bytes), address.account) ? 'account' : undefined),
  spell: (key) => templateAddressOf(templateAccountOf(key.bytes)).canonical,
});
