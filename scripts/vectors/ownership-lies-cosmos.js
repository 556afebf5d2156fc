// Lies about rows of chains of the Cosmos SDK, of Filecoin and of VeChain (spec §15.2, §15.3, §15.12).
import { rsvLies, withLastLetter } from './ownership-changes.js';
import { basePoint, format, keyFormat, mismatch, recoverableRows, signature } from './recoverable-lies.js';

/** @typedef {import('./ownership-cases.js').WalletLie} WalletLie */
/** @typedef {import('./ownership-cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function cosmosRows(find) {
  const base = 'adr36';
  const { address, signatures, script = '' } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  const multisig = find('multisig');
  const [third, first] = multisig.signatures;
  const members = multisig.script ?? '';
  const raw = Buffer.from(text, 'base64').toString('hex');
  const high = rsvLies(`0x${raw}1b`)['s-in-upper-half'].slice(2, 130);
  const sameHash = find('osmosis').address;
  return [
    ...recoverableRows(find, 'raw-ecdsa', other.address).map(
      ([id, ...rest]) => /** @type {WalletLie} */ ([`raw-${id}`, ...rest]),
    ),
    ['other-message', base, signature, 'another message', { message: 'another' }],
    ['other-key', base, signature, "another account's key", { script: other.script }],
    [
      'other-address',
      base,
      signature,
      'another address, which the sign document names not',
      { address: other.address },
    ],
    ['other-signature', base, signature, "another account's signature", { signatures: other.signatures }],
    ['s-in-upper-half', base, signature, 's in the upper half', { signatures: [high] }],
    ['truncated', base, format, 'the last letters are missing', { signatures: [text.slice(0, -4)] }],
    ['unpadded', base, format, 'Base64 without its padding', { signatures: [text.replace(/=+$/, '')] }],
    ['lengthened', base, format, 'a byte after the signature, in hexadecimal', { signatures: [`${raw}02`] }],
    ['no-key', base, 'failed W5 key-missing', 'the column of scripts is empty', { script: '' }],
    ['key-truncated', base, keyFormat, 'the key less a byte', { script: script.slice(0, -4) }],
    ['same-hash-elsewhere', base, 'failed W3 address-network', 'the account on another chain', { address: sameHash }],
    [
      'validator-of-same-hash',
      base,
      'unsupported W3 address-kind',
      'the validator of the account',
      { address: 'cosmosvaloper1l3e9pgs3mmwuwrh95fecme0s0qtn2880v7xw92' },
    ],
    [
      'contract',
      'raw-ecdsa',
      'unproven W7 account-unproven',
      'an address of 32 bytes, which no key makes',
      { address: 'cosmos1qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurs79d55s' },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'q', 'p') },
    ],
    ['address-mixed-case', base, 'failed W3 address', 'one letter in upper case', { address: `C${address.slice(1)}` }],
    ['two-owners-beside-key', base, 'unsupported W5 signature-form', 'two owners', { owners: [address, address] }],
    ['threshold', 'multisig', 'failed W6 threshold', 'one signature of two', { signatures: [first] }],
    ['repeated-key', 'multisig', 'failed W6 repeated-key', 'one member twice', { signatures: [first, first] }],
    ['no-member', 'multisig', signature, 'a signature by nobody', { signatures: [first, text] }],
    ['members-other-message', 'multisig', signature, 'another message', { message: 'another' }],
    ['members-other-address', 'multisig-raw', signature, "the address of one member's key alone", { address }],
    [
      'members-threshold-of-one',
      'multisig-raw',
      mismatch,
      'the threshold in the column changed to 1',
      { script: (find('multisig-raw').script ?? '').replace('22c1f7e20802', '22c1f7e20801') },
    ],
    [
      'members-threshold-of-0',
      'multisig',
      'failed W5 script-format',
      'a threshold of 0',
      { script: members.replace('22c1f7e20802', '22c1f7e20800'), signatures: [third, first] },
    ],
    [
      'members-truncated',
      'multisig',
      'failed W5 script-format',
      'the last byte is missing',
      { script: members.slice(0, -2) },
    ],
    [
      'members-twice',
      'multisig',
      'failed W5 script-format',
      'the first member in place of the second',
      { script: members.slice(0, 12 + 80) + members.slice(12, 12 + 80) + members.slice(12 + 160) },
    ],
    ['members-without-signature', 'multisig', 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['injective-other-key', 'injective', signature, "another account's key", { script: other.script }],
    ['injective-other-message', 'injective', signature, 'another message', { message: 'another' }],
    ['ethereum-key-as-cosmos', 'ethereum-key', 'failed W3 address-network', 'on a chain with other keys', { address }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
export function filecoinRows(find) {
  const base = 'published-raw-ecdsa';
  const { address } = find(base);
  const account = find('bytes');
  const other = find('other-account');
  const bls = find('bls');
  const [blsText] = bls.signatures;
  const actor = 'unproven W7 account-unproven';
  const delegated = find('delegated');
  return [
    ...recoverableRows(find, base, other.address),
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

/** @param {FindCase} find @returns {WalletLie[]} */
export function vechainRows(find) {
  const base = 'certificate';
  const { address, signatures } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  /** @param {string} from @param {string} to */
  const changed = (from, to) => ({ signatures: [text.replace(from, to)] });
  return [
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-key', base, mismatch, "another account's certificate", { signatures: other.signatures }],
    ['other-address', base, mismatch, "another account's address", { address: other.address }],
    ['other-purpose', base, mismatch, 'another purpose', changed('agreement', 'identification')],
    ['other-domain', base, mismatch, 'another domain', changed('exchange.example', 'elsewhere.example')],
    ['other-time', base, mismatch, 'another time', changed('1764000000', '1764000001')],
    ['unknown-purpose', base, format, 'a purpose that is none', changed('agreement', 'greeting')],
    ['no-domain', base, format, 'an empty domain', changed('exchange.example', '')],
    ['leading-zero', base, format, 'a time with a leading zero', changed('1764', '01764')],
    ['truncated', base, format, 'the last two bytes are missing', { signatures: [text.slice(0, -4)] }],
    ['lengthened', base, format, 'a byte after the signature', { signatures: [`${text}00`] }],
    [
      'without-fields',
      base,
      mismatch,
      'the signature without the certificate',
      { signatures: [text.slice(text.lastIndexOf('|') + 1)] },
    ],
    ['raw-other-message', 'raw-ecdsa', mismatch, 'another message', { message: 'another' }],
    ['owner', base, format, 'an owner beside a certificate', { owners: [address] }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-certificates', base, 'failed W5 signature-count', 'the certificate twice', { signatures: [text, text] }],
  ];
}
