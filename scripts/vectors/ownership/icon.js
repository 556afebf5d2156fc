// Lies about rows of ICON (spec §15.6).
import { format, mismatch, recoverableLies } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function iconLies(find) {
  const base = 'base64';
  const { address, signatures } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  return [
    ...recoverableLies(find, 'raw-ecdsa', other.address).map(
      ([id, ...rest]) => /** @type {WalletLie} */ ([`raw-${id}`, ...rest]),
    ),
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-key', base, mismatch, "another account's signature", { signatures: other.signatures }],
    ['truncated', base, format, 'the last letters are missing', { signatures: [text.slice(0, -4)] }],
    ['unpadded', base, format, 'Base64 without its padding', { signatures: [text.replace(/=+$/, '')] }],
    [
      'v-of-2',
      base,
      format,
      'V of 2',
      { signatures: [Buffer.from([...Buffer.from(text, 'base64').subarray(0, 64), 2]).toString('base64')] },
    ],
    [
      'contract',
      base,
      'unproven W7 account-unproven',
      'a contract with the same digits',
      { address: `cx${address.slice(2)}` },
    ],
    ['ethereum-account', base, 'failed W3 address', 'with 0x in place of hx', { address: `0x${address.slice(2)}` }],
    [
      'address-upper-case',
      base,
      'failed W3 address',
      'digits in upper case',
      { address: `hx${address.slice(2).toUpperCase()}` },
    ],
    ['address-truncated', base, 'failed W3 address', 'the last digit is missing', { address: address.slice(0, -1) }],
  ];
}
