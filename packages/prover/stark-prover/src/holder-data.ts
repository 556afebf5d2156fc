/** What inclusion files are made from: a segment's H side (spec §6.3). Secret as a whole. */
import { bytesToHex, encodeElements } from '@solvent/commitment/bytes';
import { openBatch } from '@solvent/commitment/merkle';
import { columnElement } from '@solvent/field/extension-column';
import { encodeInclusionOpenings, type InclusionFile, sortedLeaves } from '@solvent/proof-format/inclusion-file';
import { rowSaltSize } from '@solvent/stark/leaves';
import { entriesPerRow, limbBits, limbCount } from '@solvent/stark/table';
import { type CommittedLayer, openLayers } from './commitments.js';
import type { AccountRows } from './trace.js';

/** The tree of account rows and the layers of G₁ on H, with all that opens them. */
export interface HolderData {
  readonly rowCount: number;
  readonly rows: AccountRows;
  readonly layers: readonly CommittedLayer[];
}

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

/** Makes the inclusion file of one account. */
export function createInclusionFile(data: HolderData, place: AccountPlace): InclusionFile {
  return {
    format: 'solvent-inclusion/1',
    manifest: bytesToHex(place.manifest),
    segment: place.segment,
    nonce: bytesToHex(place.nonce),
    rows: place.rows.map((row) => describeRow(data.rows, row)),
    openings: encodeInclusionOpenings({
      rowSiblings: openBatch(data.rows.tree, sortedLeaves(place.rows, data.rowCount)),
      layers: openLayers(data.layers, place.rows),
    }),
  };
}

function describeRow(rows: AccountRows, row: number): InclusionFile['rows'][number] {
  return {
    index: row,
    entries: Array.from({ length: entriesPerRow }, (_, e) => {
      const [asset, ...limbs] = rows.user.slice((limbCount + 1) * e, (limbCount + 1) * (e + 1)).map((c) => c[row]);
      const amount = limbs.reduceRight((sum, limb) => (sum << BigInt(limbBits)) + BigInt(limb), 0n);
      return { asset, amount: String(amount) };
    }),
    salt: bytesToHex(rows.salts.subarray(rowSaltSize * row, rowSaltSize * (row + 1))),
    mask: bytesToHex(encodeElements(columnElement(rows.mask, row))),
  };
}
