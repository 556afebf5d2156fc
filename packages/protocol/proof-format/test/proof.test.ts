import { digestSize } from '@solvent/commitment/blake3';
import type { Extension } from '@solvent/field/extension';
import { pointLeafWidths, pointSaltSize } from '@solvent/stark/leaves';
import { productionPreset } from '@solvent/stark/preset';
import type { HeaderMessages } from '@solvent/stark/rounds';
import { deriveShape, openingTerms } from '@solvent/stark/shape';
import { fibreSize, maxRowCount, minRowCount } from '@solvent/stark/table';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../src/byte-reader.js';
import { decodeHeader, encodeHeader, headerSize, maxProofSize, pointTrees } from '../src/proof.js';

const shape = deriveShape(minRowCount);

/** A header in its format; what it says is no proof of anything. */
function sampleHeader(): HeaderMessages {
  const digest = (fill: number) => new Uint8Array(32).fill(fill);
  const extensions = (count: number) => Array.from({ length: count }, (_, i): Extension => [i, 1, 2, 3, 4]);
  return {
    traceRoot: digest(1),
    accountsRoot: digest(2),
    auxiliaryRoot: digest(3),
    quotientRoot: digest(4),
    openings: extensions(openingTerms.length),
    layerRoots: Array.from({ length: shape.foldCount }, (_, i) => ({ points: digest(10 + i), rows: digest(20 + i) })),
    finalPolynomials: [extensions(shape.finalDegreeBound), extensions(shape.finalDegreeBound)],
  };
}

describe('a decoded header', () => {
  const header = sampleHeader();
  const file = [...encodeHeader(header), 7, 0, 0, 0];

  it.each<[string, (bytes: number[]) => Uint8Array]>([
    ['a Uint8Array', (bytes) => Uint8Array.from(bytes)],
    // Its `slice` gives a view, not a copy.
    ['a Buffer', (bytes) => Buffer.from(bytes)],
    ['a part of a larger Buffer', (bytes) => Buffer.from([9, 9, 9, ...bytes, 9]).subarray(3, 3 + bytes.length)],
  ])('is a copy of what it was read from, %s', (_, toBytes) => {
    const bytes = toBytes(file);
    const decoded = decodeHeader(bytes, shape);
    if (!decoded.ok) throw new Error(decoded.fault);
    bytes.fill(0xff);
    expect(decoded.header).toEqual(header);
    expect(decoded.nonce).toBe(7);
    // Nothing keeps the file's memory alive either.
    const { traceRoot, accountsRoot, auxiliaryRoot, quotientRoot, layerRoots } = decoded.header;
    const roots = [traceRoot, accountsRoot, auxiliaryRoot, quotientRoot];
    for (const root of [...roots, ...layerRoots.flatMap(({ points, rows }) => [points, rows])]) {
      expect(root.buffer.byteLength).toBe(32);
    }
  });
});

describe('ByteReader', () => {
  it('gives views whose slices are copies, of a Buffer too', () => {
    const bytes = Buffer.from([0, 1, 2, 3]).subarray(1);
    const read = new ByteReader(bytes).bytes(2, 'two bytes');
    const copy = read.slice();
    bytes.fill(9);
    expect([...read]).toEqual([9, 9]);
    expect([...copy]).toEqual([1, 2]);
  });
});

describe('maxProofSize', () => {
  it('is above every proof with the production preset, even if no two query points share anything', () => {
    for (let logSize = 11; logSize <= 19; logSize++) expect(proofSizeBound(2 ** logSize)).toBeLessThan(maxProofSize);
    expect(proofSizeBound(maxRowCount)).toBe(871_156);
  });
});

/** More bytes than any proof of so many rows has: each query point with whole paths and fibres of its own. */
function proofSizeBound(rowCount: number): number {
  const { pointDomain, foldCount } = deriveShape(rowCount);
  let querySize = 0;
  for (const tree of pointTrees) {
    querySize += pointSaltSize + 4 * pointLeafWidths[tree] + digestSize * pointDomain.logSize;
  }
  for (let layer = 0; layer < foldCount; layer++) {
    const sentValues = 2 * (fibreSize - 1);
    querySize += 20 * sentValues + digestSize * (pointDomain.logSize - 3 * (layer + 1));
  }
  return headerSize(deriveShape(rowCount)) + 4 + productionPreset.queryCount * querySize;
}
