import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './steps.js';

/**
 * @typedef {object} Manifest the part of a package.json that this repository looks at
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {string[]} [files]
 * @property {Record<string, unknown>} [exports]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

/**
 * @typedef {object} WorkspacePackage
 * @property {string} name as in package.json
 * @property {string} folder absolute
 * @property {string} path from the repository's root, with forward slashes
 * @property {Manifest} manifest
 */

/**
 * Every package of the workspace but the root, as pnpm finds them.
 * @returns {WorkspacePackage[]}
 */
export function workspacePackages() {
  const pnpm = path.join(root, 'node_modules', '.bin', 'pnpm');
  const out = execFileSync(pnpm, ['ls', '-r', '--depth', '-1', '--json'], { cwd: root, encoding: 'utf8' });
  /** @type {{ name: string, path: string }[]} */
  const listed = JSON.parse(out);
  return listed
    .filter(({ path: folder }) => path.resolve(folder) !== path.resolve(root))
    .map(({ name, path: folder }) => ({
      name,
      folder,
      path: path.relative(root, folder).split(path.sep).join('/'),
      manifest: JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')),
    }));
}

/**
 * Files below a folder with one of the endings, as sorted paths from that folder; none when the folder is not there.
 * @param {string} folder
 * @param {string[]} endings
 */
export function filesBelow(folder, endings) {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
}

/**
 * Removes what tsc built from sources that are gone: it would be packed, and imported by those who still name it.
 * @param {WorkspacePackage[]} packages
 */
export function removeStaleModules(packages) {
  for (const { folder } of packages) {
    const dist = path.join(folder, 'dist');
    for (const file of filesBelow(dist, ['.d.ts.map'])) {
      const module = file.replace(/\.d\.ts\.map$/, '');
      if (fs.existsSync(path.join(folder, 'src', `${module}.ts`))) continue;
      for (const ending of ['.js', '.js.map', '.d.ts', '.d.ts.map']) {
        fs.rmSync(path.join(dist, module + ending), { force: true });
      }
    }
  }
}
