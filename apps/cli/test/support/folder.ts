/** A current folder for the tests of one file, removed after them. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** Makes an empty folder the current one while the tests of this file run. */
export function useTemporaryFolder(): void {
  const before = process.cwd();
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'solvent-cli-'));
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
}

/** Writes a file, and the folders above it; gives its path. */
export function write(path: string, contents: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
  return path;
}

/** All files below a folder, sorted. */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Arguments of a usual `prove`, without encryption unless `more` has a key. */
export function proveArgs(accounts: string, assets: string, out: string, ...more: string[]): string[] {
  const title = ['--exchange', 'Example Exchange', '--report-id', out, '--time', '2026-01-31T23:59:59Z'];
  const isEncrypted = more.some((argument) => argument.endsWith('store-key'));
  const store = isEncrypted ? [] : ['--plain-store'];
  return ['prove', '--accounts', accounts, '--assets', assets, ...title, '--out', out, ...store, ...more];
}
