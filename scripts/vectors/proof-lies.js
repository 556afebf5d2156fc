// Ways in which the vectors change a report's first proof file, with the step and code that must reject it.
import { bytesToHex, concatBytes, encodeUint32 } from '@solvent/commitment/bytes';
import { modulus } from '@solvent/field/koala-bear';
import { decodeHeader, decodeQueries, headerSize } from '@solvent/proof-format/proof';
import { proofFileDigest, segmentStatement } from '@solvent/report-format/manifest';
import { pointLeafWidths, pointSaltSize } from '@solvent/stark/leaves';
import { sortedDistinct } from '@solvent/stark/query';
import * as rounds from '@solvent/stark/rounds';
import { deriveShape, openingTerms } from '@solvent/stark/shape';
import { startTranscript } from '@solvent/stark/statement';
import { applyEdits, flipByte, repairing, setIn } from './edits.js';
import { reportFiles } from './make-report.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */
/** @typedef {import('./manifest-lies.js').Lie} Lie */

const set = setIn('manifest');

/**
 * Edits after which a segment's header and proof digest, as the manifest says them, are right again.
 * @param {MadeReport} report
 * @param {number} segment
 * @param {readonly Edit[]} edits
 * @returns {Edit[]}
 */
export function withDigests(report, segment, edits) {
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
const setDigest = (pointer, digest) => repairing(set(pointer, bytesToHex(digest)));

/**
 * Where things stand in the proof file of a report's first segment.
 * @param {MadeReport} report
 */
export function proofOffsets(report) {
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
  let offset = nonce + 4;
  /** @type {Record<string, { leaves: number, siblings: number }>} */
  const trees = {};
  for (const tree of /** @type {const} */ (['trace', 'auxiliary', 'quotient'])) {
    const siblings = offset + points.length * (pointSaltSize + 4 * pointLeafWidths[tree]);
    trees[tree] = { leaves: offset, siblings };
    offset = siblings + queries.value.points[tree].siblings.length;
  }
  const layers = queries.value.layers.map(({ values, siblings }) => {
    const place = { values: offset, siblings: offset + 20 * values.length };
    offset = place.siblings + siblings.length;
    return place;
  });
  const final = layerRoots + 64 * shape.foldCount;
  return { openings, layerRoots, final, nonce, nonceValue: decoded.nonce, trees, layers, end: offset };
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
      repairing(set('/totals/0', wrongSum)),
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
export function withProofDigest(report, edits) {
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
