// Lies about rows of Ethereum's validators (spec §13.13).
import { format, mismatch } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function validatorLies(find) {
  const base = 'withdrawal-account';
  const { address, signatures } = find(base);
  const both = find('both-signatures').signatures;
  const bls = both[0];
  const set = (/** @type {string} */ pointer, /** @type {unknown} */ value) => ({
    edits: [{ file: 'evidence', set: pointer, value }],
  });
  const proof = 'failed W6 evidence-proof';
  const shape = 'failed W5 evidence-format';
  const unproven = 'unproven W7 withdrawal-unproven';
  const bytes32 = `0x${'11'.repeat(32)}`;
  const changed = [
    ['validatorIndex', '2'],
    ['withdrawalCredentials', `0x01${'00'.repeat(11)}${'22'.repeat(20)}`],
    ['effectiveBalance', '31000000000'],
    ['slashed', true],
    ['activationEligibilityEpoch', '12'],
    ['activationEpoch', '11'],
    ['exitEpoch', '5'],
    ['withdrawableEpoch', '5'],
  ];
  return [
    ['other-message', base, mismatch, 'another message', { message: 'another' }],
    ['other-validator', base, proof, 'the key of another validator', { address: find('withdrawal-key').script ?? '' }],
    ['no-signature', base, unproven, 'evidence and no signature', { signatures: [] }],
    [
      'no-evidence',
      base,
      unproven,
      'an account that signed, and nothing that ties it to the validator',
      { evidence: null },
    ],
    [
      'malformed-signature',
      base,
      format,
      'the last two bytes of the signature are missing',
      { signatures: [signatures[0].slice(0, -4)] },
    ],
    ['bls-twice', 'both-signatures', 'failed W5 signature-count', 'two BLS signatures', { signatures: [bls, bls] }],
    [
      'bls-identity',
      'both-signatures',
      format,
      'the identity as BLS signature',
      { signatures: [`0xc0${'00'.repeat(95)}`, both[1]] },
    ],
    [
      'bls-off-the-curve',
      'both-signatures',
      format,
      'a BLS signature that is no point',
      { signatures: [`${bls.slice(0, -1)}${bls.endsWith('0') ? '1' : '0'}`, both[1]] },
    ],
    [
      'bls-by-key-in-column',
      'both-signatures',
      'failed W6 signature',
      "the signature is the validator's and the key in the column another one",
      { script: find('withdrawal-key').script },
    ],
    ['key-in-column', 'both-signatures', 'failed W5 key-format', 'no key in the column of scripts', { script: 'key' }],
    [
      'credentials-of-other-key',
      'withdrawal-key',
      'failed W6 signature',
      "the column has the validator's own key",
      { script: address },
    ],
    [
      'withdrawal-key-missing',
      'withdrawal-key',
      'failed W6 signature',
      'the column of scripts is empty',
      { script: '' },
    ],
    ['withdrawal-key-unsigned', 'withdrawal-key', unproven, 'the key in the column has not signed', { signatures: [] }],
    [
      'owner-no-address',
      'withdrawal-account-named',
      'failed W5 owner-format',
      'an owner whose address does not decode',
      { owners: ['nobody'] },
    ],
    ['untrusted', base, 'unproven W6 block-untrusted', 'the caller trusts no block', { trustedBlocks: [] }],
    [
      'trusted-on-ethereum',
      base,
      'unproven W6 block-untrusted',
      'a block of the other network of Ethereum',
      { trustedBlocks: [{ network: 'ethereum', hash: bytes32 }] },
    ],
    ['header-slot', base, 'unproven W6 block-untrusted', 'another slot in the header', set('/header/slot', '11649024')],
    ...changed.map(
      ([name, value]) =>
        /** @type {WalletLie} */ ([
          `record-${String(name).toLowerCase()}`,
          base,
          proof,
          `the record has another ${name}`,
          set(`/${name}`, value),
        ]),
    ),
    ...[0, 20, 39, 40, 41, 46].map(
      (i) =>
        /** @type {WalletLie} */ ([
          `branch-${i}`,
          base,
          proof,
          `node ${i} of the branch is another one`,
          set(`/branch/${i}`, bytes32),
        ]),
    ),
    [
      'branch-short',
      base,
      proof,
      'the branch lacks its first node',
      { edits: [{ file: 'evidence', remove: '/branch/0' }] },
    ],
    [
      'index-above-list',
      base,
      proof,
      'an index that the list cannot have',
      set('/validatorIndex', String(3n + 2n ** 40n)),
    ],
    ['number', base, shape, 'a number in place of text', set('/validatorIndex', 3)],
    ['leading-zero', base, shape, 'a number with a leading zero', set('/validatorIndex', '03')],
    ['above-64-bits', base, shape, '2^64', set('/exitEpoch', String(2n ** 64n))],
    ['member-more', base, shape, 'a member that the form does not have', set('/balance', '32')],
    [
      'address-no-point',
      base,
      'failed W3 address',
      'a key that is no point',
      { address: `0x8${'0123456789abcdef'.repeat(6).slice(1)}` },
    ],
    ['address-identity', base, 'failed W3 address', 'the identity', { address: `0xc0${'00'.repeat(47)}` }],
    ['address-truncated', base, 'failed W3 address', 'the last byte is missing', { address: address.slice(0, -2) }],
  ];
}
