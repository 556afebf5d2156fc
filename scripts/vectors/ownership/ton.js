// Lies about rows of TON (spec §13.10).
import { ed25519Lies, format, keyFormat, mismatch, signature, smallOrder } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** As TON Connect's documentation computes it, by `@ton/crypto` with the key of `wallet-v4r2` over its message. */
const proof =
  'ton_proof|exchange.example|1764000000|' +
  'stjhJVO08hUgVc5K9Ng2oDgexay9AIXNDgqbK+5Y2vVZTq2Goe3IHOpFJSlZ3T3olDOPKepJrMqJncaOmmaHCQ==';

/** @param {FindCase} find @returns {WalletLie[]} */
export function tonLies(find) {
  const base = 'wallet-v4r2';
  const { address, script = '', signatures } = find(base);
  const other = find('other-wallet');
  const [data] = find('sign-data').signatures;
  const init = find('state-init-usual');
  const initBytes = Buffer.from(init.script ?? '', 'base64');
  const changedInit = Buffer.from(initBytes);
  changedInit[changedInit.length - 20] ^= 1;
  return [
    ...ed25519Lies(find, base),
    ['other-key', base, signature, "another wallet's signature", { signatures: other.signatures }],
    ['other-address', base, mismatch, "another wallet's address", { address: other.address }],
    [
      'other-wallet-id',
      base,
      mismatch,
      'a wallet of this key that only its StateInit explains',
      { address: find('state-init').address },
    ],
    ['key-in-column-of-other', base, signature, "another wallet's key", { script: other.script }],
    ['no-key', base, 'failed W5 key-missing', 'the column of scripts is empty', { script: '' }],
    ['key-truncated', base, keyFormat, 'the last byte of the key is missing', { script: script.slice(0, -2) }],
    ['key-of-small-order', base, keyFormat, 'a key of small order', { script: smallOrder }],
    [
      'state-init-changed',
      init.id,
      keyFormat,
      'a byte of the bag of cells is another one',
      { script: changedInit.toString('base64') },
    ],
    [
      'state-init-truncated',
      init.id,
      keyFormat,
      'the last byte of the bag of cells is missing',
      { script: initBytes.subarray(0, -1).toString('base64') },
    ],
    ['state-init-of-other-address', init.id, mismatch, "another wallet's address", { address: other.address }],
    [
      'proof',
      base,
      'unproven W7 payload-unseen',
      'a proof, whose payload wallets do not show',
      { signatures: [proof] },
    ],
    ['proof-other-domain', base, signature, 'another domain', { signatures: [proof.replace('exchange', 'elsewhere')] }],
    ['proof-other-time', base, signature, 'another time', { signatures: [proof.replace('1764', '1765')] }],
    [
      'proof-other-form',
      base,
      signature,
      'the other form of TON Connect',
      { signatures: [proof.replace('ton_proof', 'ton_sign_data')] },
    ],
    [
      'proof-unknown-form',
      base,
      format,
      'a form that nobody knows',
      { signatures: [proof.replace('ton_proof', 'ton_poof')] },
    ],
    ['proof-no-domain', base, format, 'an empty domain', { signatures: [proof.replace('exchange.example', '')] }],
    [
      'proof-leading-zero',
      base,
      format,
      'a time with a leading zero',
      { signatures: [proof.replace('|1764', '|01764')] },
    ],
    [
      'sign-data-other-time',
      'sign-data',
      signature,
      'another time',
      { signatures: [data.replace('1747759882', '1747759883')] },
    ],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the wallet named as owner', { owners: [address] }],
    ['owner-other', base, mismatch, 'an owner who is not the key', { owners: [other.address] }],
    [
      'owner-no-address',
      base,
      'failed W5 owner-format',
      'an owner whose address does not decode',
      { owners: ['nobody'] },
    ],
    ['two-owners', base, 'unsupported W5 signature-form', 'two owners', { owners: [address, address] }],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'a letter in the middle is another one',
      { address: address.slice(0, 20) + (address[20] === 'A' ? 'B' : 'A') + address.slice(21) },
    ],
    ['address-truncated', base, 'failed W3 address', 'the last letter is missing', { address: address.slice(0, -1) }],
    [
      'address-workchain',
      'raw-address',
      'failed W3 address',
      'a workchain that is not there',
      { address: find('raw-address').address.replace('0:', '1:') },
    ],
    [
      'no-such-text',
      base,
      signature,
      'the signature of the first form taken for another message',
      { signatures: [signatures[0].replace(/^../, (byte) => (byte === '00' ? '01' : '00'))] },
    ],
  ];
}
