import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createPagedWriter } from '@solvent/stark-prover/paged-file';
import { parseStoreKey } from '@solvent/stark-prover/store-key';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.js';

let freeSize = 0;

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const writeSync = (file: number, bytes: Buffer, offset: number, size: number, position: number) => {
    if (freeSize === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    // A disk that is nearly full takes a part of what it is given.
    const written = fs.writeSync(file, bytes, offset, Math.min(size, freeSize), position);
    freeSize -= written;
    return written;
  };
  return { ...fs, writeSync };
});

const folder = temporaryFolder();
const contentSize = 2 ** 20;

it.each([0, 1, 2 ** 18, contentSize])('names the file when %i bytes of the disk are free', (size) => {
  freeSize = size;
  const path = join(folder, 'segment-0000.bin');
  const writer = createPagedWriter(path, parseStoreKey('ab'.repeat(32)), 'segment-0000.bin');
  const write = () => {
    writer.write(new Uint8Array(contentSize));
    writer.finish();
  };
  expect(write).toThrow(`${path}: could not be written: ENOSPC: no space left on device`);
  writer.discard();
  expect(readdirSync(folder)).toEqual([]);
});
