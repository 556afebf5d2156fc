/**
 * The bytes of a segment's proof (spec §7.2). Nothing in them says how long anything is: the header's sizes follow from
 * the number of rows, all others from the query points, which follow from statement, header and nonce.
 */

import { digestSize } from '@solvent/commitment/blake3';
import { concatBytes, encodeExtensions, encodeUint32, utf8ToBytes } from '@solvent/commitment/bytes';
import { siblingNumbers } from '@solvent/commitment/merkle';
import type { Extension } from '@solvent/field/extension';
import { type PointTree, pointLeafWidths, pointSaltSize } from '@solvent/stark/leaves';
import { type LayerOpening, planFibres } from '@solvent/stark/query';
import type { HeaderMessages } from '@solvent/stark/rounds';
import { openingTerms, type Shape } from '@solvent/stark/shape';
import { fibreSize } from '@solvent/stark/table';
import { ByteReader, decodeWith, FormatError } from './byte-reader.js';

/** Most bytes of a proof file: a proof of 2^19 rows with 160 query points that share nothing needs less. */
export const maxProofSize = 2 ** 20;

const magic = utf8ToBytes('SOLVENT1');

/** The trees with a leaf for each point of D, in the order of the file. */
export const pointTrees: readonly PointTree[] = ['trace', 'auxiliary', 'quotient'];

/** The opened leaves of one tree, one for each distinct query point, in increasing order. */
export interface PointOpening {
  /** The leaves' bytes: salt and elements. */
  readonly leaves: readonly Uint8Array[];
  /** The elements of each leaf, canonical. */
  readonly elements: readonly (readonly number[])[];
  readonly siblings: Uint8Array;
}

/** Everything after the header. */
export interface QueryMessages {
  readonly points: Readonly<Record<PointTree, PointOpening>>;
  /** One for each folding layer on D. */
  readonly layers: readonly LayerOpening[];
}

/** Bytes of a header, its magic included. */
export function headerSize(shape: Shape): number {
  const digests = 4 + 2 * shape.foldCount;
  const extensions = openingTerms.length + 2 * shape.finalDegreeBound;
  return magic.length + digestSize * digests + 20 * extensions;
}

/** The header's bytes. */
export function encodeHeader(header: HeaderMessages): Uint8Array {
  return concatBytes(
    magic,
    header.traceRoot,
    header.accountsRoot,
    header.auxiliaryRoot,
    header.quotientRoot,
    encodeExtensions(header.openings),
    ...header.layerRoots.flatMap((roots) => [roots.points, roots.rows]),
    encodeExtensions(header.finalPolynomials[0]),
    encodeExtensions(header.finalPolynomials[1]),
  );
}

/** A proof file's bytes. */
export function encodeProof(header: HeaderMessages, nonce: number, queries: QueryMessages): Uint8Array {
  return concatBytes(
    encodeHeader(header),
    encodeUint32(nonce),
    ...pointTrees.flatMap((tree) => [...queries.points[tree].leaves, queries.points[tree].siblings]),
    ...queries.layers.flatMap((layer) => [encodeExtensions(layer.values), layer.siblings]),
  );
}

export type DecodedProof =
  | { readonly ok: true; readonly header: HeaderMessages; readonly nonce: number; readonly rest: Uint8Array }
  | { readonly ok: false; readonly fault: string };

/** Reads header and nonce of a proof file; `rest` is what follows. Never throws on any bytes. */
export function decodeHeader(bytes: Uint8Array, shape: Shape): DecodedProof {
  const decoded = decodeWith(() => {
    const reader = new ByteReader(bytes);
    const header = readHeader(reader, shape);
    const nonce = reader.uint32('nonce');
    return { header, nonce, rest: bytes.subarray(headerSize(shape) + 4) };
  });
  return decoded.ok ? { ok: true, ...decoded.value } : decoded;
}

function readHeader(reader: ByteReader, shape: Shape): HeaderMessages {
  const found = reader.bytes(magic.length, 'magic');
  if (!magic.every((byte, i) => byte === found[i])) throw new FormatError('magic at byte 0: expected "SOLVENT1"');
  const digest = (what: string) => reader.bytes(digestSize, what).slice();
  return {
    traceRoot: digest('trace root'),
    accountsRoot: digest('accounts root'),
    auxiliaryRoot: digest('auxiliary root'),
    quotientRoot: digest('quotient root'),
    openings: reader.extensions(openingTerms.length, 'opened values'),
    layerRoots: Array.from({ length: shape.foldCount }, (_, layer) => ({
      points: digest(`root of layer ${layer} on D`),
      rows: digest(`root of layer ${layer} on H`),
    })),
    finalPolynomials: [
      reader.extensions(shape.finalDegreeBound, 'final polynomial of word 1'),
      reader.extensions(shape.finalDegreeBound, 'final polynomial of word 2'),
    ],
  };
}

export type DecodedQueries =
  | { readonly ok: true; readonly value: QueryMessages }
  | { readonly ok: false; readonly fault: string };

/**
 * Reads what follows header and nonce, to the end of the file. Never throws on any bytes.
 *
 * @param points the distinct query points, strictly increasing positions in D.
 */
export function decodeQueries(rest: Uint8Array, shape: Shape, points: readonly number[]): DecodedQueries {
  return decodeWith(() => {
    const reader = new ByteReader(rest);
    const pointSiblings = siblingNumbers(shape.pointDomain.size, points).length;
    const readTree = (tree: PointTree) => readPointOpening(reader, tree, points.length, pointSiblings);
    const opened = { trace: readTree('trace'), auxiliary: readTree('auxiliary'), quotient: readTree('quotient') };
    const layers = readLayerOpenings(reader, points, shape.pointDomain.size, shape.foldCount, 2);
    reader.end();
    return { points: opened, layers };
  });
}

function readPointOpening(reader: ByteReader, tree: PointTree, count: number, siblingCount: number): PointOpening {
  const leafSize = pointSaltSize + 4 * pointLeafWidths[tree];
  const leaves = Array.from({ length: count }, () => reader.bytes(leafSize, `leaf of the ${tree} tree`));
  const elements = leaves.map((leaf) =>
    new ByteReader(leaf.subarray(pointSaltSize)).elements(pointLeafWidths[tree], `leaf of the ${tree} tree`),
  );
  return { leaves, elements, siblings: reader.bytes(digestSize * siblingCount, `siblings of the ${tree} tree`) };
}

/** Reads the openings of all folding layers over a domain, for given starting positions and number of words. */
export function readLayerOpenings(
  reader: ByteReader,
  positions: readonly number[],
  domainSize: number,
  layerCount: number,
  wordCount: number,
): LayerOpening[] {
  return planFibres(positions, domainSize, layerCount).map((plan, layer) => {
    const values: Extension[] = reader.extensions(plan.missing.length * wordCount, `values of layer ${layer}`);
    const leafCount = domainSize / fibreSize ** (layer + 1);
    const siblingCount = siblingNumbers(leafCount, plan.fibres).length;
    return { values, siblings: reader.bytes(digestSize * siblingCount, `siblings of layer ${layer}`) };
  });
}
