// Inclusion files at the edges of their format, and spellings that a lenient reader would take (spec §7.3, §7.4).
import { bytesToHex, encodeUint32, utf8ToBytes } from '@solvent/commitment/bytes';
import { modulus } from '@solvent/field/koala-bear';
import { maxInclusionFileSize } from '@solvent/proof-format/inclusion-file';
import { deriveShape } from '@solvent/stark/shape';
import { carryRowCount } from '@solvent/stark/table';
import { setIn, spliceText } from './edits.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./make-report.js').MadeAccount} MadeAccount */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */
/** @typedef {import('./inclusion-lies.js').Lie} Lie */

const set = setIn('inclusion');
const reader = ['lenient-reader'];
const boundary = ['boundary'];

/** @type {(id: string, comment: string, edits: Edit[], flags?: string[]) => Lie} */
const fault = (id, comment, edits, flags) => [`encoding-${id}`, 'I2', 'inclusion-encoding', comment, edits, {}, flags];

/**
 * Spellings of JSON other than the canonical one, and members that are missing, unknown or of another type.
 * @param {Uint8Array} file
 * @param {Record<string, any>} content
 * @returns {Lie[]}
 */
function memberLies(file, content) {
  const text = new TextDecoder().decode(file);
  const at = (/** @type {string} */ part) => utf8ToBytes(text.slice(0, text.indexOf(part) + part.length)).length;
  const put = (/** @type {string} */ id, /** @type {string} */ comment, offset = 0, remove = 0, instead = '') =>
    fault(id, comment, [spliceText('inclusion', offset, remove, instead)], reader);
  const grown = (/** @type {number} */ size) => [
    { ...spliceText('inclusion', at('"openings":"'), 0, 'A'), repeat: size - file.length },
  ];
  const members = [
    ...Object.keys(content),
    ...Object.keys(content.rows[0]).map((name) => `rows/0/${name}`),
    'rows/0/entries/0/asset',
    'rows/0/entries/0/amount',
  ];
  const id = (/** @type {string} */ member) => member.replaceAll(/\/(0\/)?/g, '-');
  return [
    ...members.map((member) =>
      fault(`without-${id(member)}`, `no ${member}`, [{ file: 'inclusion', remove: `/${member}` }]),
    ),
    ...members.map((member) => fault(`null-${id(member)}`, `null as ${member}`, [set(`/${member}`, null)], reader)),
    put('line-feed', 'a line feed at the end', file.length, 0, '\n'),
    put('byte-order-mark', 'a byte-order mark', 0, 0, '\u{feff}'),
    put('list', 'an empty list instead of an object', 0, file.length, '[]'),
    put(
      'member-twice',
      'the member format twice',
      at('"format":"solvent-inclusion/1",'),
      0,
      '"format":"solvent-inclusion/1",',
    ),
    put('member-proto', 'a further member with the name __proto__', 1, 0, '"__proto__":null,'),
    put('index-fraction', 'a row with a fraction of zeros', at(`"index":${content.rows[0].index}`), 0, '.0'),
    put('escape', 'an escaped slash in the openings', at('"openings":"'), 1, '\\u0041'),
    fault('format', 'another format', [set('/format', 'solvent-inclusion/2')]),
    fault('row-member', 'a row with a further member', [set('/rows/0/account', 'alice')]),
    fault('entry-member', 'an entry with a further member', [set('/rows/0/entries/0/symbol', 'BTC')]),
    fault(
      'five-entries',
      'five entries in a row',
      [set('/rows/0/entries', [...content.rows[0].entries, { asset: 0, amount: '0' }])],
      boundary,
    ),
    fault('rows-object', 'rows as an object', [set('/rows', { 0: content.rows[0] })], reader),
    ...['manifest', 'nonce', 'rows/0/salt'].map((member) =>
      fault(`upper-${id(member)}`, `${member} in upper case`, [set(`/${member}`, 'AB'.repeat(32))], reader),
    ),
    ...['manifest', 'nonce', 'rows/0/salt'].map((member) =>
      fault(`short-${id(member)}`, `${member} of 31 bytes`, [set(`/${member}`, 'ab'.repeat(31))], boundary),
    ),
    fault('large', 'a file of 2^23 + 1 bytes', grown(maxInclusionFileSize + 1), boundary),
    ['openings-large', 'I3', 'openings-encoding', 'a file of 2^23 bytes', grown(maxInclusionFileSize), {}, boundary],
  ];
}

/**
 * Numbers at the edges of what the format allows, and of what the report's shape allows.
 * @param {MadeReport} report
 * @param {MadeAccount} account
 * @param {Record<string, any>} content
 * @returns {Lie[]}
 */
function rangeLies(report, account, content) {
  const { rows: rowCount } = report.manifest.segments[account.segment];
  const { randomRowCount } = deriveShape(rowCount);
  const assetCount = report.manifest.assets.length;
  const index = (/** @type {number} */ row) => [set('/rows/0/index', row)];
  const asset = (/** @type {number} */ number) => [set('/rows/0/entries/0/asset', number)];
  const amount = (/** @type {string} */ units) => [set('/rows/0/entries/0/amount', units)];
  /** @type {(id: string, code: string, comment: string, edits: Edit[]) => Lie} */
  const wrong = (id, code, comment, edits) => [id, 'I3', code, comment, edits, {}, boundary];
  /** @type {(id: string, comment: string, edits: Edit[]) => Lie} */
  const allowed = (id, comment, edits) => [
    `allowed-${id}`,
    'I4',
    'accounts-path',
    `${comment}: allowed there, but no leaf of this account`,
    edits,
    {},
    boundary,
  ];
  return [
    fault('segment-4096', 'segment 4096', [set('/segment', 4096)], boundary),
    ['segment-4095', 'I2', 'segment', 'segment 4095', [set('/segment', 4095)], {}, boundary],
    fault('segment-negative', 'segment −1', [set('/segment', -1)], boundary),
    fault('segment-text', 'a segment as text', [set('/segment', '0')], reader),
    fault('index-negative', 'row −1', index(-1), boundary),
    fault('index-text', 'a row as text', [set('/rows/0/index', String(content.rows[0].index))], reader),
    wrong('row-last', 'row-index', 'row 2^19 − 1', index(2 ** 19 - 1)),
    wrong('row-last-carry', 'row-index', 'the last carry row', index(carryRowCount(assetCount) - 1)),
    allowed('row-first', 'the first row after the carry rows', index(carryRowCount(assetCount))),
    allowed('row-before-random', 'the last row before the random ones', index(rowCount - randomRowCount - 1)),
    fault('asset-4097', 'asset 4097', asset(4097), boundary),
    fault('asset-negative', 'asset −1', asset(-1), boundary),
    wrong('asset-4096', 'row-asset', 'asset 4096', asset(4096)),
    allowed('asset-last', 'the last listed asset', asset(assetCount)),
    fault('amount-41-digits', 'an amount of 41 digits', amount('1'.repeat(41)), boundary),
    wrong('amount-40-digits', 'row-amount', 'an amount of 40 digits', amount('9'.repeat(40))),
    allowed('amount-largest', 'an amount of 2^70 − 1', amount(String(2n ** 70n - 1n))),
    fault('amount-zeros', 'an amount with a leading zero', amount('01'), reader),
    fault('amount-empty', 'an empty amount', amount(''), reader),
    fault('amount-plus', 'an amount with a plus sign', amount('+1'), reader),
    fault('amount-point', 'an amount with a point', amount('1.0'), reader),
    fault('amount-exponent', 'an amount with an exponent', amount('1e3'), reader),
    fault('amount-number', 'an amount as a JSON number', [set('/rows/0/entries/0/amount', 1)], reader),
    ['row-asset-zero', 'I3', 'row-unused', 'an amount whose asset is 0', asset(0), {}, boundary],
    ...rowListLies(account.file),
  ];
}

/**
 * Lists of 1024 and of 1025 rows, all the same.
 * @param {Uint8Array} file of one row
 * @returns {Lie[]}
 */
function rowListLies(file) {
  const text = new TextDecoder().decode(file);
  const [start, end] = [text.indexOf('"rows":[') + 8, text.indexOf('],"segment"')];
  const grown = (/** @type {number} */ rowCount) => [
    { ...spliceText('inclusion', start, 0, `${text.slice(start, end)},`), repeat: rowCount - 1 },
  ];
  return [
    fault('rows-1025', '1025 rows', grown(1025), boundary),
    ['rows-1024', 'I3', 'row-order', '1024 rows, all the same', grown(1024), {}, boundary],
  ];
}

/**
 * Masks and openings: characters (I2), then content (I3).
 * @param {Record<string, any>} content
 * @returns {Lie[]}
 */
function textLies(content) {
  const { openings, rows } = content;
  const mask = (/** @type {string} */ hex) => [set('/rows/0/mask', hex)];
  const element = (/** @type {number} */ value) => bytesToHex(encodeUint32(value));
  const text = (/** @type {string} */ value) => [set('/openings', value)];
  const padded = openings.replace(/=*$/, '');
  /** @type {(id: string, comment: string, edits: Edit[], flags?: string[]) => Lie} */
  const wrong = (id, comment, edits, flags = reader) => [
    `openings-${id}`,
    'I3',
    'openings-encoding',
    comment,
    edits,
    {},
    flags,
  ];
  return [
    fault('mask-upper', 'a mask in upper case', mask(`${rows[0].mask.slice(0, -2)}AB`), reader),
    fault('mask-short', 'a mask of 19 bytes', mask(rows[0].mask.slice(2)), boundary),
    fault('mask-long', 'a mask of 21 bytes', mask(`${rows[0].mask}00`), boundary),
    fault('mask-letter', 'a mask with a letter that is no digit', mask(`g${rows[0].mask.slice(1)}`)),
    [
      'row-mask-first',
      'I3',
      'row-mask',
      'a mask that begins with the element p',
      mask(element(modulus) + rows[0].mask.slice(8)),
      {},
      boundary,
    ],
    [
      'row-mask-largest',
      'I3',
      'row-mask',
      'a mask that begins with the element 2^32 − 1',
      mask(`ffffffff${rows[0].mask.slice(8)}`),
      {},
      boundary,
    ],
    [
      'allowed-mask',
      'I4',
      'accounts-path',
      'a mask that begins with the element p − 1',
      mask(element(modulus - 1) + rows[0].mask.slice(8)),
      {},
      boundary,
    ],
    fault('openings-three', 'three characters = as openings', text('==='), boundary),
    fault('openings-inner', 'a character = before others', text('A=AA'), reader),
    fault(
      'openings-line',
      'a line feed in the openings',
      text(`${openings.slice(0, 76)}\n${openings.slice(76)}`),
      reader,
    ),
    fault('openings-space', 'a space at the end of the openings', text(`${openings} `), reader),
    fault('openings-minus', 'openings in the alphabet for addresses', text(`-${openings.slice(1)}`), reader),
    wrong('empty', 'no openings', text('')),
    wrong('unused-bits', 'unused bits that are not 0', text('AB==')),
    wrong('own-unused-bits', 'the openings with one of the unused bits set', text(withUnusedBit(openings))),
    wrong('no-padding', 'the openings without their padding', text(padded)),
    wrong('only-padding', 'nothing but padding', text('==')),
    wrong('one-character', 'a group of one character', text('A')),
    wrong('one-padded', 'a group of one character, padded', text('A==')),
    wrong('padding-missing', 'a group of two characters without padding', text(`${'AAAA'.repeat(10)}AA`)),
    wrong(
      'padding-further',
      'padding after a whole group',
      text(`${padded.slice(0, padded.length - (padded.length % 4))}==`),
    ),
  ];
}

/**
 * Base64 that ends in padding, with the last of the unused bits before it set.
 * @param {string} text
 */
function withUnusedBit(text) {
  const last = text.indexOf('=') - 1;
  if (last < 0) throw new Error('openings: expected padding, which the lie about its unused bits is about');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return text.slice(0, last) + alphabet[alphabet.indexOf(text[last]) + 1] + text.slice(last + 1);
}

/**
 * What only the holder says.
 * @param {MadeReport} report
 * @param {MadeAccount} account
 * @param {string} digest of the manifest
 * @returns {Lie[]}
 */
function holderLies(report, account, digest) {
  const changed = digest.slice(0, -2) + (digest.endsWith('00') ? '01' : '00');
  const [symbol, units] = Object.entries(account.balances)[0];
  const { [symbol]: _, ...others } = account.balances;
  return [
    [
      'header-unverified',
      'I1',
      'header-unverified',
      'this verifier has not verified the report',
      [],
      { unverified: true },
    ],
    [
      'digest-last',
      'I1',
      'manifest-digest',
      'the holder has a digest with another last byte',
      [],
      { manifestDigest: changed },
      boundary,
    ],
    [
      'digest-long',
      'I1',
      'manifest-digest',
      'the holder has a byte more',
      [],
      { manifestDigest: `${digest}00` },
      boundary,
    ],
    [
      'digest-empty',
      'I1',
      'manifest-digest',
      'the holder has a digest of no bytes',
      [],
      { manifestDigest: '' },
      boundary,
    ],
    ['account-256', 'I4', 'accounts-path', 'an account id of 256 bytes', [], { accountId: 'x'.repeat(256) }, boundary],
    [
      'account-257-unicode',
      'I4',
      'account-id',
      'an account id of 129 characters and 257 bytes',
      [],
      { accountId: `${'é'.repeat(128)}x` },
      ['boundary', 'unicode'],
    ],
    [
      'account-surrogate',
      'I4',
      'account-id',
      'an account id with a lone surrogate',
      [],
      { accountId: 'a\ud800' },
      ['unicode'],
    ],
    [
      'account-case',
      'I4',
      'accounts-path',
      'the account id in upper case',
      [],
      { accountId: account.id.toUpperCase() },
      ['unicode'],
    ],
    [
      'account-line',
      'I4',
      'accounts-path',
      'the account id with a line feed',
      [],
      { accountId: `${account.id}\n` },
      ['unicode'],
    ],
    [
      'balance-less',
      'I6',
      'balances',
      'the holder has one unit less',
      [],
      { balances: { ...account.balances, [symbol]: String(BigInt(units) - 1n) } },
      boundary,
    ],
    [
      'balance-zero',
      'I6',
      'balances',
      'the holder has nothing of an asset that the rows count',
      [],
      { balances: { ...account.balances, [symbol]: '0' } },
    ],
    [
      'balance-other',
      'I6',
      'balances',
      'the holder has an asset that is listed and that the rows do not count',
      [],
      { balances: { ...account.balances, [otherSymbol(report, account)]: '1' } },
    ],
    [
      'balance-case',
      'I6',
      'balances',
      'the holder has the asset under a lower-case symbol',
      [],
      { balances: { ...others, [symbol.toLowerCase()]: units } },
      ['unicode'],
    ],
  ];
}

/**
 * A listed asset of which an account has nothing.
 * @param {MadeReport} report
 * @param {MadeAccount} account
 */
function otherSymbol({ manifest }, account) {
  const other = manifest.assets.find(({ symbol }) => !(symbol in account.balances));
  if (other === undefined) throw new Error(`account ${account.id} has every asset`);
  return other.symbol;
}

/**
 * @param {MadeReport} report
 * @param {MadeAccount} account whose first row has an unused entry
 * @param {string} digest of the manifest
 * @returns {Lie[]}
 */
export function inclusionFormatLies(report, account, digest) {
  const content = JSON.parse(new TextDecoder().decode(account.file));
  return [
    ...memberLies(account.file, content),
    ...rangeLies(report, account, content),
    ...textLies(content),
    ...holderLies(report, account, digest),
  ];
}
