// Manifests at the edges of their format, and spellings that a lenient reader would take (spec §7.4, §7.5).
import { bytesToHex, utf8ToBytes } from '@solvent/commitment/bytes';
import { totalBound } from '@solvent/stark/statement';
import { repairing, setIn, spliceText } from './edits.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */
/** @typedef {import('./manifest-lies.js').Lie} Lie */
/** @typedef {[id: string, comment: string, value: unknown]} Value */

const set = setIn('manifest');
const reader = ['lenient-reader'];
const boundary = ['boundary'];
const unicode = ['unicode'];

/** @type {(id: string, comment: string, edits: Edit[], flags: string[]) => Lie} */
const fault = (id, comment, edits, flags) => [`encoding-${id}`, 'M1', 'manifest-encoding', comment, edits, flags];

/** @type {(id: string, comment: string, edits: Edit[], flags: string[]) => Lie} */
const allowed = (id, comment, edits, flags) => [
  `allowed-${id}`,
  'V3',
  'header-digest',
  `${comment}: the format allows it, so that the proof decides, which was made for another statement`,
  edits,
  flags,
];

/**
 * The same bytes in hexadecimal wherever an edit wants them.
 * @param {number} offset
 * @param {number} remove
 * @param {string} insert
 * @returns {Edit}
 */
const splice = (offset, remove, insert) => ({ file: 'manifest', splice: offset, delete: remove, insert });

/**
 * Spellings of JSON, UTF-8 and numbers other than the canonical one, and values of other shapes.
 * @param {MadeReport} report
 * @returns {Lie[]}
 */
function readerLies({ manifestBytes }) {
  const text = new TextDecoder().decode(manifestBytes);
  const at = (/** @type {string} */ part) => utf8ToBytes(text.slice(0, text.indexOf(part))).length;
  const size = manifestBytes.length;
  const [name, rows, decimals] = [at('Example'), at('2048'), at('8,"symbol"')];
  const whole = (/** @type {string} */ id, /** @type {string} */ comment, /** @type {string} */ instead) =>
    fault(`whole-${id}`, comment, [spliceText('manifest', 0, size, instead)], reader);
  const inName = (/** @type {string} */ id, /** @type {string} */ comment, /** @type {string} */ insert) =>
    fault(`utf-8-${id}`, comment, [splice(name, 1, insert)], ['lenient-reader', 'unicode']);
  const escaped = (/** @type {string} */ id, /** @type {string} */ comment, /** @type {string} */ insert) =>
    fault(`escape-${id}`, comment, [spliceText('manifest', name, 1, insert)], reader);
  const number = (/** @type {string} */ id, /** @type {string} */ comment, /** @type {string} */ instead) =>
    fault(`number-${id}`, comment, [spliceText('manifest', decimals, 1, instead)], reader);
  const put = (/** @type {string} */ id, /** @type {string} */ comment, offset = 0, remove = 0, instead = '') =>
    fault(id, comment, [spliceText('manifest', offset, remove, instead)], reader);
  return [
    whole('list', 'an empty list instead of an object', '[]'),
    whole('object', 'an object without members', '{}'),
    whole('null', 'null instead of an object', 'null'),
    whole('text', 'a text instead of an object', '"x"'),
    whole('number', 'a number instead of an object', '1'),
    whole('spaces', 'nothing but a space', ' '),
    put('two-documents', 'an empty object after the manifest', size, 0, '{}'),
    put('nul', 'a byte 0 after the manifest', size, 0, '\0'),
    put('trailing-comma', 'a comma after the last member', size - 1, 0, ','),
    put('semicolon', 'a semicolon instead of a comma', at(',"assets"'), 1, ';'),
    put('equals', 'an equals sign instead of a colon', at(':"'), 1, '='),
    put('apostrophe', 'an apostrophe instead of a quote before a name', at('"air"'), 1, "'"),
    put('bracket', 'a list that ends with a brace', at('],"exchange"'), 1, '}'),
    put('comment', 'a comment', 1, 0, '/**/'),
    put('tab', 'a tab', 1, 0, '\t'),
    put('member-order', 'the members of the first asset in another order', ...assetSwap(text, at)),
    put('member-proto', 'a further member with the name __proto__', 1, 0, '"__proto__":null,'),
    fault(
      'deep',
      '2^20 lists, one in another',
      [{ ...splice(0, size, bytesToHex(utf8ToBytes('['))), repeat: 2 ** 20 }],
      reader,
    ),
    fault('large', 'more than 2^24 bytes', [{ ...splice(1, 0, '20'), repeat: 2 ** 24 }], boundary),
    inName('overlong', 'a letter in two bytes', 'c185'),
    inName('surrogate', 'the encoding that a lone surrogate would have', 'eda080'),
    inName('surrogates', 'a character beyond the basic plane as two surrogates', 'eda0b4edb49e'),
    inName('too-large', 'the encoding that U+110000 would have', 'f4908080'),
    inName('cut', 'the first two bytes of a character of three', 'e298'),
    inName('continuation', 'a byte that only continues a character', '80'),
    escaped('slash', 'an escaped slash', '\\/'),
    escaped('pair', 'a character beyond the basic plane as an escaped pair', '\\ud834\\udd1e'),
    escaped('lone', 'an escaped lone surrogate', '\\ud800'),
    escaped('control', 'a control character, escaped as the canonical form does', '\\u0007'),
    escaped('raw-control', 'a control character, not escaped', '\u0007'),
    escaped('unknown', 'an escape that JSON does not have', '\\x45'),
    number('fraction', 'a number with a fraction', '8.5'),
    number('zeros', 'a whole number with a fraction of zeros', '8.0'),
    number('exponent', 'a number with an exponent', '8e0'),
    number('plus', 'a number with a plus sign', '+8'),
    number('minus-zero', 'minus zero', '-0'),
    number('leading-zero', 'a number with a leading zero', '08'),
    number('hexadecimal', 'a number in hexadecimal', '0x8'),
    number('not', 'no number', 'NaN'),
    number('true', 'a truth value', 'true'),
    number('text', 'a number as text', '"8"'),
    number('beyond', 'a number beyond all doubles', '8e999'),
    fault(
      'rows-rounded',
      'rows that are 2048 when read as a double',
      [spliceText('manifest', rows, 4, `2048.${'0'.repeat(20)}1`)],
      reader,
    ),
  ];
}

/**
 * Where the first asset stands, its length, and the same with its members the other way round.
 * @param {string} text
 * @param {(part: string) => number} at
 * @returns {[offset: number, length: number, instead: string]}
 */
function assetSwap(text, at) {
  const [asset] = /** @type {RegExpExecArray} */ (/\{"decimals":\d+,"symbol":"[^"]+"\}/.exec(text));
  const { symbol, decimals } = JSON.parse(asset);
  return [at(asset), asset.length, JSON.stringify({ symbol, decimals })];
}

/**
 * Members that are missing, unknown, of another type, or empty.
 * @param {MadeReport} report
 * @returns {Lie[]}
 */
function memberLies({ manifest }) {
  const members = [
    ...Object.keys(manifest),
    ...Object.keys(manifest.segments[0]).map((name) => `segments/0/${name}`),
    ...Object.keys(manifest.assets[0]).map((name) => `assets/0/${name}`),
  ];
  const id = (/** @type {string} */ member) =>
    member.replaceAll('/0/', '-').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const digests = members.filter((member) => /preset$|air$|previousManifest|Root|Digest/.test(member));
  const found = (/** @type {string} */ member) =>
    String(member.split('/').reduce((node, name) => node[name], /** @type {any} */ (manifest)));
  return [
    ...members.map((member) =>
      fault(`without-${id(member)}`, `no ${member}`, [{ file: 'manifest', remove: `/${member}` }], []),
    ),
    ...members
      .filter((member) => member !== 'previousManifest')
      .map((member) => fault(`null-${id(member)}`, `null as ${member}`, [set(`/${member}`, null)], reader)),
    ...digests
      .filter((member) => /[a-f]/.test(found(member)) && found(member) !== 'null')
      .flatMap((member) => [
        fault(
          `upper-${id(member)}`,
          `${member} in upper case`,
          [set(`/${member}`, found(member).toUpperCase())],
          reader,
        ),
        fault(
          `short-${id(member)}`,
          `${member} without its last byte`,
          [set(`/${member}`, found(member).slice(2))],
          [],
        ),
      ]),
    fault('previous-empty', 'an empty text as previousManifest', [set('/previousManifest', '')], reader),
    fault('digest-long', 'a digest of 33 bytes', [set('/air', `${manifest.air}00`)], boundary),
    fault('segment-member', 'a segment with a further member', [set('/segments/0/number', 0)], []),
    fault('asset-member', 'an asset with a further member', [set('/assets/0/name', 'x')], []),
    fault('no-assets', 'no assets', [set('/assets', [])], boundary),
    fault('no-totals', 'no report totals', [set('/totals', [])], boundary),
    fault('no-segment-totals', 'no totals in a segment', [set('/segments/0/totals', [])], boundary),
  ];
}

/**
 * Names, times and numbers at the edges of what is allowed.
 * @param {MadeReport} report
 * @returns {Lie[]}
 */
function rangeLies({ manifest }) {
  const { rows } = manifest.segments[0];
  const clef = '\u{1d11e}';
  const name = (/** @type {string} */ value) => [set('/exchange', value)];
  /** @type {Value[]} */
  const badNames = [
    ['empty', 'an empty name', ''],
    ['129', 'a name of 129 characters', 'x'.repeat(129)],
    ['129-beyond', 'a name of 129 characters beyond the basic plane', clef.repeat(129)],
    ['soft-hyphen', 'U+00AD (Cf) in a name', 'a\u{ad}b'],
    ['right-to-left', 'U+202E (Cf) in a name', 'a\u{202e}b'],
    ['byte-order', 'U+FEFF (Cf) in a name', 'a\u{feff}b'],
    ['13430', 'U+13430 (Cf) in a name', 'a\u{13430}'],
    ['1343f', 'U+1343F (Cf) in a name', 'a\u{1343f}'],
    ['tag', 'U+E007F (Cf) in a name', 'a\u{e007f}'],
    ['delete', 'U+007F (Cc) in a name', 'a\u{7f}'],
    ['9f', 'U+009F (Cc) in a name', 'a\u{9f}'],
    ['line', 'U+2028 (Zl) in a name', 'a\u{2028}'],
    ['paragraph', 'U+2029 (Zp) in a name', 'a\u{2029}'],
    ['private', 'U+E000 (Co) in a name', 'a\u{e000}'],
    ['private-last', 'U+10FFFD (Co) in a name', 'a\u{10fffd}'],
    ['fdd0', 'U+FDD0 (noncharacter) in a name', 'a\u{fdd0}'],
    ['ffff', 'U+FFFF (noncharacter) in a name', 'a\u{ffff}'],
    ['1fffe', 'U+1FFFE (noncharacter) in a name', 'a\u{1fffe}'],
  ];
  /** @type {Value[]} */
  const goodNames = [
    ['128', 'a name of 128 characters', 'x'.repeat(128)],
    ['128-beyond', 'a name of 128 characters beyond the basic plane', clef.repeat(128)],
    ['space', 'a name that is a space', ' '],
    ['a0', 'U+00A0, which follows the controls, in a name', 'a\u{a0}b'],
    ['13440', 'U+13440, which follows the format characters, in a name', 'a\u{13440}'],
    ['unassigned', 'U+0378, which is unassigned, in a name', 'a\u{378}'],
    ['combining', 'a name that begins with a combining character', '\u{301}a'],
    ['quotes', 'a name with a quote and a backslash, which JSON escapes', '"\\'],
  ];
  /** @type {Value[]} */
  const badTimes = [
    ['leap-1900', 'February 29 of 1900', '1900-02-29T00:00:00Z'],
    ['leap-0100', 'February 29 of the year 100', '0100-02-29T00:00:00Z'],
    ['april-31', 'April 31', '2026-04-31T00:00:00Z'],
    ['month-0', 'month 0', '2026-00-10T00:00:00Z'],
    ['month-13', 'month 13', '2026-13-10T00:00:00Z'],
    ['day-0', 'day 0', '2026-01-00T00:00:00Z'],
    ['hour-24', 'hour 24', '2026-01-31T24:00:00Z'],
    ['minute-60', 'minute 60', '2026-01-31T23:60:00Z'],
    ['second-60', 'a leap second', '2016-12-31T23:59:60Z'],
    ['lower-case', 'lower-case letters', '2026-01-31t23:59:59z'],
    ['space', 'a space instead of the T', '2026-01-31 23:59:59Z'],
    ['fraction', 'a fraction of a second', '2026-01-31T23:59:59.0Z'],
    ['offset', 'an offset of zero instead of the Z', '2026-01-31T23:59:59+00:00'],
    ['no-zone', 'no zone', '2026-01-31T23:59:59'],
    ['no-seconds', 'no seconds', '2026-01-31T23:59Z'],
    ['five-digits', 'a year of five digits', '12026-01-31T23:59:59Z'],
    ['signed', 'a year with a sign', '+002026-01-31T23:59:59Z'],
    ['digits', 'a digit that is not of ASCII', '202\u{666}-01-31T23:59:59Z'],
    ['line-feed', 'a line feed at the end', '2026-01-31T23:59:59Z\n'],
  ];
  /** @type {Value[]} */
  const goodTimes = [
    ['year-0000', 'February 29 of the year 0000', '0000-02-29T00:00:00Z'],
    ['leap-2000', 'February 29 of 2000', '2000-02-29T00:00:00Z'],
    ['leap-2024', 'February 29 of 2024', '2024-02-29T00:00:00Z'],
    ['last', 'the last second of the year 9999', '9999-12-31T23:59:59Z'],
  ];
  const total = (/** @type {string} */ units) => [set('/segments/0/totals/0', units)];
  return [
    ...badNames.map(([id, comment, value]) => fault(`name-${id}`, comment, name(String(value)), unicode)),
    ...goodNames.map(([id, comment, value]) => allowed(`name-${id}`, comment, name(String(value)), unicode)),
    ...badTimes.map(([id, comment, value]) => fault(`time-${id}`, comment, [set('/snapshotTime', value)], reader)),
    ...goodTimes.map(([id, comment, value]) => allowed(`time-${id}`, comment, [set('/snapshotTime', value)], boundary)),
    fault('report-id-control', 'a report id with a control character', [set('/reportId', 'a\u0007b')], unicode),
    fault('symbol-empty', 'an empty symbol', [set('/assets/0/symbol', '')], boundary),
    fault('symbol-control', 'a symbol with a control character', [set('/assets/0/symbol', 'A\u007f')], unicode),
    fault('decimals-negative', 'negative decimals', [set('/assets/0/decimals', -1)], boundary),
    allowed('decimals-0', '0 decimals', [set('/assets/0/decimals', 0)], boundary),
    allowed('decimals-18', '18 decimals', [set('/assets/0/decimals', 18)], boundary),
    fault('rows-2047', '2^11 − 1 rows', [set('/segments/0/rows', rows - 1)], boundary),
    fault('rows-many', '2^19 + 1 rows', [set('/segments/0/rows', 2 ** 19 + 1)], boundary),
    fault('total-41-digits', 'a total of 41 digits', total('1'.repeat(41)), boundary),
    ['limits-40-digits', 'M3', 'statement-limits', 'a total of 40 digits', total('9'.repeat(40)), boundary],
    fault('total-empty', 'an empty total', total(''), reader),
    fault('total-plus', 'a total with a plus sign', total('+1'), reader),
    fault('total-minus-zero', 'a total of minus zero', total('-0'), reader),
    fault('total-point', 'a total with a point', total('1.0'), reader),
    fault('total-exponent', 'a total with an exponent', total('1e3'), reader),
    fault('total-space', 'a total with a space', total(' 1'), reader),
    fault('total-digits', 'a total in digits that are not of ASCII', total('\u{661}'), reader),
    fault('total-number', 'a segment total as a JSON number', [set('/segments/0/totals/0', 1)], reader),
  ];
}

/**
 * Lists of as many items as allowed, and one more. The items are all alike.
 * @param {MadeReport} report
 * @returns {Lie[]}
 */
function listLies({ manifest, manifestBytes }) {
  const text = new TextDecoder().decode(manifestBytes);
  const at = (/** @type {string} */ part) => utf8ToBytes(text.slice(0, text.indexOf(part) + part.length)).length;
  /** @type {(list: string, item: string, from: number, to: number) => Edit[]} */
  const grown = (list, item, from, to) => [{ ...spliceText('manifest', at(list), 0, `${item},`), repeat: to - from }];
  const asset = JSON.stringify({ decimals: 0, symbol: '!' });
  const segment = JSON.stringify(
    Object.fromEntries(Object.entries(manifest.segments[0]).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  const [assets, segments] = [manifest.assets.length, manifest.segments.length];
  const inSegment = `"rows":${manifest.segments[0].rows},"totals":[`;
  return [
    [
      'assets-4096',
      'M3',
      'assets',
      '4096 assets, most of them the same',
      grown('"assets":[', asset, assets, 4096),
      boundary,
    ],
    fault('assets-4097', '4097 assets', grown('"assets":[', asset, assets, 4097), boundary),
    [
      'segments-4096',
      'M4',
      'totals',
      '4096 segments, most of them the same',
      grown('"segments":[', segment, segments, 4096),
      boundary,
    ],
    fault('segments-4097', '4097 segments', grown('"segments":[', segment, segments, 4097), boundary),
    [
      'limits-4096-totals',
      'M3',
      'statement-limits',
      '4096 totals in a segment',
      grown(inSegment, '"0"', assets, 4096),
      boundary,
    ],
    fault('totals-4097', '4097 totals in a segment', grown(inSegment, '"0"', assets, 4097), boundary),
  ];
}

/**
 * Lists of assets and totals that have their format and are refused for what they say, or are on the edge of it.
 * @param {MadeReport} report
 * @returns {Lie[]}
 */
function limitLies({ manifest }) {
  const symbol = (/** @type {string} */ text) => [set('/assets/0/symbol', text)];
  const last = manifest.assets.length - 1;
  const lastSymbol = (/** @type {string} */ text) => [set(`/assets/${last}/symbol`, text)];
  const sum = (/** @type {bigint} */ added) =>
    repairing(set('/totals/0', String(BigInt(manifest.totals[0]) - BigInt(manifest.segments[0].totals[0]) + added)));
  const total = (/** @type {bigint} */ units) => [set('/segments/0/totals/0', String(units)), sum(units)];
  /** @type {(id: string, comment: string, edits: Edit[]) => Lie} */
  const assets = (id, comment, edits) => [`assets-${id}`, 'M3', 'assets', comment, edits];
  return [
    assets('space', 'a symbol with a space', symbol('A B')),
    assets('quote', 'a symbol with a quote', symbol('A"B')),
    assets('apostrophe', 'a symbol with an apostrophe', symbol("A'B")),
    assets('not-ascii', 'a symbol that is not of ASCII', symbol('Å')),
    assets('33', 'a symbol of 33 characters', symbol('A'.repeat(33))),
    assets('case-order', 'a lower-case symbol before upper-case ones', symbol('a')),
    allowed('symbol-32', 'a symbol of 32 characters', symbol('A'.repeat(32)), boundary),
    allowed('symbol-first', 'the symbol !', symbol('!'), boundary),
    allowed('symbol-last', 'the symbol ~', lastSymbol('~'), boundary),
    allowed('symbol-case', 'a lower-case symbol after upper-case ones', lastSymbol('a'), boundary),
    [
      'limits-further-total',
      'M3',
      'statement-limits',
      'a segment total too many',
      [set('/segments/0/totals', [...manifest.segments[0].totals, '0'])],
    ],
    ['totals-further', 'M4', 'totals', 'a report total too many', [set('/totals', [...manifest.totals, '0'])]],
    [
      'limits-total-summed',
      'M3',
      'statement-limits',
      'a total of p·2^60, counted in the report total',
      total(totalBound),
      boundary,
    ],
    allowed('total-largest', 'a total of p·2^60 − 1', total(totalBound - 1n), boundary),
  ];
}

/**
 * @param {MadeReport} report
 * @returns {Lie[]}
 */
export function manifestFormatLies(report) {
  return [readerLies, memberLies, rangeLies, listLies, limitLies].flatMap((lies) => lies(report));
}
