import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './steps.js';

/** @typedef {{ file: string } & Record<string, { name: string }[]>} Issues what was found in a file, by kind of issue */

const knip = path.join(root, 'scripts', 'node_modules', '.bin', 'knip');
const config = path.join(root, 'scripts', 'knip.jsonc');

/** What a person reads for a kind of issue, where its own name does not say it. */
const kinds = new Map([
  ['files', 'unused file'],
  ['dependencies', 'unused dependency'],
  ['devDependencies', 'unused dependency'],
  ['exports', 'unused export'],
  ['types', 'unused export'],
]);

/**
 * Files, exports and dependencies that nothing uses, and those that are used and not declared, one line each.
 * @param {string} folder of a workspace
 */
export function unusedParts(folder) {
  const args = ['--config', config, '--no-progress', '--no-config-hints', '--reporter', 'json'];
  const { status, stdout, stderr } = spawnSync(knip, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0 && status !== 1) throw new Error(`knip: expected a report, ended with ${status}\n${stderr}`);
  /** @type {{ issues: Issues[] }} */
  const { issues } = JSON.parse(stdout);
  return issues.flatMap(({ file, ...found }) =>
    Object.entries(found).flatMap(([kind, all]) =>
      all.map(({ name }) => `${file}: ${kinds.get(kind) ?? kind} ${name}`),
    ),
  );
}
