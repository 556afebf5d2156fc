// Lies about rows of Kaspa (spec §17.2).
import { changedLetter, rsvLies, withOtherParity, withOtherS } from './changes.js';
import { checksum, format, keyFormat, mismatch, noAddress, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function kaspaLies(find) {
  const base = 'message';
  const beside = 'message-beside-key';
  const raw = 'raw-ecdsa';
  const row = find(base);
  const other = find('other-account');
  const [text] = row.signatures;
  const [ecdsa] = find(raw).signatures;
  const lies = rsvLies(ecdsa);
  return [
    ['other-message', base, signature, 'another message', { message: 'another' }],
    ['other-key', base, signature, "another account's signature", { signatures: other.signatures }],
    ['other-address', base, signature, "another account's address", { address: other.address }],
    ['truncated', base, format, 'the last byte is missing', { signatures: [text.slice(0, -2)] }],
    ['lengthened', base, format, 'a byte after the signature', { signatures: [`${text}00`] }],
    [
      'halves-swapped',
      base,
      signature,
      's and r in the other order',
      { signatures: [text.slice(64) + text.slice(0, 64)] },
    ],
    ['s-negated', base, signature, 's in the other half of the order', { signatures: [withOtherS(text)] }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
    ['ecdsa-of-the-key', base, format, 'a signature of ECDSA', { signatures: [ecdsa] }],
    ['address-of-ecdsa', base, format, "the same key's address for ECDSA", { address: find(raw).address }],
    ['key-of-other', beside, mismatch, "another account's key", { script: '11'.repeat(32) }],
    ['key-truncated', beside, keyFormat, 'the last byte is missing', { script: find(beside).script?.slice(0, -2) }],
    ['address-checksum', base, checksum, 'a letter is another one', { address: changedLetter(row.address) }],
    ['address-upper-case', base, noAddress, 'in upper case', { address: row.address.toUpperCase() }],
    ['address-without-prefix', base, noAddress, 'without its prefix', { address: row.address.slice(6) }],
    [
      'address-of-test-network',
      base,
      'failed W3 address-network',
      'the same account on a test network',
      { address: 'kaspatest:qp8n2k7uklxq4aegau7vawtptkgxsja4kt99lpv6krctwpq8tpc655cyvcmd3' },
    ],
    [
      'address-of-script',
      base,
      'unsupported W3 address-kind',
      'the hash of a script',
      { address: 'kaspa:pqrswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurswsj22q8rp' },
    ],
    [
      'address-of-no-point',
      base,
      keyFormat,
      'an x that no point has',
      { address: 'kaspa:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq2vcfpzl0n' },
    ],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the account as owner', { owners: [row.address] }],
    ['owner-other', base, signature, 'an owner who has not signed', { owners: [other.address] }],
    ['owner-no-address', base, 'failed W5 owner-format', 'an owner that does not decode', { owners: ['nobody'] }],
    ['owner-beside-key', beside, 'unsupported W5 signature-form', 'a key beside an owner', { owners: [row.address] }],
    ['raw-other-message', raw, mismatch, 'another message', { message: 'another' }],
    ['raw-other-parity', raw, mismatch, 'the other recovery id', { signatures: [withOtherParity(ecdsa)] }],
    ['raw-v-of-29', raw, format, 'V of 29', { signatures: [lies['v-of-29']] }],
    ['raw-s-in-upper-half', raw, signature, 's in the upper half', { signatures: [lies['s-in-upper-half']] }],
    ['raw-r-of-0', raw, signature, 'R of 0', { signatures: [lies['r-of-0']] }],
    ['raw-truncated', raw, format, 'the last bytes are missing', { signatures: [lies.truncated] }],
    ['raw-schnorr', raw, format, 'a Schnorr signature', { signatures: [text] }],
  ];
}
