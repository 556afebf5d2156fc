// Lies about rows of Starknet (spec §15.13).
import { format, keyFormat, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function starknetLies(find) {
  const base = 'published';
  const { address, signatures, script = '' } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  const statement = find('statement-okx');
  const mixed = find('checksummed-address').address;
  const order = '0800000000000010ffffffffffffffffb781126dcae7b2321e66a241adc64d2f';
  return [
    ['other-message', base, signature, 'another message', { message: 'another' }],
    ['message-that-is-a-number', base, signature, 'a number as message', { message: '123' }],
    ['other-key', base, signature, "another account's key", { script: other.script }],
    ['other-signature', base, signature, "another account's signature", { signatures: other.signatures }],
    ['other-address', base, signature, 'another address, which is signed too', { address: other.address }],
    ['swapped', base, signature, 's before r', { signatures: [text.slice(64) + text.slice(0, 64)] }],
    ['r-of-0', base, signature, 'r of 0', { signatures: ['0'.repeat(64) + text.slice(64)] }],
    ['s-of-0', base, signature, 's of 0', { signatures: [text.slice(0, 64) + '0'.repeat(64)] }],
    ['s-of-the-order', base, signature, 's of the order', { signatures: [text.slice(0, 64) + order] }],
    ['truncated', base, format, 'the last byte is missing', { signatures: [text.slice(0, -2)] }],
    ['lengthened', base, format, 'a byte after the signature', { signatures: [`${text}00`] }],
    ['half-a-byte', base, format, 'the last digit is missing', { signatures: [text.slice(0, -1)] }],
    ['no-key', base, 'failed W5 key-missing', 'the column of scripts is empty', { script: '' }],
    ['key-of-no-point', base, keyFormat, 'an x that no point has', { script: '0x5' }],
    ['key-above-the-field', base, keyFormat, 'a number that is not in the field', { script: 'f'.repeat(64) }],
    [
      'key-lengthened',
      base,
      keyFormat,
      'a digit after the longest key',
      { script: `0x0${script.slice(2).padStart(64, '0')}` },
    ],
    ['owner', base, 'unsupported W5 signature-form', 'an owner', { owners: [address] }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
    ['statement-other-message', statement.id, signature, 'another message', { message: 'another' }],
    [
      'address-cases',
      'checksummed-address',
      'failed W3 address-checksum',
      'one letter in the other case',
      { address: mixed.replace(/[A-F]/, (letter) => letter.toLowerCase()) },
    ],
    ['address-of-0', base, 'failed W3 address', 'the address 0', { address: '0x0' }],
    [
      'address-too-large',
      base,
      'failed W3 address',
      'a number that no address is',
      { address: `0x08${'0'.repeat(62)}` },
    ],
    ['address-without-prefix', base, 'failed W3 address', 'without 0x', { address: address.slice(2) }],
    ['address-of-ethereum', base, 'failed W3 address', 'no digits after 0x', { address: '0x' }],
  ];
}
