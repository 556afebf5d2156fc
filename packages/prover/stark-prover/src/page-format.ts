/**
 * Files of pages, encrypted or plain, that are written once from beginning to end and read anywhere.
 *
 * A file is a sequence of blocks. Block 0 is the header; block i + 1 is page i, `blockSize − 16` bytes of content under
 * a seal of 16 bytes (`page-seal.ts`); the last page may be shorter. The header, where integers are little-endian:
 *
 *     0   'solvent store/1\n'
 *     16  uint32: 1 if encrypted, otherwise 0
 *     20  uint32: bytes of a block
 *     24  uint64: bytes of content
 *     32  salt, 32 bytes
 *     64  zeros
 *     −64 SHA-256 of all that is before: tells damage from another key
 *     −32 authenticator of that hash
 *
 * Any change of a byte, and any page that is missing, added or in another place, is found when it is read.
 */
import { createHash } from 'node:crypto';
import { authenticatorSize, createPageSeal, type PageSeal, saltSize, sealSize } from './page-seal.js';
import { StoreError } from './store-error.js';
import type { StoreKey } from './store-key.js';

const magic = Buffer.from('solvent store/1\n', 'latin1');
const fieldsSize = 64;
const hashSize = 32;
const minBlockSize = 256;
const maxBlockSize = 65536;
/** Measured: writes 1.5 times as fast as 4 KiB, and makes an inclusion file as fast. */
export const defaultBlockSize = 16384;
/** Bytes of sealed pages that are gathered for one system call. */
const writeSize = 2 ** 18;

/** Bytes of a file of pages, wherever they are. */
export interface BlockSource {
  /** What messages call the file. */
  readonly label: string;
  /** Bytes of all blocks together. */
  readonly size: number;
  /** Copies `size` bytes from a position, all of one block, to the beginning of `into`. Gives how many there were. */
  read(into: Buffer, size: number, position: number): number;
}

/** A header that was found to be whole, and to be of this file and key. */
export interface OpenedHeader {
  readonly header: Header;
  readonly authenticator: Uint8Array;
  readonly seal: PageSeal;
}

/** Cuts content into pages, and writes them sealed after the header's place. */
export function createPageOutput(
  output: (bytes: Buffer, size: number, position: number) => void,
  seal: PageSeal,
  blockSize: number,
) {
  const payload = Buffer.alloc(blockSize - sealSize);
  const blocks = Buffer.alloc(Math.max(writeSize, blockSize));
  let length = 0;
  let page = 0;
  let filled = 0;
  let gathered = 0;
  let position = blockSize;
  const flush = () => {
    output(blocks, gathered, position);
    position += gathered;
    gathered = 0;
  };
  const endPage = (isLast: boolean) => {
    if (gathered + blockSize > blocks.length) flush();
    seal.seal(page, isLast, payload.subarray(0, filled), blocks.subarray(gathered));
    gathered += filled + sealSize;
    page++;
    filled = 0;
  };
  return {
    get length() {
      return length;
    },
    write(bytes: Uint8Array) {
      for (let done = 0; done < bytes.length; ) {
        // A full page waits for the next byte, because the last one is sealed as the last.
        if (filled === payload.length) endPage(false);
        const count = Math.min(bytes.length - done, payload.length - filled);
        payload.set(bytes.subarray(done, done + count), filled);
        filled += count;
        done += count;
      }
      length += bytes.length;
    },
    end() {
      if (filled > 0) endPage(true);
      flush();
    },
  };
}

/** What the header says. */
export interface Header {
  readonly isEncrypted: boolean;
  readonly blockSize: number;
  readonly length: number;
  readonly salt: Uint8Array;
}

/** The bytes of a header, one block. */
export function encodeHeader({ isEncrypted, blockSize, length, salt }: Header, seal: PageSeal): Buffer {
  const header = Buffer.alloc(blockSize);
  header.set(magic);
  header.writeUInt32LE(isEncrypted ? 1 : 0, 16);
  header.writeUInt32LE(blockSize, 20);
  header.writeBigUInt64LE(BigInt(length), 24);
  header.set(salt, 32);
  header.set(hashOf(header), blockSize - authenticatorSize - hashSize);
  header.set(seal.authenticate(hashOf(header)), blockSize - authenticatorSize);
  return header;
}

function hashOf(header: Buffer): Buffer {
  return createHash('sha256')
    .update(header.subarray(0, -authenticatorSize - hashSize))
    .digest();
}

/** The last 32 bytes of a header. */
export function authenticatorOf(header: Buffer): Uint8Array {
  return new Uint8Array(header.subarray(-authenticatorSize));
}

/** What the header of a file says, unchecked. Throws a StoreError for what is no file of a store at all. */
export function readFields(source: BlockSource): Header {
  const fields = Buffer.alloc(fieldsSize);
  const header = source.read(fields, fieldsSize, 0) === fieldsSize ? decodeFields(fields) : undefined;
  const isStore = fields.subarray(0, magic.length).equals(magic);
  if (header && isStore && header.blockSize >= minBlockSize && header.blockSize <= maxBlockSize) return header;
  throw new StoreError(`${source.label}: expected a file of a holder store, got something else or a damaged header`);
}

/** Reads the header of a file. Throws a StoreError when it is damaged, of another file, or of another key. */
export function readHeader(source: BlockSource, key: StoreKey | undefined, name: string): OpenedHeader {
  const { label } = source;
  const { blockSize } = readFields(source);
  const bytes = Buffer.alloc(blockSize);
  source.read(bytes, blockSize, 0);
  const header = decodeFields(bytes);
  const hash = hashOf(bytes);
  if (!hash.equals(bytes.subarray(-authenticatorSize - hashSize, -authenticatorSize))) {
    throw new StoreError(`${label}: the header is damaged`);
  }
  assertMode(label, header, key);
  const seal = createPageSeal(key, header.salt, name);
  if (!seal.authenticate(hash).equals(bytes.subarray(-authenticatorSize))) {
    const cause = key === undefined ? 'the header is damaged, or of another file' : 'the key does not open this store';
    throw new StoreError(`${label}: ${cause}`);
  }
  assertSize(label, header, source.size);
  return { header, authenticator: authenticatorOf(bytes), seal };
}

function decodeFields(bytes: Buffer): Header {
  return {
    isEncrypted: bytes.readUInt32LE(16) === 1,
    blockSize: bytes.readUInt32LE(20),
    length: Number(bytes.readBigUInt64LE(24)),
    salt: bytes.subarray(32, 32 + saltSize),
  };
}

// A key promises that only its holder wrote the store: a plain file in the place of an encrypted one is no good.
function assertMode(label: string, { isEncrypted }: Header, key: StoreKey | undefined): void {
  if (isEncrypted && key === undefined) throw new StoreError(`${label}: the store is encrypted, and there is no key`);
  if (!isEncrypted && key !== undefined)
    throw new StoreError(`${label}: the store is not encrypted, but there is a key`);
}

function assertSize(label: string, { length, blockSize }: Header, size: number): void {
  const expected = blockSize + length + sealSize * Math.ceil(length / (blockSize - sealSize));
  if (size === expected) return;
  throw new StoreError(`${label}: expected ${expected} bytes, got ${size}: the file was cut or extended`);
}
