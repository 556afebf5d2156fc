import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packageProblems } from '@solvent/scripts/package-problems';
import type { WorkspacePackage } from '@solvent/scripts/workspace';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let house = '';

beforeEach(() => {
  house = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-house-'));
});

afterEach(() => {
  fs.rmSync(house, { recursive: true });
});

/** A package of the core with all in place, some of its files replaced; undefined leaves a file out. */
function createPackage(name: string, files: Record<string, string | undefined> = {}): WorkspacePackage {
  const folder = path.join(house, 'packages/core', name);
  const manifest = { name: `@solvent/${name}`, version: '0.1.0', dependencies: { '@noble/hashes': 'catalog:' } };
  const all: Record<string, string | undefined> = {
    'package.json': JSON.stringify(manifest),
    'tsconfig.json': '{ "references": [] }',
    'turbo.json': '{ "tags": ["core"] }',
    'README.md': '# x',
    LICENSE: 'MIT',
    'src/x.ts': "import { blake3 } from '@noble/hashes/blake3.js';\nexport const x = blake3;\n",
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    if (text === undefined) continue;
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  const read = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return { name: read.name, folder, path: `packages/core/${name}`, manifest: read };
}

function problems(files: Record<string, string | undefined>): string[] {
  const pkg = createPackage('a', files);
  return packageProblems(pkg, [pkg, createPackage('b')]);
}

function manifestWith(dependencies: Record<string, string>): string {
  return JSON.stringify({ name: '@solvent/a', version: '0.1.0', dependencies });
}

const importB = "import { x } from '@solvent/b/x';\nexport const y = x;\n";

describe('the check of packages', () => {
  test('passes a package with all in place', () => {
    expect(problems({})).toEqual([]);
    const manifest = manifestWith({ '@solvent/b': 'workspace:^' });
    const tsconfig = '{ "references": [{ "path": "../b" }] }';
    expect(problems({ 'package.json': manifest, 'tsconfig.json': tsconfig, 'src/x.ts': importB })).toEqual([]);
    const optional = JSON.stringify({
      name: '@solvent/a',
      version: '0.1.0',
      optionalDependencies: { zod: 'catalog:' },
    });
    const loaded = "export const z = await import('zod');\n";
    expect(problems({ 'package.json': optional, 'src/x.ts': loaded })).toEqual([]);
  });

  test('takes what an imported package asks for beside it, and not what one asks for that is not imported', () => {
    const manifest = manifestWith({ queue: 'catalog:', client: 'catalog:' });
    const installed = { 'node_modules/queue/package.json': '{ "peerDependencies": { "client": "*" } }' };
    const source = "export const queue = await import('queue');\n";
    expect(problems({ ...installed, 'package.json': manifest, 'src/x.ts': source })).toEqual([]);
    expect(problems({ ...installed, 'package.json': manifest, 'src/x.ts': 'export const x = 1;\n' })).toEqual([
      'packages/core/a: queue is in dependencies, but src does not import it',
      'packages/core/a: client is in dependencies, but src does not import it',
    ]);
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    [
      'an import that nothing declares',
      { 'src/y.ts': importB },
      'src imports @solvent/b, which is not in dependencies',
    ],
    [
      'an import() that nothing declares',
      { 'src/y.ts': "export const z = await import('zod');\n" },
      'src imports zod, which is not in dependencies',
    ],
    [
      'a declaration that nothing uses',
      { 'src/x.ts': 'export const x = 1;\n' },
      '@noble/hashes is in dependencies, but src does not import it',
    ],
    [
      'a version beside the catalog',
      { 'package.json': manifestWith({ '@noble/hashes': '^2.0.0' }) },
      '@noble/hashes: expected catalog:, got ^2.0.0',
    ],
    [
      'a dependency without a reference',
      { 'package.json': manifestWith({ '@solvent/b': 'workspace:^' }), 'src/x.ts': importB },
      'tsconfig.json has no reference to @solvent/b',
    ],
    [
      'another tag than the folder has',
      { 'turbo.json': '{ "tags": ["prover"] }' },
      'turbo.json: expected tags ["core"], got ["prover"]',
    ],
    ['no tag', { 'turbo.json': undefined }, 'turbo.json: expected tags ["core"], got []'],
    ['no licence', { LICENSE: undefined }, 'LICENSE is missing'],
    ['no README', { 'README.md': undefined }, 'README.md is missing'],
  ])('catches %s', (_what, files, problem) => {
    expect(problems(files)).toEqual([`packages/core/a: ${problem}`]);
  });

  test('takes a package of data alone, and catches code in it', () => {
    const manifest = JSON.stringify({ name: '@solvent/a', version: '0.1.0', exports: { './*': './*' } });
    const data = { 'package.json': manifest, 'tsconfig.json': undefined, 'src/x.ts': undefined };
    expect(problems(data)).toEqual([]);
    fs.rmSync(path.join(house, 'packages'), { recursive: true });
    expect(problems({ ...data, 'x.js': 'export const x = 1;' })).toEqual(['packages/core/a: x.js is no data']);
  });

  test('catches a reference that is not a dependency', () => {
    const found = problems({ 'tsconfig.json': '{ "references": [{ "path": "../b" }] }' });
    expect(found).toEqual([expect.stringContaining('packages/core/b, not a dependency')]);
  });
});
