/** The blocks of a store's files as rows of a binary COPY, with the digest that the database is to agree on. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RemoteFile } from '@solvent/stark-prover/fetching-source';
import { StoreError } from '@solvent/stark-prover/store-error';

/** Blocks that are read and sent at once. */
const blocksAtOnce = 16;
const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');

/** A file that was sent. */
export interface CopiedFile extends RemoteFile {
  readonly blockCount: number;
  /** SHA-256, hexadecimal, of the SHA-256 of each block in order. */
  readonly digest: string;
}

/** The bytes of a COPY of all files; `copied` is told of each. */
export async function* copyRows(
  folder: string,
  files: readonly RemoteFile[],
  copied: (file: CopiedFile) => void,
): AsyncGenerator<Buffer> {
  yield Buffer.concat([signature, Buffer.alloc(8)]);
  for (const file of files) yield* fileRows(folder, file, copied);
  yield Buffer.from([0xff, 0xff]);
}

async function* fileRows(folder: string, file: RemoteFile, copied: (file: CopiedFile) => void): AsyncGenerator<Buffer> {
  const { name, size, blockSize } = file;
  const path = join(folder, name);
  const handle = await open(path, 'r');
  try {
    const digest = createHash('sha256');
    let number = 0;
    for (let position = 0; position < size; ) {
      const bytes = Buffer.alloc(Math.min(blocksAtOnce * blockSize, size - position));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, position);
      if (bytesRead !== bytes.length) throw new StoreError(`${path}: expected ${size} bytes, got fewer`);
      const rows: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += blockSize) {
        const block = bytes.subarray(at, at + blockSize);
        digest.update(createHash('sha256').update(block).digest());
        rows.push(...row(name, number++, block));
      }
      position += bytes.length;
      yield Buffer.concat(rows);
    }
    copied({ ...file, blockCount: number, digest: digest.digest('hex') });
  } finally {
    await handle.close();
  }
}

// Three fields, each after its size.
function row(name: string, number: number, block: Buffer): [Buffer, Buffer] {
  const head = Buffer.alloc(18 + name.length);
  head.writeInt16BE(3, 0);
  head.writeInt32BE(name.length, 2);
  head.write(name, 6, 'latin1');
  head.writeInt32BE(4, 6 + name.length);
  head.writeInt32BE(number, 10 + name.length);
  head.writeInt32BE(block.length, 14 + name.length);
  return [head, block];
}
