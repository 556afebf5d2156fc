// What is mutated, and the tests that must notice: those that are likely to, first.

/**
 * @typedef {object} Target
 * @property {readonly string[]} files what is mutated
 * @property {readonly (readonly string[])[]} stages files of tests that run together, those that take a second or two and
 *   kill most before those that run if these notice nothing; `FILE#PATTERN` are the tests of a file whose names match
 */

/** Vectors of the kinds that take little time. */
const vectors = 'tests/conformance/vectors.test.ts#^(toy|full-report|primitives/(?!trace))';
/** Vectors of wallets' signatures, and of lists of wallets. */
const walletVectors = 'tests/conformance/vectors.test.ts#^(ownership|wallets)/';

/** Lies and malformed files, all with the toy preset. */
const adversarial = [
  'malformed-bytes',
  'late-messages',
  'replayed-reports',
  'lying-words',
  'lying-rows',
  'lying-tables',
  'transcript',
  'constraints',
].map((name) => `tests/adversarial/${name}.test.ts`);
const requests = [
  'tests/verifiers/inclusion-request.test.ts',
  'tests/verifiers/report-progress.test.ts',
  'tests/verifiers/edge-rows.test.ts',
  'packages/verifier/liabilities-verifier/test/verify-report.test.ts',
];
const slow = [...adversarial, 'tests/verifiers/report-memory.test.ts'];

/** @param {string} group @param {readonly string[]} names */
const sources = (group, names) => names.map((name) => `packages/${group}/src/${name}.ts`);
/** @param {string} group @param {readonly string[]} names */
const tests = (group, names) => names.map((name) => `packages/${group}/test/${name}.test.ts`);

/**
 * The verification of one group of wallets: its sources, and the tests of `ownership-verifier` that run besides its vectors.
 * @param {readonly string[]} files
 * @param {readonly string[]} names
 * @returns {Target}
 */
function wallets(files, names) {
  const own = tests('verifier/ownership-verifier', names);
  return { files: sources('verifier/ownership-verifier', files), stages: [[walletVectors, ...own]] };
}

/** @type {Readonly<Record<string, Target>>} */
export const targets = {
  verifiers: {
    files: [
      ...sources('verifier/liabilities-verifier', ['verify-segment', 'verify-report']),
      ...sources('verifier/inclusion-verifier', ['verify-inclusion']),
    ],
    stages: [[vectors], requests, slow],
  },
  reports: {
    files: [
      ...sources('verifier/reserves-verifier', [
        'verify-reserves',
        'compare',
        'bridged-coin',
        'native-tokens',
        'token-accounts',
        'joined-accounts',
        'token-mappings',
        'canonical-token',
        'token-mappings',
      ]),
      ...sources('verifier/report-verifier', [
        'verify-binding',
        'verify-signature',
        'verify-chain',
        'verify-full-report',
        'judge-wallets',
      ]),
      ...sources('protocol/report-format', [
        'fraction',
        'report',
        'anchor',
        'reserves',
        'report-index',
        'report-signature',
        'dispute',
        'networks/shared-ledgers',
      ]),
    ],
    stages: [
      [
        ...tests('verifier/reserves-verifier', [
          'verify-reserves',
          'compare',
          'native-tokens',
          'bridged-coin',
          'canonical-token',
        ]),
        ...tests('verifier/report-verifier', ['judge-wallets', 'verify-binding', 'verify-chain', 'verify-signature']),
        ...tests('protocol/report-format', [
          'fraction',
          'report',
          'anchor',
          'reserves',
          'dispute',
          'limits',
          'shared-ledgers',
        ]),
        vectors,
      ],
      ['apps/cli/test/report.test.ts', 'apps/cli/test/dispute.test.ts'],
    ],
  },
  // The graph of the constraints itself has a test of its own, air-graph.test.ts; here it is as source.
  air: {
    files: sources('protocol/air', ['liabilities-air', 'expression', 'evaluate', 'analyse', 'check-rows']),
    stages: [
      tests('protocol/air', ['check-rows', 'liabilities-air']),
      ['tests/mutation/air-graph.test.ts', 'tests/adversarial/constraints.test.ts'],
    ],
  },
  stark: {
    files: sources('protocol/stark', [
      'query',
      'quotient',
      'deep',
      'fold',
      'rounds',
      'shape',
      'statement',
      'public-columns',
      'leaves',
      'table',
      'account-tag',
      'preset',
    ]),
    stages: [
      [
        ...tests('protocol/stark', [
          'shape',
          'statement',
          'quotient',
          'fold',
          'deep',
          'query',
          'public-columns',
          'account-tag',
          'preset',
        ]),
        vectors,
      ],
      slow,
    ],
  },
  formats: {
    files: [
      ...sources('protocol/proof-format', ['byte-reader', 'proof', 'inclusion-file']),
      ...sources('protocol/report-format', ['canonical-json', 'fields', 'manifest', 'assets', 'amounts']),
    ],
    stages: [
      [
        ...tests('protocol/proof-format', ['proof', 'faulty-header', 'inclusion-file', 'queries']),
        ...tests('protocol/report-format', ['amounts', 'assets', 'canonical-json', 'manifest', 'fields', 'limits']),
        vectors,
      ],
      slow,
    ],
  },
  commitment: {
    files: sources('core/commitment', ['merkle', 'transcript', 'bytes', 'blake3', 'proof-of-work']),
    // The hash is another one in transcript-rejection, which therefore runs alone.
    stages: [
      [...tests('core/commitment', ['commitment']), vectors],
      tests('core/commitment', ['transcript-rejection']),
      slow,
    ],
  },
  calculator: {
    files: sources('protocol/stark', ['soundness', 'masking']),
    stages: [tests('protocol/stark', ['soundness', 'masking'])],
  },
  'wallet-lists': {
    files: [
      ...sources('protocol/report-format', [
        'wallets/challenge',
        'wallets/check-row',
        'wallets/csv-records',
        'wallets/decimal',
        'wallets/own-csv-list',
        'wallets/own-json-list',
        'wallets/json-items',
        'wallets/published-list',
        'wallets/read-wallet-list',
        'wallets/resolve-coin',
        'wallets/snapshot',
        'wallets/wallet-list',
        'networks/network',
        'networks/networks',
      ]),
      ...sources('verifier/ownership-verifier', [
        'claim',
        'evidence-list',
        'families',
        'message-policy',
        'verify-wallet',
        'verify-wallet-list',
      ]),
    ],
    stages: [
      [
        walletVectors,
        ...tests('protocol/report-format', ['wallets/challenge', 'wallets/coins', 'wallets/wallet-list']),
        ...tests('verifier/ownership-verifier', ['verify-wallet-list', 'form-order']),
      ],
    ],
  },
  bitcoin: wallets(
    [
      'families/bitcoin',
      'addresses/bitcoin-address',
      'encodings/cash-addr',
      'schemes/bip322',
      'schemes/bitcoin-message',
      'schemes/bitcoin-multisig',
      'schemes/bitcoin-script',
      'schemes/bitcoin-transaction',
      'schemes/der-signature',
      'schemes/raw-ecdsa',
    ],
    ['bitcoin', 'bip322', 'bitcoin-address', 'bitcoin-edges'],
  ),
  evm: wallets(
    [
      'families/evm',
      'families/evm-adr36',
      'families/tron',
      'addresses/evm-address',
      'addresses/tron-address',
      'schemes/eip191',
      'schemes/eip712',
      'families/evm-contract',
      'schemes/evm-signature',
      'schemes/tron-message',
      'evidence/evm-state',
      'evidence/merkle-patricia',
      'encodings/rlp',
      'evidence/safe-wallet',
    ],
    ['evm', 'evm-edges', 'safe', 'safe-states', 'block-header', 'merkle-patricia', 'rlp', 'tron'],
  ),
  accounts: wallets(
    [
      'families/edwards-signature',
      'families/hashed-key-family',
      'families/keyed-family',
      'families/owner-signatures',
      'families/solana',
      'families/ton',
      'families/aptos',
      'families/sui',
      'families/xrp',
      'families/cosmos',
      'families/ss58',
      'families/cardano',
      'schemes/ed25519',
      'schemes/raw-ed25519',
      'schemes/public-key',
      'schemes/secp256k1-key',
      'schemes/member-signatures',
      'schemes/amino-multisig',
      'schemes/aptos-key',
      'schemes/aptos-message',
      'schemes/cose-signature',
      'schemes/solana-message',
      'schemes/ss58-message',
      'schemes/sui-message',
      'schemes/ton-connect',
      'schemes/xrp-signature',
    ],
    [
      'solana',
      'ton',
      'aptos',
      'sui',
      'xrp',
      'cardano',
      'hashed-keys',
      'starknet-zilliqa',
      'ed25519',
      'tezos',
      'hedera',
      'icp',
      'stacks',
      'order-of-steps',
      'public-key',
    ],
  ),
  balances: {
    files: sources('chain/balances', [
      'check-tokens',
      'read-balances',
      'read-each',
      'recheck-reserves',
      'find-blocks',
      'block-reader',
      'plan-queries',
      'balance',
    ]),
    stages: [[...tests('chain/balances', ['read-balances', 'find-blocks', 'plan-queries', 'hostile-sources'])]],
  },
};
