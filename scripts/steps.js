import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The pnpm of the root package.json and of the catalog; npx takes the installed one when it is there. */
const pnpm = 'pnpm@10.34.9';

/** Absolute path of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

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

/** Installs every dependency exactly as the lockfile says, then builds every package; true when both worked. */
export function installAndBuild() {
  return (
    runStep('install', 'npx', [
      '-y',
      pnpm,
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
      '--reporter=append-only',
    ]) && runStep('build', 'turbo', ['run', 'build', '--output-logs=errors-only'])
  );
}
