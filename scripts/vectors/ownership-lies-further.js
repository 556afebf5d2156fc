// Lies about rows of further networks (spec §17).
import { fromBase64, rsvLies, toBase64, withLastLetter, withOtherParity } from './ownership-changes.js';
import { keyedLies, keyMissing } from './ownership-lies-keyed.js';

/** @typedef {import('./ownership-cases.js').WalletLie} WalletLie */
/** @typedef {import('./ownership-cases.js').FindCase} FindCase */

const mismatch = 'failed W7 address-mismatch';
const format = 'failed W5 signature-format';
const signature = 'failed W6 signature';
const keyFormat = 'failed W5 key-format';
const address = 'failed W3 address';
const checksum = 'failed W3 address-checksum';
const accountUnproven = 'unproven W7 account-unproven';
/** The order of secp256k1 (SEC 2, 2.4.1). */
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/**
 * A text with a letter in its middle replaced by another of its alphabet.
 * @param {string} text
 */
const changedInside = (text) => text.slice(0, 20) + (text[20] === 'a' ? 'c' : 'a') + text.slice(21);

/**
 * 64 bytes in hexadecimal with s in the other half of the order of secp256k1.
 * @param {string} text
 */
const withOtherS = (text) => text.slice(0, 64) + (order - BigInt(`0x${text.slice(64)}`)).toString(16).padStart(64, '0');

/** @param {FindCase} find @returns {WalletLie[]} */
function tezosRows(find) {
  const text = 'text-ed25519';
  const second = find('text-secp256k1');
  const third = find('text-secp256r1');
  const of = (/** @type {string} */ id) => find(id).signatures[0];
  return [
    ...keyedLies(find, 'raw', 'other-account'),
    keyMissing('raw'),
    ['address-checksum', text, checksum, 'a letter is another one', { address: changedInside(find(text).address) }],
    ['address-truncated', text, address, 'the last letter is missing', { address: find(text).address.slice(0, -1) }],
    ['contract', text, accountUnproven, 'a contract', { address: 'KT1PWx2mnDueood7fEmfbBDKx1D9BAnnXitn' }],
    [
      'account-of-bls',
      text,
      'unsupported W3 address-kind',
      'an account of BLS',
      { address: 'tz49eQjVqRyg3Rjn1X5hFftTRnGMYnJZcprP' },
    ],
    ['text-other-message', text, signature, 'another message', { message: 'another' }],
    ['text-other-address', text, mismatch, "another account's address", { address: second.address }],
    [
      'text-checksum',
      text,
      format,
      'a letter of the signature is another one',
      { signatures: [changedInside(of(text))] },
    ],
    [
      'key-checksum',
      text,
      keyFormat,
      'a letter of the key is another one',
      { script: changedInside(find(text).script ?? '') },
    ],
    ['other-curve', text, keyFormat, 'a key of another curve', { script: second.script }],
    ['any-curve-other-key', 'text-any-curve', signature, 'a key of another curve', { script: third.script }],
    ['secp256k1-other-message', 'text-secp256k1', signature, 'another message', { message: 'another' }],
    ['secp256k1-other-address', 'text-secp256k1', mismatch, "another curve's account", { address: third.address }],
    ['secp256r1-other-message', 'text-secp256r1', signature, 'another message', { message: 'another' }],
    ['secp256r1-other-key', 'text-secp256r1', keyFormat, 'a key of another curve', { script: second.script }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function kaspaRows(find) {
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
    ['address-checksum', base, checksum, 'a letter is another one', { address: changedInside(row.address) }],
    ['address-upper-case', base, address, 'in upper case', { address: row.address.toUpperCase() }],
    ['address-without-prefix', base, address, 'without its prefix', { address: row.address.slice(6) }],
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

/** @param {FindCase} find @returns {WalletLie[]} */
function hederaRows(find) {
  const evm = find('evm-alias');
  const [text] = evm.signatures;
  const base64 = 'key-alias-secp256k1';
  const bytes = fromBase64(find(base64).signatures[0]);
  return [
    ...keyedLies(find, 'raw', 'other-account'),
    keyMissing('raw'),
    ['number', 'raw', accountUnproven, 'an account by number', { address: '0.0.1234' }],
    ['number-of-evm', 'raw', accountUnproven, 'the same number as an address', { address: `0x${'0'.repeat(36)}04d2` }],
    ['number-with-zero', 'raw', address, 'a number with a leading zero', { address: '0.0.01234' }],
    ['number-elsewhere', 'raw', address, 'another shard', { address: '1.0.1234' }],
    ['alias-truncated', 'raw', address, 'the last byte is missing', { address: find('raw').address.slice(0, -2) }],
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

/** @param {FindCase} find @returns {WalletLie[]} */
function icpRows(find) {
  const secp = 'bytes-secp256k1';
  const principal = find('raw').address;
  const account = find('raw-account').address;
  const [text] = find(secp).signatures;
  return [
    ...keyedLies(find, 'raw', 'other-account'),
    keyMissing('raw'),
    ['bytes-other-message', 'bytes', signature, 'another message', { message: 'another' }],
    ['canister', 'raw', accountUnproven, 'a canister', { address: 'ryjl3-tyaaa-aaaaa-aaaba-cai' }],
    ['anonymous', 'raw', accountUnproven, 'the anonymous principal', { address: '2vxsx-fae' }],
    ['address-checksum', 'raw', checksum, 'a letter is another one', { address: changedInside(principal) }],
    ['address-upper-case', 'raw', address, 'in upper case', { address: principal.toUpperCase() }],
    ['address-without-hyphen', 'raw', address, 'a hyphen is missing', { address: principal.replace('-', '') }],
    ['address-truncated', 'raw', address, 'the last letters are missing', { address: principal.slice(0, -4) }],
    [
      'account-checksum',
      'raw-account',
      checksum,
      'the last digit is another one',
      { address: withLastLetter(account, '0', '1') },
    ],
    ['account-truncated', 'raw-account', address, 'the last digit is missing', { address: account.slice(0, -1) }],
    [
      'account-of-other',
      'raw-account',
      mismatch,
      "another principal's account",
      { address: find('bytes-account').address },
    ],
    [
      'der-truncated',
      'raw-with-der',
      keyFormat,
      'the last byte is missing',
      { script: find('raw-with-der').script?.slice(0, -2) },
    ],
    ['secp256k1-other-message', secp, signature, 'another message', { message: 'another' }],
    ['secp256k1-other-address', secp, mismatch, 'another principal', { address: principal }],
    ['secp256k1-s-in-upper-half', secp, signature, 's in the upper half', { signatures: [withOtherS(text)] }],
    [
      'secp256k1-other-key',
      secp,
      signature,
      'the base point',
      { script: '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798' },
    ],
  ];
}

/** @type {Record<string, (find: FindCase) => WalletLie[]>} */
export const furtherLies = { tezos: tezosRows, kaspa: kaspaRows, hedera: hederaRows, icp: icpRows };
