// The generated parts of spec/: what generate-spec.js writes and check-spec.js compares.
import { airDigest, airOpenings, constraintDegrees, describeAir } from '@solvent/air/analyse';
import { constraintFormulas } from '@solvent/air/formulas';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesToHex } from '@solvent/commitment/bytes';
import { headerSize } from '@solvent/proof-format/proof';
import { pointLeafWidths, pointSaltSize, rowLeafSize, treeNames } from '@solvent/stark/leaves';
import { maskings } from '@solvent/stark/masking';
import { fixedParameters, presetDigest, productionPreset, toyPreset } from '@solvent/stark/preset';
import * as rounds from '@solvent/stark/rounds';
import { deriveShape, openingTerms } from '@solvent/stark/shape';
import { bitHundredths, errorTerms, largestAssetCount, parameterUses } from '@solvent/stark/soundness';
import { startTranscript } from '@solvent/stark/statement';
import { fibreSize, maxRowCount, minRowCount } from '@solvent/stark/table';
import { markdownTable } from './markdown-table.js';
import { messageHeadersTable, namedCoinsTable, networksTable, tokensTable } from './wallet-tables.js';

/** @typedef {import('@solvent/stark/preset').Preset} Preset */

/** The command that writes the generated parts. */
export const generateSpecCommand = 'node scripts/generate-spec.js';

const presets = [productionPreset, toyPreset];

/** @param {string} text */
const codeBlock = (text) => text.replace(/^(?=.)/gm, '    ');

/** Every allowed number of rows. */
const rowCounts = Array.from({ length: Math.log2(maxRowCount / minRowCount) + 1 }, (_, i) => minRowCount * 2 ** i);

/** @param {number} rowCount */
const powerOfTwo = (rowCount) => `2^${Math.log2(rowCount)}`;

function shapesTable() {
  const rows = [];
  for (const rowCount of rowCounts) {
    const shape = deriveShape(rowCount);
    rows.push([
      powerOfTwo(rowCount),
      shape.randomRowCount,
      rowCount - shape.randomRowCount,
      `2^${shape.pointDomain.logSize}`,
      shape.foldCount,
      shape.finalDegreeBound,
      shape.chunkLength,
      headerSize(shape),
    ]);
  }
  return markdownTable(
    ['N', 'h', 'N − h', '|D|', 'L', 'final degree bound', 'c', 'header bytes (§7.2)'].map(escapePipes),
    rows,
  );
}

/** @param {string} text */
const escapePipes = (text) => text.replaceAll('|', '\\|');

function presetsTable() {
  return markdownTable(
    ['preset', 'queries', 'zero bits', 'preset digest'],
    presets.map((preset) => [
      preset.name,
      preset.queryCount,
      preset.grindingBits,
      `\`${bytesToHex(presetDigest(preset))}\``,
    ]),
  );
}

/**
 * The parameters of a preset in the order of its digest.
 * @param {Preset} preset
 */
const presetParameters = ({ queryCount, grindingBits }) => ({ ...fixedParameters, queryCount, grindingBits });

/** @param {Preset} preset */
function presetText(preset) {
  const lines = Object.entries(presetParameters(preset)).map(([name, value]) => `${name} ${value}`);
  return codeBlock(lines.join('\n'));
}

function treesTable() {
  const wordSize = 20 * fibreSize;
  const point = (/** @type {import('@solvent/stark/leaves').PointTree} */ tree) =>
    pointSaltSize + 4 * pointLeafWidths[tree];
  return markdownTable(
    ['tree', 'leaves', 'bytes of a leaf'],
    [
      [`\`${treeNames.trace}\``, '4N', point('trace')],
      [`\`${treeNames.accounts}\``, 'N', rowLeafSize],
      [`\`${treeNames.auxiliary}\``, '4N', point('auxiliary')],
      [`\`${treeNames.quotient}\``, '4N', point('quotient')],
      ['`fold D i`', '4N/8^(i+1)', 2 * wordSize],
      ['`fold H i`', 'N/8^(i+1)', wordSize],
    ],
  );
}

function columnsTable() {
  return markdownTable(
    ['number', 'name', 'group', 'over'],
    liabilitiesAir.columns.map(({ name, group, field }, i) => [
      i,
      `\`${name}\``,
      group,
      field === 'base' ? 'F_p' : 'F',
    ]),
  );
}

function constraintsTable() {
  const degrees = constraintDegrees(liabilitiesAir);
  return markdownTable(
    ['name', 'rows', 'degree', 'says that'],
    liabilitiesAir.constraints.map(({ name, rows, meaning }, i) => [name, rows, degrees[i], meaning]),
  );
}

function formulas() {
  // A product of equal factors, printed as one power.
  const powers = (/** @type {string} */ text) =>
    text.replace(/\b([a-z]\w*)((?:·\1\b)+)/g, (_, name, rest) => `${name}^${1 + rest.split('·').length - 1}`);
  const lines = constraintFormulas(liabilitiesAir).map(
    (formula, i) => `${liabilitiesAir.constraints[i].name}\n${wrap(powers(formula), '    ', 112)}`,
  );
  return codeBlock(lines.join('\n'));
}

/**
 * Breaks a formula at spaces into lines of bounded length.
 * @param {string} text
 * @param {string} indent
 * @param {number} width
 */
function wrap(text, indent, width) {
  const lines = [indent];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    const joined = last === indent ? last + word : `${last} ${word}`;
    if ([...joined].length > width && last !== indent) lines.push(indent + word);
    else lines[lines.length - 1] = joined;
  }
  return lines.join('\n');
}

function openingsTable() {
  const columnName = (/** @type {number} */ column) => `\`${liabilitiesAir.columns[column].name}\``;
  const rows = openingTerms.map((term, i) => [
    i,
    term.kind === 'chunk' ? `chunk q'_${term.chunk}` : columnName(term.column),
    term.rotation === 0 ? 'z' : 'gz',
    term.word + 1,
  ]);
  return markdownTable(['number', 'polynomial', 'at', 'word'], rows);
}

/** What is absorbed or drawn under each label, for the transcript's table. */
/** @type {Record<string, string>} */
const transcriptItems = {
  '/protocol': 'text of the protocol name, `solvent-liabilities/1`',
  '/preset': 'preset digest (§2.5)',
  '/air': 'AIR digest (§5.5)',
  '/context/exchange': 'text',
  '/context/report-id': 'text',
  '/context/snapshot-time': 'text',
  '/context/previous-manifest': 'manifest digest, or nothing',
  '/segment/number': 'u32',
  '/segment/count': 'u32 of K',
  '/segment/rows': 'u32 of N',
  '/assets': 'the list of assets, see below',
  '/totals': 'limbs of all totals, see below',
  '/trace/root': 'root of D0',
  '/accounts/root': 'root of H0',
  '/beta': 'β₀, β₁',
  '/gamma': 'γ',
  '/auxiliary/root': 'root of D1',
  '/alpha': 'α_j, one for each constraint',
  '/quotient/root': 'root of D2',
  '/zeta': 'z',
  '/openings': 'ext of the opened values (§6.6)',
  '/lambda': 'λ_t, one for each opening',
  '/layer/i/points/root': 'root of `fold D i`',
  '/layer/i/rows/root': 'root of `fold H i`',
  '/fold/i': 'b_i',
  '/final/0': 'ext of the coefficients of the folded G₁',
  '/final/1': 'ext of the coefficients of the folded G₂',
  '/header': 'the header digest',
  '/grinding': 'seed of the proof of work',
  '/nonce': 'u32',
  '/queries': 'positions in D, as many as the preset has queries',
};

/** The log of a transcript over the smallest segment, with messages of the right sizes and no meaning. */
function exampleLog() {
  const shape = deriveShape(minRowCount);
  const digest = new Uint8Array(32);
  /** @type {import('@solvent/field/extension').Extension} */
  const element = [0, 0, 0, 0, 0];
  const final = Array.from({ length: shape.finalDegreeBound }, () => element);
  const context = { exchange: '', reportId: '', snapshotTime: '', previousManifest: digest };
  const assets = [{ symbol: 'A', decimals: 0 }];
  const statement = { context, segment: 0, segmentCount: 1, rowCount: shape.rowCount, assets, totals: [0n] };
  const transcript = startTranscript(statement, productionPreset);
  rounds.replayHeader(transcript, {
    traceRoot: digest,
    accountsRoot: digest,
    auxiliaryRoot: digest,
    quotientRoot: digest,
    openings: openingTerms.map(() => element),
    layerRoots: Array.from({ length: shape.foldCount }, () => ({ points: digest, rows: digest })),
    finalPolynomials: [final, final],
  });
  rounds.grindingSeed(transcript);
  rounds.absorbNonce(transcript, 0, shape, productionPreset);
  return transcript.log;
}

/** How each kind of challenge is drawn (§3.4), by how the log writes its size. */
/** @type {[RegExp, (count: string) => string][]} */
const drawKinds = [
  [/^32 B$/, () => 'digest'],
  [/^(\d+) F$/, (count) => (count === '1' ? 'an element of F' : `${count} elements of F`)],
  [/^(\d+) F\\Fp$/, (count) => `${count === '1' ? 'an element' : `${count} elements`} of F outside F_p`],
  [/^\d+ × \d+ bits$/, () => 'integers of log₂(4N) bits'],
];

/** @param {string} size */
function drawKind(size) {
  for (const [pattern, describe] of drawKinds) {
    const match = pattern.exec(size);
    if (match) return describe(match[1]);
  }
  throw new Error(`transcript: no words for a challenge of size ${size}`);
}

function transcriptTable() {
  const rows = exampleLog().flatMap((line) => {
    const [action, , found, ...rest] = line.split(' ');
    const label = found.replace(/^\/(layer|fold)\/0/, '/$1/i');
    if (/^\/(layer|fold)\/\d/.test(label)) return [];
    if (!(label in transcriptItems)) throw new Error(`transcript: no words for the label ${label}`);
    const size = rest.slice(0, -1).join(' ');
    const item = transcriptItems[label];
    return [[action, `\`${label}\``, action === 'squeeze' ? `${drawKind(size)}: ${item}` : item]];
  });
  return markdownTable(['action', 'label', 'item'], rows);
}

/**
 * The bits of every error term of a preset, for each number of rows.
 * @param {Preset} preset
 */
export function errorTermsTable(preset) {
  const columns = rowCounts.map((rowCount) => errorTerms(preset, rowCount, largestAssetCount(rowCount)));
  const longest = columns.reduce((a, b) => (b.length > a.length ? b : a));
  const rows = longest.map(({ name, challenge, section }) => {
    const terms = columns.map((terms) => terms.find((term) => term.name === name));
    const bits = terms.map((term) => (term === undefined ? '' : (bitHundredths(term) / 100).toFixed(2)));
    return [name, challenge, section, ...bits];
  });
  return markdownTable(['term', 'at', 'section', ...rowCounts.map(powerOfTwo)], rows);
}

function parametersTable() {
  /** @type {Record<string, string | number>} */
  const values = { name: productionPreset.name, ...presetParameters(productionPreset) };
  const rows = Object.entries(parameterUses).map(([name, { decides, section }]) => [
    `\`${name}\``,
    `\`${values[name]}\``,
    escapePipes(decides),
    section,
  ]);
  return markdownTable(['parameter', 'production', 'decides', 'section'], rows);
}

/** What is opened of each polynomial and what covers it; those with equal numbers in one row. */
function maskingsTable() {
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const { name, field, conditions, randomElements } of maskings(productionPreset, minRowCount)) {
    const numbers = [field === 'base' ? 'F_p' : 'F', conditions, randomElements].join();
    names.set(numbers, [...(names.get(numbers) ?? []), `\`${name}\``]);
  }
  const rows = [...names].map(([numbers, group]) => [
    group.length > 2 ? `${group[0]} … ${group[group.length - 1]}` : group.join(', '),
    ...numbers.split(','),
  ]);
  return markdownTable(['polynomial', 'over', 'conditions', 'random elements, at least'], rows);
}

/** The generated parts: for each file of spec/ the content between its markers, by the marker's name. */
/** @type {Record<string, Record<string, () => string>>} */
export const specParts = {
  '02-algebra.md': {
    shapes: shapesTable,
    presets: presetsTable,
    'preset-text': () => presetText(productionPreset),
  },
  '03-commitments.md': { trees: treesTable },
  '05-constraints.md': {
    columns: columnsTable,
    constraints: constraintsTable,
    formulas,
    'air-digest': () =>
      `The AIR digest is \`${bytesToHex(airDigest(liabilitiesAir))}\`; ${airOpenings(liabilitiesAir).length} values of columns are opened.`,
  },
  '06-proof.md': { transcript: transcriptTable, openings: openingsTable },
  '09-soundness-and-privacy.md': {
    'error-terms': () => errorTermsTable(productionPreset),
    parameters: parametersTable,
  },
  '12-privacy-proofs.md': { maskings: maskingsTable },
  '13-wallet-ownership.md': {
    networks: networksTable,
    tokens: tokensTable,
    'named-coins': namedCoinsTable,
    'message-headers': messageHeadersTable,
  },
};

/** @param {Preset} preset */
function presetFile(preset) {
  const content = {
    comment: `Written by ${generateSpecCommand}; see section 2.5.`,
    name: preset.name,
    ...presetParameters(preset),
    presetDigest: bytesToHex(presetDigest(preset)),
    airDigest: bytesToHex(airDigest(liabilitiesAir)),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Files of spec/ that are generated as a whole. */
/** @type {Record<string, () => string>} */
export const specFiles = {
  ...Object.fromEntries(presets.map((preset) => [`presets/${preset.name}.json`, () => presetFile(preset)])),
  [`air/${liabilitiesAir.name}.txt`]: () => describeAir(liabilitiesAir),
};

/**
 * A text with the content between its markers replaced. Throws an Error for a marker without a part or the reverse.
 * @param {string} text
 * @param {Record<string, () => string>} parts
 */
export function fillParts(text, parts) {
  const used = new Set();
  const filled = text.replace(
    /<!-- generated: (\S+) -->\n[\s\S]*?<!-- end -->/g,
    (/** @type {string} */ _, /** @type {string} */ name) => {
      if (!(name in parts)) throw new Error(`marker without a generated part: ${name}`);
      used.add(name);
      return `<!-- generated: ${name} -->\n\n${parts[name]()}\n\n<!-- end -->`;
    },
  );
  const missing = Object.keys(parts).filter((name) => !used.has(name));
  if (missing.length > 0) throw new Error(`generated parts without a marker: ${missing.join(', ')}`);
  return filled;
}
