// Lies about rows of Substrate's chains (spec §16.3).
import { changedLetter } from './changes.js';
import { format, keyedLies, keyFormat, mismatch, noAddress, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function ss58Lies(find) {
  const base = 'raw';
  const sr = 'wrapped-sr25519-with-kind';
  const ecdsa = 'wrapped-ecdsa';
  const of = (/** @type {string} */ id) => find(id).signatures[0];
  const marked = (/** @type {number} */ last) => of(sr).slice(0, -2) + last.toString(16).padStart(2, '0');
  const { address: text } = find(base);
  const {
    script: list = '',
    signatures: [first, second],
  } = find('several-members');
  const one = list.split('|')[2];
  const members = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {Partial<import('../wallet-verdict.js').WalletCase>} */ changes,
  ) => /** @type {WalletLie} */ ([`members-${id}`, 'several-members', expected, comment, changes]);
  return [
    ...keyedLies(find, base, 'other-account'),
    members('one-signature', 'failed W6 threshold', 'one signature of two', { signatures: [first] }),
    members('one-twice', signature, "one member's signature twice", { signatures: [first, first] }),
    members('swapped-signatures', signature, 'signatures in the other order', { signatures: [second, first] }),
    members('other-message', signature, 'another message', { message: 'another' }),
    members('no-signature', 'failed W5 signature-missing', 'no signature', { signatures: [] }),
    members('truncated', format, 'the last byte is missing', { signatures: [first, second.slice(0, -2)] }),
    members('lower-threshold', mismatch, 'a threshold of one', { script: list.replace('|2|', '|1|') }),
    members('threshold-of-4', 'failed W5 script-format', 'a threshold of four', { script: list.replace('|2|', '|4|') }),
    members('member-less', mismatch, 'a member is left out', { script: list.replace(`|${one}`, '') }),
    members('member-twice', 'failed W5 script-format', 'a member twice', { script: `${list}|${one}` }),
    members('member-of-kusama', 'failed W5 script-format', 'a member of another network', {
      script: `${list}|${find('raw-kusama').address}`,
    }),
    members('other-address', mismatch, "a member's own address", { address: text }),
    [
      'address-of-kusama',
      base,
      'failed W3 address-network',
      'the prefix of Kusama',
      { address: find('raw-kusama').address },
    ],
    [
      'address-of-substrate',
      base,
      'failed W3 address-network',
      'the prefix 42',
      { address: find('raw-avail').address },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'a letter is another one',
      { address: changedLetter(text) },
    ],
    ['address-truncated', base, noAddress, 'the last letter is missing', { address: text.slice(0, -2) }],
    // The account of the case `raw` after the bytes 40 00 in place of 00.
    [
      'address-long-prefix',
      base,
      noAddress,
      'prefix 0 in two bytes',
      { address: 'VBsmUA8QRnaV7DCM8r1W4WSCmEtSui3XpYYZ7nAbjeyzZuRN2' },
    ],
    [
      'other-kind',
      'wrapped-ed25519-with-kind',
      keyFormat,
      'a signature of Ed25519 said to be of sr25519',
      { signatures: [of('wrapped-ed25519-with-kind').replace('0x00', '0x01')] },
    ],
    ['unknown-kind', sr, format, 'a kind that is not there', { signatures: [of(sr).replace('0x01', '0x03')] }],
    [
      'sr25519-unmarked',
      sr,
      signature,
      'the mark of sr25519 is not set',
      { signatures: [marked(Number.parseInt(of(sr).slice(-2), 16) & 127)] },
    ],
    ['sr25519-s-too-large', sr, signature, 's above the order', { signatures: [marked(0xff)] }],
    ['sr25519-other-message', sr, signature, 'another message', { message: 'another' }],
    [
      'sr25519-other-address',
      sr,
      keyFormat,
      "another account's address, which is no key of sr25519",
      { address: text },
    ],
    ['sr25519-identity', sr, keyFormat, 'the identity as key', { script: '00'.repeat(32) }],
    ['sr25519-not-canonical', sr, keyFormat, 'a key with an odd encoding', { script: `01${'00'.repeat(31)}` }],
    [
      'ecdsa-other-message',
      ecdsa,
      mismatch,
      'another message, for which the signature is of another key',
      { message: 'another' },
    ],
    ['ecdsa-other-address', ecdsa, mismatch, "another account's address", { address: text }],
    [
      'ecdsa-other-id',
      ecdsa,
      mismatch,
      'the other recovery id',
      { signatures: [of(ecdsa).replace(/..$/, (id) => (id === '00' ? '01' : '00'))] },
    ],
    ['ecdsa-id-of-2', ecdsa, format, 'a recovery id of 2', { signatures: [of(ecdsa).replace(/..$/, '02')] }],
    [
      'ecdsa-other-key',
      ecdsa,
      signature,
      'a key in the column that has not signed',
      { script: `02${'11'.repeat(32)}` },
    ],
    ['ecdsa-short-key', ecdsa, keyFormat, 'a key of 32 bytes', { script: '11'.repeat(32) }],
  ];
}
