/** A release, up to the point where it would be published, in a copy of this tree at another path. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inOrder } from '@solvent/scripts/release-plan';
import { root } from '@solvent/scripts/steps';
import { filesBelow, removeStaleModules, type WorkspacePackage } from '@solvent/scripts/workspace';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { packAll, publicPackages, run, tool } from '../packaging/packed-workspace.js';

// Installing, compiling and packing take minutes on a busy machine.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let [house, copy] = ['', ''];
const bin = (name: string) => path.join(copy, 'node_modules/.bin', name);

/** Copies every file that git would take, installs from what this machine has, and builds. */
function copyTree(): void {
  const files = run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], root).split('\0');
  for (const file of files.filter((name) => name !== '' && fs.existsSync(path.join(root, name)))) {
    fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    fs.copyFileSync(path.join(root, file), path.join(copy, file));
  }
  run(tool('pnpm'), ['install', '--frozen-lockfile', '--prefer-offline'], copy);
  run(bin('tsc'), ['-b'], copy);
  commitAll('A copy');
}

function commitAll(message: string): void {
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...args], copy);
  if (!fs.existsSync(path.join(copy, '.git'))) git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '--no-gpg-sign', '-m', message);
}

/** The digest of every file in the tarballs, and of the tarballs themselves. */
function digests(tarballs: ReadonlyMap<string, string>): Record<string, string> {
  const digest = (file: string) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  const found: Record<string, string> = {};
  for (const [name, tarball] of tarballs) {
    const folder = `${tarball}-unpacked`;
    fs.mkdirSync(folder);
    run('tar', ['-xzf', tarball, '-C', folder], folder);
    const isFile = (file: string) => fs.statSync(path.join(folder, file)).isFile();
    for (const file of filesBelow(folder, ['']).filter(isFile))
      found[`${name} ${file}`] = digest(path.join(folder, file));
    found[name] = digest(tarball);
  }
  return found;
}

function manifestIn(folder: string, { path: place }: WorkspacePackage): { version: string } {
  return JSON.parse(fs.readFileSync(path.join(folder, place, 'package.json'), 'utf8'));
}

const packages = publicPackages();

beforeAll(() => {
  house = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-release-test-'));
  copy = path.join(house, 'a-folder-of-another-name');
  copyTree();
});

afterAll(() => {
  if (house !== '') fs.rmSync(house, { recursive: true });
});

describe('a release', () => {
  test('makes the same tarballs, byte for byte, in two folders', () => {
    removeStaleModules(packages);
    run(tool('tsc'), ['-b'], root);
    const here = digests(packAll(packages, path.join(house, 'here')));
    const there = digests(packAll(packages, path.join(house, 'there'), copy));
    const differing = Object.keys({ ...here, ...there }).filter((name) => here[name] !== there[name]);
    expect(differing).toEqual([]);
  });

  test('is refused while a changeset waits', () => {
    fs.writeFileSync(
      path.join(copy, '.changeset/a-test.md'),
      "---\n'@solvent/field': minor\n---\n\nA change that only a test makes.\n",
    );
    commitAll('A changeset');
    expect(() => run(process.execPath, ['scripts/release.js', '--dry-run'], copy)).toThrow(
      /a-test\.md: not yet in a version/,
    );
  });

  test('gives every public package the same version and a changelog, and leaves private ones alone', () => {
    run(bin('changeset'), ['version'], copy);
    const versions = new Set(packages.map((pkg) => manifestIn(copy, pkg).version));
    expect(versions.size).toBe(1);
    const [version] = versions;
    expect(version).not.toBe(packages[0].manifest.version);
    for (const pkg of packages) {
      const changelog = fs.readFileSync(path.join(copy, pkg.path, 'CHANGELOG.md'), 'utf8');
      expect(changelog, pkg.name).toContain(`## ${version}\n`);
      if (pkg.name === '@solvent/field') expect(changelog).toContain('A change that only a test makes.');
    }
    const changed = run('git', ['diff', '--name-only'], copy).split('\n');
    for (const place of ['apps/portal', 'apps/site', 'tests', 'bench', 'scripts']) {
      expect(changed, place).not.toContain(`${place}/package.json`);
    }
  });

  test('packs, in a dry run, every public package after those that it needs, and publishes none', () => {
    commitAll('A version');
    const lines = run(process.execPath, ['scripts/release.js', '--dry-run'], copy).trim().split('\n');
    expect(lines.pop()).toBe(`${packages.length} packages would be published`);
    const version = manifestIn(copy, packages[0]).version;
    const expected = inOrder(packages).map(({ name }) => `${name}@${version}`);
    expect(lines.map((line) => line.split('  ')[1])).toEqual(expected);
    expect(expected.indexOf(`@solvent/field@${version}`)).toBeLessThan(expected.indexOf(`@solvent/cli@${version}`));
  });
});
