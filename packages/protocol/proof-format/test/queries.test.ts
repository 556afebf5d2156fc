import { concatBytes } from '@solvent/commitment/bytes';
import { siblingNumbers } from '@solvent/commitment/merkle';
import type { Extension } from '@solvent/field/extension';
import { modulus } from '@solvent/field/koala-bear';
import { ByteReader, decodeWith, FormatError } from '@solvent/proof-format/byte-reader';
import {
  decodeHeader,
  decodeQueries,
  encodeHeader,
  encodeProof,
  headerSize,
  pointTrees,
  type QueryMessages,
} from '@solvent/proof-format/proof';
import { pointLeafWidths, pointSaltSize } from '@solvent/stark/leaves';
import { planFibres, sortedDistinct } from '@solvent/stark/query';
import type { HeaderMessages } from '@solvent/stark/rounds';
import { deriveShape, openingTerms, type Shape } from '@solvent/stark/shape';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

let next = 0;
const element = () => (next = (next * 48271 + 11) % modulus);
const extension = (): Extension => [element(), element(), element(), element(), element()];
const bytes = (length: number) => Uint8Array.from({ length }, () => element() % 256);
const list = <Value>(count: number, make: () => Value) => Array.from({ length: count }, make);

function sampleHeader(shape: Shape): HeaderMessages {
  return {
    traceRoot: bytes(32),
    accountsRoot: bytes(32),
    auxiliaryRoot: bytes(32),
    quotientRoot: bytes(32),
    openings: list(openingTerms.length, extension),
    layerRoots: list(shape.foldCount, () => ({ points: bytes(32), rows: bytes(32) })),
    finalPolynomials: [list(shape.finalDegreeBound, extension), list(shape.finalDegreeBound, extension)],
  };
}

/** Messages of the right sizes for some query points; what they say is no opening of anything. */
function sampleQueries(shape: Shape, points: readonly number[]): QueryMessages {
  const opened = pointTrees.map((tree) => {
    const elements = list(points.length, () => list(pointLeafWidths[tree], element));
    const leaves = elements.map((values) =>
      concatBytes(bytes(pointSaltSize), new Uint8Array(Uint32Array.from(values).buffer)),
    );
    const siblings = bytes(32 * siblingNumbers(shape.pointDomain.size, points).length);
    return [tree, { leaves, elements, siblings }];
  });
  const layers = planFibres(points, shape.pointDomain.size, shape.foldCount).map((plan, i) => ({
    values: list(2 * plan.missing.length, extension),
    siblings: bytes(32 * siblingNumbers(shape.pointDomain.size / 8 ** (i + 1), plan.fibres).length),
  }));
  return { points: Object.fromEntries(opened), layers } as unknown as QueryMessages;
}

const shapes = fc.integer({ min: 11, max: 19 }).map((logRows) => deriveShape(2 ** logRows));
const queries = shapes.chain((shape) =>
  fc
    .uniqueArray(fc.nat({ max: shape.pointDomain.size - 1 }), { minLength: 1, maxLength: 30 })
    .map((points) => ({ shape, points: sortedDistinct(points) })),
);

describe('a proof file (§7.2)', () => {
  it('is read back as it was written, for every size and any query points', () => {
    fc.assert(
      fc.property(queries, fc.nat({ max: 2 ** 32 - 1 }), ({ shape, points }, nonce) => {
        const header = sampleHeader(shape);
        const messages = sampleQueries(shape, points);
        const file = encodeProof(header, nonce, messages);
        expect(encodeHeader(header).length).toBe(headerSize(shape));
        const decoded = decodeHeader(file, shape);
        if (!decoded.ok) throw new Error(decoded.fault);
        expect(decoded.header).toEqual(header);
        expect(decoded.nonce).toBe(nonce);
        const opened = decodeQueries(decoded.rest, shape, points);
        if (!opened.ok) throw new Error(opened.fault);
        expect(opened.value).toEqual(messages);
      }),
      { numRuns: 30 },
    );
  });

  it('has one length: a byte less or more, or other query points, are a fault', () => {
    const shape = deriveShape(2 ** 11);
    const points = [1, 5, 2049, 8000];
    const file = encodeProof(sampleHeader(shape), 0, sampleQueries(shape, points));
    const rest = file.subarray(headerSize(shape) + 4);
    expect(decodeQueries(rest, shape, points).ok).toBe(true);
    expect(decodeQueries(rest.subarray(0, -1), shape, points)).toMatchObject({ ok: false });
    expect(decodeQueries(concatBytes(rest, new Uint8Array(1)), shape, points)).toEqual({
      ok: false,
      fault: `end at byte ${rest.length}: expected no further bytes, found 1`,
    });
    for (const other of [points.slice(1), [...points, 8001], [1]]) {
      expect(decodeQueries(rest, shape, other)).toMatchObject({ ok: false });
    }
  });

  it('has headers of these sizes', () => {
    const sizes = Array.from({ length: 9 }, (_, i) => headerSize(deriveShape(2 ** (11 + i))));
    const expected = [11, 12, 13, 14, 15, 16, 17, 18, 19].map((logRows) => {
      const folds = Math.floor((logRows - 11) / 3) + 2;
      return 8 + 32 * (4 + 2 * folds) + 20 * (50 + 2 * (2 ** logRows / 8 ** folds));
    });
    expect(sizes).toEqual(expected);
  });
});

describe('ByteReader', () => {
  it('reads integers and elements, little-endian, and refuses what is not canonical', () => {
    const encoded = Uint8Array.of(1, 2, 0, 128, 0, 0, 0, 127, 1, 0, 0, 127);
    const reader = new ByteReader(encoded);
    expect(reader.uint32('a')).toBe(2 ** 31 + 513);
    expect(reader.element('b')).toBe(modulus - 1);
    expect(() => reader.element('c')).toThrow(FormatError);
    expect(() => new ByteReader(encoded).extension('d')).toThrow(/d at byte 0: expected a canonical field element/);
  });

  it('refuses to read past the end, and to end before it', () => {
    const reader = new ByteReader(new Uint8Array(3));
    expect(() => reader.bytes(4, 'four')).toThrow('four at byte 0: expected 4 bytes, found 3');
    expect(() => reader.end()).toThrow('end at byte 0: expected no further bytes, found 3');
    reader.bytes(3, 'three');
    reader.end();
    expect(() => reader.uint32('more')).toThrow(FormatError);
  });

  it('gives a fault for its own errors alone', () => {
    expect(decodeWith(() => 5)).toEqual({ ok: true, value: 5 });
    expect(decodeWith(() => new ByteReader(new Uint8Array(0)).uint32('x'))).toMatchObject({ ok: false });
    expect(() =>
      decodeWith(() => {
        throw new TypeError('a defect');
      }),
    ).toThrow('a defect');
  });
});
