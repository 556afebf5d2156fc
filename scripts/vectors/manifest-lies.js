// Ways in which the vectors change a report's manifest, with the step and code that must reject it.
import { utf8ToBytes } from '@solvent/commitment/bytes';
import { totalBound } from '@solvent/stark/statement';
import { repairing, setIn, spliceText } from './edits.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */

/** @typedef {[id: string, step: string, code: string, comment: string, edits: Edit[], flags?: string[] | undefined]} Lie */

const set = setIn('manifest');

/**
 * Lies in the manifest alone.
 * @param {MadeReport} report
 * @returns {Lie[]}
 */
export function manifestLies({ manifest, manifestBytes }) {
  const text = new TextDecoder().decode(manifestBytes);
  const at = (/** @type {string} */ part) => utf8ToBytes(text.slice(0, text.indexOf(part))).length;
  const [first, second] = manifest.assets;
  const { totals } = manifest.segments[0];
  const zeros = '0'.repeat(64);
  const more = (/** @type {string} */ units) => String(BigInt(units) + 1n);
  /** @type {(id: string, comment: string, ...edits: Edit[]) => Lie} */
  const encoding = (id, comment, ...edits) => [`encoding-${id}`, 'M1', 'manifest-encoding', comment, edits];
  return [
    encoding('white-space', 'a space that the canonical form does not have', spliceText('manifest', 1, 0, ' ')),
    encoding('line-feed', 'a line feed at the end', spliceText('manifest', manifestBytes.length, 0, '\n')),
    encoding('byte-order-mark', 'a byte-order mark', { file: 'manifest', splice: 0, delete: 0, insert: 'efbbbf' }),
    encoding('not-utf-8', 'a byte that UTF-8 does not have', {
      file: 'manifest',
      splice: at('Example'),
      delete: 1,
      insert: 'ff',
    }),
    encoding('empty', 'no bytes', { file: 'manifest', splice: 0, delete: manifestBytes.length, insert: '' }),
    encoding('cut-short', 'the last byte is missing', { file: 'manifest', splice: -1, delete: 1, insert: '' }),
    encoding('unknown-member', 'a member that the format does not have', set('/note', 'x')),
    encoding('missing-member', 'no snapshot time', { file: 'manifest', remove: '/snapshotTime' }),
    encoding('member-twice', 'a member twice', spliceText('manifest', 1, 0, `"air":"${zeros}",`)),
    encoding(
      'number-spelling',
      'a number that is not spelled canonically',
      spliceText('manifest', at('2048') + 4, 0, '.0'),
    ),
    encoding(
      'escape',
      'an escape that the canonical form does not have',
      spliceText('manifest', at('Example'), 1, '\\u0045'),
    ),
    encoding('amount-as-number', 'a total as a JSON number', set('/totals/0', 1)),
    encoding('leading-zero', 'a total with a leading zero', set('/totals/0', `0${manifest.totals[0]}`)),
    encoding('negative', 'a negative total', set('/segments/0/totals/0', '-1')),
    encoding('upper-case', 'a digest in upper case', set('/preset', manifest.preset.toUpperCase())),
    encoding('format', 'another format', set('/format', 'solvent-liabilities/2')),
    encoding('time', 'a day that does not exist', set('/snapshotTime', '2026-02-30T00:00:00Z')),
    encoding('time-zone', 'a time that is not in UTC', set('/snapshotTime', '2026-01-31T23:59:59+01:00')),
    encoding('control-character', 'a name with a control character', set('/exchange', 'a\u0007b')),
    encoding('decimals', 'more than 18 decimals', set('/assets/0/decimals', 19)),
    encoding('few-rows', 'fewer than 2^11 rows', set('/segments/0/rows', 1024)),
    encoding('no-segments', 'no segments', set('/segments', [])),
    ['preset-digest', 'M2', 'preset-digest', 'a digest of no preset', [set('/preset', zeros)]],
    ['air-digest', 'M2', 'air-digest', 'a digest of other constraints', [set('/air', zeros)]],
    [
      'assets-order',
      'M3',
      'assets',
      'the first two assets in the wrong order',
      [set('/assets', [second, first, ...manifest.assets.slice(2)])],
    ],
    ['assets-twice', 'M3', 'assets', 'an asset twice', [set('/assets/1/symbol', first.symbol)]],
    ['assets-symbol', 'M3', 'assets', 'a symbol with a comma', [set('/assets/0/symbol', 'A,B')]],
    [
      'limits-rows',
      'M3',
      'statement-limits',
      'a number of rows that is no power of two',
      [set('/segments/0/rows', 3000)],
    ],
    ['limits-total', 'M3', 'statement-limits', 'a total of p·2^60', [set('/segments/0/totals/0', String(totalBound))]],
    [
      'limits-totals',
      'M3',
      'statement-limits',
      'a total is missing',
      [{ file: 'manifest', remove: '/segments/0/totals/0' }],
    ],
    ['totals-sum', 'M4', 'totals', 'a report total is 1 too large', [set('/totals/0', more(manifest.totals[0]))]],
    [
      'totals-segment',
      'M4',
      'totals',
      'a segment total is 1 too large',
      [set('/segments/0/totals/0', more(totals[0]))],
    ],
    ['totals-missing', 'M4', 'totals', 'a report total is missing', [{ file: 'manifest', remove: '/totals/0' }]],
  ];
}

/**
 * Lies about what a proof was made for: every part of the statement is absorbed.
 * @param {MadeReport} report
 * @returns {Lie[]}
 */
export function statementLies({ manifest }) {
  const { totals } = manifest.segments[0];
  const more = (/** @type {string} */ units) => String(BigInt(units) + 1n);
  /** @type {(id: string, comment: string, ...edits: Edit[]) => Lie} */
  const lie = (id, comment, ...edits) => [`statement-${id}`, 'V3', 'header-digest', comment, edits];
  const last = manifest.assets.length - 1;
  return [
    lie('exchange', 'another exchange', set('/exchange', 'Another Exchange')),
    lie('report-id', 'another report', set('/reportId', '2026-02')),
    lie('time', 'another time', set('/snapshotTime', '2026-01-31T23:59:58Z')),
    lie('previous', 'another previous report', set('/previousManifest', '60'.repeat(32))),
    lie(
      'no-previous',
      'a first report where it was not, or the other way round',
      set('/previousManifest', manifest.previousManifest === null ? '60'.repeat(32) : null),
    ),
    lie('decimals', 'another precision', set('/assets/0/decimals', 7)),
    lie('symbol', 'another symbol', set(`/assets/${last}/symbol`, 'ZZZ')),
    lie(
      'total',
      'a total that is 1 too large',
      set('/segments/0/totals/0', more(totals[0])),
      repairing(set('/totals/0', more(manifest.totals[0]))),
    ),
    lie('header-digest', 'another header digest', set('/segments/0/headerDigest', '00'.repeat(32))),
    [
      'accounts-root',
      'V3',
      'accounts-root',
      'another accounts root',
      [set('/segments/0/accountsRoot', '00'.repeat(32))],
    ],
    [
      'segment-more',
      'V3',
      'header-digest',
      'a segment more: the first again',
      [
        set('/segments', [...manifest.segments, manifest.segments[0]]),
        repairing(
          set(
            '/totals',
            manifest.totals.map((total, i) => String(BigInt(total) + BigInt(totals[i]))),
          ),
        ),
      ],
    ],
  ];
}
