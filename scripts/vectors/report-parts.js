// Vectors of ratios and anchors (spec §14.3, §14.4, §14.7).
import { bytesToHex } from '@solvent/commitment/bytes';
import { anchorForms, parseAnchor } from '@solvent/report-format/anchor';
import { vectorFile } from './format.js';

/** @typedef {readonly [units: string, decimals: number]} Quantity */

/** Reserves, liabilities, percent, the shortfall, and the least ratio that holds. */
/** @type {readonly { id: string, reserves: Quantity[], liabilities: Quantity, percent: string | null, shortfall: Quantity, least?: [string, string], comment?: string }[]} */
const ratios = [
  {
    id: 'whole',
    reserves: [['100', 2]],
    liabilities: ['100', 2],
    percent: '100.00 %',
    shortfall: ['0', 2],
    least: ['1', '1'],
  },
  {
    id: 'exactly-105',
    reserves: [['21', 1]],
    liabilities: ['200', 2],
    percent: '105.00 %',
    shortfall: ['0', 2],
    least: ['105', '100'],
  },
  {
    id: 'never-rounded-up',
    reserves: [['99999', 5]],
    liabilities: ['1', 0],
    percent: '99.99 %',
    shortfall: ['1', 5],
    least: ['99999', '100000'],
  },
  {
    id: 'one-unit-of-38-decimals',
    reserves: [['9'.repeat(38), 38]],
    liabilities: ['1', 0],
    percent: '99.99 %',
    shortfall: ['1', 38],
    comment: 'a number of floating point would be 1',
  },
  {
    id: 'a-third',
    reserves: [['1', 0]],
    liabilities: ['3', 0],
    percent: '33.33 %',
    shortfall: ['2', 0],
    least: ['1', '3'],
  },
  { id: 'two-thirds', reserves: [['2', 0]], liabilities: ['3', 0], percent: '66.66 %', shortfall: ['1', 0] },
  {
    id: 'nothing-held',
    reserves: [],
    liabilities: ['5', 0],
    percent: '0.00 %',
    shortfall: ['5', 0],
    least: ['0', '1'],
  },
  {
    id: 'nothing-owed',
    reserves: [['5', 0]],
    liabilities: ['0', 0],
    percent: null,
    shortfall: ['0', 0],
    least: ['1000000', '1'],
    comment: 'is never under any ratio',
  },
  { id: 'nothing-at-all', reserves: [], liabilities: ['0', 8], percent: null, shortfall: ['0', 8], least: ['1', '1'] },
  {
    id: 'several-precisions',
    reserves: [
      ['1', 0],
      ['1', 18],
      ['1', 6],
    ],
    liabilities: ['1', 8],
    percent: '10000010000.00 %',
    shortfall: ['0', 18],
  },
  {
    id: 'above-2-to-the-64',
    reserves: [['18446744073709551617', 0]],
    liabilities: ['18446744073709551616', 0],
    percent: '100.00 %',
    shortfall: ['0', 0],
    least: ['18446744073709551617', '18446744073709551616'],
  },
];

/** @type {readonly { id: string, base: string, least: [string, string], comment: string }[]} */
const lowRatios = [
  { id: 'under-whole', base: 'never-rounded-up', least: ['1', '1'], comment: 'all but a hundred-thousandth' },
  {
    id: 'just-under',
    base: 'exactly-105',
    least: ['10500000000000000001', '10000000000000000000'],
    comment: 'a ratio that floating point takes for the same',
  },
  { id: 'under-a-third', base: 'a-third', least: ['33334', '100000'], comment: 'what rounds to the same percentage' },
  {
    id: 'nothing-for-something',
    base: 'nothing-held',
    least: ['1', '100000000000000000000'],
    comment: 'nothing is under every ratio above 0',
  },
];

export function ratioVectors() {
  const cases = ratios.map((one) => ({ ...one, result: /** @type {const} */ ('valid'), ...fractionOf(one) }));
  const low = lowRatios.map(({ id, base, least, comment }) => {
    const from = ratios.find((one) => one.id === base);
    if (from === undefined) throw new Error(`ratio: expected ${base}`);
    const { reserves, liabilities } = from;
    return {
      id,
      result: /** @type {const} */ ('invalid'),
      step: 'P6',
      code: 'ratio',
      comment,
      base,
      reserves,
      liabilities,
      least,
    };
  });
  const comment = 'Sums of reserves, ratios as fractions in the finest precision, and in percent rounded down.';
  return vectorFile('ratio', comment, ['14.3', '14.4'], [...cases, ...low]);
}

/** In plain integers, not by the code that is tested. @param {{ reserves: Quantity[], liabilities: Quantity }} one */
function fractionOf({ reserves, liabilities }) {
  const finest = Math.max(liabilities[1], ...reserves.map(([, decimals]) => decimals));
  const at = (/** @type {Quantity} */ [units, decimals]) => BigInt(units) * 10n ** BigInt(finest - decimals);
  const held = reserves.reduce((sum, one) => sum + at(one), 0n);
  return { fraction: [String(held), String(at(liabilities))] };
}

const anchored = { digest: '0123456789abcdef'.repeat(4), exchange: 'Example Exchange ☃', reportId: '2026-02' };

export function anchorVectors() {
  const bytes = Uint8Array.from(Buffer.from(anchored.digest, 'hex'));
  const forms = anchorForms(bytes, anchored.exchange, anchored.reportId);
  const written = Object.entries(forms).map(([form, text]) => ({
    id: form.toLowerCase(),
    result: /** @type {const} */ ('valid'),
    form,
    ...anchored,
    text,
  }));
  const longest = { ...anchored, exchange: '\u{1d11e}'.repeat(128), reportId: '\u{1d11e}'.repeat(128) };
  written.push({
    id: 'post-with-the-longest-names',
    result: /** @type {const} */ ('valid'),
    form: 'post',
    ...longest,
    text: anchorForms(bytes, longest.exchange, longest.reportId).post,
  });
  const { digest } = anchored;
  const read = [
    ['capitals', forms.digest.toUpperCase()],
    ['calldata-capitals', `0x534C5654${digest.toUpperCase()}`],
    ['white-space-around', ` ${forms.opReturn}\n`],
  ].map(([id, text]) => ({ id, result: /** @type {const} */ ('valid'), text, digest }));
  const refused = [
    ['shortened', 'digest', digest.slice(0, -2), 'a byte less'],
    ['lengthened', 'digest', `${digest}00`, 'a byte more'],
    ['no-hexadecimal', 'digest', `${digest.slice(0, -1)}g`, 'a letter that is no digit'],
    ['hexadecimal-prefix', 'digest', `0x${digest}`, 'calldata without its tag'],
    ['other-tag', 'calldata', forms.calldata.replace('534c5654', '534c5655'), 'another tag'],
    ['other-push', 'opreturn', forms.opReturn.replace('6a24', '6a20'), 'a push of another size'],
    ['shortened-push', 'opreturn', forms.opReturn.slice(0, -2), 'a byte less'],
    ['other-words', 'post', forms.post.replace('Solvent', 'Insolvent'), 'other words'],
    ['words-after', 'post', `${forms.post}.`, 'a full stop after the digest'],
    ['no-words', 'post', forms.post.replace(' of ', ' '), 'a word is missing'],
    ['empty', 'digest', '', 'no text'],
  ].map(([id, base, text, comment]) => ({ id, result: /** @type {const} */ ('invalid'), comment, base, text }));
  for (const { id, text } of [...written, ...read]) {
    const found = parseAnchor(text);
    if (found === undefined || bytesToHex(found) !== digest) throw new Error(`anchor ${id}: expected the digest`);
  }
  for (const { id, text } of refused)
    if (parseAnchor(text) !== undefined) throw new Error(`anchor ${id}: expected none`);
  return vectorFile('anchor', 'Anchors in each form.', ['14.7'], [...written, ...read, ...refused]);
}
