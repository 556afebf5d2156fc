// Lies about rows of Bitcoin's family (spec §13.6).
import { fromBase64, toBase64, withFirstByte, withLastLetter, withOtherHalf } from './changes.js';
import { basePoint } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
function addressLies(find) {
  const base = 'bip-137-p2pkh';
  const { address } = find(base);
  const native = find('bip-137-p2wpkh').address;
  const cash = find('published-bchn-multisig-9');
  return [
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'A', 'B') },
    ],
    [
      'address-letter',
      base,
      'failed W3 address',
      'a letter that Base58 does not have',
      { address: `${address.slice(0, -1)}0` },
    ],
    ['address-with-space', base, 'failed W3 address', 'a space after the address', { address: `${address} ` }],
    [
      'address-of-dogecoin',
      base,
      'failed W3 address-network',
      'an address of Dogecoin',
      { address: find('dogecoin-uncompressed').address },
    ],
    ['network-of-other', base, 'failed W3 address-network', 'the row says Dogecoin', { coin: 'DOGE' }],
    [
      'segwit-of-litecoin',
      'bip-137-p2wpkh',
      'failed W3 address-network',
      'an address of Litecoin',
      { address: find('published-ltc-multisig-7').address },
    ],
    [
      'segwit-mixed-case',
      'bip-137-p2wpkh',
      'failed W3 address',
      'one letter in upper case',
      { address: native.slice(0, -1) + native.slice(-1).toUpperCase() },
    ],
    [
      'segwit-checksum',
      'bip-137-p2wpkh',
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(native, 'q', 'p') },
    ],
    // BIP-350, test vectors: a later version, and a version 0 with the checksum of Bech32m.
    [
      'segwit-version-2',
      'bip-137-p2wpkh',
      'unsupported W3 address-kind',
      'an address of version 2 of segwit, of BIP-350',
      { address: 'bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs' },
    ],
    [
      'segwit-bech32m',
      'bip-137-p2wpkh',
      'failed W3 address-checksum',
      'version 0 with the checksum of Bech32m, of BIP-350',
      { address: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh' },
    ],
    [
      'segwit-bech32',
      'bip-137-p2wpkh',
      'failed W3 address-checksum',
      'version 1 with the checksum of Bech32, of BIP-350',
      { address: 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd' },
    ],
    [
      'shielded-address',
      'zcash-compressed',
      'unsupported W3 address-kind',
      'a shielded address of Zcash',
      { address: 'zs1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0jqgfzyvjz2f389q5j5ctfvp5' },
    ],
    [
      'cash-address-of-other-prefix',
      cash.id,
      'failed W3 address-network',
      'an address of the test network',
      { address: 'bchtest:pr6m7j9njldwwzlg9v7v53unlr4jkmx6eyvwc0uz5t' },
    ],
    [
      'cash-address-checksum',
      cash.id,
      'failed W3 address-checksum',
      'the last letter of an address of the specification is another one',
      { address: 'bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pp' },
    ],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function signedMessageLies(find) {
  const base = 'bip-137-p2pkh';
  const [text] = find(base).signatures;
  const change = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {string} */ signature,
  ) => /** @type {WalletLie} */ ([id, base, expected, comment, { signatures: [signature] }]);
  const bytes = fromBase64(text);
  const replaced = (/** @type {Uint8Array} */ tail) => toBase64(Uint8Array.of(bytes[0], ...tail));
  return [
    [
      'other-message',
      base,
      'failed W7 address-mismatch',
      'a letter more in the message',
      { message: `${find(base).message}.` },
    ],
    [
      'other-address',
      base,
      'failed W7 address-mismatch',
      "another key's address",
      { address: find('wallet-0').address },
    ],
    [
      'other-key',
      base,
      'failed W7 address-mismatch',
      "another key's signature",
      { signatures: find('bitcoin-compressed').signatures },
    ],
    change(
      'wrong-recovery-id',
      'failed W7 address-mismatch',
      'the other parity',
      withFirstByte(text, (distance) => distance ^ 1),
    ),
    change(
      'uncompressed',
      'failed W7 address-mismatch',
      'the first byte of uncompressed keys',
      withFirstByte(text, (distance) => distance ^ 4),
    ),
    change(
      'first-byte-of-p2wpkh',
      'failed W7 address-mismatch',
      'the first byte of P2WPKH',
      withFirstByte(text, (distance) => distance + 8),
    ),
    change(
      'first-byte-26',
      'failed W5 signature-format',
      'the byte before the first that is allowed',
      withFirstByte(text, () => -1),
    ),
    change(
      'first-byte-43',
      'failed W5 signature-format',
      'the byte after the last that is allowed',
      withFirstByte(text, () => 16),
    ),
    change('truncated', 'failed W5 signature-format', 'the last byte is missing', toBase64(bytes.subarray(0, -1))),
    change('without-padding', 'failed W5 signature-format', 'Base64 without its padding', text.replace(/=+$/, '')),
    change(
      'unused-bits',
      'failed W5 signature-format',
      'one of the bits that Base64 does not use is 1',
      text.replace(/.=$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=`),
    ),
    change('line-end', 'failed W5 signature-format', 'a line end after the signature', `${text}\n`),
    change('zeros', 'failed W6 signature', 'r and s are 0', replaced(new Uint8Array(64))),
    change(
      'no-point',
      'failed W6 signature',
      'recovery id 2: no point has such an x',
      withFirstByte(text, (distance) => distance + 2),
    ),
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
    [
      'same-hash-p2sh',
      'bip-137-p2sh-p2wpkh',
      'failed W7 address-mismatch',
      'the first byte of P2WPKH beside P2SH',
      { signatures: find('bip-137-p2wpkh').signatures },
    ],
    [
      'taproot',
      base,
      'unsupported W5 signature-form',
      'a taproot address, for which this form has no rule',
      { address: 'bc1p33wm0auhr9kkahzd6l0kqj85af4cswn276hsxg6zpz85xe2r0y8syx4e5t' },
    ],
    [
      'no-segwit',
      'bip-137-p2sh-p2wpkh',
      'failed W5 script-missing',
      'a network without segwit: anybody spends such an address',
      { coin: 'BCH' },
    ],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function keyColumnLies(find) {
  const base = 'bip-137-p2pkh';
  const nested = 'bip-137-p2sh-p2wpkh';
  return [
    [
      'other-key-in-column',
      base,
      'failed W7 address-mismatch',
      'another public key in the column of scripts',
      { script: basePoint },
    ],
    [
      'other-key-in-column-of-p2sh',
      nested,
      'failed W7 address-mismatch',
      'another public key in the column of scripts',
      { script: basePoint },
    ],
    [
      'other-program-in-column',
      nested,
      'failed W7 address-mismatch',
      'another witness program in the column of scripts',
      { script: `0014${'11'.repeat(20)}` },
    ],
    [
      'script-beside-p2pkh',
      base,
      'failed W5 key-format',
      'a script beside an address of one key',
      { script: '5151ae' },
    ],
    [
      'key-off-the-curve',
      base,
      'failed W5 key-format',
      'an x that no point has',
      { script: `02${'5'.padStart(64, '0')}` },
    ],
    ['column-not-hexadecimal', base, 'failed W5 script-format', 'letters that are no digits', { script: 'key' }],
    [
      'raw-truncated',
      'raw-ecdsa',
      'failed W5 signature-format',
      'the last byte is missing',
      { signatures: [find('raw-ecdsa').signatures[0].slice(0, -2)] },
    ],
    [
      'raw-v-of-29',
      'raw-ecdsa',
      'failed W5 signature-format',
      'V of 29',
      { signatures: [`${find('raw-ecdsa').signatures[0].slice(0, -2)}1d`] },
    ],
    ['raw-other-message', 'raw-ecdsa', 'failed W7 address-mismatch', 'another message', { message: 'another' }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function multisigLies(find) {
  const base = 'published-btc-multisig-1';
  const { signatures, script = '' } = find(base);
  const [first] = signatures;
  const keys = /** @type {string[]} */ (/^52(21.{66})(21.{66})(21.{66})53ae$/.exec(script)).slice(1);
  const signed = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {string[]} */ list,
  ) => /** @type {WalletLie} */ ([id, base, expected, comment, { signatures: list }]);
  const scripted = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {string} */ text,
  ) => /** @type {WalletLie} */ ([id, base, expected, comment, { script: text }]);
  const format = 'failed W5 script-format';
  return [
    signed('one-of-two', 'failed W6 threshold', 'one signature where the script asks for two', [first]),
    signed('one-twice', 'failed W6 repeated-key', 'one signature twice', [first, first]),
    signed(
      'one-in-two-halves',
      'failed W6 repeated-key',
      'a signature, and the same with s on the other half of the order',
      [first, withOtherHalf(first)],
    ),
    signed('multisig-none', 'failed W5 signature-missing', 'no signature', []),
    signed('multisig-null', 'failed W5 signature-format', 'a text that is none', [first, 'null']),
    signed('multisig-foreign', 'failed W6 signature', 'the second signature is by a key that is not in the script', [
      first,
      find('bip-137-p2pkh').signatures[0],
    ]),
    ['multisig-other-message', base, 'failed W6 signature', 'another message', { message: 'I am an OKX address.' }],
    [
      'multisig-other-address',
      base,
      'failed W7 address-mismatch',
      "another script's address",
      { address: find('bip-137-p2sh-p2wpkh').address },
    ],
    scripted(
      'lower-threshold',
      'failed W7 address-mismatch',
      'a script that asks for one signature',
      `51${script.slice(2)}`,
    ),
    scripted(
      'swapped-keys',
      'failed W7 address-mismatch',
      'the same keys in another order',
      `52${keys[1]}${keys[0]}${keys[2]}53ae`,
    ),
    scripted('repeated-key-in-script', format, 'one key twice in the script', `52${keys[0]}${keys[0]}${keys[1]}53ae`),
    scripted('threshold-above-keys', format, 'four of three', `54${keys.join('')}53ae`),
    scripted('threshold-of-0', format, 'none of three', `00${keys.join('')}53ae`),
    scripted('without-threshold', format, 'the first byte is missing', script.slice(2)),
    scripted('without-check', 'unsupported W5 script-kind', 'the last byte is missing', script.slice(0, -2)),
    scripted('other-end', 'unsupported W5 script-kind', 'another operation at the end', `${script}ac`),
    scripted('twice-checked', format, 'the last operation twice', `${script}ae`),
    [
      'p2wsh-without-script',
      'published-btc-multisig-2',
      'failed W5 script-missing',
      'an address of a script, and none in the column',
      { script: '' },
    ],
    [
      'witness-script-with-long-key',
      'p2sh-p2wsh-2-of-3',
      'failed W7 address-mismatch',
      'on a chain without segwit',
      { coin: 'BCH' },
    ],
    [
      'key-off-the-curve-in-script',
      'p2sh-of-uncompressed-key',
      format,
      'a point that is not on the curve',
      { script: flipDigit(find('p2sh-of-uncompressed-key').script ?? '', 100) },
    ],
  ];
}

/** @param {string} text @param {number} at */
const flipDigit = (text, at) =>
  text.slice(0, at) + (Number.parseInt(text[at], 16) ^ 1).toString(16) + text.slice(at + 1);

/**
 * Chains whose addresses are spelled alike, and differ in the header of what is signed.
 * @param {FindCase} find
 * @returns {WalletLie[]}
 */
function forkLies(find) {
  const other = find('pivx-compressed');
  const comment = "the same key's signature of the same message on PIVX, whose addresses are the same";
  return [
    [
      'verge-header-of-pivx',
      'verge-compressed',
      'failed W7 address-mismatch',
      comment,
      { signatures: other.signatures },
    ],
    [
      'verge-segwit',
      'verge-compressed',
      'unsupported W3 address-kind',
      'an address of segwit, which has no rule on this chain',
      { address: 'vg1qqurswpc8qurswpc8qurswpc8qurswpc8a0zknp' },
    ],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
export function bitcoinLies(find) {
  return [
    ...addressLies(find),
    ...signedMessageLies(find),
    ...keyColumnLies(find),
    ...multisigLies(find),
    ...forkLies(find),
  ];
}
