// Lies about rows of the XRP Ledger (spec §13.11).
import { rsvLies, withLastLetter, withOtherHalfInDer } from './changes.js';
import { ed25519Lies, format, keyFormat, mismatch, signature, smallOrder } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function xrpLies(find) {
  const base = 'ecdsa';
  const { address, script, signatures } = find(base);
  const [text] = signatures;
  const otherKey = '0279BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798';
  const edwards = find('ed25519');
  const raw = rsvLies(find('raw-ecdsa').signatures[0]);
  return [
    ...ed25519Lies(find, 'ed25519').map(([id, ...rest]) => /** @type {WalletLie} */ ([`ed25519-${id}`, ...rest])),
    ['other-message', base, signature, 'another message', { message: 'another' }],
    ['other-key', base, signature, "another account's key", { script: otherKey }],
    ['other-address', base, mismatch, "another account's address", { address: edwards.address }],
    [
      'mirrored-key',
      base,
      signature,
      'the key with the other sign',
      { script: (script ?? '').replace(/^0[23]/, (sign) => (sign === '02' ? '03' : '02')) },
    ],
    [
      's-in-upper-half',
      base,
      signature,
      's in the upper half, which the ledger refuses',
      { signatures: [withOtherHalfInDer(text)] },
    ],
    ['der-lengthened', base, format, 'a byte after the signature', { signatures: [`${text}00`] }],
    ['der-long-size', base, format, 'the size in two bytes', { signatures: [`3081${text.slice(2)}`] }],
    ['der-truncated', base, format, 'the last byte is missing', { signatures: [text.slice(0, -2)] }],
    ['der-other-tag', base, format, 'another tag than that of sequences', { signatures: [`31${text.slice(2)}`] }],
    ['no-key', base, 'failed W5 key-missing', 'the column of scripts is empty', { script: '' }],
    ['key-off-the-curve', base, keyFormat, 'an x that no point has', { script: `02${'ff'.repeat(32)}` }],
    ['key-of-small-order', 'ed25519', keyFormat, 'a key of small order', { script: `ed${smallOrder}` }],
    ['ed25519-key', base, format, 'a key of Ed25519 beside a signature of secp256k1', { script: edwards.script }],
    ['raw-other-key', 'raw-ecdsa', signature, 'a key in the column that has not signed', { script: otherKey }],
    ['raw-s-in-upper-half', 'raw-ecdsa', signature, 's in the upper half', { signatures: [raw['s-in-upper-half']] }],
    ['raw-r-of-0', 'raw-ecdsa', signature, 'R of 0', { signatures: [raw['r-of-0']] }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the account named as owner', { owners: [address] }],
    ['owner-other', base, mismatch, 'an owner who is not the key', { owners: [edwards.address] }],
    [
      'owner-no-address',
      base,
      'failed W5 owner-format',
      'an owner whose address does not decode',
      { owners: ['nobody'] },
    ],
    ['two-owners', base, 'unsupported W5 signature-form', 'two owners', { owners: [address, edwards.address] }],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'p', 'q') },
    ],
    [
      'address-of-bitcoin',
      base,
      'failed W3 address',
      'the alphabet of Bitcoin',
      { address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa0' },
    ],
  ];
}
