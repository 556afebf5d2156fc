/** Bytes in memory in the form of a store's file: sealed with its key, under a name. */
import { randomBytes } from 'node:crypto';
import { type BlockSource, createPageOutput, defaultBlockSize, encodeHeader } from './page-format.js';
import { createPageSeal, saltSize, sealSize } from './page-seal.js';
import { openPages } from './paged-reader.js';
import type { StoreKey } from './store-key.js';

/** Seals bytes under a name, with a fresh salt. They may be in shared memory. */
export function sealBytes(bytes: Uint8Array, key: StoreKey, name: string, blockSize = defaultBlockSize): Uint8Array {
  const salt = randomBytes(saltSize);
  const seal = createPageSeal(key, salt, name);
  const pageCount = Math.ceil(bytes.length / (blockSize - sealSize));
  const sealed = Buffer.alloc(blockSize + bytes.length + sealSize * pageCount);
  const output = (blocks: Buffer, size: number, position: number) => {
    sealed.set(blocks.subarray(0, size), position);
  };
  const pages = createPageOutput(output, seal, blockSize);
  pages.write(bytes);
  pages.end();
  sealed.set(encodeHeader({ isEncrypted: true, blockSize, length: bytes.length, salt }, seal));
  return sealed;
}

/**
 * The bytes that were sealed under a name.
 *
 * @param label what messages call them
 * @throws StoreError when a byte was changed, they were cut or extended, or are of another name or key
 */
export function openSealedBytes(sealed: Uint8Array, key: StoreKey, name: string, label = name): Uint8Array {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const source: BlockSource = {
    label,
    size: bytes.length,
    read: (into, size, position) => bytes.copy(into, 0, position, position + size),
  };
  const reader = openPages(source, key, name);
  return reader.read(0, reader.length);
}
