import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';
import { requirePart } from '../support/system-parts.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const outputBytesMax = 2 ** 30;

/** Runs a script of this folder; the answer is what it prints, with a code other than 0 if it fails. */
export function runPython(
  context: TestContext,
  script: string,
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  const python = requirePart('python3', context);
  const options = { cwd: folder, maxBuffer: outputBytesMax };
  return new Promise((resolve) => {
    execFile(python, ['-B', script, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, output: stdout + stderr });
    });
  });
}
