// Lies about rows of Solana (spec §13.9).
import { ed25519Lies, format, keyFormat, mismatch, signature, smallOrder } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function solanaLies(find) {
  const base = 'raw';
  const { address } = find(base);
  const other = find('other-account');
  const token = find('token-account');
  const foreign = find('token-account-of-other').address;
  return [
    ...ed25519Lies(find, base),
    ['other-key', base, signature, "another account's signature", { signatures: other.signatures }],
    ['other-address', base, signature, "another account's address", { address: other.address }],
    ['other-address-beside-key', 'published-raw', mismatch, "another account's address beside the key", { address }],
    [
      'base64-without-padding',
      'raw-in-base64',
      format,
      'Base64 without its padding',
      { signatures: [find('raw-in-base64').signatures[0].replace(/=+$/, '')] },
    ],
    ['key-of-small-order', base, keyFormat, 'a key of small order in the column of scripts', { script: smallOrder }],
    [
      'address-of-small-order',
      base,
      keyFormat,
      'an address of small order',
      { address: '4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM' },
    ],
    [
      'key-truncated',
      'published-raw',
      keyFormat,
      'the last byte of the key is missing',
      { script: (find('published-raw').script ?? '').slice(0, -2) },
    ],
    ['token-account-without-key', token.id, 'failed W5 key-missing', 'a derived address, and no key', { script: '' }],
    [
      'token-account-of-other',
      token.id,
      'unproven W7 owner-unproven',
      "another owner's token account",
      { address: foreign },
    ],
    [
      'token-account-as-key',
      token.id,
      keyFormat,
      'a derived address in the column of scripts',
      { script: token.address },
    ],
    [
      'owner-no-address',
      base,
      'failed W5 owner-format',
      'an owner whose address does not decode',
      { owners: ['nobody'] },
    ],
    [
      'owner-and-other-key',
      token.id,
      keyFormat,
      'an owner who is not the key in the column',
      { owners: [other.address] },
    ],
    ['address-with-owner', base, signature, 'an owner who has not signed', { owners: [other.address] }],
    [
      'owners-with-one-signature',
      base,
      'failed W5 signature-missing',
      'one signature for two owners',
      { owners: [address, other.address] },
    ],
    [
      'off-chain-message-for-other',
      'off-chain-v1',
      signature,
      'another address, which the message names not',
      { address: other.address },
    ],
    ['address-31-bytes', base, 'failed W3 address', 'an address of 31 bytes', { address: address.slice(0, -2) }],
    [
      'address-letter',
      base,
      'failed W3 address',
      'a letter that Base58 does not have',
      { address: `${address.slice(0, -1)}0` },
    ],
  ];
}
