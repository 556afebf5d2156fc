import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPagedWriter, openPagedReader } from '@solvent/stark-prover/paged-file';
import { parseStoreKey, type StoreKey } from '@solvent/stark-prover/store-key';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.js';

const folder = temporaryFolder();
const keyText = 'ab'.repeat(32);
const key = parseStoreKey(keyText);
const otherKey = parseStoreKey('cd'.repeat(32));
/** Small, so that a test can change every byte. */
const blockSize = 256;
const payloadSize = blockSize - 16;
const name = 'some.bin';

let count = 0;
const freshPath = () => join(folder, `${count++}.bin`);

function writeFile(content: Uint8Array, fileKey: StoreKey | undefined, path = freshPath(), fileName = name): string {
  const writer = createPagedWriter(path, fileKey, fileName, blockSize);
  writer.write(content);
  writer.finish();
  return path;
}

function readWhole(path: string, fileKey: StoreKey | undefined, fileName = name): Buffer {
  const reader = openPagedReader(path, fileKey, fileName);
  try {
    reader.verify();
    return reader.read(0, reader.length);
  } finally {
    reader.close();
  }
}

describe.each([
  ['encrypted', key],
  ['plain', undefined],
])('a paged file, %s', (_, fileKey) => {
  it('gives back what was written, in whatever pieces', () => {
    const sizes = fc.oneof(fc.nat(600), fc.constantFrom(0, payloadSize, payloadSize + 1, 2 * payloadSize));
    fc.assert(
      fc.property(fc.array(sizes, { maxLength: 5 }), fc.nat(), fc.nat(), (pieceSizes, from, size) => {
        const pieces = pieceSizes.map((pieceSize) => randomBytes(pieceSize));
        const content = Buffer.concat(pieces);
        const path = freshPath();
        const writer = createPagedWriter(path, fileKey, name, blockSize);
        for (const piece of pieces) writer.write(piece);
        expect(writer.length).toBe(content.length);
        const authenticator = writer.finish();

        const reader = openPagedReader(path, fileKey, name);
        expect(reader.authenticator).toEqual(authenticator);
        expect(reader.length).toBe(content.length);
        const start = from % (content.length + 1);
        const end = start + (size % (content.length - start + 1));
        expect(reader.read(start, end - start)).toEqual(content.subarray(start, end));
        reader.verify();
        reader.close();
        expect(statSync(path).size).toBe(blockSize + content.length + 16 * Math.ceil(content.length / payloadSize));
      }),
      { numRuns: 60 },
    );
  });

  it('finds every change of a byte, and says in which page', () => {
    const path = writeFile(randomBytes(2 * payloadSize + 50), fileKey);
    const bytes = readFileSync(path);
    const changedPath = freshPath();
    for (let position = 0; position < bytes.length; position++) {
      const changed = Buffer.from(bytes);
      changed[position] ^= 1 << (position % 8);
      writeFileSync(changedPath, changed);
      const page = Math.floor(position / blockSize) - 1;
      const message = page < 0 ? changedPath : `${changedPath}: page ${page} is damaged`;
      expect(() => readWhole(changedPath, fileKey)).toThrow(message);
    }
  });

  it('finds every cut and every extension', () => {
    const bytes = readFileSync(writeFile(randomBytes(2 * payloadSize + 5), fileKey));
    const changedPath = freshPath();
    for (let size = 0; size < bytes.length; size++) {
      writeFileSync(changedPath, bytes.subarray(0, size));
      expect(() => readWhole(changedPath, fileKey)).toThrow(changedPath);
    }
    for (const size of [1, 16, 17, blockSize]) {
      writeFileSync(changedPath, Buffer.concat([bytes, Buffer.alloc(size)]));
      expect(() => readWhole(changedPath, fileKey)).toThrow('was cut or extended');
    }
  });

  it('finds pages in another place, of another file, and at the end instead of within', () => {
    const content = randomBytes(3 * payloadSize);
    const bytes = readFileSync(writeFile(content, fileKey));
    const other = readFileSync(writeFile(content, fileKey));
    const block = (source: Buffer, page: number) => source.subarray(blockSize * (page + 1), blockSize * (page + 2));
    const header = bytes.subarray(0, blockSize);
    const path = freshPath();
    const pages = (...blocks: Buffer[]) => {
      writeFileSync(path, Buffer.concat([header, ...blocks]));
      return () => readWhole(path, fileKey);
    };
    expect(pages(block(bytes, 0), block(bytes, 1), block(bytes, 2))()).toEqual(content);
    expect(pages(block(bytes, 1), block(bytes, 0), block(bytes, 2))).toThrow('page 0 is damaged');
    expect(pages(block(bytes, 0), block(bytes, 2), block(bytes, 1))).toThrow('page 1 is damaged');
    expect(pages(block(bytes, 0), block(other, 1), block(bytes, 2))).toThrow('page 1 is damaged');
  });

  it('opens under no other name', () => {
    const path = writeFile(randomBytes(10), fileKey);
    expect(() => readWhole(path, fileKey, 'other.bin')).toThrow(path);
  });

  it('takes bytes in shared memory', () => {
    const content = new Uint8Array(new SharedArrayBuffer(3 * payloadSize)).fill(7);
    expect(readWhole(writeFile(content, fileKey), fileKey)).toEqual(Buffer.from(content));
  });

  it('appears when it is finished, for its owner alone, and leaves nothing when it is discarded', () => {
    const path = freshPath();
    const writer = createPagedWriter(path, fileKey, name, blockSize);
    writer.write(randomBytes(1000));
    expect(existsSync(path)).toBe(false);
    expect(statSync(`${path}.partial`).mode & 0o777).toBe(0o600);
    writer.finish();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.partial`)).toBe(false);

    const discarded = createPagedWriter(freshPath(), fileKey, name, blockSize);
    discarded.write(randomBytes(1000));
    discarded.discard();
    expect(existsSync(join(folder, `${count - 1}.bin.partial`))).toBe(false);
  });

  it('refuses to read past the end', () => {
    const reader = openPagedReader(writeFile(randomBytes(10), fileKey), fileKey, name);
    for (const [position, size] of [
      [0, 11],
      [11, 0],
      [-1, 1],
      [Number.NaN, 1],
    ]) {
      expect(() => reader.read(position, size)).toThrow(RangeError);
    }
    reader.close();
  });
});

describe('the key of a paged file', () => {
  const content = Buffer.from('the holder of account 17 has 42 units of account'.repeat(20));

  it('hides the content, and makes two files of one content different everywhere', () => {
    const files = [readFileSync(writeFile(content, key)), readFileSync(writeFile(content, key))];
    expect(files[0].includes('account')).toBe(false);
    const equal = files[0].subarray(blockSize).filter((byte, i) => byte === files[1][blockSize + i]).length;
    expect(equal).toBeLessThan(40);
    expect(readFileSync(writeFile(content, undefined)).includes(content.subarray(0, 100))).toBe(true);
  });

  it('must be the one that the file was written with', () => {
    const path = writeFile(content, key);
    expect(() => readWhole(path, otherKey)).toThrow(`${path}: the key does not open this store`);
    expect(() => readWhole(path, undefined)).toThrow('the store is encrypted, and there is no key');
    expect(() => readWhole(writeFile(content, undefined), key)).toThrow('is not encrypted, but there is a key');
  });

  it('is in no message', () => {
    const path = writeFile(content, key);
    for (const wrong of [otherKey, undefined]) {
      let stack = '';
      try {
        readWhole(path, wrong);
      } catch (error) {
        stack = String((error as Error).stack);
      }
      expect(stack).toContain(path);
      expect(stack).not.toMatch(/abab|cdcd/);
    }
  });

  it('cannot make a header open that was written without it', () => {
    // All that is unkeyed of a header can be made to fit; the authenticator cannot.
    const bytes = readFileSync(writeFile(content, key));
    const forged = readFileSync(writeFile(content, otherKey));
    forged.set(bytes.subarray(-32), forged.length - 32);
    const path = freshPath();
    writeFileSync(path, forged);
    expect(() => readWhole(path, key)).toThrow('the key does not open this store');
  });
});
