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
  /** File of each package's tarball, by name. */
  tarballs: ReadonlyMap<string, string>;
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

/** Public packages of the workspace: those that are published. */
export function publicPackages(): WorkspacePackage[] {
  return workspacePackages().filter(({ manifest }) => manifest.private !== true);
}

/**
 * Packs packages with pnpm into a folder that is made for them.
 * @param from the root of the workspace
 * @returns the file of each tarball by the package's name
 */
export function packAll(packages: readonly WorkspacePackage[], destination: string, from = root): Map<string, string> {
  fs.mkdirSync(destination);
  const filters = packages.flatMap(({ name }) => ['--filter', name]);
  run(tool('pnpm'), [...filters, 'pack', '--pack-destination', destination], from);
  const files = filesBelow(destination, ['.tgz']);
  const found = packages.flatMap(({ name, manifest }) => {
    const file = `${name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
    return files.includes(file) ? [[name, path.join(destination, file)] as const] : [];
  });
  if (found.length !== packages.length || files.length !== packages.length) {
    throw new Error(`pnpm pack: expected ${packages.length} tarballs, got ${files.join(', ')}`);
  }
  return new Map(found);
}

/** Builds, packs and installs; the caller removes the folder. */
export function installPackedWorkspace(): PackedWorkspace {
  const packages = publicPackages();
  removeStaleModules(packages);
  run(tool('tsc'), ['-b'], root);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-packed-'));
  const tarballs = packAll(packages, path.join(folder, 'tarballs'));
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const options = ['--no-audit', '--no-fund', '--no-save', '--no-package-lock', '--prefer-offline'];
  run('npm', ['install', ...options, ...tarballs.values()], folder);
  return { folder, packages, tarballs };
}

/**
 * Installs every package alone: an empty project for each, in which nothing can be imported but that package, and from
 * it nothing but what it declares itself.
 * @returns the folder of each project by the package's name
 */
export function installEachAlone(packed: PackedWorkspace): Map<string, string> {
  const house = path.join(packed.folder, 'alone');
  const fromTarballs = Object.fromEntries([...packed.tarballs].map(([name, file]) => [name, `file:${file}`]));
  const folders = new Map<string, string>();
  for (const { name } of packed.packages) {
    const folder = path.join(house, name.replace('@solvent/', ''));
    fs.mkdirSync(folder, { recursive: true });
    const manifest = { name: path.basename(folder), private: true, type: 'module' };
    const dependencies = { [name]: fromTarballs[name] };
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
    folders.set(name, folder);
  }
  // JSON is YAML.
  const workspace = { packages: ['*'], overrides: fromTarballs, nodeLinker: 'isolated', hoist: false };
  fs.writeFileSync(path.join(house, 'pnpm-workspace.yaml'), JSON.stringify(workspace));
  fs.writeFileSync(path.join(house, 'package.json'), '{ "private": true }\n');
  run(tool('pnpm'), ['install', '--ignore-scripts', '--prefer-offline', '--no-lockfile'], house);
  return folders;
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
