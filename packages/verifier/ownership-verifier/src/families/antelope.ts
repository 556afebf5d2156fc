/** Chains of Antelope, such as EOS and WAX: named accounts, whose keys are on the chain alone (spec §15.8). */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { HashedKeyNetwork } from '@solvent/report-format/networks/network';
import type { HashedKeyAddress } from '../addresses/hashed-key-address.js';
import { decodeAntelopeKey, decodeAntelopeSignature, encodeAntelopeKey } from '../schemes/antelope-text.js';
import { publishedMessageBytes } from '../schemes/published-message.js';
import { failed, type OwnershipVerdict } from '../verdict.js';
import { hashedKeyFamily } from './hashed-key-family.js';

/** A name of an account: 1 to 12 letters of 32, and a thirteenth of sixteen; no dot at the end. */
const accountName = /^(?=.{1,13}$)[.1-5a-z]{0,11}(?:[1-5a-z]|[.1-5a-z][1-5a-j])$/;

function decodeAccount(text: string): HashedKeyAddress | OwnershipVerdict {
  if (!accountName.test(text)) {
    return failed('W3', 'address', 'expected a name of up to 13 letters from a to z, 1 to 5 and the dot');
  }
  return { canonical: text, kind: 'named account', evidence: "the account's permissions at a block" };
}

export const antelopeFamily = hashedKeyFamily<HashedKeyNetwork, HashedKeyAddress>({
  support: {
    addressKinds: ['none'],
    schemes: ['published', 'Antelope text'],
    checked: 'nothing: which keys an account has is on the chain alone',
    unproven: 'all accounts: their permissions at a block would tie keys to them',
    section: '15.8',
  },
  decodeAddress: decodeAccount,
  evidence: "the account's permissions",
  addressesOf: (key) => [{ canonical: encodeAntelopeKey(key), kind: 'key' }],
  decodeRecoverable: decodeAntelopeSignature,
  recoverable: (message) => [
    { scheme: 'published', digest: () => sha256(publishedMessageBytes(message)) },
    { scheme: 'Antelope text', digest: () => sha256(utf8ToBytes(message)) },
  ],
  decodeKey: decodeAntelopeKey,
  signatureTexts: 'a signature that begins with SIG_K1_',
});
