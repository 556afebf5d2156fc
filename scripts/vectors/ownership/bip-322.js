// Lies about signatures of BIP-322 (spec §13.6).
import { bytesToHex } from '@solvent/commitment/bytes';
import { fromBase64, toBase64 } from './changes.js';
import { basePoint } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function bip322Lies(find) {
  const one = 'simple-p2wpkh';
  const many = 'simple-p2wsh-2-of-3';
  const full = 'full-p2sh-2-of-3';
  const stack = (/** @type {string} */ id) => stackOf(fromBase64(find(id).signatures[0].slice(3)));
  const [signature, key] = stack(one);
  const [empty, first, second, script] = stack(many);
  const withStack = (
    /** @type {string} */ id,
    /** @type {string} */ base,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {Uint8Array[]} */ items,
  ) => /** @type {WalletLie} */ ([id, base, expected, comment, { signatures: [stackText(items)] }]);
  const fullBytes = fromBase64(find(full).signatures[0].slice(3));
  const format = 'failed W5 signature-format';
  const funds = `${'aa'.repeat(36)}0000000000`;
  return [
    ['other-message', one, 'failed W6 signature', 'another message', { message: 'another' }],
    ['other-message-of-script', many, 'failed W6 signature', 'another message', { message: 'another' }],
    ['other-message-of-taproot', 'simple-p2tr', 'failed W6 signature', 'another message', { message: 'another' }],
    [
      'other-message-of-full',
      full,
      'failed W6 signature',
      'another message: the transaction spends another one',
      { message: 'another' },
    ],
    [
      'two-signatures',
      one,
      'failed W5 signature-count',
      'the signature twice',
      { signatures: [...find(one).signatures, ...find(one).signatures] },
    ],
    ['no-rule-on-network', 'full-p2pkh', 'unsupported W5 signature-form', 'a network without BIP-322', { coin: 'BSV' }],
    withStack('without-hash-type', one, format, 'the signature has no hash type', [signature.subarray(0, -1), key]),
    withStack('hash-type-none', one, format, 'the hash type signs no output', [
      Uint8Array.of(...signature.subarray(0, -1), 2),
      key,
    ]),
    withStack('key-off-the-curve', one, 'failed W5 key-format', 'an x that no point has', [
      signature,
      new Uint8Array(33).fill(5),
    ]),
    withStack('other-key', one, 'failed W6 signature', "another key's public key", [
      signature,
      Uint8Array.from(Buffer.from(basePoint, 'hex')),
    ]),
    withStack('third-item', one, format, 'an item more', [signature, key, key]),
    withStack('threshold', many, 'failed W6 threshold', 'one signature where the script asks for two', [
      empty,
      first,
      script,
    ]),
    withStack('twice', many, 'failed W6 signature', 'one signature twice', [empty, first, first, script]),
    withStack('later-key-first', many, 'failed W6 signature', 'the signatures in the other order', [
      empty,
      second,
      first,
      script,
    ]),
    withStack('three-signatures', many, format, 'one signature more than the script asks for', [
      empty,
      first,
      second,
      second,
      script,
    ]),
    withStack('filled-item', many, format, 'the first item is not empty', [Uint8Array.of(1), first, second, script]),
    withStack('other-script', many, 'failed W6 signature', 'the first two keys in the other order', [
      empty,
      first,
      second,
      swapKeys(script),
    ]),
    withStack('script-of-other-kind', many, 'unsupported W5 script-kind', 'a script that ends in another operation', [
      empty,
      first,
      second,
      Uint8Array.of(...script, 0xac),
    ]),
    [
      'truncated',
      full,
      format,
      'the last byte is missing',
      { signatures: [`ful${toBase64(fullBytes.subarray(0, -1))}`] },
    ],
    [
      'lengthened',
      full,
      format,
      'a byte after the end',
      { signatures: [`ful${toBase64(Uint8Array.of(...fullBytes, 0))}`] },
    ],
    [
      'version-1',
      full,
      'unsupported W5 signature-form',
      'a transaction of version 1',
      { signatures: [`ful${toBase64(Uint8Array.of(1, ...fullBytes.subarray(1)))}`] },
    ],
    [
      'proof-of-funds',
      one,
      'unsupported W5 signature-form',
      'a transaction of two inputs',
      { signatures: [toBase64(Buffer.from(`0000000002${funds}${funds}010000000000000000016a00000000`, 'hex'))] },
    ],
    [
      'partially-signed',
      one,
      'unsupported W5 signature-form',
      'a proof of funds by its prefix',
      { signatures: [`pof${toBase64(Buffer.from('70736274ff', 'hex'))}`] },
    ],
    [
      'taproot-script-path',
      'simple-p2tr',
      'unsupported W5 signature-form',
      'a stack of two items',
      { signatures: [stackText([...stack('simple-p2tr'), Uint8Array.of(1)])] },
    ],
    [
      'stack-under-other-prefix',
      one,
      format,
      'a stack under the prefix of transactions',
      { signatures: [find(one).signatures[0].replace('smp', 'ful')] },
    ],
  ];
}

/**
 * The items of a witness stack, each below 253 bytes.
 * @param {Uint8Array} bytes
 */
function stackOf(bytes) {
  const items = [];
  for (let at = 1; at < bytes.length; at += 1 + bytes[at]) items.push(bytes.subarray(at + 1, at + 1 + bytes[at]));
  return items;
}

/** @param {readonly Uint8Array[]} items */
const stackText = (items) =>
  `smp${toBase64(Uint8Array.of(items.length, ...items.flatMap((item) => [item.length, ...item])))}`;

/** @param {Uint8Array} script */
function swapKeys(script) {
  const hex = bytesToHex(script);
  return Uint8Array.from(Buffer.from(hex.slice(0, 2) + hex.slice(70, 138) + hex.slice(2, 70) + hex.slice(138), 'hex'));
}
