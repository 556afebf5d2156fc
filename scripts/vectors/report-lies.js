// Every way in which the vectors change a report, with the step and code that must reject it.
import { bytesToHex, concatBytes, encodeUint32, utf8ToBytes } from '@solvent/commitment/bytes';
import { modulus } from '@solvent/field/koala-bear';
import { decodeHeader, decodeQueries, headerSize } from '@solvent/proof-format/proof';
import { proofFileDigest, segmentStatement } from '@solvent/report-format/manifest';
import { pointLeafWidths, pointSaltSize } from '@solvent/stark/leaves';
import { sortedDistinct } from '@solvent/stark/query';
import * as rounds from '@solvent/stark/rounds';
import { deriveShape, openingTerms } from '@solvent/stark/shape';
import { startTranscript, totalBound } from '@solvent/stark/statement';
import { applyEdits, flipByte } from './edits.js';
import { reportFiles } from './make-report.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */

/**
 * Edits after which a segment's header and proof digest, as the manifest says them, are right again.
 * @param {MadeReport} report
 * @param {number} segment
 * @param {readonly Edit[]} edits
 * @returns {Edit[]}
 */
function withDigests(report, segment, edits) {
  const files = applyEdits(reportFiles(report), edits);
  const manifest = JSON.parse(new TextDecoder().decode(files.manifest));
  const proof = /** @type {Uint8Array} */ (files[`proof-${segment}`]);
  const statement = segmentStatement(manifest, segment);
  const decoded = decodeHeader(proof, deriveShape(statement.rowCount));
  /** @type {Edit[]} */
  const fixes = [];
  if (decoded.ok) {
    const { headerDigest } = rounds.replayHeader(startTranscript(statement, report.plan.preset), decoded.header);
    fixes.push(setDigest(`/segments/${segment}/headerDigest`, headerDigest));
  }
  return [...edits, ...fixes, setDigest(`/segments/${segment}/proofDigest`, proofFileDigest(proof))];
}

/**
 * @param {string} pointer
 * @param {Uint8Array} digest
 * @returns {Edit}
 */
const setDigest = (pointer, digest) => ({ file: 'manifest', set: pointer, value: bytesToHex(digest) });

/**
 * @param {string} pointer
 * @param {unknown} value
 * @returns {Edit}
 */
const set = (pointer, value) => ({ file: 'manifest', set: pointer, value });

/**
 * @param {number} offset
 * @param {number} remove
 * @param {string} text
 * @returns {Edit}
 */
const spliceText = (offset, remove, text) => ({
  file: 'manifest',
  splice: offset,
  delete: remove,
  insert: bytesToHex(utf8ToBytes(text)),
});

/** @typedef {[id: string, step: string, code: string, comment: string, edits: Edit[]]} Lie */

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
    encoding('white-space', 'a space that the canonical form does not have', spliceText(1, 0, ' ')),
    encoding('line-feed', 'a line feed at the end', spliceText(manifestBytes.length, 0, '\n')),
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
    encoding('member-twice', 'a member twice', spliceText(1, 0, `"air":"${zeros}",`)),
    encoding('number-spelling', 'a number that is not spelled canonically', spliceText(at('2048') + 4, 0, '.0')),
    encoding('escape', 'an escape that the canonical form does not have', spliceText(at('Example'), 1, '\\u0045')),
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
      [set('/assets/0', second), set('/assets/1', first)],
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
      set('/totals/0', more(manifest.totals[0])),
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
        set(
          '/totals',
          manifest.totals.map((total, i) => String(BigInt(total) + BigInt(totals[i]))),
        ),
      ],
    ],
  ];
}

/** Where things stand in a segment's proof file. */
/** @param {MadeReport} report */
function proofOffsets(report) {
  const statement = segmentStatement(report.manifest, 0);
  const shape = deriveShape(statement.rowCount);
  const [proof] = report.proofs;
  const decoded = decodeHeader(proof, shape);
  if (!decoded.ok) throw new Error(decoded.fault);
  const transcript = startTranscript(statement, report.plan.preset);
  rounds.replayHeader(transcript, decoded.header);
  rounds.grindingSeed(transcript);
  const points = sortedDistinct(rounds.absorbNonce(transcript, decoded.nonce, shape, report.plan.preset));
  const queries = decodeQueries(decoded.rest, shape, points);
  if (!queries.ok) throw new Error(queries.fault);
  const openings = 8 + 4 * 32;
  const layerRoots = openings + 20 * openingTerms.length;
  const nonce = headerSize(shape);
  const trees = {};
  let offset = nonce + 4;
  /** @type {Record<string, { leaves: number, siblings: number }>} */
  const found = trees;
  for (const tree of /** @type {const} */ (['trace', 'auxiliary', 'quotient'])) {
    const siblings = offset + points.length * (pointSaltSize + 4 * pointLeafWidths[tree]);
    found[tree] = { leaves: offset, siblings };
    offset = siblings + queries.value.points[tree].siblings.length;
  }
  const layers = queries.value.layers.map(({ values, siblings }) => {
    const place = { values: offset, siblings: offset + 20 * values.length };
    offset = place.siblings + siblings.length;
    return place;
  });
  const final = layerRoots + 64 * shape.foldCount;
  return { openings, layerRoots, final, nonce, nonceValue: decoded.nonce, trees: found, layers, end: offset };
}

/**
 * Lies in the first proof file, the manifest's digests made right again.
 * @param {MadeReport} report
 * @returns {Lie[]}
 */
export function proofLies(report) {
  const [proof] = report.proofs;
  const at = proofOffsets(report);
  const file = 'proof-0';
  const p = bytesToHex(encodeUint32(modulus));
  /** @type {(offset: number, remove: number, insert: string) => Extract<Edit, { splice: number }>} */
  const splice = (offset, remove, insert) => ({ file, splice: offset, delete: remove, insert });
  const flip = (/** @type {number} */ offset) => flipByte(file, proof, offset);
  /** @type {(id: string, step: string, code: string, comment: string, ...edits: Edit[]) => Lie} */
  const lie = (id, step, code, comment, ...edits) => [id, step, code, comment, withDigests(report, 0, edits)];
  const wrongTotal = String(BigInt(report.manifest.segments[0].totals[0]) - 1n);
  const wrongSum = String(BigInt(report.manifest.totals[0]) - 1n);
  return [
    [
      'proof-missing',
      'M5',
      'proof-missing',
      'no file for the last segment',
      [{ file: `proof-${report.proofs.length - 1}`, missing: true }],
    ],
    [
      'proof-size',
      'M5',
      'proof-size',
      'a file of more than 2^20 bytes',
      [{ ...splice(proof.length, 0, '00'), repeat: 2 ** 20 }],
    ],
    ['proof-digest', 'M5', 'proof-digest', 'a changed byte', [flip(at.end - 1)]],
    ['proof-digest-length', 'M5', 'proof-digest', 'a byte more', [splice(proof.length, 0, '00')]],
    lie('header-magic', 'V2', 'header-encoding', 'another magic', flip(7)),
    lie('header-empty', 'V2', 'header-encoding', 'an empty file', splice(0, proof.length, '')),
    lie(
      'header-short',
      'V2',
      'header-encoding',
      'a file that ends within the nonce',
      splice(at.nonce + 3, proof.length - at.nonce - 3, ''),
    ),
    lie('header-opening', 'V2', 'header-encoding', 'an opened value with the element p', splice(at.openings, 4, p)),
    lie(
      'header-final',
      'V2',
      'header-encoding',
      'a final coefficient with the element 2^32 − 1',
      splice(at.nonce - 4, 4, 'ffffffff'),
    ),
    ['header-trace-root', 'V3', 'header-digest', 'another root of D0', withProofDigest(report, [flip(8)])],
    [
      'header-layer-root',
      'V3',
      'header-digest',
      'another root of a layer on H',
      withProofDigest(report, [flip(at.layerRoots + 32)]),
    ],
    [
      'header-roots-swapped',
      'V3',
      'header-digest',
      'the roots of layer 0 on D and on H swapped',
      withProofDigest(report, swapBytes(file, proof, at.layerRoots, at.layerRoots + 32, 32)),
    ],
    [
      'header-words-swapped',
      'V3',
      'header-digest',
      'the two final polynomials swapped',
      withProofDigest(
        report,
        swapBytes(file, proof, at.final, at.final + (at.nonce - at.final) / 2, (at.nonce - at.final) / 2),
      ),
    ],
    lie('constraints-opening', 'V4', 'constraints', 'another opened value of asset_0', flip(at.openings)),
    lie('constraints-acc', 'V4', 'constraints', 'another opened value of acc at gz', flip(at.openings + 20 * 45)),
    lie(
      'constraints-chunk',
      'V4',
      'constraints',
      'another opened value of the last quotient chunk',
      flip(at.layerRoots - 20),
    ),
    lie(
      'constraints-total',
      'V4',
      'constraints',
      'a total that is 1 too small',
      set('/segments/0/totals/0', wrongTotal),
      set('/totals/0', wrongSum),
    ),
    lie(
      'nonce',
      'V5',
      'proof-of-work',
      'a nonce that is no proof of work',
      splice(at.nonce, 4, bytesToHex(encodeUint32(at.nonceValue + 1))),
    ),
    lie('queries-short', 'V6', 'queries-encoding', 'the last byte is missing', splice(-1, 1, '')),
    lie('queries-long', 'V6', 'queries-encoding', 'a byte more', splice(proof.length, 0, '00')),
    lie(
      'queries-none',
      'V6',
      'queries-encoding',
      'nothing after the nonce',
      splice(at.nonce + 4, proof.length - at.nonce - 4, ''),
    ),
    lie(
      'queries-element',
      'V6',
      'queries-encoding',
      'an opened leaf with the element p',
      splice(at.trees.trace.leaves + 16, 4, p),
    ),
    lie(
      'queries-value',
      'V6',
      'queries-encoding',
      'a value of a layer with the element p',
      splice(at.layers[0].values, 4, p),
    ),
    ...Object.entries(at.trees).flatMap(([tree, { leaves, siblings }]) => [
      lie(`${tree}-salt`, 'V7', `${tree}-opening`, `another salt in the tree of the ${tree}`, flip(leaves)),
      lie(`${tree}-leaf`, 'V7', `${tree}-opening`, `another element in the tree of the ${tree}`, flip(leaves + 16)),
      lie(`${tree}-sibling`, 'V7', `${tree}-opening`, `another digest in the tree of the ${tree}`, flip(siblings)),
    ]),
    ...at.layers.flatMap(({ values, siblings }, i) => [
      lie(`layer-${i}-value`, 'V8', 'layer-opening', `another value in layer ${i}`, flip(values)),
      lie(`layer-${i}-sibling`, 'V8', 'layer-opening', `another digest in layer ${i}`, flip(siblings)),
    ]),
  ];
}

/**
 * @param {MadeReport} report
 * @param {Edit[]} edits
 */
function withProofDigest(report, edits) {
  const proof = /** @type {Uint8Array} */ (applyEdits(reportFiles(report), edits)['proof-0']);
  return [...edits, setDigest('/segments/0/proofDigest', proofFileDigest(proof))];
}

/**
 * @param {string} file
 * @param {Uint8Array} bytes
 * @param {number} first
 * @param {number} second
 * @param {number} length
 * @returns {Edit[]}
 */
function swapBytes(file, bytes, first, second, length) {
  const [a, b] = [first, second].map((start) => bytes.slice(start, start + length));
  const between = bytes.slice(first + length, second);
  const insert = bytesToHex(concatBytes(b, between, a));
  return [{ file, splice: first, delete: second + length - first, insert }];
}
