// Members of the vectors of wallets and of whole reports.
import { anything, count, digest, edit, hex, list, object, oneOf, record, text, units } from './schema-parts.js';

/** @typedef {import('./schema-parts.js').Schema} Schema */
/** @typedef {Record<string, { cases: Record<string, Schema>, file?: Record<string, Schema> }>} Kinds */

const verdict = oneOf('failed', 'unproven', 'unsupported');
const block = object({ network: text, height: count, hash: text });
const snapshot = object({ format: text, exchange: text, reportId: text, blocks: list(block) });
const row = object({
  line: count,
  coin: text,
  'network?': text,
  'type?': text,
  'height?': text,
  'address?': text,
  amount: text,
  'message?': text,
  'signatures?': list(text),
  'script?': text,
  'owners?': list(text),
});
const integer = { type: 'string', pattern: '^(0|[1-9][0-9]*)$' };
const quantity = { type: 'array', description: 'units, decimals', minItems: 2, maxItems: 2 };
const fraction = { ...list(integer, 2), description: 'numerator, denominator' };

/** @type {Kinds} */
export const walletKinds = {
  address: { cases: { network: text, address: text, canonical: text } },
  'wallet-challenge': {
    cases: {
      text,
      'challenge?': object({
        exchange: text,
        reportId: text,
        network: text,
        height: count,
        block: text,
        address: text,
      }),
    },
  },
  coin: {
    cases: { coin: text, network: text, type: text, 'asset?': text, 'networkId?': text, 'verdict?': verdict },
  },
  document: { file: { documents: record(text) }, cases: { document: text, edits: list(edit) } },
  wallet: {
    file: {
      'trustedBlocks?': list(object({ network: text, hash: text })),
      'evidence?': record(anything),
      'snapshot?': { ...snapshot, description: 'of the fresh policy, under which rows are read from a list' },
      'evidenceOf?': { ...text, description: 'the file whose evidence and trusted blocks these are' },
    },
    cases: {
      'amount?': text,
      'source?': { ...text, description: 'who made the signatures, or where they are published' },
      coin: text,
      'network?': text,
      'type?': text,
      'height?': text,
      address: text,
      message: text,
      signatures: list(text),
      'script?': text,
      'owners?': list(text),
      'policy?': {
        anyOf: [object({ kind: { const: 'fixed' }, text }), object({ kind: { const: 'fresh' }, snapshot })],
        description: "without it, the row's message as fixed text",
      },
      'evidence?': { anyOf: [text, { const: null }], description: 'name of the evidence for the address' },
      'edits?': list(edit),
      'trustedBlocks?': list(object({ network: text, hash: text })),
      'verdict?': verdict,
    },
  },
  'wallet-list': {
    file: { lists: record(text) },
    cases: {
      list: text,
      edits: list(edit),
      'form?': oneOf('published', 'csv', 'json'),
      'rowsFound?': count,
      'rows?': list(row),
      'summary?': list(object({ line: count, coin: text, height: text, amount: text })),
      'verdict?': verdict,
      'line?': { ...count, description: 'where the row at fault begins, or what no list can be' },
    },
  },
  'wallet-sums': {
    cases: {
      rows: list(object({ asset: text, network: text, address: text, verdict: text, amount: text })),
      counted: list(count),
      sums: record(units),
    },
  },
};

/** @type {Kinds} */
export const reportKinds = {
  anchor: { cases: { text, 'form?': text, 'digest?': digest, 'exchange?': text, 'reportId?': text } },
  chain: { file: { texts: record(text) }, cases: { edits: list(edit), 'digests?': list(digest) } },
  'full-report': {
    file: { preset: oneOf('toy'), files: record(text) },
    cases: {
      'anchor?': digest,
      'exchangeKey?': hex,
      'fixedMessage?': text,
      'minRatio?': fraction,
      'unbound?': list(text),
      edits: list(edit),
      parts: record(text),
      'digest?': digest,
      'reserves?': record(quantity),
      'uncounted?': list(list(text, 3)),
      'ratios?': record({ type: 'array', description: 'percent or null, whether covered', minItems: 2, maxItems: 2 }),
    },
  },
  ratio: {
    cases: {
      reserves: list(quantity),
      liabilities: quantity,
      'least?': fraction,
      'fraction?': fraction,
      'percent?': { anyOf: [text, { const: null }] },
      'shortfall?': quantity,
    },
  },
};
