// Vectors of wallet lists in each form (spec §13.4).
import { bytesToHex, utf8ToBytes } from '@solvent/commitment/bytes';
import { decodeWalletList } from '@solvent/report-format/wallets/read-wallet-list';
import { applyEdits } from './edits.js';
import { vectorFile } from './format.js';

/** @typedef {import('./format.js').VectorCase} VectorCase */
/** @typedef {import('./edits.js').Edit} Edit */

const header11 =
  'coin,Network,Snapshot Height,address,amount,message,signature1,signature2,redeem script/ public key,eoa1,eoa2';
const header12 =
  'coin,Type,Network,Snapshot Height,address,amount,message,signature1,signature2,redeem script/public key,EOA1,EOA2';
const ownHeader = 'coin,network,height,address,amount,message,signature1,signature2,script,owner1';

const lists = {
  published: [
    'coin,snapshot height,amount',
    'BTC,763861,1.5',
    'ETH(ALL),-,6',
    '',
    header11,
    'BTC,BTC,763861,1abc,0.5,I am an address,sigA,sigB,5221,,',
    'USDT-TRC20,TRX,null,Tabc,1,m,sigC,\\N,,owner,',
    'BTC,,,1def,1,"say ""hi"", twice",sigD',
    '',
  ].join('\n'),
  'published-with-types': `${header12}\nETH,Non Staking,ETH,1,0xab,2,m,sigA,,,,\nETH,Native ETH Staking,ETH,1,0xcd,32,m,sigB,,,0xe1,\n`,
  csv: `${ownHeader}\nBTC,bitcoin,763861,1abc,0.5,m,sigA,sigB,5221,\nETH,,1,0xab,1, m ,sigC,,,0xe1\n`,
  json: `{"format":"solvent-wallets/1","wallets":[\n${['1abc', '3def']
    .map((address) =>
      JSON.stringify({
        coin: 'BTC',
        network: '',
        height: '1',
        address,
        amount: '0.5',
        message: 'line "é"',
        signatures: ['sigA'],
        script: '',
        owners: [],
      }),
    )
    .join(',\n')}]}`,
};

/** @typedef {keyof typeof lists} ListName */

/**
 * The edit that replaces a text of a list by another one.
 * @param {ListName} list
 * @param {string} text which the list has once
 * @param {string} other
 * @param {number} [repeat]
 * @returns {Edit}
 */
function replace(list, text, other, repeat) {
  const at = lists[list].indexOf(text);
  if (at < 0 || lists[list].indexOf(text, at + 1) >= 0) throw new Error(`list ${list}: expected ${text} once`);
  const splice = utf8ToBytes(lists[list].slice(0, at)).length;
  const insert = bytesToHex(utf8ToBytes(other));
  return { file: 'list', splice, delete: utf8ToBytes(text).length, insert, ...(repeat !== undefined && { repeat }) };
}

/** @typedef {readonly [id: string, list: ListName, edit: Edit | undefined, comment?: string]} ReadList */
/** @typedef {readonly [id: string, list: ListName, edit: Edit, found: string | number, comment: string, flags?: string[]]} ListLie */

/** @type {ReadList[]} */
const readable = [
  ['published', 'published', undefined, 'with a summary, a row that ends early, absent fields'],
  ['published-with-types', 'published-with-types', undefined],
  ['csv', 'csv', undefined, 'white space in a message'],
  ['json', 'json', undefined],
  ['byte-order-mark', 'published', { file: 'list', splice: 0, delete: 0, insert: 'efbbbf' }],
  ['byte-order-mark-json', 'json', { file: 'list', splice: 0, delete: 0, insert: 'efbbbf' }],
  [
    'header-otherwise',
    'published-with-types',
    replace('published-with-types', header12, header12.toUpperCase().replaceAll(' ', '_')),
  ],
  [
    'line-of-absent-fields',
    'published',
    replace('published', 'USDT-TRC20', ',null,\\N\nUSDT-TRC20'),
    'which is skipped',
  ],
  ['crlf', 'csv', replace('csv', 'owner1\n', 'owner1\r\n')],
  ['line-end-in-field', 'csv', replace('csv', ' m ', '"a\nb,c"'), 'a quoted message over two lines'],
  ['amount-of-70-digits', 'csv', replace('csv', '0.5', `${'9'.repeat(40)}.${'9'.repeat(30)}`)],
  ['height-of-18-digits', 'csv', replace('csv', '763861', '9'.repeat(18))],
  ['field-of-65536', 'csv', replace('csv', 'sigC', 'a', 65536)],
  [
    'no-rows',
    'csv',
    replace('csv', lists.csv.slice(ownHeader.length + 1), ''),
    'which can be read, and is never verified',
  ],
  ['json-with-white-space', 'json', replace('json', '"wallets":[', '"wallets" : [\n\n ')],
  ['json-escapes', 'json', replace('json', '1abc', '\\u0031abc')],
  ['json-after-white-space', 'json', { file: 'list', splice: 0, delete: 0, insert: '0d0a0920', repeat: 100 }],
];

/** Rows at fault, by the code of step W1, and files that are no lists, by the line. */
/** @type {ListLie[]} */
const lies = [
  [
    'too-many-fields',
    'published',
    replace('published', '5221,,', '5221,,,x'),
    'fields',
    'a field after the last column',
  ],
  [
    'quote-in-field',
    'published',
    replace('published', 'I am an address', 'I am "an address'),
    'fields',
    'a quote inside a field that does not begin with one',
    ['lenient-reader'],
  ],
  [
    'text-after-quote',
    'published',
    replace('published', 'twice"', 'twice"x'),
    'fields',
    'a letter after the closing quote',
    ['lenient-reader'],
  ],
  [
    '65-fields',
    'published',
    replace('published', '5221,,', `5221${','.repeat(60)}`),
    'fields',
    '65 fields and more',
    ['boundary'],
  ],
  ['field-too-long', 'csv', replace('csv', 'sigC', 'a', 65537), 'fields', '65,537 code units', ['boundary']],
  ['no-coin', 'published', replace('published', 'BTC,BTC', ',BTC'), 'coin', 'an empty coin'],
  ['no-coin-json', 'csv', replace('csv', 'ETH,,', ',,'), 'coin', 'an empty coin'],
  [
    'unknown-type',
    'published-with-types',
    replace('published-with-types', 'Native ETH Staking', 'Some Staking'),
    'type',
    'a type that no list has',
  ],
  [
    'type-prefix',
    'published-with-types',
    replace('published-with-types', 'Non Staking', 'Non Staking 2'),
    'type',
    'more than the type',
    ['lenient-reader'],
  ],
  [
    'height-sign',
    'published',
    replace('published', 'BTC,BTC,763861', 'BTC,BTC,-1'),
    'height',
    'a sign',
    ['lenient-reader'],
  ],
  [
    'height-hexadecimal',
    'published',
    replace('published', 'BTC,BTC,763861', 'BTC,BTC,0x1'),
    'height',
    'hexadecimal',
    ['lenient-reader'],
  ],
  [
    'no-height-own',
    'csv',
    replace('csv', 'ETH,,1,', 'ETH,,,'),
    'height',
    'no height, which only published lists may leave out',
  ],
  ['height-of-19-digits', 'csv', replace('csv', '763861', '9'.repeat(19)), 'height', 'a digit too many', ['boundary']],
  ['amount-empty', 'published', replace('published', '0.5', ''), 'amount', 'no amount'],
  ['amount-sign', 'published', replace('published', '0.5', '-0.5'), 'amount', 'a sign', ['lenient-reader']],
  ['amount-exponent', 'published', replace('published', '0.5', '5e-1'), 'amount', 'an exponent', ['lenient-reader']],
  [
    'amount-leading-zero',
    'published',
    replace('published', '0.5', '00.5'),
    'amount',
    'a leading zero',
    ['lenient-reader'],
  ],
  [
    'amount-without-zero',
    'published',
    replace('published', '0.5', '.5'),
    'amount',
    'nothing before the point',
    ['lenient-reader'],
  ],
  [
    'amount-without-fraction',
    'published',
    replace('published', '0.5', '5.'),
    'amount',
    'nothing after the point',
    ['lenient-reader'],
  ],
  [
    'amount-separators',
    'published',
    replace('published', '0.5', '"1,000"'),
    'amount',
    'a separator of thousands',
    ['lenient-reader'],
  ],
  [
    'amount-31-decimals',
    'csv',
    replace('csv', '0.5', `0.${'1'.repeat(31)}`),
    'amount',
    'a digit too many after the point',
    ['boundary'],
  ],
  [
    'amount-41-whole-digits',
    'csv',
    replace('csv', '0.5', '9'.repeat(41)),
    'amount',
    'a digit too many before the point',
    ['boundary'],
  ],
  [
    'amount-space-own',
    'csv',
    replace('csv', '0.5', ' 0.5'),
    'amount',
    'white space, which the own form does not take away',
    ['lenient-reader'],
  ],
  ['too-few-fields-own', 'csv', replace('csv', '5221,', '5221'), 'fields', 'a field less'],
  ['signature-after-empty', 'csv', replace('csv', 'sigA,sigB', ',sigB'), 'fields', 'a signature after an empty one'],
  [
    'json-number',
    'json',
    replace('json', '"address":"1abc","amount":"0.5"', '"address":"1abc","amount":0.5'),
    'fields',
    'an amount that is a number',
    ['lenient-reader'],
  ],
  [
    'json-member-more',
    'json',
    replace('json', '"address":"1abc"', '"address":"1abc","note":""'),
    'fields',
    'a member that rows do not have',
  ],
  [
    'json-member-twice',
    'json',
    replace('json', '"address":"1abc"', '"address":"1def","address":"1abc"'),
    'fields',
    'a member that is there twice: readers of JSON differ in which one they take',
    ['lenient-reader'],
  ],
  ['json-member-less', 'json', replace('json', '"address":"1abc",', ''), 'fields', 'a member is missing'],
  [
    'json-empty-signature',
    'json',
    replace(
      'json',
      '"address":"3def","amount":"0.5","message":"line \\"é\\"","signatures":["sigA"]',
      '"address":"3def","amount":"0.5","message":"","signatures":[""]',
    ),
    'fields',
    'an empty signature',
  ],
  ['unknown-header', 'csv', replace('csv', 'coin,network', 'coin,chain'), 1, 'a column with another name'],
  [
    'header-case',
    'csv',
    replace('csv', 'coin,network', 'Coin,network'),
    1,
    'a letter of the other case: the own form has one header',
    ['lenient-reader'],
  ],
  ['header-without-signature', 'csv', replace('csv', 'signature1,signature2,', ''), 1, 'no column of signatures'],
  [
    'summary-alone',
    'published',
    replace('published', lists.published.slice(lists.published.indexOf('\n\n') + 1), ''),
    3,
    'a summary and no table',
  ],
  ['open-quote', 'published', replace('published', 'twice"', 'twice'), 8, 'a quote that nothing closes'],
  ['no-utf-8', 'csv', { file: 'list', splice: 0, delete: 0, insert: 'ff' }, 1, 'a byte that is not UTF-8'],
  [
    'two-byte-order-marks',
    'csv',
    { file: 'list', splice: 0, delete: 0, insert: 'efbbbfefbbbf' },
    1,
    'a second byte-order mark',
    ['lenient-reader'],
  ],
  [
    'json-two-byte-order-marks',
    'json',
    { file: 'list', splice: 0, delete: 0, insert: 'efbbbfefbbbf' },
    1,
    'a second byte-order mark',
    ['lenient-reader'],
  ],
  [
    'json-no-break-space',
    'json',
    replace('json', '"wallets":[', '"wallets":\u{a0}['),
    1,
    'white space that JSON does not have',
    ['lenient-reader'],
  ],
  ['json-other-format', 'json', replace('json', 'wallets/1', 'wallets/2'), 1, 'another format'],
  [
    'json-members-swapped',
    'json',
    replace('json', '{"format":"solvent-wallets/1","wallets"', '{"wallets"'),
    1,
    'the format does not come first',
  ],
  ['json-without-end', 'json', { file: 'list', splice: -1, delete: 1, insert: '' }, 3, 'the last brace is missing'],
  ['json-more', 'json', { file: 'list', splice: -1, delete: 1, insert: '7d7b7d' }, 3, 'text after the list'],
  ['json-no-comma', 'json', replace('json', '},\n{', '}\n{'), 3, 'no comma between two rows'],
];

/** @param {ListName} list @param {readonly Edit[]} edits */
function read(list, edits) {
  const decoded = applyEdits({ list: utf8ToBytes(lists[list]) }, edits).list;
  if (decoded === undefined) throw new Error('expected a list');
  return decodeWalletList(decoded);
}

/** A row without the members that are empty. @param {object} row */
const withoutEmpty = (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value.length !== 0));

/** @param {ReadList} readList @returns {VectorCase} */
function readCase([id, list, edit, comment]) {
  const edits = edit === undefined ? [] : [edit];
  const found = read(list, edits);
  if (!found.ok) throw new Error(`list ${id}: line ${found.line}: expected ${found.expected}, found ${found.found}`);
  const { form, summary } = found;
  const faulty = found.rows.find(({ fault }) => fault !== undefined);
  if (faulty) throw new Error(`list ${id}: ${faulty.fault?.detail}`);
  const long = found.rows.some(({ signatures }) => signatures.some((text) => text.length > 1000));
  const rows = long ? undefined : found.rows.map(withoutEmpty);
  const said = comment === undefined ? {} : { comment };
  return { id, result: 'valid', ...said, list, edits, form, rowsFound: found.rows.length, rows, summary };
}

/** @param {ListLie} lie @returns {VectorCase} */
function lieCase([id, list, edit, expected, comment, flags]) {
  const edits = [edit];
  const found = read(list, edits);
  const about = /** @type {const} */ ({ id, result: 'invalid', comment, base: list, flags, list, edits });
  if (typeof expected === 'number') {
    if (found.ok || found.line !== expected)
      throw new Error(`list ${id}: expected a fault on line ${expected}, got ${JSON.stringify(found).slice(0, 300)}`);
    return { ...about, line: expected };
  }
  const faults = found.ok ? found.rows.filter(({ fault }) => fault !== undefined) : [];
  if (!found.ok || faults.length !== 1 || faults[0].fault?.code !== expected) {
    throw new Error(`list ${id}: expected one row with ${expected}, got ${JSON.stringify(found).slice(0, 600)}`);
  }
  return {
    ...about,
    verdict: 'failed',
    step: 'W1',
    code: expected,
    line: faults[0].line,
    rowsFound: found.rows.length,
  };
}

export function walletListVectors() {
  const cases = [...readable.map(readCase), ...lies.map(lieCase)];
  return vectorFile('wallet-list', 'Wallet lists in each form; edits are of `list`.', ['13.2', '13.4'], cases, {
    lists,
  });
}
