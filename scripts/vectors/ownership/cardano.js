// Lies about rows of Cardano (spec §16.8).
import { changedLetter } from './changes.js';
import { format, keyedLies, keyFormat, keyMissing, mismatch, noAddress, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function cardanoLies(find) {
  const base = 'raw';
  const wallet = 'message';
  const [text] = find(wallet).signatures;
  // By @emurgo/cardano-message-signing-nodejs with the key 11…11, which has hashed the message.
  const hashed =
    '84582aa201276761646472657373581d615ae193abe694a607531e20f85d8358ade9a474a4f45ac4e15e962da1a166686173686564f5581c482c7dc83024a8d9d9d4c4ca5eeb085231a87772f3d171661b6cac6a584010869ea537f3295ceeaa5c58ed0f549927c685b29b12ec8db434f9efbcd133351f3b7e7e7ca0ce1b0f40fbffa159ba74800e0915c0959d641b8c70de2de10b05';
  const { script: coseKey = '' } = find(wallet);
  const cose = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {string} */ changed,
  ) => /** @type {WalletLie} */ ([`wallet-${id}`, wallet, expected, comment, { signatures: [changed] }]);
  const column = (/** @type {string} */ id, /** @type {string} */ comment, /** @type {string} */ script) =>
    /** @type {WalletLie} */ ([`cose-key-${id}`, wallet, keyFormat, comment, { script }]);
  return [
    ...keyedLies(find, base, 'other-account'),
    keyMissing(base),
    [
      'stake-address',
      base,
      'unsupported W3 address-kind',
      'a stake address',
      { address: 'stake1uyehkck0lajq8gr28t9uxnuvgcqrc6070x3k9r8048z8y5gh6ffgw' },
    ],
    [
      'address-of-script',
      base,
      'unsupported W3 address-kind',
      'the address of a script',
      { address: 'addr1w8phkx6acpnf78fuvxn0mkew3l0fd058hzquvz7w36x4gtcyjy7wx' },
    ],
    [
      'address-of-test',
      base,
      'failed W3 address-network',
      'an address of a test network',
      { address: 'addr_test1vz2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzerspjrlsz' },
    ],
    [
      'address-before-shelley',
      base,
      'unsupported W3 address-kind',
      'an address of before Shelley',
      { address: 'Ae2tdPwUPEZFRbyhz3cpfC2CumGzNkFBN2L42rcUc2yjQpEkxDbkPodpMAi' },
    ],
    ['address-letter', base, noAddress, 'a letter is another one', { address: changedLetter(find(base).address) }],
    ['address-truncated', base, noAddress, 'the last letter is missing', { address: find(base).address.slice(0, -1) }],
    ['wallet-other-message', wallet, signature, 'another message', { message: 'another' }],
    [
      'wallet-other-address',
      wallet,
      mismatch,
      'another address of the key, which the wallet did not sign for',
      { address: find('message-base-address').address },
    ],
    ['detached-other-message', 'message-detached', signature, 'another message', { message: 'another' }],
    cose('hashed', 'unproven W7 payload-unseen', 'a signature of the hash of the message', hashed),
    cose('truncated', format, 'the last byte is missing', text.slice(0, -2)),
    cose('lengthened', format, 'a byte more', `${text}00`),
    cose('tagged', format, 'a tag before it', `d2${text}`),
    cose('of-five', format, 'an array of five', text.replace(/^84/, '85')),
    cose('other-algorithm', format, 'the algorithm ES256', text.replace('a20127', 'a20126')),
    cose('long-head', format, 'a head that is not the shortest', text.replace('a20127', 'a2180127')),
    cose(
      'unknown-header',
      format,
      'a header that nobody knows',
      text.replace('a166686173686564f4', 'a166686173686565f4'),
    ),
    cose(
      'hashed-of-null',
      format,
      'null for whether the message is hashed',
      text.replace('a166686173686564f4', 'a166686173686564f6'),
    ),
    cose(
      'said-hashed',
      signature,
      'a message that is said to be hashed',
      text.replace('a166686173686564f4', 'a166686173686564f5'),
    ),
    cose(
      'changed',
      signature,
      'the last bit of s',
      text.slice(0, -1) + (Number.parseInt(text.slice(-1), 16) ^ 1).toString(16),
    ),
    column('of-other-curve', 'a key said to be of X25519', coseKey.replace('2006', '2004')),
    column('truncated', 'the last byte is missing', coseKey.slice(0, -2)),
    column('lengthened', 'a byte more', `${coseKey}00`),
    ['other-cose-key', wallet, signature, "another account's key", { script: find('other-account').script }],
  ];
}
