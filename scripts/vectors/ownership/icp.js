// Lies about rows of the Internet Computer (spec §17.4).
import { changedLetter, withLastLetter, withOtherS } from './changes.js';
import {
  accountUnproven,
  checksum,
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
export function icpLies(find) {
  const secp = 'bytes-secp256k1';
  const principal = find('raw').address;
  const account = find('raw-account').address;
  const [text] = find(secp).signatures;
  return [
    ...keyedLies(find, 'raw', 'other-account'),
    keyMissing('raw'),
    ['bytes-other-message', 'bytes', signature, 'another message', { message: 'another' }],
    ['canister', 'raw', accountUnproven, 'a canister', { address: 'ryjl3-tyaaa-aaaaa-aaaba-cai' }],
    ['anonymous', 'raw', accountUnproven, 'the anonymous principal', { address: '2vxsx-fae' }],
    ['address-checksum', 'raw', checksum, 'a letter is another one', { address: changedLetter(principal) }],
    ['address-upper-case', 'raw', noAddress, 'in upper case', { address: principal.toUpperCase() }],
    ['address-without-hyphen', 'raw', noAddress, 'a hyphen is missing', { address: principal.replace('-', '') }],
    ['address-truncated', 'raw', noAddress, 'the last letters are missing', { address: principal.slice(0, -4) }],
    [
      'account-checksum',
      'raw-account',
      checksum,
      'the last digit is another one',
      { address: withLastLetter(account, '0', '1') },
    ],
    ['account-truncated', 'raw-account', noAddress, 'the last digit is missing', { address: account.slice(0, -1) }],
    [
      'account-of-other',
      'raw-account',
      mismatch,
      "another principal's account",
      { address: find('bytes-account').address },
    ],
    [
      'der-truncated',
      'raw-with-der',
      keyFormat,
      'the last byte is missing',
      { script: find('raw-with-der').script?.slice(0, -2) },
    ],
    ['secp256k1-other-message', secp, signature, 'another message', { message: 'another' }],
    ['secp256k1-other-address', secp, mismatch, 'another principal', { address: principal }],
    ['secp256k1-s-in-upper-half', secp, signature, 's in the upper half', { signatures: [withOtherS(text)] }],
    [
      'secp256k1-other-key',
      secp,
      signature,
      'the base point',
      { script: '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798' },
    ],
  ];
}
