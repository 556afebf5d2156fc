// Lies about rows of Stacks, Conflux, ICON, aelf and Decred (spec §15.4 to §15.9).
import { rsvLies, withLastLetter, withoutPoint } from './ownership-changes.js';
import { basePoint, format, keyFormat, mismatch, recoverableRows, signature } from './recoverable-lies.js';

/** @typedef {import('./ownership-cases.js').WalletLie} WalletLie */
/** @typedef {import('./ownership-cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function stacksRows(find) {
  const base = 'message';
  const { address, signatures } = find(base);
  const other = find('other-account');
  const multisig = find('multisig');
  const [third, first] = multisig.signatures;
  const script = multisig.script ?? '';
  return [
    ...recoverableRows(find, 'raw-ecdsa', other.address).map(
      ([id, ...rest]) => /** @type {WalletLie} */ ([`raw-${id}`, ...rest]),
    ),
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-key', base, mismatch, "another account's signature", { signatures: other.signatures }],
    ['compressed-for-uncompressed', 'uncompressed', signature, 'a key that did not sign', { script: basePoint }],
    ['contract', base, 'unproven W7 account-unproven', 'a contract', { address: `${address}.vault-v1` }],
    ['contract-without-name', base, 'failed W3 address', 'a contract without a name', { address: `${address}.` }],
    ['contract-name', base, 'failed W3 address', 'a name that begins with a digit', { address: `${address}.1a` }],
    [
      'other-network',
      base,
      'failed W3 address-network',
      'the same account on the test network',
      { address: 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S' },
    ],
    [
      'script-of-same-hash',
      base,
      'failed W3 address-checksum',
      "a script's version over the same hash",
      { address: `SM${address.slice(2)}` },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, '4', '5') },
    ],
    ['address-lower-case', base, 'failed W3 address', 'in lower case', { address: address.toLowerCase() }],
    [
      'address-truncated',
      base,
      'failed W3 address',
      'the last two letters are missing',
      { address: address.slice(0, -2) },
    ],
    [
      'address-letter',
      base,
      'failed W3 address',
      'a letter that c32 does not have',
      { address: `${address.slice(0, -1)}U` },
    ],
    ['threshold', 'multisig', 'failed W6 threshold', 'one signature of two', { signatures: [first] }],
    ['repeated-key', 'multisig', 'failed W6 repeated-key', 'one key twice', { signatures: [first, first] }],
    ['no-member', 'multisig-witness', signature, 'another message', { message: 'another' }],
    ['script-missing', 'multisig', 'failed W5 signature-count', 'the column of scripts is empty', { script: '' }],
    ['script-other-threshold', 'multisig', mismatch, 'a script of 1 of 3', { script: `51${script.slice(2)}` }],
    [
      'script-key-twice',
      'multisig',
      'failed W5 script-format',
      'the first key twice',
      { script: `52${script.slice(2, 70)}${script.slice(2, 70)}53ae` },
    ],
    ['script-without-signature', 'multisig', 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    [
      'script-signature-truncated',
      'multisig',
      format,
      'the last byte of the second signature is missing',
      { signatures: [third, first.slice(0, -2)] },
    ],
    [
      'script-s-in-upper-half',
      'multisig',
      signature,
      's of the second signature in the upper half',
      {
        signatures: [third, rsvLies(`${first.slice(0, 128)}${first.endsWith('00') ? '1b' : '1c'}`)['s-in-upper-half']],
      },
    ],
    ['key-for-account', base, signature, 'the other account’s signature beside a key', { script: basePoint }],
    ['signature-of-none', base, signature, 'R that no point has', { signatures: [withoutPoint(signatures[0])] }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
export function confluxRows(find) {
  const base = 'published-raw-ecdsa';
  const { address } = find(base);
  const personal = find('personal');
  const other = find('other-account');
  return [
    ...recoverableRows(find, base, other.address),
    ['personal-other-message', 'personal', mismatch, 'another message', { message: 'another' }],
    ['personal-other-key', 'personal', mismatch, "another account's signature", { signatures: other.signatures }],
    [
      'contract-of-same-hash',
      'personal',
      'unproven W7 account-unproven',
      'a contract with the same last digits',
      { address: 'cfx:ace8t25069bbhr9h69wg3v2mn1jjr019fjdeazp0ej' },
    ],
    [
      'builtin',
      'personal',
      'unsupported W3 address-kind',
      'an address that is built in',
      { address: 'cfx:aaejuaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2mhjju8k' },
    ],
    [
      'other-network',
      'personal',
      'failed W3 address-network',
      'the same account on the test network',
      { address: 'cfxtest:aap8t25069bbhr9h69wg3v2mn1jjr019fj4k83139v' },
    ],
    [
      'other-kind',
      'verbose-address',
      'failed W3 address',
      'the kind of contracts before an account',
      { address: find('verbose-address').address.replace('USER', 'CONTRACT') },
    ],
    [
      'ethereum-account',
      'old-address',
      'failed W3 address',
      "the key's account of the EVM",
      { address: '0x29e7e376e7c213b7e7e7e46cc70a5dd086daff2a' },
    ],
    [
      'old-address-cases',
      'old-address',
      'failed W3 address-checksum',
      'digits of both cases',
      { address: find('old-address').address.replace('e', 'E') },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, '5', '6') },
    ],
    ['address-mixed-case', base, 'failed W3 address', 'a letter in upper case', { address: address.replace('m', 'M') }],
    ['address-truncated', base, 'failed W3 address', 'the last letter is missing', { address: address.slice(0, -1) }],
    ['address-without-prefix', base, 'failed W3 address', 'without its prefix', { address: address.slice(4) }],
    [
      'address-letter',
      base,
      'failed W3 address-checksum',
      'a letter that it does not have',
      { address: `${address.slice(0, -1)}o` },
    ],
    ['delegate-in-column', 'personal', keyFormat, 'an address in the column of scripts', { script: personal.address }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
export function iconRows(find) {
  const base = 'base64';
  const { address, signatures } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  return [
    ...recoverableRows(find, 'raw-ecdsa', other.address).map(
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

/** @param {FindCase} find @returns {WalletLie[]} */
export function aelfRows(find) {
  const base = 'published-raw-ecdsa';
  const { address } = find(base);
  const other = find('other-account');
  const named = find('address-with-chain').address;
  return [
    ...recoverableRows(find, base, other.address),
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

/** @param {FindCase} find @returns {WalletLie[]} */
export function decredRows(find) {
  const base = 'message';
  const { address, signatures } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  const bytes = Buffer.from(text, 'base64');
  /** @param {number} first */
  const withFirst = (first) => Buffer.from([first, ...bytes.subarray(1)]).toString('base64');
  return [
    ...recoverableRows(find, 'raw-ecdsa', other.address).map(
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
