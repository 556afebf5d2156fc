// What is mutated, and the tests that must notice: those that are likely to, first.

/**
 * @typedef {object} Target
 * @property {readonly string[]} files what is mutated
 * @property {readonly (readonly string[])[]} stages files of tests that run together, those that take a second or two and
 *   kill most before those that run if these notice nothing
 */

const vectors = 'tests/conformance/vectors.test.ts';
/** The tests of a file that run, where not all do: of the vectors, those that take little time. */
/** @type {Readonly<Record<string, RegExp>>} */
export const testNamePatterns = { [vectors]: /^(toy|full-report|primitives\/(?!trace))/ };

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
        'canonical-token',
      ]),
      ...sources('verifier/report-verifier', [
        'verify-binding',
        'verify-signature',
        'verify-chain',
        'verify-full-report',
        'judge-wallets',
      ]),
      ...sources('protocol/report-format', ['fraction', 'report', 'anchor']),
    ],
    stages: [
      [
        ...tests('verifier/reserves-verifier', ['verify-reserves', 'bridged-coin', 'canonical-token']),
        ...tests('verifier/report-verifier', ['judge-wallets', 'verify-binding', 'verify-chain', 'verify-signature']),
        ...tests('protocol/report-format', ['fraction', 'report', 'anchor']),
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
        ...tests('protocol/proof-format', ['proof', 'inclusion-file', 'queries']),
        ...tests('protocol/report-format', ['amounts', 'assets', 'canonical-json', 'manifest', 'fields']),
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
};
