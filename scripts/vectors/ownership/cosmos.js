// Lies about rows of chains of the Cosmos SDK (spec §15.2).
import { rsvLies, withLastLetter } from './changes.js';
import { format, keyFormat, mismatch, recoverableLies, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function cosmosLies(find) {
  const base = 'adr36';
  const { address, signatures, script = '' } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  const multisig = find('multisig');
  const [third, first] = multisig.signatures;
  const members = multisig.script ?? '';
  const raw = Buffer.from(text, 'base64').toString('hex');
  const high = rsvLies(`0x${raw}1b`)['s-in-upper-half'].slice(2, 130);
  const sameHash = find('osmosis').address;
  return [
    ...recoverableLies(find, 'raw-ecdsa', other.address).map(
      ([id, ...rest]) => /** @type {WalletLie} */ ([`raw-${id}`, ...rest]),
    ),
    ['other-message', base, signature, 'another message', { message: 'another' }],
    ['other-key', base, signature, "another account's key", { script: other.script }],
    [
      'other-address',
      base,
      signature,
      'another address, which the sign document names not',
      { address: other.address },
    ],
    ['other-signature', base, signature, "another account's signature", { signatures: other.signatures }],
    ['s-in-upper-half', base, signature, 's in the upper half', { signatures: [high] }],
    ['truncated', base, format, 'the last letters are missing', { signatures: [text.slice(0, -4)] }],
    ['unpadded', base, format, 'Base64 without its padding', { signatures: [text.replace(/=+$/, '')] }],
    ['lengthened', base, format, 'a byte after the signature, in hexadecimal', { signatures: [`${raw}02`] }],
    ['no-key', base, 'failed W5 key-missing', 'the column of scripts is empty', { script: '' }],
    ['key-truncated', base, keyFormat, 'the key less a byte', { script: script.slice(0, -4) }],
    ['same-hash-elsewhere', base, 'failed W3 address-network', 'the account on another chain', { address: sameHash }],
    [
      'validator-of-same-hash',
      base,
      'unsupported W3 address-kind',
      'the validator of the account',
      { address: 'cosmosvaloper1l3e9pgs3mmwuwrh95fecme0s0qtn2880v7xw92' },
    ],
    [
      'contract',
      'raw-ecdsa',
      'unproven W7 account-unproven',
      'an address of 32 bytes, which no key makes',
      { address: 'cosmos1qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurs79d55s' },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'q', 'p') },
    ],
    ['address-mixed-case', base, 'failed W3 address', 'one letter in upper case', { address: `C${address.slice(1)}` }],
    ['two-owners-beside-key', base, 'unsupported W5 signature-form', 'two owners', { owners: [address, address] }],
    ['threshold', 'multisig', 'failed W6 threshold', 'one signature of two', { signatures: [first] }],
    ['repeated-key', 'multisig', 'failed W6 repeated-key', 'one member twice', { signatures: [first, first] }],
    ['no-member', 'multisig', signature, 'a signature by nobody', { signatures: [first, text] }],
    ['members-other-message', 'multisig', signature, 'another message', { message: 'another' }],
    ['members-other-address', 'multisig-raw', signature, "the address of one member's key alone", { address }],
    [
      'members-threshold-of-one',
      'multisig-raw',
      mismatch,
      'the threshold in the column changed to 1',
      { script: (find('multisig-raw').script ?? '').replace('22c1f7e20802', '22c1f7e20801') },
    ],
    [
      'members-threshold-of-0',
      'multisig',
      'failed W5 script-format',
      'a threshold of 0',
      { script: members.replace('22c1f7e20802', '22c1f7e20800'), signatures: [third, first] },
    ],
    [
      'members-truncated',
      'multisig',
      'failed W5 script-format',
      'the last byte is missing',
      { script: members.slice(0, -2) },
    ],
    [
      'members-twice',
      'multisig',
      'failed W5 script-format',
      'the first member in place of the second',
      { script: members.slice(0, 12 + 80) + members.slice(12, 12 + 80) + members.slice(12 + 160) },
    ],
    ['members-without-signature', 'multisig', 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['injective-other-key', 'injective', signature, "another account's key", { script: other.script }],
    ['injective-other-message', 'injective', signature, 'another message', { message: 'another' }],
    ['ethereum-key-as-cosmos', 'ethereum-key', 'failed W3 address-network', 'on a chain with other keys', { address }],
  ];
}
