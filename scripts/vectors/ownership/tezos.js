// Lies about rows of Tezos (spec §17.1).
import { changedLetter } from './changes.js';
import {
  accountUnproven,
  checksum,
  format,
  keyedLies,
  keyFormat,
  keyMissing,
  mismatch,
  noAddress,
  signature,
} from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function tezosLies(find) {
  const text = 'text-ed25519';
  const second = find('text-secp256k1');
  const third = find('text-secp256r1');
  const of = (/** @type {string} */ id) => find(id).signatures[0];
  return [
    ...keyedLies(find, 'raw', 'other-account'),
    keyMissing('raw'),
    ['address-checksum', text, checksum, 'a letter is another one', { address: changedLetter(find(text).address) }],
    ['address-truncated', text, noAddress, 'the last letter is missing', { address: find(text).address.slice(0, -1) }],
    ['contract', text, accountUnproven, 'a contract', { address: 'KT1PWx2mnDueood7fEmfbBDKx1D9BAnnXitn' }],
    [
      'account-of-bls',
      text,
      'unsupported W3 address-kind',
      'an account of BLS',
      { address: 'tz49eQjVqRyg3Rjn1X5hFftTRnGMYnJZcprP' },
    ],
    ['text-other-message', text, signature, 'another message', { message: 'another' }],
    ['text-other-address', text, mismatch, "another account's address", { address: second.address }],
    [
      'text-checksum',
      text,
      format,
      'a letter of the signature is another one',
      { signatures: [changedLetter(of(text))] },
    ],
    [
      'key-checksum',
      text,
      keyFormat,
      'a letter of the key is another one',
      { script: changedLetter(find(text).script ?? '') },
    ],
    ['other-curve', text, keyFormat, 'a key of another curve', { script: second.script }],
    ['any-curve-other-key', 'text-any-curve', signature, 'a key of another curve', { script: third.script }],
    ['secp256k1-other-message', 'text-secp256k1', signature, 'another message', { message: 'another' }],
    ['secp256k1-other-address', 'text-secp256k1', mismatch, "another curve's account", { address: third.address }],
    ['secp256r1-other-message', 'text-secp256r1', signature, 'another message', { message: 'another' }],
    ['secp256r1-other-key', 'text-secp256r1', keyFormat, 'a key of another curve', { script: second.script }],
  ];
}
