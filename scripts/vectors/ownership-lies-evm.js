// Lies about rows of EVM networks and Tron (spec §13.7, §13.8).
import { rsvLies, withLastLetter, withOtherParity, withoutPoint } from './ownership-changes.js';
import { safeRows, validatorRows } from './ownership-lies-evidence.js';

/** @typedef {import('./ownership-cases.js').WalletLie} WalletLie */
/** @typedef {import('./ownership-cases.js').FindCase} FindCase */

const mismatch = 'failed W7 address-mismatch';
const format = 'failed W5 signature-format';

/**
 * What every row of one R ‖ S ‖ V is refused for.
 * @param {string} base
 * @param {string} text
 * @returns {WalletLie[]}
 */
function rowsOfRsv(base, text) {
  return [
    ...Object.entries(rsvLies(text)).map(
      ([name, lie]) =>
        /** @type {WalletLie} */ ([
          name,
          base,
          format,
          `a signature ${name.replaceAll('-', ' ')}`,
          { signatures: [lie] },
        ]),
    ),
    ['no-hexadecimal', base, format, 'a letter that is no digit', { signatures: [`${text.slice(0, -1)}g`] }],
    ['with-space', base, format, 'a space before the signature', { signatures: [` ${text}`] }],
    ['wrong-parity', base, mismatch, 'the other recovery id', { signatures: [withOtherParity(text)] }],
    [
      'no-point',
      base,
      'failed W6 signature',
      'R is the x coordinate of no point',
      { signatures: [withoutPoint(text)] },
    ],
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['no-signature', base, 'failed W5 signature-missing', 'no signature', { signatures: [] }],
    ['two-signatures', base, 'failed W5 signature-count', 'the signature twice', { signatures: [text, text] }],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function evmRows(find) {
  const base = 'eip-191';
  const { address, signatures } = find(base);
  const [text] = signatures;
  const flipped = address.replace(/[a-f]/, (letter) => letter.toUpperCase());
  const bech32 = find('harmony-bech32').address;
  return [
    ...rowsOfRsv(base, text),
    [
      'compact-signature',
      base,
      'unsupported W5 signature-form',
      '64 bytes, as in EIP-2098',
      { signatures: [text.slice(0, 130)] },
    ],
    [
      'undeployed-signature',
      base,
      'unsupported W5 signature-form',
      'wrapped as in ERC-6492',
      { signatures: [text + '00'.repeat(96) + '6492'.repeat(16)] },
    ],
    ['other-address', base, mismatch, "another account's address", { address: find('published-eth').address }],
    [
      'other-key',
      base,
      mismatch,
      "another account's signature",
      { signatures: [find('owners-of-itself').signatures[1]] },
    ],
    [
      'other-chain',
      'eip-712',
      mismatch,
      'the signature is for another chain',
      { signatures: find('eip-712-bnb').signatures },
    ],
    ['other-network', 'eip-712', mismatch, 'the row is of another chain', { coin: 'BNB' }],
    ['address-letter-case', base, 'failed W3 address-checksum', 'one letter of the other case', { address: flipped }],
    ['address-truncated', base, 'failed W3 address', 'the last digit is missing', { address: address.slice(0, -1) }],
    ['address-without-prefix', base, 'failed W3 address', 'no 0x', { address: address.slice(2) }],
    ['address-of-harmony', base, 'failed W3 address-network', 'the spelling of another network', { address: bech32 }],
    [
      'address-bech32-checksum',
      'harmony-bech32',
      'failed W3 address-checksum',
      'the last letter is another one',
      { address: withLastLetter(bech32, 'q', 'p') },
    ],
    // EIP-1191's first test case of chain 30.
    [
      'address-of-eip-1191',
      base,
      'failed W3 address-checksum',
      'the checksum of another chain',
      { address: '0x5aaEB6053f3e94c9b9A09f33669435E7ef1bEAeD' },
    ],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function evmOwners(find) {
  const base = 'owners-of-itself';
  const { signatures, owners = [], address } = find(base);
  const [first, second] = signatures;
  const contract = '0x57e2dcd253527a0f70c6a3de3556f6e6e163f19c';
  return [
    [
      'owners-of-contract',
      base,
      'unproven W7 owner-unproven',
      'the owners signed, and the address is another one',
      { address: contract },
    ],
    ['owners-swapped-signatures', base, mismatch, 'the signatures in the other order', { signatures: [second, first] }],
    ['owners-one-signature-twice', base, mismatch, 'one signature twice', { signatures: [first, first] }],
    [
      'owners-one-signature',
      base,
      'failed W5 signature-missing',
      'one signature for two owners',
      { signatures: [first] },
    ],
    [
      'owners-three-signatures',
      base,
      'failed W5 signature-count',
      'three signatures for two owners',
      { signatures: [first, second, second] },
    ],
    [
      'owners-no-address',
      base,
      'failed W5 owner-format',
      'an owner whose address does not decode',
      { owners: [owners[0], 'nobody'] },
    ],
    ['owners-other-message', base, mismatch, 'another message', { message: 'another' }],
    [
      'owners-repeated',
      base,
      'failed W6 repeated-key',
      'one owner twice, in two spellings',
      { owners: [owners[0], address.toLowerCase()] },
    ],
  ];
}

/** @param {FindCase} find @returns {WalletLie[]} */
function tronRows(find) {
  const base = 'v2';
  const { address, signatures } = find(base);
  const contract = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t';
  const hexadecimal = find('hexadecimal-address').address;
  return [
    ...rowsOfRsv(base, signatures[0]),
    ['other-address', base, mismatch, "another account's address", { address: find('other-account').address }],
    ['other-key', base, mismatch, "another account's signature", { signatures: find('other-account').signatures }],
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
    [
      'address-of-bitcoin',
      base,
      'failed W3 address-network',
      'an address of Bitcoin',
      { address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' },
    ],
    [
      'address-of-test-network',
      'hexadecimal-address',
      'failed W3 address-network',
      'the first byte of test networks',
      { address: hexadecimal.replace(/^41/, 'a0') },
    ],
    [
      'address-of-ethereum',
      'hexadecimal-address',
      'failed W3 address',
      'the account without its first byte',
      { address: `0x${hexadecimal.slice(2)}` },
    ],
    ['owner-of-itself', base, 'unproven W7 owner-unproven', 'the account named as owner', { owners: [address] }],
    [
      'owner-no-address',
      base,
      'failed W5 owner-format',
      'an owner whose address does not decode',
      { owners: ['nobody'] },
    ],
    ['owner-of-other', base, mismatch, 'an owner who has not signed', { owners: [contract] }],
    [
      'owners-with-one-signature',
      base,
      'failed W5 signature-missing',
      'one signature for two owners',
      { owners: [address, contract] },
    ],
  ];
}

/** @type {Record<string, (find: FindCase) => WalletLie[]>} */
export const evmLies = {
  evm: (find) => [...evmRows(find), ...evmOwners(find), ...safeRows(find)],
  tron: tronRows,
  validator: validatorRows,
};
