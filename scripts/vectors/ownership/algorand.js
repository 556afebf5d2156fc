// Lies about rows of Algorand (spec §16.6).
import { changedLetter } from './changes.js';
import { format, keyAddressLies, mismatch, noAddress, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function algorandLies(find) {
  const base = 'raw-without-key';
  const several = 'several-keys';
  const text = find(base).address;
  const { script = '', signatures } = find(several);
  const [, , one, two] = script.split('|');
  const of = (
    /** @type {string} */ id,
    /** @type {string} */ expected,
    /** @type {string} */ comment,
    /** @type {Partial<import('../wallet-verdict.js').WalletCase>} */ changes,
  ) => /** @type {WalletLie} */ ([`several-${id}`, several, expected, comment, changes]);
  return [
    ...keyAddressLies(find, 'message'),
    ['address-lower-case', base, noAddress, 'letters in lower case', { address: text.toLowerCase() }],
    [
      'address-letter',
      base,
      'failed W3 address-checksum',
      'a letter is another one',
      { address: changedLetter(text).toUpperCase() },
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
