// Lies about rows of Stacks (spec §15.4).
import { rsvLies, withLastLetter, withoutPoint } from './changes.js';
import { basePoint, format, mismatch, recoverableLies, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function stacksLies(find) {
  const base = 'message';
  const { address, signatures } = find(base);
  const other = find('other-account');
  const multisig = find('multisig');
  const [third, first] = multisig.signatures;
  const script = multisig.script ?? '';
  return [
    ...recoverableLies(find, 'raw-ecdsa', other.address).map(
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
