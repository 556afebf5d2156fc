// Lies about rows of networks whose rows name the key that signs (spec §16.1), the same for all of them, and then of each.
import { withLargeS } from './ownership-changes.js';

/** @typedef {import('./ownership-cases.js').WalletLie} WalletLie */
/** @typedef {import('./ownership-cases.js').FindCase} FindCase */

const mismatch = 'failed W7 address-mismatch';
const format = 'failed W5 signature-format';
const signature = 'failed W6 signature';
const keyFormat = 'failed W5 key-format';
const address = 'failed W3 address';
/** The point 1 of edwards25519, of order 1: a key under which anybody makes signatures. */
const smallOrder = `01${'00'.repeat(31)}`;

/**
 * What every family refuses of a row of the raw published form with an Ed25519 key in hexadecimal.
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
    ['address-of-nobody', base, address, 'a word in place of the address', { address: 'nobody' }],
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
 * Base64 with one byte replaced.
 * @param {string} text
 * @param {number} at from the start, or from the end where it is negative
 * @param {(byte: number) => number} change
 */
function withByte(text, at, change) {
  const bytes = Buffer.from(text, 'base64');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = change(bytes[index]);
  return bytes.toString('base64');
}

/**
 * A text with one of its letters replaced by another of the same alphabets.
 * @param {string} text
 * @param {number} at
 */
const changedLetter = (text, at) => text.slice(0, at) + (text[at] === 'a' ? 'c' : 'a') + text.slice(at + 1);

/** @param {FindCase} find @returns {WalletLie[]} */
function suiRows(find) {
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
    ['address-without-zeros', base, address, 'a digit is missing', { address: find(base).address.slice(0, -1) }],
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

/** @param {FindCase} find @returns {WalletLie[]} */
function ss58Rows(find) {
  const base = 'raw';
  const sr = 'wrapped-sr25519-with-kind';
  const ecdsa = 'wrapped-ecdsa';
  const of = (/** @type {string} */ id) => find(id).signatures[0];
  const marked = (/** @type {number} */ last) => of(sr).slice(0, -2) + last.toString(16).padStart(2, '0');
  const { address: text } = find(base);
  const {
    script: list = '',
    signatures: [first, second],
  } = find('several-members');
  const one = list.split('|')[2];
  const members = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {Partial<import('./wallet-verdict.js').WalletCase>} */ changes,
  ) => /** @type {WalletLie} */ ([`members-${id}`, 'several-members', expected, comment, changes]);
  return [
    ...keyedLies(find, base, 'other-account'),
    members('one-signature', 'failed W6 threshold', 'one signature of two', { signatures: [first] }),
    members('one-twice', signature, "one member's signature twice", { signatures: [first, first] }),
    members('swapped-signatures', signature, 'signatures in the other order', { signatures: [second, first] }),
    members('other-message', signature, 'another message', { message: 'another' }),
    members('no-signature', 'failed W5 signature-missing', 'no signature', { signatures: [] }),
    members('truncated', format, 'the last byte is missing', { signatures: [first, second.slice(0, -2)] }),
    members('lower-threshold', mismatch, 'a threshold of one', { script: list.replace('|2|', '|1|') }),
    members('threshold-of-4', 'failed W5 script-format', 'a threshold of four', { script: list.replace('|2|', '|4|') }),
    members('member-less', mismatch, 'a member is left out', { script: list.replace(`|${one}`, '') }),
    members('member-twice', 'failed W5 script-format', 'a member twice', { script: `${list}|${one}` }),
    members('member-of-kusama', 'failed W5 script-format', 'a member of another network', {
      script: `${list}|${find('raw-kusama').address}`,
    }),
    members('other-address', mismatch, "a member's own address", { address: text }),
    [
      'address-of-kusama',
      base,
      'failed W3 address-network',
      'the prefix of Kusama',
      { address: find('raw-kusama').address },
    ],
    [
      'address-of-substrate',
      base,
      'failed W3 address-network',
      'the prefix 42',
      { address: find('raw-avail').address },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'a letter is another one',
      { address: changedLetter(text, 20) },
    ],
    ['address-truncated', base, address, 'the last letter is missing', { address: text.slice(0, -2) }],
    // The account of the case `raw` after the bytes 40 00 in place of 00.
    [
      'address-long-prefix',
      base,
      address,
      'prefix 0 in two bytes',
      { address: 'VBsmUA8QRnaV7DCM8r1W4WSCmEtSui3XpYYZ7nAbjeyzZuRN2' },
    ],
    [
      'other-kind',
      'wrapped-ed25519-with-kind',
      keyFormat,
      'a signature of Ed25519 said to be of sr25519',
      { signatures: [of('wrapped-ed25519-with-kind').replace('0x00', '0x01')] },
    ],
    ['unknown-kind', sr, format, 'a kind that is not there', { signatures: [of(sr).replace('0x01', '0x03')] }],
    [
      'sr25519-unmarked',
      sr,
      signature,
      'the mark of sr25519 is not set',
      { signatures: [marked(Number.parseInt(of(sr).slice(-2), 16) & 127)] },
    ],
    ['sr25519-s-too-large', sr, signature, 's above the order', { signatures: [marked(0xff)] }],
    ['sr25519-other-message', sr, signature, 'another message', { message: 'another' }],
    [
      'sr25519-other-address',
      sr,
      keyFormat,
      "another account's address, which is no key of sr25519",
      { address: text },
    ],
    ['sr25519-identity', sr, keyFormat, 'the identity as key', { script: '00'.repeat(32) }],
    ['sr25519-not-canonical', sr, keyFormat, 'a key with an odd encoding', { script: `01${'00'.repeat(31)}` }],
    [
      'ecdsa-other-message',
      ecdsa,
      mismatch,
      'another message, for which the signature is of another key',
      { message: 'another' },
    ],
    ['ecdsa-other-address', ecdsa, mismatch, "another account's address", { address: text }],
    [
      'ecdsa-other-id',
      ecdsa,
      mismatch,
      'the other recovery id',
      { signatures: [of(ecdsa).replace(/..$/, (id) => (id === '00' ? '01' : '00'))] },
    ],
    ['ecdsa-id-of-2', ecdsa, format, 'a recovery id of 2', { signatures: [of(ecdsa).replace(/..$/, '02')] }],
    [
      'ecdsa-other-key',
      ecdsa,
      signature,
      'a key in the column that has not signed',
      { script: `02${'11'.repeat(32)}` },
    ],
    ['ecdsa-short-key', ecdsa, keyFormat, 'a key of 32 bytes', { script: '11'.repeat(32) }],
  ];
}

/**
 * Lies of a family whose address is the key, about a row of the raw form without a key and one of its wallets' form.
 * @param {FindCase} find
 * @param {string} wallet
 * @returns {WalletLie[]}
 */
function keyAddressLies(find, wallet) {
  const base = 'raw-without-key';
  const { address: other } = find('other-account');
  const text = find(base).address;
  return [
    ...keyedLies(find, 'raw', 'other-account'),
    ['address-as-key', base, signature, "another account's address, which is the key", { address: other }],
    ['wallet-other-message', wallet, signature, 'another message', { message: 'another' }],
    ['address-truncated', base, address, 'the last letter is missing', { address: text.slice(0, -1) }],
    ['address-lengthened', base, address, 'a letter more', { address: `${text}a` }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function stellarRows(find) {
  const base = 'raw-without-key';
  const text = find(base).address;
  return [
    ...keyAddressLies(find, 'message'),
    ['address-lower-case', base, address, 'letters in lower case', { address: text.toLowerCase() }],
    [
      'address-letter',
      base,
      'failed W3 address-checksum',
      'a letter is another one',
      { address: changedLetter(text, 20).toUpperCase() },
    ],
    [
      'address-of-contract',
      base,
      'unsupported W3 address-kind',
      'a contract',
      { address: 'CA3D5KRYM6CB7OWQ6TWYRR3Z4T7GNZLKERYNZGGA5SOAOPIFY6YQGAXE' },
    ],
    // Both are examples of SEP-23.
    [
      'address-of-claimable-balance',
      base,
      'unsupported W3 address-kind',
      'a claimable balance, 58 letters',
      { address: 'BAAD6DBUX6J22DMZOHIEZTEQ64CVCHEDRKWZONFEUL5Q26QD7R76RGR4TU' },
    ],
    [
      'address-of-signed-payload',
      base,
      'unsupported W3 address-kind',
      'a signed payload, 114 letters',
      {
        address:
          'PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAQACAQDAQCQMBYIBEFAWDANBYHRAEISCMKBKFQXDAMRUGY4DUPB6IBZGM',
      },
    ],
    ['muxed-of-other', 'muxed', signature, "another account's key", { script: find('other-account').address }],
    [
      'muxed-letter',
      'muxed',
      'failed W3 address-checksum',
      'a letter is another one',
      { address: changedLetter(find('muxed').address, 30).toUpperCase() },
    ],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function cardanoRows(find) {
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
    ['address-letter', base, address, 'a letter is another one', { address: changedLetter(find(base).address, 20) }],
    ['address-truncated', base, address, 'the last letter is missing', { address: find(base).address.slice(0, -1) }],
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

/** @param {FindCase} find @returns {WalletLie[]} */
function nearRows(find) {
  const base = 'raw-without-key';
  const [text] = find('message').signatures;
  const { script } = find('raw');
  const answer = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {string} */ changed,
  ) => /** @type {WalletLie} */ ([id, 'message', expected, comment, { signatures: [changed] }]);
  return [
    ...keyAddressLies(find, 'message').filter(
      ([id]) => !['address-truncated', 'address-lengthened', 'address-of-nobody', 'owner-no-address'].includes(id),
    ),
    ['address-upper-case', base, address, 'digits in upper case', { address: find(base).address.toUpperCase() }],
    ['address-two-points', base, address, 'a name with two points', { address: 'exchange..near' }],
    ['owner-no-address', 'raw', 'failed W5 owner-format', 'an owner whose id does not decode', { owners: ['-'] }],
    ['name', 'raw', 'unproven W7 account-unproven', 'a name', { address: 'exchange.near' }],
    ['name-without-key', base, 'failed W5 key-missing', 'a name, and no key', { address: 'exchange.near' }],
    [
      'digits-too-few',
      'raw',
      'unproven W7 account-unproven',
      'a digit is missing: the rest is a name',
      { address: script?.slice(1) ?? '' },
    ],
    [
      'key-of-other-kind',
      'raw',
      keyFormat,
      'the prefix of another kind of key',
      { script: find('message').script?.replace('ed25519', 'secp256k1') },
    ],
    answer('other-recipient', signature, 'another recipient', text.replace('exchange', 'elsewhere')),
    answer('other-nonce', signature, 'another nonce', text.replace('|AAE', '|BAE')),
    answer(
      'with-callback',
      signature,
      'a callback that was not signed',
      text.replace('||', '|https://exchange.example|'),
    ),
    answer('no-recipient', format, 'no recipient', text.replace('exchange.example', '')),
    answer('short-nonce', format, 'a nonce of 31 bytes', text.replace('Hh8=', 'Hg==')),
    answer('unknown-form', format, 'a form that nobody knows', text.replace('nep413', 'nep314')),
    answer('field-more', format, 'a field more', `${text}|`),
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function algorandRows(find) {
  const base = 'raw-without-key';
  const several = 'several-keys';
  const text = find(base).address;
  const { script = '', signatures } = find(several);
  const [, , one, two] = script.split('|');
  const of = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {Partial<import('./wallet-verdict.js').WalletCase>} */ changes,
  ) => /** @type {WalletLie} */ ([`several-${id}`, several, expected, comment, changes]);
  return [
    ...keyAddressLies(find, 'message'),
    ['address-lower-case', base, address, 'letters in lower case', { address: text.toLowerCase() }],
    [
      'address-letter',
      base,
      'failed W3 address-checksum',
      'a letter is another one',
      { address: changedLetter(text, 20).toUpperCase() },
    ],
    of('one-signature', 'failed W6 threshold', 'one signature of two', { signatures: signatures.slice(0, 1) }),
    of('one-twice', signature, "one member's signature twice", {
      signatures: [signatures[0], signatures[0]],
    }),
    of('swapped', signature, 'signatures in the other order', { signatures: [signatures[1], signatures[0]] }),
    of('of-stranger', signature, 'a signature of another message', {
      signatures: [signatures[0], signatures[1].replace(/^../, '00')],
    }),
    of('no-signature', 'failed W5 signature-missing', 'no signature', { signatures: [] }),
    of('truncated', format, 'the last byte is missing', { signatures: [signatures[0], signatures[1].slice(0, -2)] }),
    of('other-message', signature, 'another message', { message: 'another' }),
    of('lower-threshold', mismatch, 'a threshold of one', { script: script.replace('|2|', '|1|') }),
    of('threshold-of-0', 'failed W5 script-format', 'a threshold of zero', { script: script.replace('|2|', '|0|') }),
    of('threshold-of-4', 'failed W5 script-format', 'a threshold of four', { script: script.replace('|2|', '|4|') }),
    of('member-twice', 'failed W5 script-format', 'a member twice', { script: `${script}|${one}` }),
    of('members-swapped', mismatch, 'two members in the other order', {
      script: script.replace(`${one}|${two}`, `${two}|${one}`),
    }),
    of('no-members', 'failed W5 script-format', 'no members', { script: 'multisig|1' }),
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function multiversxRows(find) {
  const base = 'raw-without-key';
  const text = find(base).address;
  const contract = 'erd1qqqqqqqqqqqqqpgqxwakt2g7u9atsnr03gqcgmhcv38pt7mkd94q6shuwt';
  return [
    ...keyAddressLies(find, 'message'),
    ['address-letter', base, address, 'a letter is another one', { address: changedLetter(text, 20) }],
    [
      'address-of-two-cases',
      base,
      address,
      'letters of both cases',
      { address: text.toUpperCase().replace('ERD', 'erd') },
    ],
    ['address-of-contract', base, 'unsupported W3 address-kind', 'a contract', { address: contract }],
    [
      'address-of-cosmos',
      base,
      'failed W3 address-network',
      'the prefix of another chain',
      { address: 'cosmos1l3e9pgs3mmwuwrh95fecme0s0qtn2880f2jmfe' },
    ],
  ];
}

/** @type {Record<string, (find: FindCase) => WalletLie[]>} */
export const keyedFamilyLies = {
  sui: suiRows,
  ss58: ss58Rows,
  stellar: stellarRows,
  cardano: cardanoRows,
  near: nearRows,
  algorand: algorandRows,
  multiversx: multiversxRows,
};
