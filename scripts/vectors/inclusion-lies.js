// Ways in which the vectors change an inclusion file, or what its holder says, with the step and code that must reject it.
import { bytesToHex, encodeUint32, hexToBytes } from '@solvent/commitment/bytes';
import { siblingNumbers } from '@solvent/commitment/merkle';
import { modulus } from '@solvent/field/koala-bear';
import { sortedLeaves } from '@solvent/proof-format/inclusion-file';
import { manifestDigest } from '@solvent/report-format/manifest';
import { deriveShape } from '@solvent/stark/shape';
import { setIn } from './edits.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./make-report.js').MadeAccount} MadeAccount */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */

/** @typedef {{ preset?: string, accountId?: string, manifestDigest?: string, balances?: Record<string, string>, together?: string, unverified?: true }} Said */
/** @typedef {[id: string, step: string, code: string, comment: string, edits: Edit[], said?: Said, flags?: string[] | undefined]} Lie */

const set = setIn('inclusion');

/**
 * Lies about one account, of which the first row has an unused entry.
 * @param {MadeReport} report
 * @param {MadeAccount} account
 * @returns {Lie[]}
 */
export function accountLies(report, account) {
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
 * Lies about an account of several rows.
 * @param {MadeAccount} account
 * @returns {Lie[]}
 */
export function rowLies({ file }) {
  const { rows } = JSON.parse(new TextDecoder().decode(file));
  const last = rows.length - 1;
  /** @type {(id: string, code: string, comment: string, changed: unknown[]) => Lie} */
  const lie = (id, code, comment, changed) => [id, 'I3', code, comment, [set('/rows', changed)]];
  const entry = (/** @type {number} */ row, /** @type {number} */ place, /** @type {object} */ change) =>
    set(`/rows/${row}/entries/${place}`, { ...rows[row].entries[place], ...change });
  /** @type {(id: string, code: string, comment: string, ...edits: Edit[]) => Lie} */
  const both = (id, code, comment, ...edits) => [id, 'I3', code, comment, edits, {}, ['two-faults']];
  const beyond = { asset: 4096 };
  return [
    lie('rows-swapped', 'row-order', 'rows in another order', [rows[1], rows[0], ...rows.slice(2)]),
    lie('rows-fewer', 'openings-encoding', 'a row left out, the openings of all', rows.slice(0, -1)),
    [
      'rows-last-mask',
      'I3',
      'row-mask',
      'the mask of the last row with an element that is not canonical',
      [set(`/rows/${last}/mask`, 'ff'.repeat(20))],
    ],
    both(
      'row-before-row',
      'row-asset',
      'an asset that is not listed in the first row, and a carry row after it',
      entry(0, 0, beyond),
      set('/rows/1/index', 0),
    ),
    both(
      'index-before-order',
      'row-index',
      'a second row that is a carry row and before the first',
      set('/rows/1/index', 0),
      entry(1, 0, beyond),
    ),
    both(
      'order-before-asset',
      'row-order',
      'the first row twice, the second time with an asset that is not listed',
      set('/rows/1/index', rows[0].index),
      entry(1, 0, beyond),
    ),
    both(
      'asset-before-amount',
      'row-asset',
      'an asset that is not listed with an amount of 2^70',
      set('/rows/0/entries/0', { asset: 4096, amount: String(2n ** 70n) }),
    ),
    both(
      'amount-before-unused',
      'row-amount',
      'an amount of 2^70 without asset',
      set('/rows/0/entries/0', { asset: 0, amount: String(2n ** 70n) }),
    ),
    both(
      'entry-before-entry',
      'row-unused',
      'an amount without asset, and in the next entry an asset that is not listed',
      entry(0, 0, { asset: 0 }),
      entry(0, 1, beyond),
    ),
    both(
      'entries-before-masks',
      'row-asset',
      'a mask that is not canonical in the first row, and an asset that is not listed in the last',
      set('/rows/0/mask', 'ff'.repeat(20)),
      entry(last, 0, beyond),
    ),
  ];
}
