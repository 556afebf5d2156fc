// Lies about rows of Tron (spec §13.8).
import { withLastLetter } from './changes.js';
import { evmSignatureLies, mismatch } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function tronLies(find) {
  const base = 'v2';
  const { address, signatures } = find(base);
  const contract = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
  const hexadecimal = find('hexadecimal-address').address;
  return [
    ...evmSignatureLies(base, signatures[0]),
    ['other-address', base, mismatch, "another account's address", { address: find('other-account').address }],
    ['other-key', base, mismatch, "another account's signature", { signatures: find('other-account').signatures }],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'A', 'B') },
    ],
    [
      'address-letter',
      base,
      'failed W3 address',
      'a letter that Base58 does not have',
      { address: `${address.slice(0, -1)}0` },
    ],
    [
      'address-of-bitcoin',
      base,
      'failed W3 address-network',
      'an address of Bitcoin',
      { address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' },
    ],
    [
      'address-of-test-network',
      'hexadecimal-address',
      'failed W3 address-network',
      'the first byte of test networks',
      { address: hexadecimal.replace(/^41/, 'a0') },
    ],
    [
      'address-of-ethereum',
      'hexadecimal-address',
      'failed W3 address',
      'the account without its first byte',
      { address: `0x${hexadecimal.slice(2)}` },
    ],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the account named as owner', { owners: [address] }],
    [
      'owner-no-address',
      base,
      'failed W5 owner-format',
      'an owner whose address does not decode',
      { owners: ['nobody'] },
    ],
    ['owner-of-other', base, mismatch, 'an owner who has not signed', { owners: [contract] }],
    [
      'owners-with-one-signature',
      base,
      'failed W5 signature-missing',
      'one signature for two owners',
      { owners: [address, contract] },
    ],
  ];
}
