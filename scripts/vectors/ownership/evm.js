// Lies about rows of EVM networks (spec §13.7).
import { withLastLetter } from './changes.js';
import { evmSignatureLies, mismatch } from './common-lies.js';
import { safeLies } from './safe.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
function accountLies(find) {
  const base = 'eip-191';
  const { address, signatures } = find(base);
  const [text] = signatures;
  const flipped = address.replace(/[a-f]/, (letter) => letter.toUpperCase());
  const bech32 = find('harmony-bech32').address;
  return [
    ...evmSignatureLies(base, text),
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
function ownerLies(find) {
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
export function evmLies(find) {
  return [...accountLies(find), ...ownerLies(find), ...safeLies(find)];
}
