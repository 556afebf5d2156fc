// Lies about rows of Sui (spec §16.2).
import { withByte } from './changes.js';
import { format, keyedLies, keyFormat, keyMissing, mismatch, noAddress, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function suiLies(find) {
  const base = 'raw';
  const personal = 'personal-ed25519';
  const several = 'several-keys';
  const [text] = find(personal).signatures;
  const [three] = find(several).signatures;
  const [, second] = [personal, find('personal-secp256k1').signatures[0]];
  const shorter = Buffer.from(text, 'base64').subarray(0, -1).toString('base64');
  return [
    ...keyedLies(find, base, 'other-account'),
    keyMissing(base),
    ['address-without-zeros', base, noAddress, 'a digit is missing', { address: find(base).address.slice(0, -1) }],
    ['personal-other-message', personal, signature, 'another message', { message: 'another' }],
    ['personal-changed', personal, signature, 'a bit of s', { signatures: [withByte(text, 40, (byte) => byte ^ 1)] }],
    [
      'personal-of-other',
      personal,
      mismatch,
      "another account's signature, which has its key",
      { signatures: [second] },
    ],
    ['personal-truncated', personal, format, 'the last byte of the key is missing', { signatures: [shorter] }],
    [
      'personal-other-flag',
      personal,
      format,
      'the flag of another curve',
      { signatures: [withByte(text, 0, () => 1)] },
    ],
    ['personal-unknown-flag', personal, format, 'a flag of nothing', { signatures: [withByte(text, 0, () => 9)] }],
    [
      'zklogin',
      personal,
      'unsupported W5 signature-form',
      'the flag of zkLogin',
      { signatures: [withByte(text, 0, () => 5)] },
    ],
    [
      'personal-other-script',
      personal,
      keyFormat,
      'another key in the column',
      { script: find(base).script?.replace(/^../, '00') },
    ],
    [
      'several-truncated',
      several,
      format,
      'the last byte is missing',
      { signatures: [Buffer.from(three, 'base64').subarray(0, -1).toString('base64')] },
    ],
    [
      'several-threshold',
      several,
      'failed W6 threshold',
      'a threshold of 6',
      { signatures: [withByte(three, -2, () => 6)] },
    ],
    ['several-lower-threshold', several, mismatch, 'a threshold of 2', { signatures: [withByte(three, -2, () => 2)] }],
    [
      'several-unreachable',
      several,
      format,
      'a threshold above all weights',
      { signatures: [withByte(three, -2, () => 7)] },
    ],
    [
      'several-other-weight',
      several,
      mismatch,
      'a greater weight of the last key',
      { signatures: [withByte(three, -3, () => 9)] },
    ],
    [
      'several-other-members',
      several,
      signature,
      'signatures said to be of other keys',
      { signatures: [withByte(three, 2 + 65 + 65, () => 5)] },
    ],
    ['several-other-message', several, signature, 'another message', { message: 'another' }],
    ['several-other-address', several, mismatch, 'the address of one key', { address: find(personal).address }],
    [
      'several-as-owner',
      several,
      'unsupported W5 signature-form',
      'several keys as an owner',
      { owners: [find(several).address] },
    ],
    ['several-with-script', several, keyFormat, 'a key beside the keys', { script: find(base).script }],
  ];
}
