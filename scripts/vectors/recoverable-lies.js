// What rows of chains whose accounts are hashes of keys of secp256k1 are refused for (spec §15.1).
import { rsvLies, withOtherParity, withoutPoint } from './ownership-changes.js';

/** @typedef {import('./ownership-cases.js').WalletLie} WalletLie */
/** @typedef {import('./ownership-cases.js').FindCase} FindCase */

export const mismatch = 'failed W7 address-mismatch';
export const format = 'failed W5 signature-format';
export const signature = 'failed W6 signature';
export const keyFormat = 'failed W5 key-format';
/** The base point of secp256k1, compressed. */
export const basePoint = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';

/**
 * What a row with R ‖ S ‖ V and nothing in the column of scripts is refused for.
 * @param {FindCase} find
 * @param {string} base
 * @param {string} other address of the same chain
 * @returns {WalletLie[]}
 */
export function recoverableRows(find, base, other) {
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
