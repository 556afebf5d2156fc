/** The key of a holder store: 32 random bytes in a file that the operator keeps apart from the store. */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { StoreError } from './store-error.js';

/** 32 bytes. An opaque object, so that it is not printed by accident; it can be posted to worker threads. */
export type StoreKey = KeyObject;

const keySize = 32;
const expected = `a store key, ${2 * keySize} hexadecimal digits and a newline`;

/** Reads the text of a key file: 64 hexadecimal digits; a line end may follow. Throws a StoreError for any other text. */
export function parseStoreKey(text: string): StoreKey {
  const digits = text.replace(/\r?\n$/, '');
  if (!/^[0-9a-fA-F]{64}$/.test(digits)) {
    throw new StoreError(`expected ${expected}, got ${text.length} characters that are something else`);
  }
  return createSecretKey(digits, 'hex');
}

/** Reads a key file, which may be a pipe. Throws a StoreError that names the file, or a system error. */
export function readStoreKey(path: string): StoreKey {
  const bytes = Buffer.alloc(2 * keySize + 3);
  const file = openSync(path, 'r');
  let size = 0;
  try {
    for (let count = 1; count > 0 && size < bytes.length; size += count) {
      count = readSync(file, bytes, size, bytes.length - size, null);
    }
    if (size === bytes.length) throw new StoreError(`expected ${expected}, got more`);
    return parseStoreKey(bytes.toString('latin1', 0, size));
  } catch (error) {
    throw error instanceof StoreError ? new StoreError(`${path}: ${error.message}`) : error;
  } finally {
    closeSync(file);
    bytes.fill(0);
  }
}

/** Draws a key and writes it to a new file, readable by its owner alone. Throws a StoreError if the file exists. */
export function createStoreKeyFile(path: string): void {
  const file = openNewFile(path);
  try {
    writeFileSync(file, `${randomBytes(keySize).toString('hex')}\n`);
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

function openNewFile(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new StoreError(`${path}: expected nothing there, got a file (a key is never overwritten)`);
  }
}
