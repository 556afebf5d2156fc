// Lies about rows of chains whose accounts are hashes of keys of secp256k1 (spec §15).
import { rsvLies, withLastLetter, withOtherParity, withoutPoint } from './ownership-changes.js';

/** @typedef {import('./ownership-cases.js').WalletLie} WalletLie */
/** @typedef {import('./ownership-cases.js').FindCase} FindCase */

const mismatch = 'failed W7 address-mismatch';
const format = 'failed W5 signature-format';
const signature = 'failed W6 signature';
const keyFormat = 'failed W5 key-format';
/** The base point of secp256k1, compressed. */
const basePoint = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';

/**
 * What a row with R ‖ S ‖ V and nothing in the column of scripts is refused for.
 * @param {FindCase} find
 * @param {string} base
 * @param {string} other address of the same chain
 * @returns {WalletLie[]}
 */
function recoverableRows(find, base, other) {
  const { signatures } = find(base);
  const [text] = signatures;
  const lies = rsvLies(text);
  /** @param {keyof typeof lies} name @param {string} expected @param {string} comment @returns {WalletLie} */
  const rsv = (name, expected, comment) => [name, base, expected, comment, { signatures: [lies[name]] }];
  return [
    rsv('truncated', format, 'the last bytes of the signature are missing'),
    rsv('lengthened', format, 'a byte after the signature'),
    rsv('half-a-byte', format, 'the last digit is missing'),
    rsv('v-of-29', format, 'V of 29'),
    rsv('v-of-2', format, 'V of 2'),
    rsv('s-in-upper-half', signature, 's in the upper half of the order, with the other parity'),
    rsv('r-of-0', signature, 'R of 0'),
    rsv('s-of-0', signature, 'S of 0'),
    rsv('r-of-the-order', signature, 'R of the order'),
    ['r-of-no-point', base, signature, 'R that no point has', { signatures: [withoutPoint(text)] }],
    ['other-parity', base, mismatch, 'the other recovery id', { signatures: [withOtherParity(text)] }],
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-address', base, mismatch, "another account's address", { address: other }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
    ['other-key-in-column', base, signature, 'a key that did not sign in the column of scripts', { script: basePoint }],
    ['no-key-in-column', base, keyFormat, 'an x that no point has', { script: `02${'ff'.repeat(32)}` }],
    ['key-in-column-truncated', base, keyFormat, 'a key of 32 bytes', { script: basePoint.slice(0, -2) }],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the account as owner', { owners: [find(base).address] }],
    ['owner-other', base, mismatch, 'an owner who has not signed', { owners: [other] }],
    ['owner-no-address', base, 'failed W5 owner-format', 'an owner that does not decode', { owners: ['nobody'] }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function cosmosRows(find) {
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
function filecoinRows(find) {
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
function stacksRows(find) {
  const base = 'message';
  const { address, signatures } = find(base);
  const other = find('other-account');
  const multisig = find('multisig');
  const [third, first] = multisig.signatures;
  const script = multisig.script ?? '';
  return [
    ...recoverableRows(find, 'raw-ecdsa', other.address).map(
      ([id, ...rest]) => /** @type {WalletLie} */ ([`raw-${id}`, ...rest]),
    ),
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-key', base, mismatch, "another account's signature", { signatures: other.signatures }],
    ['compressed-for-uncompressed', 'uncompressed', signature, 'a key that did not sign', { script: basePoint }],
    ['contract', base, 'unproven W7 account-unproven', 'a contract', { address: `${address}.vault-v1` }],
    ['contract-without-name', base, 'failed W3 address', 'a contract without a name', { address: `${address}.` }],
    ['contract-name', base, 'failed W3 address', 'a name that begins with a digit', { address: `${address}.1a` }],
    [
      'other-network',
      base,
      'failed W3 address-network',
      'the same account on the test network',
      { address: 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S' },
    ],
    [
      'script-of-same-hash',
      base,
      'failed W3 address-checksum',
      "a script's version over the same hash",
      { address: `SM${address.slice(2)}` },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, '4', '5') },
    ],
    ['address-lower-case', base, 'failed W3 address', 'in lower case', { address: address.toLowerCase() }],
    [
      'address-truncated',
      base,
      'failed W3 address',
      'the last two letters are missing',
      { address: address.slice(0, -2) },
    ],
    [
      'address-letter',
      base,
      'failed W3 address',
      'a letter that c32 does not have',
      { address: `${address.slice(0, -1)}U` },
    ],
    ['threshold', 'multisig', 'failed W6 threshold', 'one signature of two', { signatures: [first] }],
    ['repeated-key', 'multisig', 'failed W6 repeated-key', 'one key twice', { signatures: [first, first] }],
    ['no-member', 'multisig-witness', signature, 'another message', { message: 'another' }],
    ['script-missing', 'multisig', 'failed W5 signature-count', 'the column of scripts is empty', { script: '' }],
    ['script-other-threshold', 'multisig', mismatch, 'a script of 1 of 3', { script: `51${script.slice(2)}` }],
    [
      'script-key-twice',
      'multisig',
      'failed W5 script-format',
      'the first key twice',
      { script: `52${script.slice(2, 70)}${script.slice(2, 70)}53ae` },
    ],
    ['script-without-signature', 'multisig', 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    [
      'script-signature-truncated',
      'multisig',
      format,
      'the last byte of the second signature is missing',
      { signatures: [third, first.slice(0, -2)] },
    ],
    [
      'script-s-in-upper-half',
      'multisig',
      signature,
      's of the second signature in the upper half',
      {
        signatures: [third, rsvLies(`${first.slice(0, 128)}${first.endsWith('00') ? '1b' : '1c'}`)['s-in-upper-half']],
      },
    ],
    ['key-for-account', base, signature, 'the other account’s signature beside a key', { script: basePoint }],
    ['signature-of-none', base, signature, 'R that no point has', { signatures: [withoutPoint(signatures[0])] }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function confluxRows(find) {
  const base = 'published-raw-ecdsa';
  const { address } = find(base);
  const personal = find('personal');
  const other = find('other-account');
  return [
    ...recoverableRows(find, base, other.address),
    ['personal-other-message', 'personal', mismatch, 'another message', { message: 'another' }],
    ['personal-other-key', 'personal', mismatch, "another account's signature", { signatures: other.signatures }],
    [
      'contract-of-same-hash',
      'personal',
      'unproven W7 account-unproven',
      'a contract with the same last digits',
      { address: 'cfx:ace8t25069bbhr9h69wg3v2mn1jjr019fjdeazp0ej' },
    ],
    [
      'builtin',
      'personal',
      'unsupported W3 address-kind',
      'an address that is built in',
      { address: 'cfx:aaejuaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2mhjju8k' },
    ],
    [
      'other-network',
      'personal',
      'failed W3 address-network',
      'the same account on the test network',
      { address: 'cfxtest:aap8t25069bbhr9h69wg3v2mn1jjr019fj4k83139v' },
    ],
    [
      'other-kind',
      'verbose-address',
      'failed W3 address',
      'the kind of contracts before an account',
      { address: find('verbose-address').address.replace('USER', 'CONTRACT') },
    ],
    [
      'ethereum-account',
      'old-address',
      'failed W3 address',
      "the key's account of the EVM",
      { address: '0x29e7e376e7c213b7e7e7e46cc70a5dd086daff2a' },
    ],
    [
      'old-address-cases',
      'old-address',
      'failed W3 address-checksum',
      'digits of both cases',
      { address: find('old-address').address.replace('e', 'E') },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, '5', '6') },
    ],
    ['address-mixed-case', base, 'failed W3 address', 'a letter in upper case', { address: address.replace('m', 'M') }],
    ['address-truncated', base, 'failed W3 address', 'the last letter is missing', { address: address.slice(0, -1) }],
    ['address-without-prefix', base, 'failed W3 address', 'without its prefix', { address: address.slice(4) }],
    [
      'address-letter',
      base,
      'failed W3 address-checksum',
      'a letter that it does not have',
      { address: `${address.slice(0, -1)}o` },
    ],
    ['delegate-in-column', 'personal', keyFormat, 'an address in the column of scripts', { script: personal.address }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function iconRows(find) {
  const base = 'base64';
  const { address, signatures } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  return [
    ...recoverableRows(find, 'raw-ecdsa', other.address).map(
      ([id, ...rest]) => /** @type {WalletLie} */ ([`raw-${id}`, ...rest]),
    ),
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-key', base, mismatch, "another account's signature", { signatures: other.signatures }],
    ['truncated', base, format, 'the last letters are missing', { signatures: [text.slice(0, -4)] }],
    ['unpadded', base, format, 'Base64 without its padding', { signatures: [text.replace(/=+$/, '')] }],
    [
      'v-of-2',
      base,
      format,
      'V of 2',
      { signatures: [Buffer.from([...Buffer.from(text, 'base64').subarray(0, 64), 2]).toString('base64')] },
    ],
    [
      'contract',
      base,
      'unproven W7 account-unproven',
      'a contract with the same digits',
      { address: `cx${address.slice(2)}` },
    ],
    ['ethereum-account', base, 'failed W3 address', 'with 0x in place of hx', { address: `0x${address.slice(2)}` }],
    [
      'address-upper-case',
      base,
      'failed W3 address',
      'digits in upper case',
      { address: `hx${address.slice(2).toUpperCase()}` },
    ],
    ['address-truncated', base, 'failed W3 address', 'the last digit is missing', { address: address.slice(0, -1) }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function aelfRows(find) {
  const base = 'published-raw-ecdsa';
  const { address } = find(base);
  const other = find('other-account');
  const named = find('address-with-chain').address;
  return [
    ...recoverableRows(find, base, other.address),
    ['bytes-other-message', 'bytes', mismatch, 'another message', { message: 'another' }],
    ['bytes-other-key', 'bytes', mismatch, "another account's signature", { signatures: other.signatures }],
    [
      'side-chain',
      'address-with-chain',
      'failed W3 address-network',
      'the account on a side chain',
      { address: named.replace('_AELF', '_tDVV') },
    ],
    [
      'other-asset',
      'address-with-chain',
      'failed W3 address',
      'another name before it',
      { address: named.replace('ELF_', 'USD_') },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'X', 'Y') },
    ],
    [
      'address-letter',
      base,
      'failed W3 address',
      'a letter that Base58 does not have',
      { address: `${address.slice(0, -1)}0` },
    ],
    ['address-truncated', base, 'failed W3 address', 'two letters are missing', { address: address.slice(0, -2) }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function decredRows(find) {
  const base = 'message';
  const { address, signatures } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  const bytes = Buffer.from(text, 'base64');
  /** @param {number} first */
  const withFirst = (first) => Buffer.from([first, ...bytes.subarray(1)]).toString('base64');
  return [
    ...recoverableRows(find, 'raw-ecdsa', other.address).map(
      ([id, ...rest]) => /** @type {WalletLie} */ ([`raw-${id}`, ...rest]),
    ),
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-key', base, mismatch, "another account's signature", { signatures: other.signatures }],
    ['other-address', base, mismatch, "another account's address", { address: other.address }],
    ['other-id', base, mismatch, 'the other recovery id', { signatures: [withFirst(31 + ((bytes[0] - 31) ^ 1))] }],
    ['first-byte-too-small', base, format, 'a first byte of 26', { signatures: [withFirst(26)] }],
    ['first-byte-too-large', base, format, 'a first byte of 35', { signatures: [withFirst(35)] }],
    ['truncated', base, format, 'the last letters are missing', { signatures: [text.slice(0, -4)] }],
    ['unpadded', base, format, 'Base64 without its padding', { signatures: [text.replace(/=+$/, '')] }],
    [
      'script',
      base,
      'unsupported W3 address-kind',
      'an address of a script',
      { address: 'DcY6kD2myAoUtWKpGtxQJ3RKtBtpt2ucGXc' },
    ],
    [
      'other-network',
      base,
      'failed W3 address-network',
      'an address of the test network',
      { address: 'TsRfHdBK2EXjR83LJC6tEZ5faaXHM5TwYjr' },
    ],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'J', 'W') },
    ],
    [
      'address-of-bitcoin',
      base,
      'failed W3 address',
      "Bitcoin's address",
      { address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' },
    ],
    ['address-truncated', base, 'failed W3 address', 'two letters are missing', { address: address.slice(0, -2) }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function zilliqaRows(find) {
  const base = 'message';
  const { address, signatures, script = '' } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  const [r, s] = [text.slice(0, 64), text.slice(64)];
  const order = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';
  const mixed = find('checksummed-address').address;
  return [
    ['other-message', base, signature, 'another message', { message: 'another' }],
    ['other-key', base, signature, "another account's key", { script: other.script }],
    ['other-signature', base, signature, "another account's signature", { signatures: other.signatures }],
    ['other-address', base, mismatch, "another account's address", { address: other.address }],
    [
      'mirrored-key',
      base,
      signature,
      'the key with the other sign',
      { script: script.replace(/^0[23]/, (sign) => (sign === '02' ? '03' : '02')) },
    ],
    ['swapped', base, signature, 's before r', { signatures: [s + r] }],
    ['r-of-0', base, signature, 'r of 0', { signatures: ['0'.repeat(64) + s] }],
    ['s-of-0', base, signature, 's of 0', { signatures: [r + '0'.repeat(64)] }],
    ['r-of-the-order', base, signature, 'r of the order', { signatures: [order + s] }],
    ['s-of-the-order', base, signature, 's of the order', { signatures: [r + order] }],
    ['truncated', base, format, 'the last byte is missing', { signatures: [text.slice(0, -2)] }],
    ['lengthened', base, format, 'a byte after the signature', { signatures: [`${text}00`] }],
    ['half-a-byte', base, format, 'the last digit is missing', { signatures: [text.slice(0, -1)] }],
    ['no-key', base, 'failed W5 key-missing', 'the column of scripts is empty', { script: '' }],
    ['key-truncated', base, keyFormat, 'the last byte of the key is missing', { script: script.slice(0, -2) }],
    ['key-off-the-curve', base, keyFormat, 'an x that no point has', { script: `02${'ff'.repeat(32)}` }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the account as owner', { owners: [address] }],
    ['owner-other', base, mismatch, 'an owner who is not the key', { owners: [other.address] }],
    ['two-owners', base, 'unsupported W5 signature-form', 'two owners', { owners: [address, other.address] }],
    [
      'address-checksum',
      base,
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(address, 'q', 'p') },
    ],
    ['address-mixed-case', base, 'failed W3 address', 'a letter in upper case', { address: `Z${address.slice(1)}` }],
    [
      'address-other-prefix',
      base,
      'failed W3 address-network',
      "an address of Harmony's form",
      { address: 'one1qurswpc8qurswpc8qurswpc8qurswpc8ujfmt7' },
    ],
    [
      'address-cases',
      'checksummed-address',
      'failed W3 address-checksum',
      'one letter in the other case',
      { address: mixed.replace(/[A-F]/, (letter) => letter.toLowerCase()) },
    ],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function vechainRows(find) {
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

/** @param {FindCase} find @returns {WalletLie[]} */
function starknetRows(find) {
  const base = 'published';
  const { address, signatures, script = '' } = find(base);
  const [text] = signatures;
  const other = find('other-account');
  const statement = find('statement-okx');
  const mixed = find('checksummed-address').address;
  const order = '0800000000000010ffffffffffffffffb781126dcae7b2321e66a241adc64d2f';
  return [
    ['other-message', base, signature, 'another message', { message: 'another' }],
    ['message-that-is-a-number', base, signature, 'a number as message', { message: '123' }],
    ['other-key', base, signature, "another account's key", { script: other.script }],
    ['other-signature', base, signature, "another account's signature", { signatures: other.signatures }],
    ['other-address', base, signature, 'another address, which is signed too', { address: other.address }],
    ['swapped', base, signature, 's before r', { signatures: [text.slice(64) + text.slice(0, 64)] }],
    ['r-of-0', base, signature, 'r of 0', { signatures: ['0'.repeat(64) + text.slice(64)] }],
    ['s-of-0', base, signature, 's of 0', { signatures: [text.slice(0, 64) + '0'.repeat(64)] }],
    ['s-of-the-order', base, signature, 's of the order', { signatures: [text.slice(0, 64) + order] }],
    ['truncated', base, format, 'the last byte is missing', { signatures: [text.slice(0, -2)] }],
    ['lengthened', base, format, 'a byte after the signature', { signatures: [`${text}00`] }],
    ['half-a-byte', base, format, 'the last digit is missing', { signatures: [text.slice(0, -1)] }],
    ['no-key', base, 'failed W5 key-missing', 'the column of scripts is empty', { script: '' }],
    ['key-of-no-point', base, keyFormat, 'an x that no point has', { script: '0x5' }],
    ['key-above-the-field', base, keyFormat, 'a number that is not in the field', { script: 'f'.repeat(64) }],
    [
      'key-lengthened',
      base,
      keyFormat,
      'a digit after the longest key',
      { script: `0x0${script.slice(2).padStart(64, '0')}` },
    ],
    ['owner', base, 'unsupported W5 signature-form', 'an owner', { owners: [address] }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
    ['statement-other-message', statement.id, signature, 'another message', { message: 'another' }],
    [
      'address-cases',
      'checksummed-address',
      'failed W3 address-checksum',
      'one letter in the other case',
      { address: mixed.replace(/[A-F]/, (letter) => letter.toLowerCase()) },
    ],
    ['address-of-0', base, 'failed W3 address', 'the address 0', { address: '0x0' }],
    [
      'address-too-large',
      base,
      'failed W3 address',
      'a number that no address is',
      { address: `0x08${'0'.repeat(62)}` },
    ],
    ['address-without-prefix', base, 'failed W3 address', 'without 0x', { address: address.slice(2) }],
    ['address-of-ethereum', base, 'failed W3 address', 'no digits after 0x', { address: '0x' }],
  ];
}

/** @type {Record<string, (find: FindCase) => WalletLie[]>} */
export const hashedKeyLies = {
  cosmos: cosmosRows,
  filecoin: filecoinRows,
  stacks: stacksRows,
  conflux: confluxRows,
  icon: iconRows,
  aelf: aelfRows,
  decred: decredRows,
  zilliqa: zilliqaRows,
  vechain: vechainRows,
  starknet: starknetRows,
};
