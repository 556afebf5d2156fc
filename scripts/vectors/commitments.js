// Vectors of commitments: hashing, encodings, trees, transcript, proof of work.
import { createHasher } from '@solvent/commitment/blake3';
import {
  bytesToHex,
  concatBytes,
  encodeElements,
  encodeExtensions,
  encodeText,
  encodeUint32,
  hexToBytes,
  utf8ToBytes,
} from '@solvent/commitment/bytes';
import { buildTree, createTreeHashers, openBatch, siblingNumbers, treeRoot } from '@solvent/commitment/merkle';
import { findProofOfWork } from '@solvent/commitment/proof-of-work';
import { Transcript } from '@solvent/commitment/transcript';
import { modulus as p } from '@solvent/field/koala-bear';
import { createDraw, times } from './draw.js';
import { vectorFile } from './format.js';

/** @typedef {import('./format.js').VectorCase} VectorCase */

export function hashVectors() {
  const draw = createDraw('hash');
  const purposes = [
    'transcript absorb',
    'transcript squeeze',
    'transcript output',
    'proof of work',
    'tree D0 leaf',
    'tree D0 node',
    'tree fold H 3 leaf',
    'preset',
    'air',
    'account',
    'manifest',
    'proof file',
  ];
  const lengths = [0, 1, 32, 63, 64, 65, 1023, 1024, 1025, 168, 212, 276];
  const cases = purposes.map((purpose, i) => {
    const message = draw.bytes(lengths[i]);
    const size = i === 2 ? 1024 : 32;
    const digest = createHasher(purpose).digest(message, size);
    return {
      id: `${purpose.replaceAll(' ', '-')}`,
      result: /** @type {const} */ ('valid'),
      purpose,
      message: bytesToHex(message),
      size,
      digest: bytesToHex(digest),
    };
  });
  return vectorFile('hash', 'Keyed BLAKE3 by purpose; messages and digests in hexadecimal.', ['3.1'], cases);
}

export function encodingVectors() {
  const draw = createDraw('encoding');
  const extension = draw.extension();
  /** @type {VectorCase[]} */
  const cases = [
    ...[0, 1, 258, 2 ** 32 - 1].map((value) => valid('uint32', String(value), value, encodeUint32(value))),
    ...[0, 1, p - 1].map((value) => valid('element', String(value), value, encodeElements([value]))),
    valid('extension', 'random', extension, encodeExtensions([extension])),
    valid('text', 'empty', '', encodeText('')),
    valid('text', 'ascii', 'solvent', encodeText('solvent')),
    valid('text', 'unicode', 'Zoë ☃ 𝄞', encodeText('Zoë ☃ 𝄞')),
    valid('extension', 'edges', [0, 1, 2, p - 2, p - 1], encodeExtensions([[0, 1, 2, p - 2, p - 1]])),
    invalid('uint32', 'short', '0', 'three bytes', Uint8Array.of(0, 0, 0)),
    invalid('uint32', 'long', '0', 'five bytes', Uint8Array.of(0, 0, 0, 0, 0)),
    invalid('element', 'p', `${p - 1}`, 'p is not canonical', encodeUint32(p)),
    invalid('element', 'largest', `${p - 1}`, 'not canonical', encodeUint32(2 ** 32 - 1)),
    invalid('element', 'short', '1', 'three bytes', Uint8Array.of(1, 0, 0)),
    invalid('element', 'long', '1', 'five bytes', Uint8Array.of(1, 0, 0, 0, 0)),
    invalid(
      'extension',
      'not-canonical',
      'edges',
      'the last coefficient is p',
      concatBytes(encodeElements([0, 1, 2, p - 2]), encodeUint32(p)),
    ),
    invalid('extension', 'short', 'edges', 'four elements', encodeElements([0, 1, 2, p - 2])),
  ];
  return vectorFile(
    'encoding',
    'Values and their bytes; invalid bytes are those that a reader refuses.',
    ['3.2', '7.1'],
    cases,
  );
}

/**
 * @param {string} type
 * @param {string} name
 * @param {unknown} value
 * @param {Uint8Array} bytes
 * @returns {VectorCase}
 */
const valid = (type, name, value, bytes) => ({
  id: `${type}-${name}`,
  result: 'valid',
  type,
  value,
  bytes: bytesToHex(bytes),
});

/**
 * @param {string} type
 * @param {string} name
 * @param {string} base name of the valid bytes that these differ from
 * @param {string} comment
 * @param {Uint8Array} bytes
 * @returns {VectorCase}
 */
const invalid = (type, name, base, comment, bytes) => ({
  id: `${type}-${name}`,
  result: 'invalid',
  comment,
  base: `${type}-${base}`,
  type,
  bytes: bytesToHex(bytes),
});

const hex = (/** @type {Uint8Array} */ bytes) => bytesToHex(bytes);

export function merkleVectors() {
  const tree = 'D0';
  const hashers = createTreeHashers(tree);
  const leavesOf = (/** @type {number} */ count) => times(count, (i) => utf8ToBytes(`leaf ${i}`));
  const open = (/** @type {number} */ leafCount, /** @type {number[]} */ indexes) => {
    const leaves = leavesOf(leafCount);
    const built = buildTree(concatBytes(...leaves.map((leaf) => hashers.leaf.digest(leaf))), hashers.node);
    return {
      tree,
      leafCount,
      root: hex(treeRoot(built)),
      indexes,
      leaves: indexes.map((i) => hex(leaves[i])),
      siblingNumbers: siblingNumbers(leafCount, indexes),
      siblings: times(siblingNumbers(leafCount, indexes).length, (i) =>
        hex(openBatch(built, indexes).subarray(32 * i, 32 * i + 32)),
      ),
    };
  };
  /** @type {VectorCase[]} */
  const cases = [
    [1, [0]],
    [2, [1]],
    [8, [0]],
    [8, [5]],
    [8, [2, 3]],
    [8, [3, 4]],
    [8, [4, 5]],
    [8, [0, 1, 2, 3, 4, 5, 6, 7]],
    [8, [1, 4, 5, 7]],
    [32, [0, 9, 10, 31]],
  ].map(([leafCount, indexes]) => {
    const opening = open(/** @type {number} */ (leafCount), /** @type {number[]} */ (indexes));
    return { id: `open-${leafCount}-${opening.indexes.join('-')}`, result: 'valid', ...opening };
  });
  const base = open(8, [1, 4, 5, 7]);
  const other = hex(hashers.leaf.digest(utf8ToBytes('other')));
  const digest = (/** @type {string} */ leaf) => hex(hashers.leaf.digest(hexToBytes(leaf)));
  const mutate = (/** @type {string} */ id, /** @type {string} */ comment, /** @type {object} */ change) =>
    cases.push({ id, result: 'invalid', comment, base: 'open-8-1-4-5-7', ...base, ...change });
  mutate('wrong-leaf', 'another leaf', { leaves: [hex(utf8ToBytes('leaf 2')), ...base.leaves.slice(1)] });
  mutate('wrong-sibling', 'another first sibling', { siblings: [other, ...base.siblings.slice(1)] });
  mutate('swapped-siblings', 'siblings in another order', {
    siblings: [base.siblings[1], base.siblings[0], ...base.siblings.slice(2)],
  });
  mutate('missing-sibling', 'one sibling too few', { siblings: base.siblings.slice(0, -1) });
  mutate('further-sibling', 'one sibling too many', { siblings: [...base.siblings, other] });
  mutate('wrong-index', 'the leaf of index 1 offered as that of index 0', { indexes: [0, 4, 5, 7] });
  mutate('wrong-tree', 'the same leaves under the keys of another tree', { tree: 'D1' });
  const pair = open(8, [4, 5]);
  cases.push({
    id: 'node-as-leaf',
    result: 'invalid',
    comment: 'the digests of leaves 4 and 5 offered as a leaf of a tree of 4 leaves, which would have the same root',
    base: 'open-8-4-5',
    flags: ['cheating-prover'],
    ...pair,
    leafCount: 4,
    indexes: [2],
    leaves: [digest(pair.leaves[0]) + digest(pair.leaves[1])],
    siblingNumbers: siblingNumbers(4, [2]),
  });
  return vectorFile(
    'merkle',
    'Batch openings. Leaves are bytes in hexadecimal; leaf i of the valid trees is the text "leaf i". Invalid openings are those that a verifier refuses: of the wrong length, or leading to another root.',
    ['3.3'],
    cases,
  );
}

export function transcriptVectors() {
  const draw = createDraw('transcript');
  /** @typedef {{ absorb: string, bytes: string } | { squeeze: string, as: string, count?: number, bits?: number }} Step */
  /** @type {[string, string, Step[]][]} */
  const scripts = [
    ['empty', 'nothing but the protocol name', [{ squeeze: '/out', as: 'digest' }]],
    [
      'lengths',
      'items of every length around a block',
      [
        ...[0, 1, 31, 32, 33, 1024].map((length, i) => ({ absorb: `/item/${i}`, bytes: hex(draw.bytes(length)) })),
        { squeeze: '/out', as: 'digest' },
      ],
    ],
    [
      'elements',
      'enough elements for some draws of p or more, and more than one block of output',
      [
        { absorb: '/seed', bytes: hex(draw.bytes(32)) },
        { squeeze: '/alpha', as: 'extensions', count: 60 },
        { squeeze: '/beta', as: 'non-base-extensions', count: 2 },
      ],
    ],
    [
      'integers',
      'query positions; what one challenge leaves unread is not in the next',
      [
        { absorb: '/seed', bytes: hex(draw.bytes(32)) },
        { squeeze: '/queries', as: 'integers', count: 40, bits: 13 },
        { squeeze: '/queries', as: 'integers', count: 8, bits: 21 },
        { squeeze: '/all', as: 'integers', count: 4, bits: 31 },
      ],
    ],
    [
      'mixed',
      'absorbs and challenges in turn',
      [
        { absorb: '/trace/root', bytes: hex(draw.bytes(32)) },
        { squeeze: '/gamma', as: 'extensions', count: 1 },
        { absorb: '/openings', bytes: hex(draw.bytes(100)) },
        { squeeze: '/header', as: 'digest' },
        { squeeze: '/grinding', as: 'digest' },
        { absorb: '/nonce', bytes: '07000000' },
        { squeeze: '/queries', as: 'integers', count: 8, bits: 13 },
      ],
    ],
  ];
  const cases = scripts.map(([id, comment, script]) => {
    const transcript = new Transcript('example');
    const steps = script.map((step) =>
      'absorb' in step ? absorbStep(transcript, step) : { ...step, output: squeezeStep(transcript, step) },
    );
    return { id, result: /** @type {const} */ ('valid'), comment, protocol: 'example', steps };
  });
  return vectorFile(
    'transcript',
    'Items absorbed and challenges drawn, in order. Bytes in hexadecimal.',
    ['3.4'],
    cases,
  );
}

/**
 * @param {Transcript} transcript
 * @param {{ absorb: string, bytes: string }} step
 */
function absorbStep(transcript, step) {
  transcript.absorb(step.absorb, hexToBytes(step.bytes));
  return step;
}

/**
 * Draws a challenge as a vector says.
 * @param {Transcript} transcript
 * @param {{ squeeze: string, as: string, count?: number, bits?: number }} step
 */
function squeezeStep(transcript, { squeeze, as, count = 1, bits = 0 }) {
  if (as === 'digest') return hex(transcript.squeezeDigest(squeeze));
  if (as === 'extensions') return transcript.squeezeExtensions(squeeze, count);
  if (as === 'non-base-extensions') return transcript.squeezeNonBaseExtensions(squeeze, count);
  if (as === 'integers') return transcript.squeezeIntegers(squeeze, count, bits);
  throw new Error(`transcript vector: no challenge is drawn as ${as}`);
}

export function proofOfWorkVectors() {
  const draw = createDraw('proof of work');
  /** @type {VectorCase[]} */
  const cases = [1, 4, 8, 12].flatMap((bits) => {
    const seed = draw.bytes(32);
    const nonce = findProofOfWork(seed, bits);
    const common = { seed: hex(seed), bits };
    /** @type {VectorCase[]} */
    const found = [{ id: `bits-${bits}`, result: 'valid', comment: 'the smallest nonce', ...common, nonce }];
    if (nonce > 0)
      found.push({
        id: `bits-${bits}-before`,
        result: 'invalid',
        comment: 'one less',
        base: `bits-${bits}`,
        ...common,
        nonce: nonce - 1,
      });
    return found;
  });
  return vectorFile(
    'proof-of-work',
    'Nonces that are proofs of work for a seed, and some that are not.',
    ['3.5'],
    cases,
  );
}
