import { blake3 } from '@noble/hashes/blake3.js';
import { createHasher } from '@solvent/commitment/blake3';
import {
  bytesEqual,
  bytesToHex,
  concatBytes,
  decodeUint32,
  encodeUint32,
  utf8ToBytes,
} from '@solvent/commitment/bytes';
import {
  buildTree,
  createTreeHashers,
  openBatch,
  rootFromBatch,
  siblingNumbers,
  treeRoot,
} from '@solvent/commitment/merkle';
import { findProofOfWork, isProofOfWork } from '@solvent/commitment/proof-of-work';
import { Transcript } from '@solvent/commitment/transcript';
import { isBase } from '@solvent/field/extension';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const hashers = createTreeHashers('test');
const leafDigests = (count: number) => Array.from({ length: count }, (_, i) => hashers.leaf.digest(encodeUint32(i)));

describe('keyed BLAKE3', () => {
  it('derives the key of a purpose by BLAKE3 key derivation', () => {
    const key = blake3(new Uint8Array(0), { context: utf8ToBytes('solvent/1 tree D0 leaf') });
    const message = utf8ToBytes('abc');
    expect(createHasher('tree D0 leaf').digest(message)).toEqual(blake3(message, { key }));
  });

  it('gives unrelated digests for different purposes', () => {
    const digests = ['tree D0 leaf', 'tree D0 node', 'tree D1 leaf'].map((p) =>
      bytesToHex(createHasher(p).digest(utf8ToBytes(''))),
    );
    expect(new Set(digests).size).toBe(3);
  });
});

describe('Merkle trees', () => {
  const openings = fc.integer({ min: 0, max: 6 }).chain((depth) =>
    fc.record({
      depth: fc.constant(depth),
      indexes: fc
        .uniqueArray(fc.integer({ min: 0, max: 2 ** depth - 1 }), { minLength: 1, maxLength: 20 })
        .map((list) => list.sort((a, b) => a - b)),
    }),
  );

  it('opens any set of leaves to the root', () => {
    fc.assert(
      fc.property(openings, ({ depth, indexes }) => {
        const leaves = leafDigests(2 ** depth);
        const tree = buildTree(concatBytes(...leaves), hashers.node);
        const siblings = openBatch(tree, indexes);
        expect(siblings.length).toBe(32 * siblingNumbers(2 ** depth, indexes).length);
        const root = rootFromBatch(
          2 ** depth,
          indexes,
          indexes.map((i) => leaves[i]),
          siblings,
          hashers.node,
        );
        expect(root).toEqual(treeRoot(tree));
      }),
    );
  });

  it('leads elsewhere when a leaf, a sibling or an index changes', () => {
    fc.assert(
      fc.property(openings, fc.nat(), (opening, choice) => {
        const { depth, indexes } = opening;
        const leafCount = 2 ** depth;
        const leaves = leafDigests(leafCount);
        const tree = buildTree(concatBytes(...leaves), hashers.node);
        const siblings = openBatch(tree, indexes);
        const opened = indexes.map((i) => leaves[i]);
        const root = treeRoot(tree);
        const wrongLeaf = opened.map((digest, i) =>
          i === choice % opened.length ? hashers.leaf.digest(digest) : digest,
        );
        expect(bytesEqual(rootFromBatch(leafCount, indexes, wrongLeaf, siblings, hashers.node), root)).toBe(false);
        if (siblings.length > 0) {
          const wrongSiblings = siblings.slice();
          wrongSiblings[choice % siblings.length] ^= 1;
          expect(bytesEqual(rootFromBatch(leafCount, indexes, opened, wrongSiblings, hashers.node), root)).toBe(false);
          const shorter = siblings.subarray(32);
          expect(() => rootFromBatch(leafCount, indexes, opened, shorter, hashers.node)).toThrow(/fewer siblings/);
        }
        const longer = concatBytes(siblings, new Uint8Array(32));
        expect(() => rootFromBatch(leafCount, indexes, opened, longer, hashers.node)).toThrow(/more siblings/);
      }),
    );
  });

  it('has two digests for each leaf, and gives a root that is a copy', () => {
    const tree = buildTree(concatBytes(...leafDigests(4)), hashers.node);
    expect(tree.digests.length).toBe(8 * 32);
    const root = treeRoot(tree);
    const before = root.slice();
    tree.digests.fill(0);
    expect(root).toEqual(before);
  });

  it('refuses a number of leaves that is no power of two', () => {
    expect(() => buildTree(new Uint8Array(96), hashers.node)).toThrow(RangeError);
  });
});

describe('the transcript', () => {
  const squeeze = (...items: [string, Uint8Array][]) => {
    const transcript = new Transcript('test');
    for (const [label, bytes] of items) transcript.absorb(label, bytes);
    return bytesToHex(transcript.squeezeDigest('/out'));
  };
  const bytes = (...list: number[]) => Uint8Array.from(list);

  it('depends on labels, lengths, order and boundaries of what is absorbed', () => {
    const outputs = [
      squeeze(),
      squeeze(['/a', bytes()]),
      squeeze(['/a', bytes(0)]),
      squeeze(['/a', bytes(5, 7)]),
      squeeze(['/a', bytes(5, 7, 0, 0)]),
      squeeze(['/b', bytes(5, 7)]),
      squeeze(['/a', bytes(5)], ['/a', bytes(7)]),
      squeeze(['/a', bytes(7)], ['/a', bytes(5)]),
    ];
    expect(new Set(outputs).size).toBe(outputs.length);
  });

  it('gives the same challenges for the same history, and logs one line an item', () => {
    const run = () => {
      const transcript = new Transcript('test');
      transcript.absorb('/root', bytes(1, 2, 3));
      const challenges = transcript.squeezeExtensions('/alpha', 3);
      return { challenges, integers: transcript.squeezeIntegers('/queries', 1000, 11), log: transcript.log };
    };
    expect(run()).toEqual(run());
    expect(run().log.length).toBe(4);
    expect(run().log[1]).toMatch(/^absorb 01 \/root 3 B [0-9a-f]{8}$/);
    expect(run().integers.every((value) => Number.isInteger(value) && value >= 0 && value < 2048)).toBe(true);
    expect(new Set(run().integers).size).toBeGreaterThan(700);
  });

  it('draws challenges outside the base field where asked', () => {
    const transcript = new Transcript('test');
    expect(transcript.squeezeNonBaseExtensions('/z', 50).some(isBase)).toBe(false);
  });
});

describe('proof of work', () => {
  it('finds the smallest nonce, which alone of those up to it is accepted', () => {
    const seed = createHasher('seed').digest(utf8ToBytes('x'));
    const nonce = findProofOfWork(seed, 8);
    for (let n = 0; n <= nonce; n++) expect(isProofOfWork(seed, n, 8)).toBe(n === nonce);
    expect(decodeUint32(encodeUint32(nonce))).toBe(nonce);
  });
});
