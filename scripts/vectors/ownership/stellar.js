// Lies about rows of Stellar (spec §16.4).
import { changedLetter } from './changes.js';
import { keyAddressLies, noAddress, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function stellarLies(find) {
  const base = 'raw-without-key';
  const text = find(base).address;
  return [
    ...keyAddressLies(find, 'message'),
    ['address-lower-case', base, noAddress, 'letters in lower case', { address: text.toLowerCase() }],
    [
      'address-letter',
      base,
      'failed W3 address-checksum',
      'a letter is another one',
      { address: changedLetter(text).toUpperCase() },
    ],
    [
      'address-of-contract',
      base,
      'unsupported W3 address-kind',
      'a contract',
      { address: 'CA3D5KRYM6CB7OWQ6TWYRR3Z4T7GNZLKERYNZGGA5SOAOPIFY6YQGAXE' },
    ],
    // Both are examples of SEP-23.
    [
      'address-of-claimable-balance',
      base,
      'unsupported W3 address-kind',
      'a claimable balance, 58 letters',
      { address: 'BAAD6DBUX6J22DMZOHIEZTEQ64CVCHEDRKWZONFEUL5Q26QD7R76RGR4TU' },
    ],
    [
      'address-of-signed-payload',
      base,
      'unsupported W3 address-kind',
      'a signed payload, 114 letters',
      {
        address:
          'PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAQACAQDAQCQMBYIBEFAWDANBYHRAEISCMKBKFQXDAMRUGY4DUPB6IBZGM',
      },
    ],
    ['muxed-of-other', 'muxed', signature, "another account's key", { script: find('other-account').address }],
    [
      'muxed-letter',
      'muxed',
      'failed W3 address-checksum',
      'a letter is another one',
      { address: changedLetter(find('muxed').address, 30).toUpperCase() },
    ],
  ];
}
