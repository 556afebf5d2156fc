// Lies about rows of NEAR (spec §16.5).
import { format, keyAddressLies, keyFormat, noAddress, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function nearLies(find) {
  const base = 'raw-without-key';
  const [text] = find('message').signatures;
  const { script } = find('raw');
  const answer = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {string} */ changed,
  ) => /** @type {WalletLie} */ ([id, 'message', expected, comment, { signatures: [changed] }]);
  return [
    ...keyAddressLies(find, 'message').filter(
      ([id]) => !['address-truncated', 'address-lengthened', 'address-of-nobody', 'owner-no-address'].includes(id),
    ),
    ['address-upper-case', base, noAddress, 'digits in upper case', { address: find(base).address.toUpperCase() }],
    ['address-two-points', base, noAddress, 'a name with two points', { address: 'exchange..near' }],
    ['owner-no-address', 'raw', 'failed W5 owner-format', 'an owner whose id does not decode', { owners: ['-'] }],
    ['name', 'raw', 'unproven W7 account-unproven', 'a name', { address: 'exchange.near' }],
    ['name-without-key', base, 'failed W5 key-missing', 'a name, and no key', { address: 'exchange.near' }],
    [
      'digits-too-few',
      'raw',
      'unproven W7 account-unproven',
      'a digit is missing: the rest is a name',
      { address: script?.slice(1) ?? '' },
    ],
    [
      'key-of-other-kind',
      'raw',
      keyFormat,
      'the prefix of another kind of key',
      { script: find('message').script?.replace('ed25519', 'secp256k1') },
    ],
    answer('other-recipient', signature, 'another recipient', text.replace('exchange', 'elsewhere')),
    answer('other-nonce', signature, 'another nonce', text.replace('|AAE', '|BAE')),
    answer(
      'with-callback',
      signature,
      'a callback that was not signed',
      text.replace('||', '|https://exchange.example|'),
    ),
    answer('no-recipient', format, 'no recipient', text.replace('exchange.example', '')),
    answer('short-nonce', format, 'a nonce of 31 bytes', text.replace('Hh8=', 'Hg==')),
    answer('unknown-form', format, 'a form that nobody knows', text.replace('nep413', 'nep314')),
    answer('field-more', format, 'a field more', `${text}|`),
  ];
}
