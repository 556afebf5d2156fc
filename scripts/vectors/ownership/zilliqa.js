// Lies about rows of Zilliqa (spec §15.10).
import { withLastLetter } from './changes.js';
import { format, keyFormat, mismatch, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function zilliqaLies(find) {
  const base = 'message';
  const { address, signatures, script = '' } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  const [r, s] = [text.slice(0, 64), text.slice(64)];
  const order = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';
  const mixed = find('checksummed-address').address;
  return [
    ['other-message', base, signature, 'another message', { message: 'another' }],
    ['other-key', base, signature, "another account's key", { script: other.script }],
    ['other-signature', base, signature, "another account's signature", { signatures: other.signatures }],
    ['other-address', base, mismatch, "another account's address", { address: other.address }],
    [
      'mirrored-key',
      base,
      signature,
      'the key with the other sign',
      { script: script.replace(/^0[23]/, (sign) => (sign === '02' ? '03' : '02')) },
    ],
    ['swapped', base, signature, 's before r', { signatures: [s + r] }],
    ['r-of-0', base, signature, 'r of 0', { signatures: ['0'.repeat(64) + s] }],
    ['s-of-0', base, signature, 's of 0', { signatures: [r + '0'.repeat(64)] }],
    ['r-of-the-order', base, signature, 'r of the order', { signatures: [order + s] }],
    ['s-of-the-order', base, signature, 's of the order', { signatures: [r + order] }],
    ['truncated', base, format, 'the last byte is missing', { signatures: [text.slice(0, -2)] }],
    ['lengthened', base, format, 'a byte after the signature', { signatures: [`${text}00`] }],
    ['half-a-byte', base, format, 'the last digit is missing', { signatures: [text.slice(0, -1)] }],
    ['no-key', base, 'failed W5 key-missing', 'the column of scripts is empty', { script: '' }],
    ['key-truncated', base, keyFormat, 'the last byte of the key is missing', { script: script.slice(0, -2) }],
    ['key-off-the-curve', base, keyFormat, 'an x that no point has', { script: `02${'ff'.repeat(32)}` }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the account as owner', { owners: [address] }],
    ['owner-other', base, mismatch, 'an owner who is not the key', { owners: [other.address] }],
    ['two-owners', base, 'unsupported W5 signature-form', 'two owners', { owners: [address, other.address] }],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'q', 'p') },
    ],
    ['address-mixed-case', base, 'failed W3 address', 'a letter in upper case', { address: `Z${address.slice(1)}` }],
    [
      'address-other-prefix',
      base,
      'failed W3 address-network',
      "an address of Harmony's form",
      { address: 'one1qurswpc8qurswpc8qurswpc8qurswpc8ujfmt7' },
    ],
    [
      'address-cases',
      'checksummed-address',
      'failed W3 address-checksum',
      'one letter in the other case',
      { address: mixed.replace(/[A-F]/, (letter) => letter.toLowerCase()) },
    ],
  ];
}
