// How vector files are written: JSON for people, the same bytes on every machine.

/** The command that writes vectors/. */
export const generateVectorsCommand = 'node scripts/generate-vectors.js';

const lineWidth = 120;

/**
 * JSON with two spaces of indentation, in which everything that fits on a line stands on one.
 * @param {unknown} value
 * @param {string} [indent]
 * @returns {string}
 */
export function formatJson(value, indent = '') {
  const short = JSON.stringify(value, null, 1)?.replace(/\n\s*/g, ' ') ?? 'null';
  if (typeof value !== 'object' || value === null || indent.length + short.length < lineWidth) return short;
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return bracket(
      '[',
      value.map((item) => formatJson(item, inner)),
      ']',
      indent,
    );
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}: ${formatJson(member, inner)}`);
  return bracket('{', members, '}', indent);
}

/**
 * @param {string} open
 * @param {string[]} items
 * @param {string} close
 * @param {string} indent
 */
function bracket(open, items, close, indent) {
  // Lists of numbers are filled line by line.
  if (items.every((item) => /^[\d-]/.test(item))) return `${open}${fill(items, `${indent}  `)}\n${indent}${close}`;
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`;
}

/**
 * @param {string[]} items
 * @param {string} indent
 */
function fill(items, indent) {
  let text = '';
  let width = lineWidth;
  for (const [i, item] of items.entries()) {
    const piece = i + 1 < items.length ? `${item},` : item;
    if (width + piece.length + 1 > lineWidth) {
      text += `\n${indent}${piece}`;
      width = indent.length + piece.length;
    } else {
      text += ` ${piece}`;
      width += piece.length + 1;
    }
  }
  return text;
}

/** @typedef {{ id: string, result: 'valid' | 'invalid', comment?: string } & Record<string, unknown>} VectorCase */

/** What a case can be marked as, with the meaning. */
export const flagMeanings = {
  boundary: 'a value on the last place that is allowed, or on the first that is not',
  'cheating-prover': 'from a prover that lies; no change of honest files gives it',
  'lenient-reader': 'a reader of JSON, UTF-8, base64, numbers or times that forgives something would take it',
  repaired: 'digests or sums over the change are made right again, by the edits with `repair`',
  'two-faults': 'two changes, of which the first in the order of the steps decides',
  unicode: 'about which characters are allowed, or how they are counted and compared',
};

/**
 * The flags of a case with these edits; undefined if there are none.
 * @param {readonly import('./edits.js').Edit[]} edits
 * @param {readonly string[]} flags
 */
export function flagsOf(edits, flags = []) {
  const all = edits.some(({ repair }) => repair) ? [...flags, 'repaired'] : [...flags];
  return all.length === 0 ? undefined : all.sort();
}

/** Who must agree with the vectors of each kind (§1.6). */
const everybody = ['report-verifier', 'inclusion-verifier', 'prover'];
const kindClasses = {
  'account-tag': ['inclusion-verifier', 'prover'],
  air: everybody,
  challenges: everybody,
  digests: everybody,
  domain: everybody,
  encoding: everybody,
  extension: everybody,
  fibres: everybody,
  field: everybody,
  fold: everybody,
  hash: everybody,
  inclusion: ['inclusion-verifier'],
  ledger: ['prover'],
  merkle: everybody,
  ntt: ['prover'],
  'proof-of-work': everybody,
  'public-values': everybody,
  report: ['report-verifier', 'inclusion-verifier'],
  statement: everybody,
  table: everybody,
  trace: ['prover'],
  transcript: everybody,
  address: ['ownership-verifier'],
  anchor: ['full-report-verifier'],
  chain: ['full-report-verifier'],
  coin: ['ownership-verifier'],
  document: ['ownership-verifier', 'full-report-verifier'],
  'full-report': ['full-report-verifier'],
  ratio: ['full-report-verifier'],
  wallet: ['ownership-verifier'],
  'wallet-challenge': ['ownership-verifier'],
  'wallet-list': ['ownership-verifier'],
  'wallet-sums': ['ownership-verifier'],
  words: everybody,
};

/** The conformance classes that vectors are for, by kind. */
export const classesOfKinds = /** @type {Readonly<Record<string, readonly string[]>>} */ (kindClasses);

/**
 * A vector file's text.
 * @param {string} kind names the schema
 * @param {string} comment what the cases are about
 * @param {string[]} spec the sections that they test
 * @param {VectorCase[]} cases
 * @param {Record<string, unknown>} [more] further members of the file
 */
export function vectorFile(kind, comment, spec, cases, more = {}) {
  const ids = cases.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new Error(`vectors of kind ${kind}: case ${twice} is there twice`);
  const classes = classesOfKinds[kind];
  return `${formatJson({ kind, comment, spec, classes, generatedBy: generateVectorsCommand, ...more, cases })}\n`;
}
