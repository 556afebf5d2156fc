// Lies about rows of Aptos (spec §13.12).
import { ed25519Lies, format, keyFormat, mismatch, signature, smallOrder } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function aptosLies(find) {
  const base = 'raw';
  const { address, script = '' } = find(base);
  const other = find('other-account');
  const several = 'several-keys';
  const keys = find(several).script ?? '';
  const [, one, two] = /^(.{128})(.{128})/.exec(find(several).signatures[0]) ?? [];
  const all = 'message-with-all-fields';
  const [full] = find(all).signatures;
  return [
    ...ed25519Lies(find, base),
    ['other-key', base, signature, "another account's signature", { signatures: other.signatures }],
    ['other-key-in-column', base, signature, "another account's key", { script: other.script }],
    ['other-address', base, mismatch, "another account's address", { address: other.address }],
    ['no-key', base, 'failed W5 key-missing', 'the column of scripts is empty', { script: '' }],
    ['key-truncated', base, keyFormat, 'the last byte of the key is missing', { script: script.slice(0, -2) }],
    ['key-of-small-order', base, keyFormat, 'a key of small order', { script: smallOrder }],
    ['key-of-other-kind', base, keyFormat, 'the prefix of another kind of key', { script: `secp256k1-pub-${script}` }],
    [
      'message-other-application',
      all,
      signature,
      'another application',
      { signatures: [full.replace('exchange', 'elsewhere')] },
    ],
    [
      'message-without-chain',
      all,
      signature,
      'the field of the chain is missing',
      { signatures: [full.replace('|chainId=1', '')] },
    ],
    ['message-other-chain', all, format, 'another chain', { signatures: [full.replace('chainId=1', 'chainId=2')] }],
    ['message-without-nonce', all, format, 'the nonce is missing', { signatures: [full.replace('|nonce=7', '')] }],
    [
      'message-fields-swapped',
      all,
      format,
      'two fields in the other order',
      { signatures: [full.replace('|chainId=1|nonce=7', '|nonce=7|chainId=1')] },
    ],
    [
      'wallet-message-other-nonce',
      'wallet-message',
      signature,
      'another nonce',
      { signatures: [find('wallet-message').signatures[0].replace('encoded', 'decoded')] },
    ],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the account named as owner', { owners: [address] }],
    ['owner-other', base, mismatch, 'an owner who is not the key', { owners: [other.address] }],
    [
      'owner-no-address',
      base,
      'failed W5 owner-format',
      'an owner whose address does not decode',
      { owners: ['nobody'] },
    ],
    ['two-owners', base, 'unsupported W5 signature-form', 'two owners', { owners: [address, other.address] }],
    ['several-with-one', several, 'failed W6 threshold', 'one signature of two', { signatures: [`${one}80000000`] }],
    [
      'several-with-one-twice',
      several,
      signature,
      "one key's signature twice",
      { signatures: [`${one}${one}a0000000`] },
    ],
    ['several-swapped', several, signature, 'signatures in the other order', { signatures: [`${two}${one}a0000000`] }],
    [
      'several-other-bitmap',
      several,
      signature,
      'signatures said to be of other keys',
      { signatures: [`${one}${two}c0000000`] },
    ],
    ['several-too-many-bits', several, format, 'a bit without a signature', { signatures: [`${one}${two}e0000000`] }],
    ['several-without-bitmap', several, format, 'no bitmap', { signatures: [one + two] }],
    ['several-unknown-member', several, format, 'a member who is not there', { signatures: [`${one}${two}90000000`] }],
    ['several-lower-threshold', several, mismatch, 'a threshold of one', { script: keys.replace(/02$/, '01') }],
    ['several-threshold-of-4', several, keyFormat, 'a threshold of four', { script: keys.replace(/02$/, '04') }],
    ['several-other-message', several, signature, 'another message', { message: 'another' }],
    ['secp256k1-other-message', 'secp256k1', signature, 'another message', { message: 'another' }],
    ['secp256k1-other-address', 'secp256k1', mismatch, "another account's address", { address }],
    [
      'secp256k1-without-prefix',
      'secp256k1',
      keyFormat,
      'a key without the prefix of its kind',
      { script: (find('secp256k1').script ?? '').replace('secp256k1-pub-', '') },
    ],
    [
      'secp256k1-raw',
      'secp256k1',
      format,
      'the signature alone, as the raw form has it',
      { signatures: [find('secp256k1').signatures[0].replace(/^.*[|]/, '')] },
    ],
    ['address-lengthened', base, 'failed W3 address', 'a digit more', { address: `${address}0` }],
    ['address-prefix-alone', base, 'failed W3 address', '0x alone', { address: '0x' }],
  ];
}
