/** One segment of a holder store as a file: its holder data and its accounts, of one attempt at a proof. */
import { digestSize } from '@solvent/commitment/blake3';
import { encodeUint32 } from '@solvent/commitment/bytes';
import { treeRoot } from '@solvent/commitment/merkle';
import type { Extension } from '@solvent/field/extension';
import type { ExtensionColumn } from '@solvent/field/extension-column';
import { rowSaltSize } from '@solvent/stark/leaves';
import { fibreSize } from '@solvent/stark/table';
import { encodeRecord, maxRecordSize, type StoredAccount } from './account-records.js';
import { assertCurrent, type HolderData, type HolderRow, type HolderSource } from './holder-data.js';
import { packEntries, unpackEntries } from './packed-entries.js';
import { createPagedWriter, openPagedReader, type PagedWriter } from './paged-file.js';
import type { PagedReader } from './paged-reader.js';
import { prunedDigest, upperDigests } from './pruned-tree.js';
import * as layout from './segment-layout.js';
import type { StoreKey } from './store-key.js';

/** A segment's file that is open for reading; every access opens a page or two. */
export interface SegmentReader {
  readonly source: HolderSource;
  /** The root of H0, 32 bytes. */
  readonly accountsRoot: Uint8Array;
  readonly accountCount: number;
  /** Where the accounts' records begin and end in the content of the file. */
  readonly accountsStart: number;
  readonly accountsEnd: number;
  readonly file: PagedReader;
}

/** Writes a segment's file whole, or not at all. All accounts must be of the segment; none is held. */
export function writeSegmentFile(
  path: string,
  key: StoreKey | undefined,
  name: string,
  segment: number,
  data: HolderData,
  accounts: Iterable<StoredAccount>,
): void {
  const writer = createPagedWriter(path, key, name);
  try {
    assertCurrent(data);
    writeHolderData(writer, data);
    writeAccounts(writer, segment, accounts);
    writer.finish();
  } catch (error) {
    writer.discard();
    throw error;
  }
}

function writeHolderData(writer: PagedWriter, { rowCount, rows, layers }: HolderData): void {
  const { storedRowCount } = layout.layOutSegment(rowCount, layers.length);
  writer.write(encodeUint32(rowCount));
  writer.write(encodeUint32(layers.length));
  writer.write(treeRoot(rows.tree));
  writeRecords(writer, storedRowCount, layout.rowSize, (start, end, block) => {
    for (let row = start; row < end; row++) {
      const salt = rows.salts.subarray(rowSaltSize * row, rowSaltSize * (row + 1));
      block.set(salt, layout.rowSize * (row - start));
    }
    const records = new DataView(block.buffer, block.byteOffset);
    putMask(rows.mask, start, end, records);
    packEntries(rows.user, start, end, records, layout.entriesOffset, layout.rowSize);
  });
  writer.write(upperDigests(rows.tree, layout.rowGroupSize));
  writer.write(rows.tree.digests.subarray(digestSize * rowCount));
  for (const { words, tree } of layers) {
    writeRecords(writer, tree.leafCount, layout.fibreBytes, (start, end, block) => {
      putFibres(words[0], start, end, new DataView(block.buffer, block.byteOffset));
    });
    writer.write(upperDigests(tree, layout.layerGroupSize));
  }
}

/** Writes fixed-size records by blocks of a few thousand. */
function writeRecords(
  writer: PagedWriter,
  count: number,
  size: number,
  fill: (start: number, end: number, block: Uint8Array) => void,
): void {
  const blockCount = 2048;
  const block = new Uint8Array(size * Math.min(blockCount, count));
  for (let start = 0; start < count; start += blockCount) {
    const end = Math.min(start + blockCount, count);
    fill(start, end, block);
    writer.write(block.subarray(0, size * (end - start)));
  }
}

function putMask(mask: ExtensionColumn, start: number, end: number, records: DataView): void {
  mask.forEach((part, c) => {
    for (let row = start, at = layout.maskOffset + 4 * c; row < end; row++, at += layout.rowSize) {
      records.setUint32(at, part[row], true);
    }
  });
}

// Fibre j holds the positions j + k·size/8.
function putFibres(word: ExtensionColumn, start: number, end: number, records: DataView): void {
  const fibreCount = word[0].length / fibreSize;
  word.forEach((part, c) => {
    for (let k = 0; k < fibreSize; k++) {
      const first = k * fibreCount;
      let at = layout.valueSize * k + 4 * c;
      for (let fibre = start; fibre < end; fibre++, at += layout.fibreBytes) {
        records.setUint32(at, part[first + fibre], true);
      }
    }
  });
}

function writeAccounts(writer: PagedWriter, segment: number, accounts: Iterable<StoredAccount>): void {
  const block = Buffer.alloc(2 ** 16);
  let filled = 0;
  let count = 0;
  for (const account of accounts) {
    if (account.segment !== segment) {
      throw new RangeError(`accounts of segment ${segment}: expected no others, got one of segment ${account.segment}`);
    }
    if (filled + maxRecordSize > block.length) {
      writer.write(block.subarray(0, filled));
      filled = 0;
    }
    filled = encodeRecord(account, block, filled);
    count++;
  }
  writer.write(block.subarray(0, filled));
  writer.write(encodeUint32(count));
}

/** Opens a segment's file for reading. Throws a StoreError as `openPagedReader` does. */
export function openSegmentFile(path: string, key: StoreKey | undefined, name: string): SegmentReader {
  return segmentReader(openPagedReader(path, key, name));
}

/** The segment that is in a file; if it cannot be read, the file is closed. */
export function segmentReader(file: PagedReader): SegmentReader {
  try {
    return readerOf(file);
  } catch (error) {
    file.close();
    throw error;
  }
}

function readerOf(file: PagedReader): SegmentReader {
  const prefix = file.read(0, layout.prefixSize);
  const parts = layout.layOutSegment(prefix.readUInt32LE(0), prefix.readUInt32LE(4));
  const accountsEnd = file.length - layout.suffixSize;
  return {
    source: sourceOf(file, prefix.readUInt32LE(0), parts),
    accountsRoot: new Uint8Array(prefix.subarray(8)),
    accountCount: file.read(accountsEnd, layout.suffixSize).readUInt32LE(0),
    accountsStart: parts.accounts,
    accountsEnd,
    file,
  };
}

function sourceOf(file: PagedReader, rowCount: number, parts: layout.SegmentLayout): HolderSource {
  const { rowTree, layers } = parts;
  const digest = (start: number) => (number: number) => file.read(start + digestSize * number, digestSize);
  const fibreDigest = (layer: number) => (fibre: number) => {
    const bytes = file.read(layers[layer].values + layout.fibreBytes * fibre, layout.fibreBytes);
    return layers[layer].hashers.leaf.digest(bytes);
  };
  return {
    rowCount,
    layerCount: layers.length,
    row: (index) => readRow(file, parts, index),
    rowDigest: (number) =>
      prunedDigest(number, rowTree, rowTree.hashers, digest(rowTree.nodes), digest(rowTree.leaves)),
    layerValue(layer, position) {
      const { values, leafCount } = layers[layer];
      const place = fibreSize * (position % leafCount) + Math.floor(position / leafCount);
      return readExtension(file.read(values + layout.valueSize * place, layout.valueSize), 0);
    },
    layerDigest(layer, number) {
      const tree = layers[layer];
      return prunedDigest(number, tree, tree.hashers, digest(tree.nodes), fibreDigest(layer));
    },
  };
}

function readRow(file: PagedReader, { rows, storedRowCount }: layout.SegmentLayout, index: number): HolderRow {
  if (!(index >= 0 && index < storedRowCount)) {
    throw new RangeError(`row: expected one before the random zone, in [0, ${storedRowCount}), got ${index}`);
  }
  const record = file.read(rows + layout.rowSize * index, layout.rowSize);
  return {
    salt: new Uint8Array(record.subarray(0, rowSaltSize)),
    values: unpackEntries(record.subarray(layout.entriesOffset)),
    mask: readExtension(record, layout.maskOffset),
  };
}

function readExtension(bytes: Buffer, offset: number): Extension {
  const part = (c: number) => bytes.readUInt32LE(offset + 4 * c);
  return [part(0), part(1), part(2), part(3), part(4)];
}
