// Lies about rows of Hedera (spec §17.3).
import { fromBase64, toBase64, withOtherS } from './changes.js';
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
export function hederaLies(find) {
  const evm = find('evm-alias');
  const [text] = evm.signatures;
  const base64 = 'key-alias-secp256k1';
  const bytes = fromBase64(find(base64).signatures[0]);
  return [
    ...keyedLies(find, 'raw', 'other-account'),
    keyMissing('raw'),
    ['number', 'raw', accountUnproven, 'an account by number', { address: '0.0.1234' }],
    ['number-of-evm', 'raw', accountUnproven, 'the same number as an address', { address: `0x${'0'.repeat(36)}04d2` }],
    ['number-with-zero', 'raw', noAddress, 'a number with a leading zero', { address: '0.0.01234' }],
    ['number-elsewhere', 'raw', noAddress, 'another shard', { address: '1.0.1234' }],
    ['alias-truncated', 'raw', noAddress, 'the last byte is missing', { address: find('raw').address.slice(0, -2) }],
    ['message-other', 'signed-message', signature, 'another message', { message: 'another' }],
    ['evm-other-message', 'evm-alias', signature, 'another message', { message: 'another' }],
    ['evm-other-address', 'evm-alias', mismatch, 'another address', { address: `0x${'11'.repeat(20)}` }],
    ['evm-other-key', 'evm-alias', signature, "another account's key", { script: find('raw').script }],
    ['evm-s-in-upper-half', 'evm-alias', signature, 's in the upper half', { signatures: [withOtherS(text)] }],
    ['evm-no-point', 'evm-alias', keyFormat, 'an x that no point has', { script: `02${'ff'.repeat(32)}` }],
    [
      'evm-cases',
      'evm-alias',
      checksum,
      'one letter in upper case',
      { address: evm.address.replace(/[a-f](?=[^a-f]*$)/, (letter) => letter.toUpperCase()).replace(/^0X/, '0x') },
    ],
    ['base64-truncated', base64, format, 'the last byte is missing', { signatures: [toBase64(bytes.subarray(0, -1))] }],
    [
      'base64-unpadded',
      base64,
      format,
      'without its padding',
      { signatures: [find(base64).signatures[0].replace(/=+$/, '')] },
    ],
  ];
}
