import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { root } from './steps.js';
import { filesBelow } from './workspace.js';

/** @typedef {import('./workspace.js').WorkspacePackage} WorkspacePackage */

/** The tag of each folder, which decides what its packages may import (turbo.json says what); the first that fits counts. */
const tagOfFolder = {
  'packages/core/': 'core',
  'packages/protocol/': 'protocol',
  'packages/prover/': 'prover',
  'packages/verifier/': 'verifier',
  'packages/chain/': 'chain',
  // What people trust with their files has no way to a prover.
  'apps/portal': 'portal',
  // Built from the repository by the scripts that check it, which see everything; nothing may depend on it.
  'apps/site': 'site',
  'apps/': 'app',
};

/** @param {string} file */
function readJson(file) {
  return ts.readConfigFile(file, ts.sys.readFile).config;
}

/**
 * Name of the package that an import specifier names; undefined for relative imports and parts of Node.
 * @param {string} specifier
 */
function packageOf(specifier) {
  if (specifier.startsWith('.') || specifier.startsWith('node:') || builtinModules.includes(specifier))
    return undefined;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/**
 * What a package runs: its sources, and its commands in bin/.
 * @param {WorkspacePackage} pkg
 */
function sourceFiles(pkg) {
  const sources = filesBelow(path.join(pkg.folder, 'src'), ['.ts']).map((file) => path.join(pkg.folder, 'src', file));
  const commands = filesBelow(path.join(pkg.folder, 'bin'), ['.js']).map((file) => path.join(pkg.folder, 'bin', file));
  return [...sources, ...commands];
}

/**
 * @param {WorkspacePackage} pkg
 * @param {string[]} files
 */
function importedPackages(pkg, files) {
  const names = new Set();
  for (const file of files) {
    const { importedFiles } = ts.preProcessFile(fs.readFileSync(file, 'utf8'), true, true);
    for (const { fileName } of importedFiles) names.add(packageOf(fileName));
  }
  names.delete(undefined);
  names.delete(pkg.name);
  return names;
}

/**
 * What imported packages take from whoever installs them, such as the clients of servers that one of them can use.
 * @param {WorkspacePackage} pkg
 * @param {Set<string>} imported
 */
function peersOf(pkg, imported) {
  const files = [...imported].map((name) => path.join(pkg.folder, 'node_modules', name, 'package.json'));
  return new Set(
    files.flatMap((file) => (fs.existsSync(file) ? Object.keys(readJson(file).peerDependencies ?? {}) : [])),
  );
}

/** @param {WorkspacePackage} pkg */
function* importProblems(pkg) {
  const files = sourceFiles(pkg);
  const { dependencies, optionalDependencies } = pkg.manifest;
  const declared = new Set(Object.keys({ ...dependencies, ...optionalDependencies }));
  const imported = importedPackages(pkg, files);
  for (const name of imported) if (!declared.has(name)) yield `src imports ${name}, which is not in dependencies`;
  const peers = peersOf(pkg, imported);
  // Declarations that the package's own ones refer to come with what they declare.
  const isUsed = (/** @type {string} */ name) => imported.has(name.replace(/^@types\//, '')) || peers.has(name);
  for (const name of declared) if (!isUsed(name)) yield `${name} is in dependencies, but src does not import it`;
}

/** @param {WorkspacePackage} pkg */
function* versionProblems(pkg) {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = pkg.manifest;
  const all = { ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies };
  for (const [name, version] of Object.entries(all)) {
    const expected = name.startsWith('@solvent/') ? 'workspace:^' : 'catalog:';
    if (version !== expected) yield `${name}: expected ${expected}, got ${version}`;
  }
}

/**
 * @param {WorkspacePackage} pkg
 * @param {Map<string, WorkspacePackage>} packages
 */
function* referenceProblems(pkg, packages) {
  const config = readJson(path.join(pkg.folder, 'tsconfig.json'));
  /** @type {string[]} */
  const paths = (config?.references ?? []).map((/** @type {{ path: string }} */ reference) => reference.path);
  const referenced = new Set(paths.map((reference) => path.resolve(pkg.folder, reference)));
  for (const name of Object.keys(pkg.manifest.dependencies ?? {})) {
    const folder = packages.get(name)?.folder;
    if (folder && !referenced.delete(path.resolve(folder))) yield `tsconfig.json has no reference to ${name}`;
  }
  for (const folder of referenced) yield `tsconfig.json refers to ${path.relative(root, folder)}, not a dependency`;
}

/** @param {WorkspacePackage} pkg */
function* wallProblems(pkg) {
  const folder = Object.entries(tagOfFolder).find(([prefix]) => pkg.path.startsWith(prefix));
  const expected = folder ? folder[1] : 'tests';
  const tags = readJson(path.join(pkg.folder, 'turbo.json'))?.tags ?? [];
  if (tags.length !== 1 || tags[0] !== expected)
    yield `turbo.json: expected tags ["${expected}"], got ${JSON.stringify(tags)}`;
}

/**
 * Whether a package is data alone: every file of it is exported as it is, and there is nothing to compile.
 * @param {WorkspacePackage} pkg
 */
export const isDataPackage = (pkg) => pkg.manifest.exports?.['./*'] === './*';

/** @param {WorkspacePackage} pkg */
function* fileProblems(pkg) {
  const names = isDataPackage(pkg) ? ['README.md', 'LICENSE'] : ['README.md', 'LICENSE', 'tsconfig.json'];
  for (const name of names) {
    if (!fs.existsSync(path.join(pkg.folder, name))) yield `${name} is missing`;
  }
}

/** @param {WorkspacePackage} pkg */
function* dataProblems(pkg) {
  for (const name of filesBelow(pkg.folder, ['.js', '.mjs', '.cjs', '.ts', '.wasm'])) yield `${name} is no data`;
  for (const name of Object.keys(pkg.manifest.dependencies ?? {})) yield `data does not need ${name}`;
}

/**
 * What keeps a package from being what this house asks for, one line each: imports that nothing declares, declarations
 * that nothing uses, versions not from the catalog, references, tag, README or licence missing or wrong.
 * @param {WorkspacePackage} pkg
 * @param {WorkspacePackage[]} all the workspace
 */
export function packageProblems(pkg, all) {
  const found = [...versionProblems(pkg), ...wallProblems(pkg)];
  if (!pkg.manifest.private) {
    const byName = new Map(all.map((other) => [other.name, other]));
    found.push(...fileProblems(pkg));
    if (isDataPackage(pkg)) found.push(...dataProblems(pkg));
    else found.push(...importProblems(pkg), ...referenceProblems(pkg, byName));
  }
  return found.map((problem) => `${pkg.path}: ${problem}`);
}

/**
 * What the root files say wrongly of the packages, one line each.
 * @param {WorkspacePackage[]} all
 */
export function rootProblems(all) {
  const problems = [];
  const references = readJson(path.join(root, 'tsconfig.json')).references.map(
    (/** @type {{ path: string }} */ { path: p }) => p,
  );
  for (const pkg of all) {
    if (isDataPackage(pkg)) continue;
    if (!pkg.manifest.private && !references.includes(pkg.path) && !references.includes(`./${pkg.path}`)) {
      problems.push(`tsconfig.json has no reference to ${pkg.path}`);
    }
  }
  if (/https?:\/\//.test(fs.readFileSync(path.join(root, 'pnpm-lock.yaml'), 'utf8'))) {
    problems.push('pnpm-lock.yaml names a host');
  }
  return problems;
}
