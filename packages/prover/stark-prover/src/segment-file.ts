/**
 * One segment's holder data as a file: an uint32 N, an uint32 number of layers, then the rows (salt, 32 values, R₁; 180
 * bytes each), the digests of H0, and for each layer the values of G₁ (20 bytes each) and the digests of its tree.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { digestSize } from '@solvent/commitment/blake3';
import { encodeElements, encodeUint32 } from '@solvent/commitment/bytes';
import type { Extension } from '@solvent/field/extension';
import { columnElement } from '@solvent/field/extension-column';
import { rowSaltSize } from '@solvent/stark/leaves';
import { columnGroups } from '@solvent/stark/shape';
import { fibreSize } from '@solvent/stark/table';
import { type HolderData, type HolderSource, holderDataSource } from './holder-data.js';

const headerSize = 8;
const valueSize = 20;
const valueCount = columnGroups.user.length;
const rowSize = rowSaltSize + 4 * valueCount + valueSize;

/** Where the parts of a segment file begin. */
function layOut(rowCount: number, layerCount: number) {
  let end = headerSize;
  const part = (size: number) => {
    end += size;
    return end - size;
  };
  const rows = part(rowSize * rowCount);
  const digests = part(2 * digestSize * rowCount);
  const layers = Array.from({ length: layerCount }, (_, layer) => {
    const size = rowCount / fibreSize ** layer;
    return { values: part(valueSize * size), digests: part((2 * digestSize * size) / fibreSize) };
  });
  return { rows, digests, layers };
}

/** Writes a segment file, readable by its owner alone. The file must not exist. */
export function writeSegmentFile(path: string, data: HolderData): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    const { rowCount, layers } = data;
    writeSync(file, encodeUint32(rowCount));
    writeSync(file, encodeUint32(layers.length));
    const source = holderDataSource(data);
    writeRecords(file, rowCount, rowSize, (index, record) => {
      const { salt, values, mask } = source.row(index);
      record.set(salt);
      record.set(encodeElements(values), rowSaltSize);
      record.set(encodeElements(mask), rowSaltSize + 4 * valueCount);
    });
    writeAll(file, data.rows.tree.digests);
    for (const { words, tree } of layers) {
      writeRecords(file, words[0][0].length, valueSize, (position, record) => {
        record.set(encodeElements(columnElement(words[0], position)));
      });
      writeAll(file, tree.digests);
    }
  } finally {
    closeSync(file);
  }
}

/** Writes fixed-size records through a buffer of a few thousand. */
function writeRecords(file: number, count: number, size: number, fill: (index: number, record: Uint8Array) => void) {
  const blockCount = 4096;
  const block = new Uint8Array(size * blockCount);
  for (let start = 0; start < count; start += blockCount) {
    const end = Math.min(start + blockCount, count);
    for (let index = start; index < end; index++) {
      fill(index, block.subarray(size * (index - start), size * (index - start + 1)));
    }
    writeAll(file, block.subarray(0, size * (end - start)));
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

/** Opens a segment file for reading; each access is one small read. */
export function openSegmentFile(path: string): HolderSource & { close(): void } {
  const file = openSync(path, 'r');
  const read = (position: number, size: number) => {
    const bytes = Buffer.alloc(size);
    if (readSync(file, bytes, 0, size, position) !== size)
      throw new Error(`${path}: ends before byte ${position + size}`);
    return bytes;
  };
  const elements = (bytes: Buffer) => Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(4 * i));
  const header = read(0, headerSize);
  const rowCount = header.readUInt32LE(0);
  const layerCount = header.readUInt32LE(4);
  const layout = layOut(rowCount, layerCount);
  return {
    rowCount,
    layerCount,
    row(index) {
      const record = read(layout.rows + rowSize * index, rowSize);
      const values = elements(record.subarray(rowSaltSize));
      return {
        salt: record.subarray(0, rowSaltSize),
        values: values.slice(0, valueCount),
        mask: values.slice(valueCount) as unknown as Extension,
      };
    },
    rowDigest: (number) => read(layout.digests + digestSize * number, digestSize),
    layerValue: (layer, position) =>
      elements(read(layout.layers[layer].values + valueSize * position, valueSize)) as unknown as Extension,
    layerDigest: (layer, number) => read(layout.layers[layer].digests + digestSize * number, digestSize),
    close: () => closeSync(file),
  };
}
