// Proof files at the edges of their format, and what a verifier must not take from them (spec §7.2, §8.3).
import { bytesToHex, encodeUint32 } from '@solvent/commitment/bytes';
import { modulus } from '@solvent/field/koala-bear';
import { maxProofSize } from '@solvent/proof-format/proof';
import { setIn } from './edits.js';
import { proofOffsets, withDigests, withProofDigest } from './proof-lies.js';

/** @typedef {import('./edits.js').Edit} Edit */
/** @typedef {import('./make-report.js').MadeReport} MadeReport */
/** @typedef {import('./manifest-lies.js').Lie} Lie */

const file = 'proof-0';
const set = setIn('manifest');
const p = bytesToHex(encodeUint32(modulus));

/** @type {(offset: number, remove: number, insert: string, repeat?: number) => Edit} */
const splice = (offset, remove, insert, repeat) => ({
  file,
  splice: offset,
  delete: remove,
  insert,
  ...(repeat === undefined ? {} : { repeat }),
});

/**
 * @param {MadeReport} report
 * @returns {Lie[]}
 */
export function proofEdgeLies(report) {
  const [proof] = report.proofs;
  const at = proofOffsets(report);
  const { rows } = report.manifest.segments[0];
  /** @type {(id: string, step: string, code: string, comment: string, edit: Edit, flags?: string[]) => Lie} */
  const lie = (id, step, code, comment, edit, flags) => [
    id,
    step,
    code,
    comment,
    withDigests(report, 0, [edit]),
    flags,
  ];
  const grown = (/** @type {number} */ size) =>
    withProofDigest(report, [splice(proof.length, 0, '00', size - proof.length)]);
  const element = (/** @type {string} */ where, /** @type {string} */ comment, /** @type {number} */ offset) =>
    lie(`queries-${where}`, 'V6', 'queries-encoding', `${comment} with the element p`, splice(offset, 4, p));
  return [
    ['proof-size-exceeded', 'M5', 'proof-size', 'a file of 2^20 + 1 bytes', grown(maxProofSize + 1), ['boundary']],
    ['proof-size-reached', 'V6', 'queries-encoding', 'a file of 2^20 bytes', grown(maxProofSize), ['boundary']],
    lie('header-magic-version', 'V2', 'header-encoding', 'the magic SOLVENT2', splice(7, 1, '32')),
    lie('header-magic-only', 'V2', 'header-encoding', 'nothing but the magic', splice(8, proof.length - 8, '')),
    lie(
      'header-last-opening',
      'V2',
      'header-encoding',
      'the last opened value with the element p',
      splice(at.layerRoots - 4, 4, p),
    ),
    lie(
      'header-first-final',
      'V2',
      'header-encoding',
      'the first final polynomial with the element p',
      splice(at.final, 4, p),
    ),
    lie('header-roots', 'V4', 'constraints', 'another root of D2', splice(8 + 3 * 32, 32, 'ff'.repeat(32))),
    [
      'rows-doubled',
      'V2',
      'header-encoding',
      'twice as many rows, for which the header is longer than this one',
      [set('/segments/0/rows', 2 * rows)],
    ],
    lie('nonce-largest', 'V5', 'proof-of-work', 'the nonce 2^32 − 1', splice(at.nonce, 4, 'ffffffff'), ['boundary']),
    element('auxiliary-element', 'an opened leaf of D1', at.trees.auxiliary.leaves + 16),
    element('quotient-element', 'an opened leaf of D2', at.trees.quotient.leaves + 16),
    element('last-layer-element', 'a value of the last layer', at.layers[at.layers.length - 1].values),
    lie(
      'trace-salt-bytes',
      'V7',
      'trace-opening',
      'a salt of bytes that are no elements: salts are arbitrary, so that only the root is wrong',
      splice(at.trees.trace.leaves, 16, 'ff'.repeat(16)),
      ['boundary'],
    ),
    lie(
      'siblings-missing',
      'V6',
      'queries-encoding',
      'the first digest of the opening of D0 left out',
      splice(at.trees.trace.siblings, 32, ''),
    ),
    lie(
      'siblings-further',
      'V6',
      'queries-encoding',
      'the first digest of the opening of D0 twice',
      splice(
        at.trees.trace.siblings,
        0,
        bytesToHex(proof.subarray(at.trees.trace.siblings, at.trees.trace.siblings + 32)),
      ),
    ),
  ];
}
