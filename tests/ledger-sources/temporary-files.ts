/** Files that exist for one test run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'solvent-ledger-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The path of a file with this name, written if contents are given. */
export function temporaryFile(name: string, contents?: string | Uint8Array): string {
  const path = join(folder, name);
  if (contents !== undefined) writeFileSync(path, contents);
  return path;
}
