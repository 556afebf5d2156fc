import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBoundedFile } from '../src/files/bounded-file.js';
import { createPartialFolder, withPartialFolder, writeNewFile } from '../src/files/partial-folder.js';
import { escapeUnsafe } from '../src/terminal.js';
import { useTemporaryFolder, write } from './support/folder.js';

useTemporaryFolder();

describe('readBoundedFile', () => {
  test('reads a file up to its limit, and nothing of a larger one', async () => {
    const path = write('file', 'four');
    expect(await readBoundedFile(path, 4, 'refuse-links')).toEqual({
      kind: 'bytes',
      bytes: new Uint8Array(Buffer.from('four')),
    });
    expect(await readBoundedFile(path, 3, 'refuse-links')).toEqual({ kind: 'oversized', size: 4 });
    expect(await readBoundedFile('nothing', 4, 'refuse-links')).toEqual({ kind: 'missing' });
    expect(await readBoundedFile('file/below', 4, 'refuse-links')).toEqual({ kind: 'missing' });
  });

  test('follows links only where it is told to', async () => {
    symlinkSync('file', 'link');
    await expect(readBoundedFile('link', 4, 'refuse-links')).rejects.toThrow(/got a symbolic link/);
    expect(await readBoundedFile('link', 4, 'follow-links')).toMatchObject({ kind: 'bytes' });
  });

  test('refuses folders, devices and pipes, without waiting for them', async () => {
    mkdirSync('folder');
    execFileSync('mkfifo', ['pipe']);
    await expect(readBoundedFile('folder', 4, 'refuse-links')).rejects.toThrow(/got a folder/);
    await expect(readBoundedFile('pipe', 4, 'refuse-links')).rejects.toThrow(/got something else/);
    await expect(readBoundedFile('/dev/zero', 4, 'refuse-links')).rejects.toThrow(/got something else/);
  });
});

describe('withPartialFolder', () => {
  test('removes everything that work has left when it fails', async () => {
    const work = withPartialFolder('a/b/c', async (folder) => {
      createPartialFolder(folder);
      writeNewFile(join(folder, 'file'), 'text', 0o600);
      throw new Error('no luck');
    });
    await expect(work).rejects.toThrow('no luck');
    expect(existsSync('a')).toBe(false);
  });

  test('keeps folders above it into which somebody else has put something', async () => {
    const work = withPartialFolder('d/e', async (folder) => {
      createPartialFolder(folder);
      write('d/other', 'text');
      throw new Error('no luck');
    });
    await expect(work).rejects.toThrow('no luck');
    expect(readdirSync('d')).toEqual(['other']);
  });

  test('is open to its owner alone, and gone when work is over', async () => {
    const mode = await withPartialFolder('f', async (folder) => {
      createPartialFolder(folder);
      return statSync(folder).mode & 0o777;
    });
    expect(mode).toBe(0o700);
    expect(readdirSync('f')).toEqual([]);
  });

  test('writes no file in the place of another', () => {
    write('taken', 'first');
    expect(() => writeNewFile('taken', 'second', 0o600)).toThrow(/EEXIST/);
    expect(readFileSync('taken', 'utf8')).toBe('first');
  });
});

test('escapeUnsafe leaves text alone but for what drives a terminal', () => {
  expect(escapeUnsafe('Zoë 用户 "x"')).toBe('Zoë 用户 "x"');
  expect(escapeUnsafe('a\u001b[2J\n\u202eb\u2028')).toBe('a\\u{1b}[2J\\u{a}\\u{202e}b\\u{2028}');
});
