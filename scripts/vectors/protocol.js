// Vectors of the protocol's parts: table, statement, public values, constraints, words, folding, digests.
import { airDigest, describeAir } from '@solvent/air/analyse';
import { evaluateConstraints } from '@solvent/air/evaluate';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { bytesToHex } from '@solvent/commitment/bytes';
import { domainPoint } from '@solvent/field/domain';
import * as ext from '@solvent/field/extension';
import { modulus } from '@solvent/field/koala-bear';
import { accountTag } from '@solvent/stark/account-tag';
import { createDeepWords } from '@solvent/stark/deep';
import { foldFibre } from '@solvent/stark/fold';
import { fixedParameters, presetDigest, productionPreset, toyPreset } from '@solvent/stark/preset';
import { publicColumnsAt } from '@solvent/stark/public-columns';
import { planFibres } from '@solvent/stark/query';
import { inverseVanishingAt } from '@solvent/stark/quotient';
import { deriveShape, openingTerms } from '@solvent/stark/shape';
import { totalBound, totalLimbs, totalsFraction } from '@solvent/stark/statement';
import { accountsTreeLeaf } from '@solvent/stark/table';
import { createDraw, times } from './draw.js';
import { vectorFile } from './format.js';

/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('@solvent/field/extension').Extension} Extension */

export function accountTagVectors() {
  const draw = createDraw('account tag');
  const tags = [
    ['ascii', 'alice'],
    ['one-byte', '7'],
    ['unicode', 'Zoë ☃ 𝄞'],
    ['decomposed', 'Zoe\u0308 ☃ 𝄞'],
    ['path', '../x'],
    ['space', ' alice'],
    ['longest', 'é'.repeat(128)],
  ].map(([id, accountId]) => {
    const nonce = draw.bytes(32);
    const tag = bytesToHex(accountTag(accountId, nonce));
    return { id, result: /** @type {const} */ ('valid'), accountId, nonce: bytesToHex(nonce), tag };
  });
  /** @type {VectorCase[]} */
  const refused = [
    { id: 'empty', result: 'invalid', comment: 'no bytes', base: 'one-byte', accountId: '' },
    { id: 'too-long', result: 'invalid', comment: '257 bytes', base: 'longest', accountId: `${'é'.repeat(128)}x` },
    { id: 'lone-surrogate', result: 'invalid', comment: 'no UTF-8 encoding', base: 'ascii', accountId: 'a\ud800' },
    { id: 'trailing-surrogate', result: 'invalid', comment: 'no UTF-8 encoding', base: 'ascii', accountId: '\udd1ea' },
  ];
  const comment = 'Tags of accounts, and texts that are no account id. Ids are not normalised.';
  return vectorFile('account-tag', comment, ['4.6'], [...tags, ...refused]);
}

export function tableVectors() {
  /** @type {VectorCase[]} */
  const leaves = [
    [2048, 0],
    [2048, 1],
    [2048, 255],
    [2048, 256],
    [2048, 2047],
    [2 ** 19, 65536],
    [2 ** 19, 123456],
  ].map(([rowCount, row]) => ({
    id: `leaf-${rowCount}-${row}`,
    result: 'valid',
    operation: 'leaf-of-row',
    rowCount,
    row,
    output: accountsTreeLeaf(row, rowCount),
  }));
  /** @type {VectorCase[]} */
  const limbs = [0n, 1n, 1023n, 1024n, 2n ** 60n - 1n, 2n ** 60n, 2n ** 70n - 1n, totalBound - 1n].map((total) => ({
    id: `limbs-${total}`,
    result: 'valid',
    operation: 'total-limbs',
    total: String(total),
    output: totalLimbs(total),
  }));
  /** @type {VectorCase[]} */
  const shapes = times(9, (i) => 2 ** (11 + i)).map((rowCount) => {
    const { randomRowCount, foldCount, finalDegreeBound, chunkLength } = deriveShape(rowCount);
    const output = { randomRowCount, foldCount, finalDegreeBound, chunkLength };
    return { id: `shape-${rowCount}`, result: 'valid', operation: 'shape', rowCount, output };
  });
  return vectorFile(
    'table',
    'Leaves of rows in the tree H0, limbs of totals, and what follows from the number of rows.',
    ['2.4', '3.6', '5.3'],
    [...leaves, ...limbs, ...shapes],
  );
}

export function statementVectors() {
  const base = { rowCount: 2048, segment: 0, segmentCount: 1, assetCount: 3, total: '0' };
  /** @type {[string, object][]} */
  const accepted = [
    ['base', {}],
    ['least', { assetCount: 1 }],
    ['most-rows', { rowCount: 2 ** 19 }],
    ['most-assets', { rowCount: 8192, assetCount: 4096 }],
    ['most-products', { rowCount: 8192, assetCount: 4096, segmentCount: 256 }],
    ['most-segments', { assetCount: 1, segmentCount: 2 ** 20 }],
    ['last-segment', { segment: 4095, segmentCount: 4096 }],
    ['largest-total', { total: String(totalBound - 1n) }],
    ['one-row-left', { assetCount: 3070 }],
    ['most-decimals', { decimals: 18 }],
    ['previous', { previousManifest: '5f'.repeat(32) }],
  ];
  /** @type {[string, string, string, object][]} */
  const refused = [
    ['few-rows', 'base', 'fewer than 2^11', { rowCount: 1024 }],
    ['many-rows', 'most-rows', 'more than 2^19', { rowCount: 2 ** 20 }],
    ['no-power', 'base', 'no power of two', { rowCount: 3000 }],
    ['segment', 'base', 'segments count from 0', { segment: 1 }],
    ['segment-after-last', 'last-segment', 'segments count from 0', { segment: 4096 }],
    ['no-segments', 'base', 'at least one', { segmentCount: 0 }],
    ['many-segments', 'most-segments', 'more than 2^20', { segmentCount: 2 ** 20 + 1 }],
    ['no-assets', 'least', 'at least one', { assetCount: 0 }],
    ['many-assets', 'most-assets', 'more than 4096', { assetCount: 4097 }],
    ['many-products', 'most-products', 'K·A is more than 2^20', { segmentCount: 257 }],
    ['few-totals', 'base', 'one for each asset', { totalCount: 2 }],
    ['many-totals', 'base', 'one for each asset', { totalCount: 4 }],
    ['total', 'largest-total', 'p·2^60, whose limb 6 is p', { total: String(totalBound) }],
    ['negative-total', 'base', 'less than 0', { total: '-1' }],
    ['no-row-left', 'one-row-left', 'the carry rows take all active rows', { assetCount: 3071 }],
    ['many-decimals', 'most-decimals', 'more than 18', { decimals: 19 }],
    ['previous-short', 'previous', '31 bytes', { previousManifest: '5f'.repeat(31) }],
    ['previous-long', 'previous', '33 bytes', { previousManifest: '5f'.repeat(33) }],
  ];
  const allowed = new Map(accepted.map(([id, change]) => [id, { ...base, ...change }]));
  /** @type {VectorCase[]} */
  const cases = [
    ...[...allowed].map(([id, statement]) => ({ id, result: /** @type {const} */ ('valid'), ...statement })),
    ...refused.map(([id, from, comment, change]) => ({
      id,
      result: /** @type {const} */ ('invalid'),
      step: 'V1',
      code: 'statement-limits',
      comment,
      base: from,
      ...allowed.get(from),
      ...change,
    })),
  ];
  const comment =
    'Statements within and outside the limits: totalCount totals, or one for each asset, all of the given value; assets ' +
    'have the given decimals, or 0; the previous manifest has the given digest, or there is none.';
  return vectorFile('statement', comment, ['4.8', '6.1'], cases);
}

export function publicValuesVectors() {
  const draw = createDraw('public values');
  /** @type {VectorCase[]} */
  const columns = [
    [2048, 1],
    [2048, 2],
    [2048, 5],
    [2 ** 19, 22],
  ].map(([rowCount, assetCount]) => {
    const point = draw.extension();
    const output = publicColumnsAt(point, deriveShape(rowCount).rowDomain, assetCount);
    return {
      id: `columns-${rowCount}-${assetCount}`,
      result: 'valid',
      operation: 'public-columns',
      rowCount,
      assetCount,
      point,
      output,
    };
  });
  /** @type {VectorCase[]} */
  const divisors = [2048, 2 ** 19].map((rowCount) => {
    const point = draw.extension();
    const output = inverseVanishingAt(point, deriveShape(rowCount));
    return { id: `divisors-${rowCount}`, result: 'valid', operation: 'inverse-divisors', rowCount, point, output };
  });
  const totals = [0n, 1n, 2n ** 70n - 1n, 12345678901234567890n, totalBound - 1n];
  const [beta1, gamma] = [draw.extension(), draw.extension()];
  /** @type {VectorCase} */
  const phi = {
    id: 'phi',
    result: 'valid',
    operation: 'phi',
    totals: totals.map(String),
    beta1,
    gamma,
    output: totalsFraction(totals, beta1, gamma),
  };
  const comment =
    'What everybody computes at a point: public columns, inverses of the divisors of the row sets, and Φ.';
  return vectorFile('public-values', comment, ['5.1', '5.3'], [...columns, ...divisors, phi]);
}

export function airVectors() {
  const draw = createDraw('air');
  const named = (/** @type {readonly string[]} */ names, /** @type {() => Extension} */ make) =>
    Object.fromEntries(names.map((name) => [name, make()]));
  const evaluateCase = (
    /** @type {string} */ id,
    /** @type {string} */ comment,
    /** @type {() => Extension} */ make,
  ) => {
    const columns = named(
      liabilitiesAir.columns.map(({ name }) => name),
      make,
    );
    const next = { acc: make() };
    const publicColumns = named(liabilitiesAir.publicColumns, make);
    const challenges = named(liabilitiesAir.challenges, make);
    const publicValues = named(liabilitiesAir.publicValues, make);
    const values = evaluateConstraints(liabilitiesAir, {
      column: (column, rotation) => (rotation === 1 ? next.acc : columns[liabilitiesAir.columns[column].name]),
      publicColumns,
      challenges,
      publicValues,
    });
    const output = Object.fromEntries(liabilitiesAir.constraints.map(({ name }, i) => [name, values[i]]));
    return {
      id,
      result: /** @type {const} */ ('valid'),
      comment,
      columns,
      next,
      publicColumns,
      challenges,
      publicValues,
      output,
    };
  };
  const cases = [
    evaluateCase('point-0', 'random values everywhere', draw.extension),
    evaluateCase('point-1', 'random values everywhere', draw.extension),
    evaluateCase('zeros', 'zeros everywhere', () => ext.zero),
    evaluateCase('ones', 'ones everywhere', () => ext.one),
  ];
  const comment =
    'Values of all constraints for given values of columns, public columns, challenges and public values.';
  return vectorFile('air', comment, ['5.2', '5.4', '5.6'], cases);
}

export function wordVectors() {
  const draw = createDraw('words');
  const cases = [2048, 2 ** 19].map((rowCount) => {
    const shape = deriveShape(rowCount);
    const position = draw.below(shape.pointDomain.size);
    const zeta = draw.extension();
    const openings = openingTerms.map(draw.extension);
    const lambdas = openingTerms.map(draw.extension);
    const row = {
      user: times(32, draw.element),
      multiplicity: [draw.element()],
      traceMask: draw.extension(),
      auxiliary: times(12, draw.extension),
      auxiliaryMask: draw.extension(),
      chunks: times(4, draw.extension),
    };
    const point = domainPoint(shape.pointDomain, position);
    const words = createDeepWords(openings, lambdas, zeta, shape);
    const output = [words.first(point, row.user, row.traceMask), words.second(point, row)];
    return {
      id: `rows-${rowCount}`,
      result: /** @type {const} */ ('valid'),
      rowCount,
      position,
      zeta,
      openings,
      lambdas,
      ...row,
      output,
    };
  });
  const comment = 'The two words at a position of D, from what is committed there.';
  return vectorFile('words', comment, ['6.6', '6.7'], cases);
}

export function foldVectors() {
  const draw = createDraw('fold');
  const cases = times(4, (i) => {
    const point = i === 0 ? 1 : draw.element();
    const values = times(8, i === 1 ? () => ext.fromBase(draw.element()) : draw.extension);
    const challenge = i === 2 ? ext.zero : draw.extension();
    return {
      id: `fibre-${i}`,
      result: /** @type {const} */ ('valid'),
      point,
      values,
      challenge,
      output: foldFibre(values, challenge, point),
    };
  });
  const comment = 'Folding of one fibre: values at x, xζ, …, xζ^7, x the given point; the output is the value at x^8.';
  return vectorFile('fold', comment, ['6.8'], cases);
}

export function fibreVectors() {
  const draw = createDraw('fibres');
  const sorted = (/** @type {number[]} */ list) => [...new Set(list)].sort((a, b) => a - b);
  const cases = [
    { id: 'one-position', rowCount: 2048, domain: 'D', positions: [4097] },
    { id: 'one-fibre', rowCount: 2048, domain: 'H', positions: [7, 263, 2047] },
    { id: 'whole-fibre', rowCount: 2048, domain: 'H', positions: times(8, (k) => 5 + 256 * k) },
    { id: 'toy-queries', rowCount: 2048, domain: 'D', positions: sorted(times(8, () => draw.below(8192))) },
    { id: 'many-layers', rowCount: 2 ** 19, domain: 'D', positions: sorted(times(6, () => draw.below(2 ** 21))) },
  ].map(({ id, rowCount, domain, positions }) => {
    const shape = deriveShape(rowCount);
    const { size } = domain === 'D' ? shape.pointDomain : shape.rowDomain;
    const layers = planFibres(positions, size, shape.foldCount);
    return { id, result: /** @type {const} */ ('valid'), rowCount, domain, positions, layers };
  });
  const comment = 'Which fibres of each layer are opened for known positions, and at which positions values are sent.';
  return vectorFile('fibres', comment, ['6.9'], cases);
}

export function digestVectors() {
  /** @type {VectorCase[]} */
  const presets = [productionPreset, toyPreset].map((preset) => {
    const { queryCount, grindingBits } = preset;
    const parameters = { ...fixedParameters, queryCount, grindingBits };
    const text = Object.entries(parameters).map(([name, value]) => `${name} ${value}\n`);
    return {
      id: preset.name,
      result: 'valid',
      purpose: 'preset',
      text: text.join(''),
      digest: bytesToHex(presetDigest(preset)),
    };
  });
  /** @type {VectorCase} */
  const air = {
    id: liabilitiesAir.name,
    result: 'valid',
    purpose: 'air',
    text: describeAir(liabilitiesAir),
    digest: bytesToHex(airDigest(liabilitiesAir)),
  };
  const comment = `Digests that every transcript absorbs, with the texts that they are of; p is ${modulus}.`;
  return vectorFile('digests', comment, ['2.5', '5.5'], [...presets, air]);
}
