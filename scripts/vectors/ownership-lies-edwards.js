// Lies about rows of networks that sign with Ed25519 too (spec §13.9 to §13.12).
import { rsvLies, withLargeS, withLastLetter, withOtherHalfInDer } from './ownership-changes.js';

/** @typedef {import('./ownership-cases.js').WalletLie} WalletLie */
/** @typedef {import('./ownership-cases.js').FindCase} FindCase */

const mismatch = 'failed W7 address-mismatch';
const format = 'failed W5 signature-format';
const signature = 'failed W6 signature';
const keyFormat = 'failed W5 key-format';
/** The point 1 of edwards25519, of order 1: a key under which anybody makes signatures. */
const smallOrder = `01${'00'.repeat(31)}`;

/**
 * What every row of one signature in hexadecimal is refused for.
 * @param {FindCase} find
 * @param {string} base
 * @returns {WalletLie[]}
 */
function rowsOfEd25519(find, base) {
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

/** @param {FindCase} find @returns {WalletLie[]} */
function solanaRows(find) {
  const base = 'raw';
  const { address } = find(base);
  const other = find('other-account');
  const token = find('token-account');
  const foreign = find('token-account-of-other').address;
  return [
    ...rowsOfEd25519(find, base),
    ['other-key', base, signature, "another account's signature", { signatures: other.signatures }],
    ['other-address', base, signature, "another account's address", { address: other.address }],
    ['other-address-beside-key', 'published-raw', mismatch, "another account's address beside the key", { address }],
    [
      'base64-without-padding',
      'raw-in-base64',
      format,
      'Base64 without its padding',
      { signatures: [find('raw-in-base64').signatures[0].replace(/=+$/, '')] },
    ],
    ['key-of-small-order', base, keyFormat, 'a key of small order in the column of scripts', { script: smallOrder }],
    [
      'address-of-small-order',
      base,
      keyFormat,
      'an address of small order',
      { address: '4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM' },
    ],
    [
      'key-truncated',
      'published-raw',
      keyFormat,
      'the last byte of the key is missing',
      { script: (find('published-raw').script ?? '').slice(0, -2) },
    ],
    ['token-account-without-key', token.id, 'failed W5 key-missing', 'a derived address, and no key', { script: '' }],
    [
      'token-account-of-other',
      token.id,
      'unproven W7 owner-unproven',
      "another owner's token account",
      { address: foreign },
    ],
    [
      'token-account-as-key',
      token.id,
      keyFormat,
      'a derived address in the column of scripts',
      { script: token.address },
    ],
    [
      'owner-no-address',
      base,
      'failed W5 owner-format',
      'an owner whose address does not decode',
      { owners: ['nobody'] },
    ],
    [
      'owner-and-other-key',
      token.id,
      keyFormat,
      'an owner who is not the key in the column',
      { owners: [other.address] },
    ],
    ['address-with-owner', base, signature, 'an owner who has not signed', { owners: [other.address] }],
    [
      'owners-with-one-signature',
      base,
      'failed W5 signature-missing',
      'one signature for two owners',
      { owners: [address, other.address] },
    ],
    [
      'off-chain-message-for-other',
      'off-chain-v1',
      signature,
      'another address, which the message names not',
      { address: other.address },
    ],
    ['address-31-bytes', base, 'failed W3 address', 'an address of 31 bytes', { address: address.slice(0, -2) }],
    [
      'address-letter',
      base,
      'failed W3 address',
      'a letter that Base58 does not have',
      { address: `${address.slice(0, -1)}0` },
    ],
  ];
}

/** As TON Connect's documentation computes it, by `@ton/crypto` with the key of `wallet-v4r2` over its message. */
const proof =
  'ton_proof|exchange.example|1764000000|' +
  'stjhJVO08hUgVc5K9Ng2oDgexay9AIXNDgqbK+5Y2vVZTq2Goe3IHOpFJSlZ3T3olDOPKepJrMqJncaOmmaHCQ==';

/** @param {FindCase} find @returns {WalletLie[]} */
function tonRows(find) {
  const base = 'wallet-v4r2';
  const { address, script = '', signatures } = find(base);
  const other = find('other-wallet');
  const [data] = find('sign-data').signatures;
  const init = find('state-init-usual');
  const initBytes = Buffer.from(init.script ?? '', 'base64');
  const changedInit = Buffer.from(initBytes);
  changedInit[changedInit.length - 20] ^= 1;
  return [
    ...rowsOfEd25519(find, base),
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

/** @param {FindCase} find @returns {WalletLie[]} */
function xrpRows(find) {
  const base = 'ecdsa';
  const { address, script, signatures } = find(base);
  const [text] = signatures;
  const otherKey = '0279BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798';
  const edwards = find('ed25519');
  const raw = rsvLies(find('raw-ecdsa').signatures[0]);
  return [
    ...rowsOfEd25519(find, 'ed25519').map(([id, ...rest]) => /** @type {WalletLie} */ ([`ed25519-${id}`, ...rest])),
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

/** @param {FindCase} find @returns {WalletLie[]} */
function aptosRows(find) {
  const base = 'raw';
  const { address, script = '' } = find(base);
  const other = find('other-account');
  const several = 'several-keys';
  const keys = find(several).script ?? '';
  const [, one, two] = /^(.{128})(.{128})/.exec(find(several).signatures[0]) ?? [];
  const all = 'message-with-all-fields';
  const [full] = find(all).signatures;
  return [
    ...rowsOfEd25519(find, base),
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

/** @type {Record<string, (find: FindCase) => WalletLie[]>} */
export const edwardsLies = { solana: solanaRows, ton: tonRows, xrp: xrpRows, aptos: aptosRows };
