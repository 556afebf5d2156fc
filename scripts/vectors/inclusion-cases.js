// Vectors of inclusions: a valid one for each account, and for each code of steps I1 to I7 changes that must be rejected.
import { bytesToHex, encodeUint32, hexToBytes } from '@solvent/commitment/bytes';
import { siblingNumbers } from '@solvent/commitment/merkle';
import { modulus } from '@solvent/field/koala-bear';
import { findSharedRow, verifyInclusion } from '@solvent/inclusion-verifier/verify-inclusion';
import { sortedLeaves } from '@solvent/proof-format/inclusion-file';
import { manifestDigest } from '@solvent/report-format/manifest';
import { deriveShape } from '@solvent/stark/shape';
import { applyEdits } from './edits.js';
import { presetNamed } from './report-plans.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('./make-report.js').MadeAccount} MadeAccount */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */
/** @typedef {import('@solvent/liabilities-verifier/verified-report').VerifiedReport} VerifiedReport */

/** @typedef {{ preset?: string, accountId?: string, manifestDigest?: string, balances?: Record<string, string>, together?: string }} Said */
/** @typedef {[id: string, step: string, code: string, comment: string, edits: Edit[], said?: Said]} Lie */

/**
 * @param {string} pointer
 * @param {unknown} value
 * @returns {Edit}
 */
const set = (pointer, value) => ({ file: 'inclusion', set: pointer, value });

/**
 * Lies about one account, of which the first row has an unused entry.
 * @param {MadeReport} report
 * @param {MadeAccount} account
 * @returns {Lie[]}
 */
function accountLies(report, account) {
  const content = JSON.parse(new TextDecoder().decode(account.file));
  const [row] = content.rows;
  const { rows: rowCount } = report.manifest.segments[account.segment];
  const { randomRowCount } = deriveShape(rowCount);
  const entry = (/** @type {object} */ change) => set('/rows/0/entries/0', { ...row.entries[0], ...change });
  const more = (/** @type {string} */ units) => String(BigInt(units) + 1n);
  const flipped = (/** @type {string} */ digest) =>
    bytesToHex(hexToBytes(digest).map((byte, i) => (i === 0 ? byte ^ 1 : byte)));
  const mask = row.mask.slice(0, 32) + bytesToHex(encodeUint32(modulus));
  const [symbol, units] = Object.entries(account.balances)[0];
  /** @type {(...edits: Edit[]) => Edit[]} */
  const edits = (...list) => list;
  return [
    ['preset', 'I1', 'preset', 'the holder accepts another preset', [], { preset: otherPreset(report) }],
    [
      'manifest-digest',
      'I1',
      'manifest-digest',
      'the holder has another digest',
      [],
      { manifestDigest: '00'.repeat(32) },
    ],
    [
      'digest-short',
      'I1',
      'manifest-digest',
      'the holder has only the first 16 bytes',
      [],
      { manifestDigest: bytesToHex(manifestDigest(report.manifestBytes).subarray(0, 16)) },
    ],
    [
      'encoding-white-space',
      'I2',
      'inclusion-encoding',
      'a space that the canonical form does not have',
      edits({ file: 'inclusion', splice: 1, delete: 0, insert: '20' }),
    ],
    [
      'encoding-empty',
      'I2',
      'inclusion-encoding',
      'no bytes',
      edits({ file: 'inclusion', splice: 0, delete: account.file.length, insert: '' }),
    ],
    [
      'encoding-member',
      'I2',
      'inclusion-encoding',
      'a list of balances, which only the holder has',
      edits(set('/balances', account.balances)),
    ],
    ['encoding-no-rows', 'I2', 'inclusion-encoding', 'no rows', edits(set('/rows', []))],
    [
      'encoding-entries',
      'I2',
      'inclusion-encoding',
      'three entries in a row',
      edits({ file: 'inclusion', remove: '/rows/0/entries/3' }),
    ],
    ['encoding-amount', 'I2', 'inclusion-encoding', 'a negative amount', edits(entry({ amount: '-1' }))],
    ['encoding-index', 'I2', 'inclusion-encoding', 'a row of 2^19', edits(set('/rows/0/index', 2 ** 19))],
    ['encoding-openings', 'I2', 'inclusion-encoding', 'openings in another alphabet', edits(set('/openings', '_w=='))],
    ['other-report', 'I2', 'other-report', 'a file of another report', edits(set('/manifest', '00'.repeat(32)))],
    [
      'segment',
      'I2',
      'segment',
      'a segment that is not there',
      edits(set('/segment', report.manifest.segments.length)),
    ],
    ['row-carry', 'I3', 'row-index', 'a carry row', edits(set('/rows/0/index', 0))],
    ['row-random', 'I3', 'row-index', 'the first random row', edits(set('/rows/0/index', rowCount - randomRowCount))],
    ['row-beyond', 'I3', 'row-index', 'the row plus N', edits(set('/rows/0/index', row.index + rowCount))],
    ['row-twice', 'I3', 'row-order', 'the row twice', edits(set('/rows', [row, row]))],
    [
      'row-asset',
      'I3',
      'row-asset',
      'an asset past the end of the list',
      edits(entry({ asset: report.manifest.assets.length + 1 })),
    ],
    ['row-amount', 'I3', 'row-amount', 'an amount of 2^70', edits(entry({ amount: String(2n ** 70n) }))],
    [
      'row-unused',
      'I3',
      'row-unused',
      'an amount without asset',
      edits(set('/rows/0/entries/3', { asset: 0, amount: '1' })),
    ],
    ['row-mask', 'I3', 'row-mask', 'a mask with the element p', edits(set('/rows/0/mask', mask))],
    [
      'openings-base64',
      'I3',
      'openings-encoding',
      'text of a length that base64 does not have',
      edits(set('/openings', content.openings.slice(0, -3))),
    ],
    ...openingLies(content, rowCount),
    ['account-empty', 'I4', 'account-id', 'no account id', [], { accountId: '' }],
    ['account-long', 'I4', 'account-id', 'an account id of 257 bytes', [], { accountId: 'x'.repeat(257) }],
    ['account-other', 'I4', 'accounts-path', 'another account id', [], { accountId: `${account.id}2` }],
    ['account-space', 'I4', 'accounts-path', 'the account id with a space', [], { accountId: `${account.id} ` }],
    ['other-nonce', 'I4', 'accounts-path', 'another nonce', edits(set('/nonce', flipped(content.nonce)))],
    ['other-salt', 'I4', 'accounts-path', 'another salt', edits(set('/rows/0/salt', flipped(row.salt)))],
    ['other-amount', 'I4', 'accounts-path', 'another amount', edits(entry({ amount: more(row.entries[0].amount) }))],
    [
      'other-asset',
      'I4',
      'accounts-path',
      'another asset',
      edits(entry({ asset: row.entries[0].asset === 1 ? 2 : 1 })),
    ],
    [
      'other-row',
      'I4',
      'accounts-path',
      'another row of the same fibre',
      edits(set('/rows/0/index', otherRow(row.index, rowCount))),
    ],
    ['other-mask', 'I4', 'accounts-path', 'another mask', edits(set('/rows/0/mask', '01'.repeat(20)))],
    [
      'entries-swapped',
      'I4',
      'accounts-path',
      'the entries in another order',
      edits(set('/rows/0/entries', [...row.entries].reverse())),
    ],
    [
      'balance-more',
      'I6',
      'balances',
      'the holder has one unit more',
      [],
      { balances: { ...account.balances, [symbol]: more(units) } },
    ],
    [
      'balance-missing',
      'I6',
      'balances',
      'the holder does not list an asset that the rows count',
      [],
      { balances: {} },
    ],
    [
      'balance-unlisted',
      'I6',
      'balances',
      'the holder has an asset that the report does not list',
      [],
      { balances: { ...account.balances, OTHER: '1' } },
    ],
    ['shared-row', 'I7', 'shared-row', 'the same file shown twice', [], { together: 'account-0' }],
  ];
}

/** @param {MadeReport} report */
const otherPreset = ({ plan }) => (plan.preset.name === 'toy' ? 'production' : 'toy');

/**
 * Lies in the openings.
 * @param {{ openings: string, rows: { index: number }[] }} content
 * @param {number} rowCount
 * @returns {Lie[]}
 */
function openingLies({ openings, rows }, rowCount) {
  const bytes = Buffer.from(openings, 'base64');
  const changed = (/** @type {number} */ offset) => {
    const copy = Buffer.from(bytes);
    copy[offset] ^= 1;
    return [set('/openings', copy.toString('base64'))];
  };
  const text = (/** @type {Uint8Array} */ content) => [set('/openings', Buffer.from(content).toString('base64'))];
  const indexes = rows.map(({ index }) => index);
  const values = 32 * siblingNumbers(rowCount, sortedLeaves(indexes, rowCount)).length;
  const tooLarge = Buffer.from(bytes);
  tooLarge.set(encodeUint32(modulus), values);
  return [
    ['openings-short', 'I3', 'openings-encoding', 'the last byte is missing', text(bytes.subarray(0, -1))],
    ['openings-long', 'I3', 'openings-encoding', 'a byte more', text(Buffer.concat([bytes, Buffer.alloc(1)]))],
    ['openings-element', 'I3', 'openings-encoding', 'a value with the element p', text(tooLarge)],
    ['path-sibling', 'I4', 'accounts-path', 'another digest on the path to the accounts root', changed(0)],
    ['layer-value', 'I5', 'layer-opening', 'another value in layer 0', changed(values)],
    ['layer-sibling', 'I5', 'layer-opening', 'another digest in the last layer', changed(bytes.length - 1)],
  ];
}

/**
 * The next row of a row's fibre that accounts may have.
 * @param {number} row
 * @param {number} rowCount
 */
function otherRow(row, rowCount) {
  const next = row + rowCount / 8;
  return next < rowCount - deriveShape(rowCount).randomRowCount ? next : row - rowCount / 8;
}

/**
 * The cases of a report's inclusion files, each tried.
 * @param {MadeReport} report
 * @param {VerifiedReport} verified
 * @param {import('./report-cases.js').Lies} lies
 * @returns {VectorCase[]}
 */
export function inclusionCases(report, verified, lies) {
  const manifest = bytesToHex(verified.digest);
  /** @type {VectorCase[]} */
  const cases = report.accounts.map(({ id, balances }, i) => ({
    id: `account-${i}`,
    result: 'valid',
    file: inclusionFileName(i),
    accountId: id,
    manifestDigest: manifest,
    balances,
    edits: [],
    sums: balances,
  }));
  const [{ manifestDigest: _, balances: __, ...first }] = cases;
  cases.push({ ...first, id: 'nothing-compared', comment: 'no digest and no balances from the holder' });
  const all = lies === 'none' ? [] : accountLies(report, report.accounts[0]);
  const threeRows = report.accounts.findIndex(({ rows }) => rows.length > 2);
  const seen = new Set();
  for (const [id, step, code, comment, edits, said] of all) {
    if (lies === 'one' && seen.has(`${step} ${code}`)) continue;
    seen.add(`${step} ${code}`);
    cases.push({
      ...cases[0],
      id,
      result: 'invalid',
      step,
      code,
      comment,
      base: 'account-0',
      ...said,
      edits,
      sums: undefined,
    });
  }
  if (threeRows >= 0) cases.push(...rowLies(report, threeRows, cases[threeRows]));
  for (const each of cases)
    tryInclusionCase(
      report.accounts.map(({ file }) => file),
      verified,
      each,
      cases,
    );
  return cases;
}

/**
 * Lies about an account of several rows.
 * @param {MadeReport} report
 * @param {number} account
 * @param {VectorCase} base
 * @returns {VectorCase[]}
 */
function rowLies(report, account, base) {
  const { rows } = JSON.parse(new TextDecoder().decode(report.accounts[account].file));
  const lie = (
    /** @type {string} */ id,
    /** @type {string} */ code,
    /** @type {string} */ comment,
    /** @type {unknown[]} */ changed,
  ) => ({
    ...base,
    id,
    result: /** @type {const} */ ('invalid'),
    step: 'I3',
    code,
    comment,
    base: base.id,
    edits: [set('/rows', changed)],
    sums: undefined,
  });
  return [
    lie('rows-swapped', 'row-order', 'rows in another order', [rows[1], rows[0], ...rows.slice(2)]),
    lie('rows-fewer', 'openings-encoding', 'a row left out, the openings of all', rows.slice(0, -1)),
  ];
}

/** @param {number} account */
export const inclusionFileName = (account) => `inclusion-${account}.json`;

/**
 * The verdict on an inclusion case.
 * @param {Uint8Array} file
 * @param {VerifiedReport} report
 * @param {VectorCase} vector
 */
export function verdictOnInclusion(file, report, vector) {
  const edited = applyEdits({ inclusion: file }, /** @type {Edit[]} */ (vector.edits)).inclusion;
  const { manifestDigest: digest, balances, preset } = /** @type {Said} */ (vector);
  return verifyInclusion({
    file: /** @type {Uint8Array} */ (edited),
    report,
    preset: preset === undefined ? report.preset : presetNamed(preset),
    accountId: String(vector.accountId),
    ...(digest === undefined ? {} : { manifestDigest: hexToBytes(digest) }),
    ...(balances === undefined ? {} : { balances: unitsMap(balances) }),
  });
}

/** @param {Record<string, string>} balances */
const unitsMap = (balances) => new Map(Object.entries(balances).map(([symbol, units]) => [symbol, BigInt(units)]));

/**
 * Throws unless the verifier says of a case what the case says.
 * @param {Uint8Array[]} files
 * @param {VerifiedReport} report
 * @param {VectorCase} vector
 * @param {VectorCase[]} all
 */
function tryInclusionCase(files, report, vector, all) {
  const fileOf = (/** @type {VectorCase} */ { file }) => files[Number(/\d+/.exec(String(file))?.[0])];
  const verdict = verdictOnInclusion(fileOf(vector), report, vector);
  const others = all
    .filter(({ id }) => id === vector.together)
    .map((other) => verdictOnInclusion(fileOf(other), report, other));
  const shown = [verdict, ...others];
  const shared = shown.every((each) => each.ok)
    ? findSharedRow(shown.flatMap((each) => (each.ok ? [each] : [])))
    : undefined;
  const final = shared ?? verdict;
  const found = final.ok ? 'valid' : `${final.step} ${final.code}`;
  const expected = vector.result === 'valid' ? 'valid' : `${vector.step} ${vector.code}`;
  if (found !== expected) throw new Error(`inclusion vector ${vector.id}: expected ${expected}, found ${found}`);
}
