/** Reads the content of a file of pages, wherever its blocks are. */
import { type BlockSource, type OpenedHeader, readHeader } from './page-format.js';
import { sealSize } from './page-seal.js';
import { createRecentCache } from './recent-cache.js';
import { StoreError } from './store-error.js';
import type { StoreKey } from './store-key.js';

const cachedPageCount = 64;

/** Reads a paged file. */
export interface PagedReader {
  /** Bytes of content. */
  readonly length: number;
  /** 32 bytes that stand for this file, since only its writer could make pages that open with it (given a key). */
  readonly authenticator: Uint8Array;
  /** A copy of bytes of the content. Throws a StoreError for a damaged page, a RangeError past the end. */
  read(position: number, size: number): Buffer;
  /** Bytes of content of each page but the last, and of how many pages. */
  readonly pageSize: number;
  readonly pageCount: number;
  /** Opens one page, and keeps nothing. Throws a StoreError if it is damaged. */
  verifyPage(page: number): void;
  /** Opens every page. Throws a StoreError for the first that is damaged. */
  verify(): void;
  close(): void;
}

/**
 * Opens a file of pages.
 *
 * @param close ends the use of the source
 * @throws StoreError when it is no such file, is damaged, was cut or extended, or the key does not fit
 */
export function openPages(
  source: BlockSource,
  key: StoreKey | undefined,
  name: string,
  close: () => void = () => {},
): PagedReader {
  return readerOf(source, readHeader(source, key, name), close);
}

function readerOf(source: BlockSource, { header, authenticator, seal }: OpenedHeader, close: () => void): PagedReader {
  const { label } = source;
  const { blockSize, length } = header;
  const pageSize = blockSize - sealSize;
  const pageCount = Math.ceil(length / pageSize);
  const block = Buffer.alloc(blockSize);

  const openPage = (page: number) => {
    const isLast = page === pageCount - 1;
    const size = sealSize + (isLast ? length - pageSize * page : pageSize);
    const isWhole = source.read(block, size, blockSize * (page + 1)) === size;
    const payload = isWhole ? seal.open(page, isLast, block.subarray(0, size)) : undefined;
    if (payload === undefined) throw new StoreError(`${label}: page ${page} is damaged`);
    return payload;
  };
  const cache = createRecentCache<Buffer>(cachedPageCount);

  return {
    length,
    authenticator,
    pageSize,
    pageCount,
    read(position, size) {
      if (!(position >= 0 && size >= 0 && position + size <= length)) {
        throw new RangeError(`${label}: expected bytes in [0, ${length}), got ${size} at ${position}`);
      }
      const bytes = Buffer.alloc(size);
      for (let done = 0; done < size; ) {
        const page = Math.floor((position + done) / pageSize);
        const payload = cache.get(page, () => openPage(page));
        done += payload.copy(bytes, done, position + done - pageSize * page);
      }
      return bytes;
    },
    verifyPage: (page) => void openPage(page),
    verify() {
      for (let page = 0; page < pageCount; page++) openPage(page);
    },
    close() {
      cache.clear();
      close();
    },
  };
}
