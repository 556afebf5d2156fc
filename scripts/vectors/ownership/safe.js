// Lies about rows of contract wallets of EVM networks, by evidence (spec §13.15).
import { format } from './common-lies.js';

/** @typedef {import('./cases.js').WalletLie} WalletLie */
/** @typedef {import('./cases.js').FindCase} FindCase */

/** @param {FindCase} find @returns {WalletLie[]} */
export function safeLies(find) {
  const base = 'safe-plain-signatures';
  const [first, second] = find(base).signatures;
  const set = (/** @type {string} */ pointer, /** @type {unknown} */ value) => ({
    edits: [{ file: 'evidence', set: pointer, value }],
  });
  const without = (/** @type {string} */ pointer) => ({ edits: [{ file: 'evidence', remove: pointer }] });
  const proof = 'failed W6 evidence-proof';
  const shape = 'failed W5 evidence-format';
  const digest = `0x${'00'.repeat(32)}`;
  return [
    ['safe-threshold', base, 'failed W6 threshold', 'one owner of two that are needed', { signatures: [first] }],
    ['safe-one-twice', base, 'failed W6 repeated-key', 'one owner twice', { signatures: [first, first] }],
    ['safe-other-message', base, 'failed W6 signature', 'another message', { message: 'another' }],
    [
      'safe-no-signature',
      base,
      'failed W5 signature-missing',
      'no signature, and no mark on the chain',
      { signatures: [] },
    ],
    [
      'safe-malformed-signature',
      base,
      format,
      'the last two bytes of a signature are missing',
      { signatures: [first, second.slice(0, -4)] },
    ],
    [
      'safe-no-evidence',
      base,
      'failed W5 signature-count',
      'two signatures, and nothing that makes the address more than an account',
      { evidence: null },
    ],
    ['safe-untrusted', base, 'unproven W6 block-untrusted', 'the caller trusts no block', { trustedBlocks: [] }],
    [
      'safe-untrusted-on-network',
      base,
      'unproven W6 block-untrusted',
      'the block is one of another network',
      { coin: 'BNB' },
    ],
    [
      'safe-trusted-elsewhere',
      base,
      'unproven W6 block-untrusted',
      'a trusted block with another hash',
      { trustedBlocks: [{ network: 'ethereum', hash: digest }] },
    ],
    [
      'safe-other-address',
      base,
      proof,
      'the address is not that of the proofs',
      { address: find('safe-marked-message').address },
    ],
    [
      'safe-marked-other-message',
      'safe-marked-message',
      'failed W5 signature-missing',
      'the chain has a mark for another message',
      { message: 'another' },
    ],
    ...[0, 1, 2, 3, 4, 5, 6].map(
      (i) =>
        /** @type {WalletLie} */ ([
          `safe-without-slot-${i}`,
          base,
          proof,
          `the proof of slot ${i} is missing`,
          without(`/storageProofs/${i}`),
        ]),
    ),
    [
      'safe-without-leaf',
      base,
      proof,
      'the last node of the proof of the account is missing',
      without('/accountProof/1'),
    ],
    [
      'safe-account-for-singleton',
      base,
      proof,
      'a node of the proof of the code is one of another',
      set('/singletonProof/0', digest),
    ],
    ['safe-member-more', base, shape, 'a member that the form does not have', set('/note', '')],
    ['safe-member-less', base, shape, 'a member is missing', without('/singletonProof')],
    ['safe-other-form', base, shape, 'a form that nobody knows', set('/form', 'dao')],
    ['safe-no-nodes', base, shape, 'a proof without nodes', set('/accountProof', [])],
    ['safe-capitals', base, shape, 'digits in upper case', set('/storageProofs/0/slot', `0x${'00'.repeat(31)}0A`)],
    ['safe-no-header', base, shape, 'a header that is no list in RLP', set('/blockHeader', '0x80')],
  ];
}
