import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The pnpm that everything is installed with, such as `pnpm@10.0.0`; npx takes the installed one when it is there.
 * @type {string}
 */
const pnpm = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).packageManager;

/** Tools of the workspace come first on the PATH: turbo fails when it finds no pnpm there. */
const env = {
  ...process.env,
  PATH: [path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  NO_UPDATE_NOTIFIER: '1',
};

/**
 * Runs a command at the repository's root, its output going to ours; true when it exits with 0.
 * @param {string} title what a person sees before the output
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [extraEnv]
 */
export function runStep(title, command, args, extraEnv = {}) {
  console.log(`\n── ${title}`);
  const windows = process.platform === 'win32';
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...env, ...extraEnv },
    stdio: 'inherit',
    shell: windows,
  });
  if (result.error) console.error(`${command}: ${result.error.message}`);
  return result.status === 0;
}

/**
 * Installs every dependency exactly as the lockfile says, removes from dist what was built from sources that are gone, then
 * builds every package; true when all of it worked.
 */
export function installAndBuild() {
  return (
    runStep('install', 'npx', [
      '-y',
      pnpm,
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
      '--reporter=append-only',
    ]) &&
    runStep('stale modules', 'node', [path.join('scripts', 'remove-stale-modules.js')]) &&
    runStep('build', 'turbo', ['run', 'build', '--output-logs=errors-only'])
  );
}
