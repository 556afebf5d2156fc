/**
 * The inclusion file (spec §7.3): what one account holder gets. Canonical JSON, so that people can read whose balances
 * it is about, with the openings as base64.
 */

import { base64 } from '@scure/base';
import { digestSize } from '@solvent/commitment/blake3';
import { concatBytes, encodeExtensions, hexToBytes } from '@solvent/commitment/bytes';
import { siblingNumbers } from '@solvent/commitment/merkle';
import type { Extension } from '@solvent/field/extension';
import { type Decoded, decodeCanonicalJson, encodeCanonicalJson } from '@solvent/report-format/canonical-json';
import { digestField, integerField, unitsField } from '@solvent/report-format/fields';
import { maxSegmentCount } from '@solvent/report-format/manifest';
import type { LayerOpening } from '@solvent/stark/query';
import type { Shape } from '@solvent/stark/shape';
import { accountsTreeLeaf, entriesPerRow, maxAssetCount, maxRowCount } from '@solvent/stark/table';
import * as z from 'zod/mini';
import { ByteReader, decodeWith } from './byte-reader.js';
import { readLayerOpenings } from './proof.js';

/** Most bytes of an inclusion file: an account with 4096 assets in a segment of 2^19 rows needs less. */
export const maxInclusionFileSize = 2 ** 23;
/** Most rows of one account: 4096 assets, four to a row. */
export const maxRowsPerAccount = maxAssetCount / entriesPerRow;

/** The shape of an inclusion file. */
export const inclusionFileSchema = z.strictObject({
  format: z.literal('solvent-inclusion/1'),
  /** Digest of the manifest that the file belongs to. */
  manifest: digestField,
  segment: integerField(0, maxSegmentCount - 1),
  /** The nonce of the account's tag. */
  nonce: digestField,
  rows: z
    .array(
      z.strictObject({
        index: integerField(0, maxRowCount - 1),
        /** Asset index, counted from 1 (0 in an unused entry), and amount in the asset's units. */
        entries: z
          .array(z.strictObject({ asset: integerField(0, maxAssetCount), amount: unitsField }))
          .check(z.length(entriesPerRow)),
        salt: digestField,
        /** R₁ at the row: five base-field elements, little-endian. */
        mask: z.string().check(z.regex(/^[0-9a-f]{40}$/, 'expected 40 lower-case hexadecimal digits')),
      }),
    )
    .check(z.minLength(1), z.maxLength(maxRowsPerAccount)),
  /** The openings of the tree of rows and of the folding layers, in base64. */
  openings: z.string().check(z.refine(isBase64Text, 'expected base64')),
});

export type InclusionFile = z.infer<typeof inclusionFileSchema>;

// Characters of base64, then at most two of padding. Searched from the front, since one pattern for millions of
// characters could overflow the engine's stack.
function isBase64Text(text: string): boolean {
  const end = text.search(/[^A-Za-z0-9+/]/);
  return end < 0 || /^={1,2}$/.test(text.slice(end));
}

/** The bytes of an inclusion file. */
export function encodeInclusionFile(file: InclusionFile): Uint8Array {
  return encodeCanonicalJson(file);
}

/** Reads an inclusion file: shape and canonical form. Never throws. */
export function decodeInclusionFile(bytes: Uint8Array): Decoded<InclusionFile> {
  return decodeCanonicalJson(bytes, maxInclusionFileSize, inclusionFileSchema);
}

/** What opens an account's rows. */
export interface InclusionOpenings {
  /** The batch opening of the rows' leaves in H0. */
  readonly rowSiblings: Uint8Array;
  /** One for each folding layer on H. */
  readonly layers: readonly LayerOpening[];
}

/** The openings as they stand in an inclusion file. */
export function encodeInclusionOpenings(openings: InclusionOpenings): string {
  const layers = openings.layers.flatMap((layer) => [encodeExtensions(layer.values), layer.siblings]);
  return base64.encode(concatBytes(openings.rowSiblings, ...layers));
}

/**
 * Reads the openings of an inclusion file. Never throws on any text.
 *
 * @param rows the rows' indexes, strictly increasing, below the shape's number of rows.
 */
export function decodeInclusionOpenings(
  text: string,
  shape: Shape,
  rows: readonly number[],
): Decoded<InclusionOpenings> {
  let bytes: Uint8Array;
  try {
    bytes = base64.decode(text);
  } catch {
    return { ok: false, fault: 'not base64' };
  }
  return decodeWith(() => {
    const reader = new ByteReader(bytes);
    const siblingCount = siblingNumbers(shape.rowCount, sortedLeaves(rows, shape.rowCount)).length;
    const rowSiblings = reader.bytes(digestSize * siblingCount, 'siblings of the rows');
    const layers = readLayerOpenings(reader, rows, shape.rowCount, shape.foldCount, 1);
    reader.end();
    return { rowSiblings, layers };
  });
}

/** R₁ at a row as it stands in an inclusion file, 40 hexadecimal digits; undefined if it is not canonical. */
export function decodeMask(hex: string): Extension | undefined {
  const decoded = decodeWith(() => new ByteReader(hexToBytes(hex)).extension('mask'));
  return decoded.ok ? decoded.value : undefined;
}

/** The leaves of rows in H0, in increasing order: the order in which a batch opening takes them. */
export function sortedLeaves(rows: readonly number[], rowCount: number): number[] {
  return rows.map((row) => accountsTreeLeaf(row, rowCount)).sort((a, b) => a - b);
}
