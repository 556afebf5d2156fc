/** Checks of the vectors of hashing, encodings, trees, transcript, proof of work. */
import { createHasher } from '@solvent/commitment/blake3';
import {
  bytesToHex,
  concatBytes,
  encodeElements,
  encodeExtensions,
  encodeText,
  encodeUint32,
  hexToBytes,
} from '@solvent/commitment/bytes';
import { createTreeHashers, rootFromBatch, siblingNumbers } from '@solvent/commitment/merkle';
import { findProofOfWork, isProofOfWork } from '@solvent/commitment/proof-of-work';
import { Transcript } from '@solvent/commitment/transcript';
import type { Extension } from '@solvent/field/extension';
import { ByteReader, decodeWith } from '@solvent/proof-format/byte-reader';
import { expect } from 'vitest';
import type { VectorCase } from './vector-files.js';

interface HashCase extends VectorCase {
  readonly purpose: string;
  readonly message: string;
  readonly size: number;
  readonly digest: string;
}

export function checkHash({ purpose, message, size, digest }: HashCase): void {
  expect(bytesToHex(createHasher(purpose).digest(hexToBytes(message), size))).toBe(digest);
}

interface EncodingCase extends VectorCase {
  readonly type: 'uint32' | 'element' | 'extension' | 'text';
  readonly value?: unknown;
  readonly bytes: string;
}

const encoders: Readonly<Record<EncodingCase['type'], (value: never) => Uint8Array>> = {
  uint32: encodeUint32,
  element: (value: number) => encodeElements([value]),
  extension: (value: Extension) => encodeExtensions([value]),
  text: encodeText,
};

export function checkEncoding({ type, value, bytes, result }: EncodingCase): void {
  if (result === 'valid') expect(bytesToHex(encoders[type](value as never))).toBe(bytes);
  if (type === 'text') return;
  const decoded = decodeWith(() => {
    const reader = new ByteReader(hexToBytes(bytes));
    const read = reader[type]('value');
    reader.end();
    return read;
  });
  expect(decoded.ok).toBe(result === 'valid');
  if (decoded.ok) expect(decoded.value).toEqual(value);
}

interface MerkleCase extends VectorCase {
  readonly tree: string;
  readonly leafCount: number;
  readonly root: string;
  readonly indexes: readonly number[];
  readonly leaves: readonly string[];
  readonly siblingNumbers: readonly number[];
  readonly siblings: readonly string[];
}

export function checkMerkle(vector: MerkleCase): void {
  const { tree, leafCount, indexes, leaves, siblings, root } = vector;
  const { leaf, node } = createTreeHashers(tree);
  const digests = leaves.map((bytes) => leaf.digest(hexToBytes(bytes)));
  const carried = concatBytes(...siblings.map(hexToBytes));
  const hasRightLength = siblings.length === siblingNumbers(leafCount, indexes).length;
  const open = () => bytesToHex(rootFromBatch(leafCount, indexes, digests, carried, node));
  if (!hasRightLength) {
    expect(vector.result).toBe('invalid');
    expect(open).toThrow(RangeError);
  } else expect(open() === root).toBe(vector.result === 'valid');
  if (vector.result === 'valid') expect(siblingNumbers(leafCount, indexes)).toEqual(vector.siblingNumbers);
}

type TranscriptStep =
  | { readonly absorb: string; readonly bytes: string }
  | {
      readonly squeeze: string;
      readonly as: 'digest' | 'extensions' | 'non-base-extensions' | 'integers';
      readonly count: number;
      readonly bits: number;
      readonly output: unknown;
    };

interface TranscriptCase extends VectorCase {
  readonly protocol: string;
  readonly steps: readonly TranscriptStep[];
}

export function checkTranscript({ protocol, steps }: TranscriptCase): void {
  const transcript = new Transcript(protocol);
  for (const step of steps) {
    if ('absorb' in step) transcript.absorb(step.absorb, hexToBytes(step.bytes));
    else expect(draw(transcript, step)).toEqual(step.output);
  }
}

function draw(transcript: Transcript, step: Extract<TranscriptStep, { squeeze: string }>): unknown {
  const { squeeze, as, count, bits } = step;
  switch (as) {
    case 'digest':
      return bytesToHex(transcript.squeezeDigest(squeeze));
    case 'extensions':
      return transcript.squeezeExtensions(squeeze, count);
    case 'non-base-extensions':
      return transcript.squeezeNonBaseExtensions(squeeze, count);
    case 'integers':
      return transcript.squeezeIntegers(squeeze, count, bits);
  }
}

interface ProofOfWorkCase extends VectorCase {
  readonly seed: string;
  readonly bits: number;
  readonly nonce: number;
}

export function checkProofOfWork({ seed, bits, nonce, result }: ProofOfWorkCase): void {
  expect(isProofOfWork(hexToBytes(seed), nonce, bits)).toBe(result === 'valid');
  if (result === 'valid') expect(findProofOfWork(hexToBytes(seed), bits)).toBe(nonce);
}
