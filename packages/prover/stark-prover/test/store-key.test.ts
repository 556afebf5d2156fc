import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStoreKeyFile, parseStoreKey, readStoreKey } from '@solvent/stark-prover/store-key';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.js';

const folder = temporaryFolder();
const digits = '0123456789abcdefABCDEF9876543210'.repeat(2);

describe('a store key', () => {
  it.each([digits, `${digits}\n`, `${digits}\r\n`])('is 64 hexadecimal digits and a line end: %j', (text) => {
    expect(parseStoreKey(text).export().toString('hex')).toBe(digits.toLowerCase());
  });

  it.each(['', '\n', digits.slice(1), `${digits}0`, `${digits}\n\n`, ` ${digits}`, digits.replace('0', 'g')])(
    'is nothing else: %j',
    (text) => {
      expect(() => parseStoreKey(text)).toThrow('expected a store key, 64 hexadecimal digits and a newline');
    },
  );

  it('is drawn into a new file for its owner alone', () => {
    const [first, second] = [join(folder, 'first.key'), join(folder, 'second.key')];
    createStoreKeyFile(first);
    createStoreKeyFile(second);
    expect(statSync(first).mode & 0o777).toBe(0o600);
    expect(readFileSync(first, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(readStoreKey(first).export()).not.toEqual(readStoreKey(second).export());
    expect(readStoreKey(first).export().toString('hex')).toBe(readFileSync(first, 'utf8').trim());
  });

  it('is never overwritten', () => {
    const path = join(folder, 'kept.key');
    writeFileSync(path, `${digits}\n`);
    expect(() => createStoreKeyFile(path)).toThrow('a key is never overwritten');
    expect(readFileSync(path, 'utf8')).toBe(`${digits}\n`);
  });

  it('is named by its file in errors, never shown', () => {
    const path = join(folder, 'bad.key');
    for (const text of ['', digits.slice(2), `${digits}${digits}`, `${digits} `]) {
      writeFileSync(path, text);
      expect(() => readStoreKey(path)).toThrow(/bad\.key: expected a store key, 64 hexadecimal digits and a newline/);
      expect(() => readStoreKey(path)).not.toThrow(/0123/);
    }
    expect(() => readStoreKey(join(folder, 'missing.key'))).toThrow('ENOENT');
  });

  it('does not print itself', () => {
    expect(`${JSON.stringify(parseStoreKey(digits))} ${String(parseStoreKey(digits))}`).not.toContain('0123');
  });
});
