/** A folder of a test file's own, removed when its tests are over. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'solvent-artefacts-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}
