import fs from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'vitest';

const list = new URL('../../scripts/system-parts.txt', import.meta.url);

/** Commands that scripts/install-system-parts.sh installs. */
function knownParts(): string[] {
  const lines = fs.readFileSync(list, 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(' ')[0] as string);
}

/** Absolute path of a command on the PATH, for what is set up before any test can be skipped; undefined without one. */
export function findPart(command: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, command)).find((file) => fs.existsSync(file));
}

/**
 * Returns the path of a system part that the running test needs, for example `requirePart('chromium', context)`.
 * Where the part is missing, the test is skipped and the run says so in one line; with CI=true it fails instead.
 * A part must be listed in scripts/system-parts.txt: one that nothing installs would be skipped for ever.
 */
export function requirePart(part: string, context: TestContext): string {
  if (!knownParts().includes(part))
    throw new RangeError(`scripts/system-parts.txt: expected a line for ${part}, got none`);
  const found = findPart(part);
  if (found !== undefined) return found;
  if (process.env.CI === 'true') throw new Error(`${part} is missing; scripts/install-system-parts.sh installs it`);
  return context.skip(`${part} is missing; scripts/install-system-parts.sh installs it`);
}
