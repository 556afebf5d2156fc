import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './steps.js';

/**
 * @typedef {object} Manifest the part of a package.json that this repository looks at
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
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
