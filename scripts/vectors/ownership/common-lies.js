// What rows of many chains are refused for: the verdicts, and lies that are the same for all of a kind (spec §13.16).
import { rsvLies, withLargeS, withOtherParity, withoutPoint } from './changes.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

export const mismatch = 'failed W7 address-mismatch';
export const format = 'failed W5 signature-format';
export const signature = 'failed W6 signature';
export const keyFormat = 'failed W5 key-format';
export const noAddress = 'failed W3 address';
export const checksum = 'failed W3 address-checksum';
export const accountUnproven = 'unproven W7 account-unproven';
/** The point 1 of edwards25519, of order 1: a key under which anybody makes signatures. */
export const smallOrder = `01${'00'.repeat(31)}`;
/** The base point of secp256k1, compressed: the key of the secret 1. */
export const basePoint = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';

/**
 * What a row of one Ed25519 signature in hexadecimal is refused for.
 * @param {FindCase} find
 * @param {string} base
 * @returns {WalletLie[]}
 */
export function ed25519Lies(find, base) {
  const [text] = find(base).signatures;
  return [
    ['truncated', base, format, 'the last byte of the signature is missing', { signatures: [text.slice(0, -2)] }],
    ['lengthened', base, format, 'a byte after the signature', { signatures: [`${text}00`] }],
    ['half-a-byte', base, format, 'the last digit is missing', { signatures: [text.slice(0, -1)] }],
    ['with-space', base, format, 'a space after the signature', { signatures: [`${text} `] }],
    ['s-plus-the-order', base, signature, 's with the order added', { signatures: [withLargeS(text)] }],
    ['other-message', base, signature, 'another message', { message: 'another' }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
  ];
}

/**
 * What a row of the raw published form with an Ed25519 key in hexadecimal is refused for on keyed networks (spec §16.1).
 * @param {FindCase} find
 * @param {string} base
 * @param {string} otherBase of another account, in the same form
 * @returns {WalletLie[]}
 */
export function keyedLies(find, base, otherBase) {
  const row = find(base);
  const other = find(otherBase);
  const [text] = row.signatures;
  const [, r, s] = /^(?:0x)?(.{64})(.{64})$/.exec(text) ?? [];
  const script = row.script ?? '';
  return [
    ['truncated', base, format, 'the last byte of the signature is missing', { signatures: [text.slice(0, -2)] }],
    ['lengthened', base, format, 'a byte after the signature', { signatures: [`${text}00`] }],
    ['half-a-byte', base, format, 'the last digit is missing', { signatures: [text.slice(0, -1)] }],
    ['with-space', base, format, 'a space after the signature', { signatures: [`${text} `] }],
    ['s-plus-the-order', base, signature, 's with the order added', { signatures: [withLargeS(text)] }],
    ['halves-swapped', base, signature, 'R and s in the other order', { signatures: [s + r] }],
    ['r-of-small-order', base, signature, 'R of small order', { signatures: [smallOrder + s] }],
    ['other-message', base, signature, 'another message', { message: 'another' }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
    ['other-key', base, signature, "another account's signature", { signatures: other.signatures }],
    ['other-key-in-column', base, signature, "another account's key", { script: other.script }],
    ['other-address', base, mismatch, "another account's address", { address: other.address }],
    ['key-truncated', base, keyFormat, 'the last byte of the key is missing', { script: script.slice(0, -2) }],
    ['key-lengthened', base, keyFormat, 'a byte after the key', { script: `${script}00` }],
    ['key-of-small-order', base, keyFormat, 'a key of small order', { script: smallOrder }],
    ['key-not-canonical', base, keyFormat, 'a y of the field modulus and 1', { script: `ee${'ff'.repeat(30)}7f` }],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the account named as owner', { owners: [row.address] }],
    ['owner-other', base, mismatch, 'an owner who is not the key', { owners: [other.address] }],
    [
      'owner-no-address',
      base,
      'failed W5 owner-format',
      'an owner whose address does not decode',
      { owners: ['nobody'] },
    ],
    ['two-owners', base, 'unsupported W5 signature-form', 'two owners', { owners: [row.address, other.address] }],
    ['address-of-nobody', base, noAddress, 'a word in place of the address', { address: 'nobody' }],
  ];
}

/**
 * A row without a key, where the address does not say it.
 * @param {string} base
 * @returns {WalletLie}
 */
export const keyMissing = (base) => {
  return ['no-key', base, 'failed W5 key-missing', 'the column of scripts is empty', { script: '' }];
};

/**
 * Lies of a family whose address is the key, about a row of the raw form without a key and one of its wallets' form.
 * @param {FindCase} find
 * @param {string} wallet
 * @returns {WalletLie[]}
 */
export function keyAddressLies(find, wallet) {
  const base = 'raw-without-key';
  const { address: other } = find('other-account');
  const text = find(base).address;
  return [
    ...keyedLies(find, 'raw', 'other-account'),
    ['address-as-key', base, signature, "another account's address, which is the key", { address: other }],
    ['wallet-other-message', wallet, signature, 'another message', { message: 'another' }],
    ['address-truncated', base, noAddress, 'the last letter is missing', { address: text.slice(0, -1) }],
    ['address-lengthened', base, noAddress, 'a letter more', { address: `${text}a` }],
  ];
}

/**
 * What a row of one R ‖ S ‖ V is refused for on EVM networks and Tron.
 * @param {string} base
 * @param {string} text
 * @returns {WalletLie[]}
 */
export function evmSignatureLies(base, text) {
  return [
    ...Object.entries(rsvLies(text)).map(
      ([name, lie]) =>
        /** @type {WalletLie} */ ([
          name,
          base,
          format,
          `a signature ${name.replaceAll('-', ' ')}`,
          { signatures: [lie] },
        ]),
    ),
    ['no-hexadecimal', base, format, 'a letter that is no digit', { signatures: [`${text.slice(0, -1)}g`] }],
    ['with-space', base, format, 'a space before the signature', { signatures: [` ${text}`] }],
    ['wrong-parity', base, mismatch, 'the other recovery id', { signatures: [withOtherParity(text)] }],
    [
      'no-point',
      base,
      'failed W6 signature',
      'R is the x coordinate of no point',
      { signatures: [withoutPoint(text)] },
    ],
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
  ];
}

/**
 * What a row with R ‖ S ‖ V and nothing in the column of scripts is refused for on chains of hashed keys (spec §15.1).
 * @param {FindCase} find
 * @param {string} base
 * @param {string} other address of the same chain
 * @returns {WalletLie[]}
 */
export function recoverableLies(find, base, other) {
  const { signatures } = find(base);
  const [text] = signatures;
  const lies = rsvLies(text);
  /** @param {keyof typeof lies} name @param {string} expected @param {string} comment @returns {WalletLie} */
  const rsv = (name, expected, comment) => [name, base, expected, comment, { signatures: [lies[name]] }];
  return [
    rsv('truncated', format, 'the last bytes of the signature are missing'),
    rsv('lengthened', format, 'a byte after the signature'),
    rsv('half-a-byte', format, 'the last digit is missing'),
    rsv('v-of-29', format, 'V of 29'),
    rsv('v-of-2', format, 'V of 2'),
    rsv('s-in-upper-half', signature, 's in the upper half of the order, with the other parity'),
    rsv('r-of-0', signature, 'R of 0'),
    rsv('s-of-0', signature, 'S of 0'),
    rsv('r-of-the-order', signature, 'R of the order'),
    ['r-of-no-point', base, signature, 'R that no point has', { signatures: [withoutPoint(text)] }],
    ['other-parity', base, mismatch, 'the other recovery id', { signatures: [withOtherParity(text)] }],
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-address', base, mismatch, "another account's address", { address: other }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
    ['other-key-in-column', base, signature, 'a key that did not sign in the column of scripts', { script: basePoint }],
    ['no-key-in-column', base, keyFormat, 'an x that no point has', { script: `02${'ff'.repeat(32)}` }],
    ['key-in-column-truncated', base, keyFormat, 'a key of 32 bytes', { script: basePoint.slice(0, -2) }],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the account as owner', { owners: [find(base).address] }],
    ['owner-other', base, mismatch, 'an owner who has not signed', { owners: [other] }],
    ['owner-no-address', base, 'failed W5 owner-format', 'an owner that does not decode', { owners: ['nobody'] }],
  ];
}
