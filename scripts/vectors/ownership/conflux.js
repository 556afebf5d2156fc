// Lies about rows of Conflux (spec §15.5).
import { withLastLetter } from './changes.js';
import { keyFormat, mismatch, recoverableLies } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function confluxLies(find) {
  const base = 'published-raw-ecdsa';
  const { address } = find(base);
  const personal = find('personal');
  const other = find('other-account');
  return [
    ...recoverableLies(find, base, other.address),
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
