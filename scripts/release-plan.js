import fs from 'node:fs';
import path from 'node:path';

/** @typedef {import('./workspace.js').WorkspacePackage} WorkspacePackage */

/**
 * Packages, each after those that it depends on, otherwise by name.
 * @param {readonly WorkspacePackage[]} packages
 */
export function inOrder(packages) {
  const waiting = new Map([...packages].sort((a, b) => (a.name < b.name ? -1 : 1)).map((pkg) => [pkg.name, pkg]));
  /** @type {WorkspacePackage[]} */
  const ordered = [];
  while (waiting.size > 0) {
    const next = [...waiting.values()].find(({ manifest }) =>
      Object.keys(manifest.dependencies ?? {}).every((name) => !waiting.has(name)),
    );
    if (next === undefined) throw new RangeError(`packages depend on each other: ${[...waiting.keys()].join(', ')}`);
    waiting.delete(next.name);
    ordered.push(next);
  }
  return ordered;
}

/**
 * What stands against publishing these packages, one line each.
 * @param {readonly WorkspacePackage[]} packages
 * @param {readonly string[]} changesets names of the files that still wait for `pnpm changeset version`
 * @param {string} status what `git status --porcelain` says
 */
export function releaseProblems(packages, changesets, status) {
  const versions = [...new Set(packages.map(({ manifest }) => manifest.version))];
  return [
    ...changesets.map((name) => `.changeset/${name}: not yet in a version: run npx pnpm changeset version`),
    ...(status === '' ? [] : ['the working tree has changes that are in no commit']),
    ...(versions.length === 1 ? [] : [`expected one version of all packages, got ${versions.join(', ')}`]),
    ...packages
      .filter(({ folder, manifest }) => !changelogOf(folder).includes(`## ${manifest.version}\n`))
      .map(({ name, manifest }) => `${name}: CHANGELOG.md has no section ${manifest.version}`),
  ];
}

/** @param {string} folder */
function changelogOf(folder) {
  const file = path.join(folder, 'CHANGELOG.md');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}
