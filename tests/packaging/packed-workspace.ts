import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '@solvent/scripts/steps';
import { filesBelow, removeStaleModules, type WorkspacePackage, workspacePackages } from '@solvent/scripts/workspace';

/** Every public package of the workspace, installed from its tarball by npm into a project outside of the workspace. */
export interface PackedWorkspace {
  /** The project; packages are in its node_modules. */
  folder: string;
  packages: WorkspacePackage[];
}

/** Runs a command; its output is in the error when it fails. */
export function run(command: string, args: string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed\n${stdout ?? ''}${stderr ?? ''}`, { cause: error });
  }
}

/** Path of a command of the workspace's root. */
export function tool(name: string): string {
  return path.join(root, 'node_modules/.bin', name);
}

/** Packs every public package with pnpm; returns the tarballs. */
function packAll(packages: WorkspacePackage[], destination: string): string[] {
  const filters = packages.flatMap(({ name }) => ['--filter', name]);
  run(tool('pnpm'), [...filters, 'pack', '--pack-destination', destination], root);
  return filesBelow(destination, ['.tgz']).map((file) => path.join(destination, file));
}

/** Builds, packs and installs; the caller removes the folder. */
export function installPackedWorkspace(): PackedWorkspace {
  const packages = workspacePackages().filter(({ manifest }) => manifest.private !== true);
  removeStaleModules(packages);
  run(tool('tsc'), ['-b'], root);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-packed-'));
  const tarballs = path.join(folder, 'tarballs');
  fs.mkdirSync(tarballs);
  const packed = packAll(packages, tarballs);
  if (packed.length !== packages.length) {
    throw new Error(`pnpm pack: expected ${packages.length} tarballs, got ${packed.length}`);
  }
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const options = ['--no-audit', '--no-fund', '--no-save', '--no-package-lock', '--prefer-offline'];
  run('npm', ['install', ...options, ...packed], folder);
  return { folder, packages };
}

/** Folder of an installed package. */
export function installedFolder(packed: PackedWorkspace, name: string): string {
  return path.join(packed.folder, 'node_modules', name);
}

/** Import specifiers of every module in an installed package's dist. */
export function subpaths(packed: PackedWorkspace, name: string): string[] {
  const modules = filesBelow(path.join(installedFolder(packed, name), 'dist'), ['.js']);
  return modules.map((file) => `${name}/${file.replace(/\.js$/, '')}`);
}
