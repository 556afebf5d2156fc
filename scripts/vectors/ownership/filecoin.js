// Lies about rows of Filecoin (spec §15.3).
import { withLastLetter } from './changes.js';
import { basePoint, format, keyFormat, mismatch, recoverableLies, signature } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function filecoinLies(find) {
  const base = 'published-raw-ecdsa';
  const { address } = find(base);
  const account = find('bytes');
  const other = find('other-account');
  const bls = find('bls');
  const [blsText] = bls.signatures;
  const actor = 'unproven W7 account-unproven';
  const delegated = find('delegated');
  return [
    ...recoverableLies(find, base, other.address),
    ['bytes-other-key', 'bytes', mismatch, "another account's signature", { signatures: other.signatures }],
    ['bytes-other-message', 'bytes', mismatch, 'another message', { message: 'another' }],
    [
      'lotus-other-kind',
      'bytes-of-lotus',
      format,
      'the kind of BLS before a signature of secp256k1',
      { signatures: find('bytes-of-lotus').signatures.map((text) => text.replace(/^01/, '02')) },
    ],
    ['lotus-other-key-in-column', 'bytes-of-lotus', signature, 'a key that did not sign', { script: basePoint }],
    ['number', 'bytes', actor, 'an address by number', { address: 'f0123456' }],
    ['number-with-zero', 'bytes', 'failed W3 address', 'a number with a leading zero', { address: 'f00123' }],
    ['actor', 'bytes', actor, 'an actor', { address: 'f2a4dqobyha4dqobyha4dqobyha4dqobyhjladmny' }],
    [
      'evm-account-here',
      'bytes',
      'failed W3 address-network',
      'an account of the EVM, which is another network',
      { address: delegated.address },
    ],
    [
      'other-namespace',
      'bytes',
      'unsupported W3 address-kind',
      'a delegated address of another actor',
      { address: delegated.address.replace('f410f', 'f432f') },
    ],
    ['evm-other-message', 'delegated', mismatch, 'another message', { message: 'another' }],
    [
      'evm-checksum',
      'delegated',
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(delegated.address, 'i', 'q') },
    ],
    ['bls-other-message', 'bls', signature, 'another message', { message: 'another' }],
    ['bls-other-key', 'bls', signature, "another account's signature", { signatures: find('other-bls').signatures }],
    ['bls-other-address', 'bls', signature, "another account's address", { address: find('other-bls').address }],
    ['bls-truncated', 'bls', format, 'the last byte is missing', { signatures: [blsText.slice(0, -2)] }],
    ['bls-lengthened', 'bls', format, 'a byte after the signature', { signatures: [`${blsText}00`] }],
    ['bls-identity', 'bls', format, 'the identity as signature', { signatures: [`c0${'00'.repeat(95)}`] }],
    ['bls-key-in-column', 'bls', keyFormat, 'a key in the column of scripts', { script: basePoint }],
    ['bls-owner', 'bls', 'unsupported W5 signature-form', 'an owner', { owners: [account.address] }],
    ['bls-signature-of-secp256k1', 'bls', format, 'a signature of secp256k1', { signatures: account.signatures }],
    [
      'other-network',
      base,
      'failed W3 address-network',
      'the same account on a test network',
      { address: `t${address.slice(1)}` },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'a letter in the middle is another one',
      { address: address.slice(0, 20) + (address[20] === 'a' ? 'b' : 'a') + address.slice(21) },
    ],
    ['address-upper-case', base, 'failed W3 address', 'in upper case', { address: address.toUpperCase() }],
    ['address-truncated', base, 'failed W3 address', 'the last letter is missing', { address: address.slice(0, -1) }],
    ['address-protocol', base, 'failed W3 address', 'a protocol that is none', { address: `f5${address.slice(2)}` }],
    [
      'actor-of-same-hash',
      base,
      'failed W3 address-checksum',
      "an actor's protocol over the same hash",
      { address: `f2${address.slice(2)}` },
    ],
  ];
}
