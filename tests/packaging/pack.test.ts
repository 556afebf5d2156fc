import fs from 'node:fs';
import path from 'node:path';
import { isDataPackage } from '@solvent/scripts/package-problems';
import { filesBelow } from '@solvent/scripts/workspace';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { requirePart } from '../support/system-parts.js';
import { builtPageText, loadInBrowser } from './browser.js';
import { buildGuideApp, makeExampleReport } from './example-world.js';
import {
  installEachAlone,
  installedFolder,
  installPackedWorkspace,
  type PackedWorkspace,
  run,
  subpaths,
  tool,
} from './packed-workspace.js';
import { publishProblems, typeProblems } from './published-types.js';
import { readmeExamples, runExamples } from './readme-examples.js';

// Compiling, packing and installing take minutes on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let packed: PackedWorkspace;

beforeAll(() => {
  packed = installPackedWorkspace();
});

afterAll(() => {
  if (packed) fs.rmSync(packed.folder, { recursive: true });
});

/** Packages that must work without Node. */
function isPure(folder: string): boolean {
  return /^packages\/(core|protocol|verifier)\//.test(folder);
}

function pureSubpaths(): string[] {
  return packed.packages.filter(({ path: folder }) => isPure(folder)).flatMap(({ name }) => subpaths(packed, name));
}

function allSubpaths(): string[] {
  return packed.packages.flatMap(({ name }) => subpaths(packed, name));
}

describe('every public package, packed and installed outside of the workspace', () => {
  test('there are packages, installed from tarballs and not linked', () => {
    expect(packed.packages.length).toBeGreaterThanOrEqual(12);
    for (const { name } of packed.packages) {
      expect(fs.lstatSync(installedFolder(packed, name)).isSymbolicLink(), name).toBe(false);
    }
  });

  test('names no workspace or catalog protocol in package.json', () => {
    for (const { name } of packed.packages) {
      const manifest = fs.readFileSync(path.join(installedFolder(packed, name), 'package.json'), 'utf8');
      expect(manifest, name).not.toMatch(/"(workspace|catalog|link|file):/);
    }
  });

  test('holds a README, a licence, the built modules and their sources, and nothing else', () => {
    const expected = /^(package\.json|README\.md|LICENSE|(dist|src)\/.+\.(js|ts|map|wasm|json|csv)|bin\/.+\.js)$/;
    for (const pkg of packed.packages.filter((each) => !isDataPackage(each))) {
      const { name, folder } = pkg;
      const installed = filesBelow(installedFolder(packed, name), ['']).filter((file) =>
        fs.statSync(path.join(installedFolder(packed, name), file)).isFile(),
      );
      const files = installed.filter((file) => !file.startsWith('node_modules/'));
      expect(
        files.filter((file) => !expected.test(file)),
        name,
      ).toEqual([]);
      expect(files, name).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
      const sources = filesBelow(path.join(folder, 'src'), ['.ts']);
      const built = sources.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
      expect(files, name).toEqual(expect.arrayContaining([...built, ...sources.map((file) => `src/${file}`)]));
    }
  });

  test('of data, holds a README, a licence and every file of its folders, byte for byte', () => {
    const data = packed.packages.filter(isDataPackage);
    expect(data.map(({ name }) => name)).toEqual(['@solvent/vectors']);
    for (const { name, folder, manifest } of data) {
      const isFile = (file: string) => fs.statSync(path.join(folder, file)).isFile();
      const listed = (manifest.files ?? []).flatMap((part) =>
        filesBelow(path.join(folder, part), ['']).map((file) => `${part}/${file}`),
      );
      const expected = ['LICENSE', 'README.md', 'package.json', ...listed.filter(isFile)].sort();
      const target = installedFolder(packed, name);
      expect(filesBelow(target, ['']).filter((file) => fs.statSync(path.join(target, file)).isFile())).toEqual(
        expected,
      );
      for (const file of listed.filter(isFile)) {
        const [there, here] = [target, folder].map((from) => fs.readFileSync(path.join(from, file)));
        expect(there?.equals(here as Buffer), file).toBe(true);
      }
    }
  });

  test('stands alone: in an empty project it imports by every subpath, with nothing but what it declares', () => {
    for (const [name, folder] of installEachAlone(packed)) {
      const imports = subpaths(packed, name).map((subpath) => `await import('${subpath}');`);
      fs.writeFileSync(path.join(folder, 'import-all.js'), `${imports.join('\n')}\nconsole.log('imported');\n`);
      expect(run(process.execPath, ['import-all.js'], folder), name).toContain('imported');
    }
  });

  test('is published as publint and are-the-types-wrong want it', async () => {
    for (const { name } of packed.packages) {
      const tarball = packed.tarballs.get(name) as string;
      expect(await publishProblems(tarball), name).toEqual([]);
      expect(await typeProblems(tarball, subpaths(packed, name)), name).toEqual([]);
    }
  });

  test('brings no more than mathematics when it is a verifier', () => {
    const allowed = /^@(noble|scure)\/|^(canonicalize|zod)$/;
    const byName = new Map(packed.packages.map((pkg) => [pkg.name, pkg]));
    const reached = new Set(packed.packages.filter(({ path: folder }) => isPure(folder)).map(({ name }) => name));
    for (const name of reached) {
      const dependencies = Object.keys(byName.get(name)?.manifest.dependencies ?? {});
      for (const dependency of dependencies) reached.add(dependency);
    }
    const foreign = [...reached].filter((name) => !byName.has(name) && !allowed.test(name));
    expect(foreign).toEqual([]);
    const walls = [...reached].flatMap((name) => byName.get(name)?.path ?? []);
    expect(walls.filter((folder) => !isPure(folder))).toEqual([]);
  });

  test('imports by every subpath in Node', () => {
    const imports = allSubpaths().map((subpath) => `await import('${subpath}');`);
    fs.writeFileSync(path.join(packed.folder, 'import-all.js'), `${imports.join('\n')}\nconsole.log('imported');\n`);
    expect(run(process.execPath, ['import-all.js'], packed.folder)).toContain('imported');
  });

  test.each([
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])('has types by every subpath with --module %s --moduleResolution %s', (module, resolution) => {
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,dom'];
    for (const [kind, list] of [
      ['pure', pureSubpaths()],
      ['all', allSubpaths()],
    ] as const) {
      const file = `types-${kind}.ts`;
      const lines = list.map(
        (subpath, i) => `import type * as m${i} from '${subpath}';\nexport type T${i} = typeof m${i};\n`,
      );
      fs.writeFileSync(path.join(packed.folder, file), lines.join(''));
      // Types of the pure packages, and of what they depend on, must stand without any of Node's; the others need those.
      const types = kind === 'pure' ? [] : ['--typeRoots', path.resolve('node_modules/@types'), '--types', 'node'];
      const resolved = ['--module', module, '--moduleResolution', resolution];
      expect(run(tool('tsc'), [...options, ...resolved, ...types, file], packed.folder)).toBe('');
    }
  });

  test('does what the examples in the READMEs promise', () => {
    makeExampleReport(packed);
    const examples = readmeExamples(packed);
    expect(examples.length).toBeGreaterThanOrEqual(12);
    const printed = runExamples(packed, examples);
    for (const [i, { name, promised }] of examples.entries()) expect(printed[i], name).toEqual(promised);
  });

  test('is built by Vite into the page of the guide, which verifies in a browser', async (context) => {
    const chromium = requirePart('chromium', context);
    makeExampleReport(packed);
    const built = await buildGuideApp(packed);
    expect(await builtPageText(chromium, built)).toBe('Included, as of 2026-01-31T23:59:59Z.');
  });

  test('core, protocol and verifier load in a browser', async (context) => {
    const chromium = requirePart('chromium', context);
    const specifiers = pureSubpaths();
    expect(await loadInBrowser(chromium, packed.folder, specifiers)).toBe(`loaded ${specifiers.length}`);
  });
});
