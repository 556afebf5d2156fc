/**
 * The manifest of a liability report, `sum_proof_data.json` (spec §7.5): one for everybody. Its digest is what customers
 * compare, what inclusion files name, and what the next report's proofs absorb.
 */
import { createHasher } from '@solvent/commitment/blake3';
import { hexToBytes } from '@solvent/commitment/bytes';
import type { Statement } from '@solvent/stark/statement';
import { maxAssetCount, maxAssetDecimals, maxRowCount, minRowCount } from '@solvent/stark/table';
import * as z from 'zod/mini';
import { type Decoded, decodeCanonicalJson, encodeCanonicalJson } from './canonical-json.js';
import { digestField, integerField, textField, timeField, unitsListField } from './fields.js';

/** Most segments of a report. */
export const maxSegmentCount = 4096;
/** Most bytes of a manifest. */
export const maxManifestSize = 2 ** 24;
/** The manifest's file name in a report folder. */
export const manifestFileName = 'sum_proof_data.json';

const totalsField = unitsListField(maxAssetCount);

/** The shape of a manifest. */
export const manifestSchema = z.strictObject({
  format: z.literal('solvent-liabilities/1'),
  /** Digests of the parameters and constraints that the proofs are for. */
  preset: digestField,
  air: digestField,
  exchange: textField,
  reportId: textField,
  snapshotTime: timeField,
  /** Digest of the previous report's manifest; null in a first report. */
  previousManifest: z.nullable(digestField),
  assets: z
    .array(z.strictObject({ symbol: textField, decimals: integerField(0, maxAssetDecimals) }))
    .check(z.minLength(1), z.maxLength(maxAssetCount)),
  segments: z
    .array(
      z.strictObject({
        rows: integerField(minRowCount, maxRowCount),
        accountsRoot: digestField,
        headerDigest: digestField,
        proofDigest: digestField,
        totals: totalsField,
      }),
    )
    .check(z.minLength(1), z.maxLength(maxSegmentCount)),
  totals: totalsField,
});

/** A manifest. Amounts are integers of the asset's units, in decimal. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The bytes of a manifest file. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  return encodeCanonicalJson(manifest);
}

/** Reads a manifest file: shape and canonical form. What it says is for a verifier to check. Never throws. */
export function decodeManifest(bytes: Uint8Array): Decoded<Manifest> {
  return decodeCanonicalJson(bytes, maxManifestSize, manifestSchema);
}

const manifestHasher = createHasher('manifest');
const proofFileHasher = createHasher('proof file');

/** The digest of a manifest file, 32 bytes. */
export function manifestDigest(manifestBytes: Uint8Array): Uint8Array {
  return manifestHasher.digest(manifestBytes);
}

/** The digest of a proof file, 32 bytes. */
export function proofFileDigest(proofBytes: Uint8Array): Uint8Array {
  return proofFileHasher.digest(proofBytes);
}

/** Where a segment's proof stands in a report folder. */
export function proofFileName(segment: number): string {
  return `proofs/segment-${String(segment).padStart(4, '0')}.bin`;
}

/** The statement that a manifest makes about one of its segments. */
export function segmentStatement(manifest: Manifest, segment: number): Statement {
  return {
    context: {
      exchange: manifest.exchange,
      reportId: manifest.reportId,
      snapshotTime: manifest.snapshotTime,
      previousManifest: manifest.previousManifest === null ? new Uint8Array(0) : hexToBytes(manifest.previousManifest),
    },
    segment,
    segmentCount: manifest.segments.length,
    rowCount: manifest.segments[segment].rows,
    assets: manifest.assets,
    totals: manifest.segments[segment].totals.map(BigInt),
  };
}
