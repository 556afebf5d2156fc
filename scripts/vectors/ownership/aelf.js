// Lies about rows of aelf (spec §15.7).
import { withLastLetter } from './changes.js';
import { mismatch, recoverableLies } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function aelfLies(find) {
  const base = 'published-raw-ecdsa';
  const { address } = find(base);
  const other = find('other-account');
  const named = find('address-with-chain').address;
  return [
    ...recoverableLies(find, base, other.address),
    ['bytes-other-message', 'bytes', mismatch, 'another message', { message: 'another' }],
    ['bytes-other-key', 'bytes', mismatch, "another account's signature", { signatures: other.signatures }],
    [
      'side-chain',
      'address-with-chain',
      'failed W3 address-network',
      'the account on a side chain',
      { address: named.replace('_AELF', '_tDVV') },
    ],
    [
      'other-asset',
      'address-with-chain',
      'failed W3 address',
      'another name before it',
      { address: named.replace('ELF_', 'USD_') },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'X', 'Y') },
    ],
    [
      'address-letter',
      base,
      'failed W3 address',
      'a letter that Base58 does not have',
      { address: `${address.slice(0, -1)}0` },
    ],
    ['address-truncated', base, 'failed W3 address', 'two letters are missing', { address: address.slice(0, -2) }],
  ];
}
