// Lies about rows of Decred (spec §15.9).
import { withLastLetter } from './changes.js';
import { format, mismatch, recoverableLies } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function decredLies(find) {
  const base = 'message';
  const { address, signatures } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  const bytes = Buffer.from(text, 'base64');
  /** @param {number} first */
  const withFirst = (first) => Buffer.from([first, ...bytes.subarray(1)]).toString('base64');
  return [
    ...recoverableLies(find, 'raw-ecdsa', other.address).map(
      ([id, ...rest]) => /** @type {WalletLie} */ ([`raw-${id}`, ...rest]),
    ),
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-key', base, mismatch, "another account's signature", { signatures: other.signatures }],
    ['other-address', base, mismatch, "another account's address", { address: other.address }],
    ['other-id', base, mismatch, 'the other recovery id', { signatures: [withFirst(31 + ((bytes[0] - 31) ^ 1))] }],
    ['first-byte-too-small', base, format, 'a first byte of 26', { signatures: [withFirst(26)] }],
    ['first-byte-too-large', base, format, 'a first byte of 35', { signatures: [withFirst(35)] }],
    ['truncated', base, format, 'the last letters are missing', { signatures: [text.slice(0, -4)] }],
    ['unpadded', base, format, 'Base64 without its padding', { signatures: [text.replace(/=+$/, '')] }],
    [
      'script',
      base,
      'unsupported W3 address-kind',
      'an address of a script',
      { address: 'DcY6kD2myAoUtWKpGtxQJ3RKtBtpt2ucGXc' },
    ],
    [
      'other-network',
      base,
      'failed W3 address-network',
      'an address of the test network',
      { address: 'TsRfHdBK2EXjR83LJC6tEZ5faaXHM5TwYjr' },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'J', 'W') },
    ],
    [
      'address-of-bitcoin',
      base,
      'failed W3 address',
      "Bitcoin's address",
      { address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' },
    ],
    ['address-truncated', base, 'failed W3 address', 'two letters are missing', { address: address.slice(0, -2) }],
  ];
}
