/** Makes one account's inclusion file (spec §7.3). */
import { bytesToHex, concatBytes, encodeElements } from '@solvent/commitment/bytes';
import { siblingNumbers } from '@solvent/commitment/merkle';
import { encodeInclusionOpenings, type InclusionFile, sortedLeaves } from '@solvent/proof-format/inclusion-file';
import { planFibres } from '@solvent/stark/query';
import { entriesPerRow, fibreSize, limbBits, limbCount } from '@solvent/stark/table';
import type { HolderRow, HolderSource } from './holder-data.js';

/** Who a file is for: the manifest it belongs to, and the account's place in the table. */
export interface AccountPlace {
  /** Digest of the manifest, 32 bytes. */
  readonly manifest: Uint8Array;
  readonly segment: number;
  /** The nonce of the account's tag, 32 bytes. */
  readonly nonce: Uint8Array;
  /** The account's rows, strictly increasing. */
  readonly rows: readonly number[];
}

/** Makes the inclusion file of one account from its segment's holder data. */
export function createInclusionFile(source: HolderSource, place: AccountPlace): InclusionFile {
  const { rowCount, layerCount } = source;
  const rowLeaves = sortedLeaves(place.rows, rowCount);
  return {
    format: 'solvent-inclusion/1',
    manifest: bytesToHex(place.manifest),
    segment: place.segment,
    nonce: bytesToHex(place.nonce),
    rows: place.rows.map((index) => describeRow(index, source.row(index))),
    openings: encodeInclusionOpenings({
      rowSiblings: concatBytes(...siblingNumbers(rowCount, rowLeaves).map(source.rowDigest)),
      layers: planFibres(place.rows, rowCount, layerCount).map((plan, layer) => {
        const siblings = siblingNumbers(rowCount / fibreSize ** (layer + 1), plan.fibres);
        return {
          values: plan.missing.map((position) => source.layerValue(layer, position)),
          siblings: concatBytes(...siblings.map((number) => source.layerDigest(layer, number))),
        };
      }),
    }),
  };
}

function describeRow(index: number, row: HolderRow): InclusionFile['rows'][number] {
  return {
    index,
    entries: Array.from({ length: entriesPerRow }, (_, e) => {
      const [asset, ...limbs] = row.values.slice((limbCount + 1) * e, (limbCount + 1) * (e + 1));
      const amount = limbs.reduceRight((sum, limb) => (sum << BigInt(limbBits)) + BigInt(limb), 0n);
      return { asset, amount: String(amount) };
    }),
    salt: bytesToHex(row.salt),
    mask: bytesToHex(encodeElements(row.mask)),
  };
}
