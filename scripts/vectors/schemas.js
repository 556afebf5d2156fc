// JSON Schemas of the vector files, one for each kind.
import { classesOfKinds, flagMeanings } from './format.js';
import {
  anything,
  count,
  digest,
  edit,
  element,
  extension,
  hex,
  list,
  object,
  oneOf,
  record,
  reference,
  text,
  uint32,
  units,
} from './schema-parts.js';
import { reportKinds, walletKinds } from './schemas-wallets.js';

/** @typedef {import('./schema-parts.js').Schema} Schema */

const flags = Object.entries(flagMeanings).map(([flag, description]) => ({ const: flag, description }));
const step = { type: 'string', pattern: '^[A-Z][0-9]+$' };
const code = { type: 'string', pattern: '^[a-z0-9-]+$' };

const reportFilesMembers = { preset: oneOf('production', 'toy'), manifest: text, proofs: list(text) };

/** For each kind the members of a case, and of the file, beside those that all have. */
/** @type {Record<string, { cases: Record<string, Schema>, file?: Record<string, Schema> }>} */
const kinds = {
  ...walletKinds,
  ...reportKinds,
  field: {
    cases: { operation: oneOf('add', 'sub', 'mul', 'inv', 'canonical'), inputs: list(uint32), 'output?': element },
  },
  extension: { cases: { operation: oneOf('mul', 'inv'), inputs: list(extension), 'output?': extension } },
  domain: {
    cases: {
      operation: oneOf('generator', 'point'),
      'logSize?': count,
      'size?': count,
      'shift?': element,
      'position?': count,
      output: element,
    },
  },
  ntt: { cases: { size: count, shift: element, coefficients: list(element), values: list(element) } },
  hash: { cases: { purpose: text, message: hex, size: count, digest: hex } },
  encoding: { cases: { type: oneOf('uint32', 'element', 'extension', 'text'), 'value?': anything, bytes: hex } },
  merkle: {
    cases: {
      tree: text,
      leafCount: count,
      root: digest,
      indexes: list(count),
      leaves: list(hex),
      siblingNumbers: list(count),
      siblings: list(digest),
    },
  },
  transcript: {
    cases: {
      protocol: text,
      steps: list({
        anyOf: [
          object({ absorb: text, bytes: hex }),
          object({
            squeeze: text,
            as: oneOf('digest', 'extensions', 'non-base-extensions', 'integers'),
            'count?': count,
            'bits?': count,
            output: { anyOf: [digest, list(extension), list(count)] },
          }),
        ],
      }),
    },
  },
  'proof-of-work': { cases: { seed: digest, bits: count, nonce: uint32 } },
  'account-tag': { cases: { accountId: text, 'nonce?': digest, 'tag?': digest } },
  table: {
    cases: {
      operation: oneOf('leaf-of-row', 'total-limbs', 'shape'),
      'rowCount?': count,
      'row?': count,
      'total?': units,
      output: { anyOf: [count, list(element, 7), record(count)] },
    },
  },
  statement: {
    cases: {
      rowCount: count,
      segment: count,
      segmentCount: count,
      assetCount: count,
      'totalCount?': count,
      total: { type: 'string', pattern: '^(0|-?[1-9][0-9]*)$' },
      'decimals?': count,
      'previousManifest?': hex,
    },
  },
  'public-values': {
    cases: {
      operation: oneOf('public-columns', 'inverse-divisors', 'phi'),
      'rowCount?': count,
      'assetCount?': count,
      'point?': extension,
      'totals?': list(units),
      'beta1?': extension,
      'gamma?': extension,
      output: { anyOf: [extension, record(extension)] },
    },
  },
  air: {
    cases: {
      columns: record(extension),
      next: record(extension),
      publicColumns: record(extension),
      challenges: record(extension),
      publicValues: record(extension),
      output: record(extension),
    },
  },
  trace: {
    cases: {
      rowCount: count,
      totals: list(units),
      entries: list({ type: 'array', description: 'row, entry, asset, amount', minItems: 4, maxItems: 4 }),
      carries: list(list(element, 6)),
      challenges: record(extension),
      changes: list(object({ column: text, from: count, to: count, add: extension })),
      violations: list({ type: 'array', description: 'constraint, row', minItems: 2, maxItems: 2 }),
      'constraint?': text,
    },
  },
  words: {
    cases: {
      rowCount: count,
      position: count,
      zeta: extension,
      openings: list(extension, 50),
      lambdas: list(extension, 50),
      user: list(element, 32),
      multiplicity: list(element, 1),
      traceMask: extension,
      auxiliary: list(extension, 12),
      auxiliaryMask: extension,
      chunks: list(extension, 4),
      output: list(extension, 2),
    },
  },
  fold: { cases: { point: element, values: list(extension, 8), challenge: extension, output: extension } },
  fibres: {
    cases: {
      rowCount: count,
      domain: oneOf('D', 'H'),
      positions: list(count),
      layers: list(object({ fibres: list(count), missing: list(count) })),
    },
  },
  digests: { cases: { purpose: oneOf('preset', 'air'), text, digest } },
  ledger: {
    file: { manifest: text },
    cases: { accountId: text, segment: count, rows: list(count), nonce: digest, balances: record(units) },
  },
  challenges: {
    file: reportFilesMembers,
    cases: {
      segment: count,
      beta0: extension,
      beta1: extension,
      gamma: extension,
      alphas: list(extension, 18),
      zeta: extension,
      lambdas: list(extension, 50),
      foldChallenges: list(extension),
      headerDigest: digest,
      grindingSeed: digest,
      nonce: uint32,
      queries: list(count),
    },
  },
  report: {
    file: reportFilesMembers,
    cases: { edits: list(edit), 'preset?': oneOf('production', 'toy'), 'digest?': digest, 'totals?': list(units) },
  },
  inclusion: {
    file: reportFilesMembers,
    cases: {
      file: text,
      accountId: text,
      'preset?': oneOf('production', 'toy'),
      'manifestDigest?': hex,
      'balances?': record(units),
      'together?': reference,
      'unverified?': { const: true },
      edits: list(edit),
      'sums?': record(units),
    },
  },
};

/**
 * The schema of a kind of vector file.
 * @param {string} kind
 */
function schemaOf(kind) {
  const { cases, file = {} } = kinds[kind];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Vectors of kind ${kind}`,
    ...object({
      kind: { const: kind },
      comment: text,
      spec: list({ type: 'string', pattern: '^[0-9]+[.][0-9]+$' }),
      classes: { ...list(oneOf(...classesOfKinds[kind])), description: 'conformance classes that must agree (§1.6)' },
      generatedBy: text,
      ...file,
      cases: list(
        object({
          id: { type: 'string', pattern: '^[a-zA-Z0-9-]+$' },
          result: oneOf('valid', 'invalid'),
          'comment?': text,
          'step?': step,
          'code?': code,
          'base?': { type: 'string', pattern: '^[a-zA-Z0-9/-]+$' },
          'flags?': list({ anyOf: flags }),
          ...cases,
        }),
      ),
    }),
  };
}

/** Schema of every kind, by its name. */
export const schemas = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, schemaOf(kind)]));
