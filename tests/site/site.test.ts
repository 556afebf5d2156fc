/** The site of the documentation is built from the repository, and everything in it leads somewhere. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '@solvent/scripts/steps';
import { filesBelow, workspacePackages } from '@solvent/scripts/workspace';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let site = '';
let pages: string[] = [];
const texts = new Map<string, string>();
const read = (page: string) => texts.get(page) ?? '';

beforeAll(async () => {
  site = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-docs-site-'));
  const options = { timeout: 400_000, maxBuffer: 2 ** 26 };
  await promisify(execFile)(process.execPath, [path.join(root, 'apps/site/build.js'), site], options);
  pages = filesBelow(site, ['.html']);
  for (const page of pages) texts.set(page, fs.readFileSync(path.join(site, page), 'utf8'));
}, 420_000);

afterAll(() => {
  if (site !== '') fs.rmSync(site, { recursive: true });
});

/** What a page refers to by an attribute, each once. */
function references(page: string, attribute: 'href' | 'src'): string[] {
  const found = [...read(page).matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].map(([, to = '']) => to);
  return [...new Set(found)].map((to) => to.replaceAll('&amp;', '&'));
}

/** The file and the anchor that a reference of a page leads to; undefined for other sites. */
function target(page: string, to: string): { file: string; anchor: string } | undefined {
  if (/^(https?:|mailto:|data:)/.test(to)) return undefined;
  const url = new URL(to, `http://localhost/${page}`);
  const file = decodeURIComponent(url.pathname).slice(1);
  const whole =
    file === '' || file.endsWith('/') ? `${file}index.html` : path.extname(file) === '' ? `${file}.html` : file;
  return { file: whole, anchor: decodeURIComponent(url.hash.slice(1)) };
}

describe('the site', () => {
  test('has a page for every text and every package, by folder', () => {
    const sources = [
      ...filesBelow(path.join(root, 'docs'), ['.md']).map((name) => `docs/${name}`),
      ...filesBelow(path.join(root, 'spec'), ['.md']).map((name) => `spec/${name}`),
      ...workspacePackages()
        .filter((pkg) => pkg.manifest.private !== true)
        .map((pkg) => `${pkg.path}/README.md`),
      // Published in no package, but whoever hosts the page reads it.
      'apps/portal/README.md',
      'SECURITY.md',
      'CONTRIBUTING.md',
      'CODE_OF_CONDUCT.md',
    ];
    expect(sources.length).toBeGreaterThan(50);
    const made = sources.map((name) => name.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html'));
    expect(made.filter((name) => !pages.includes(name))).toEqual([]);
  });

  test('describes the modules of every package from their comments', () => {
    expect(read('api/core/field/src/koala-bear.html')).toContain('KoalaBear');
    for (const { path: folder, manifest } of workspacePackages()) {
      if (manifest.private === true || !folder.startsWith('packages/')) continue;
      const modules = pages.filter((page) => page.startsWith(`api/${folder.replace('packages/', '')}/`));
      expect(modules.length, folder).toBeGreaterThan(0);
    }
  });

  test('leads nowhere that is not there, to pages and to places in them', () => {
    const broken: string[] = [];
    for (const page of pages) {
      for (const to of [...references(page, 'href'), ...references(page, 'src')]) {
        const found = target(page, to);
        if (found === undefined) continue;
        if (!fs.existsSync(path.join(site, found.file))) broken.push(`${page}: ${to}`);
        else if (found.anchor !== '' && texts.has(found.file) && !read(found.file).includes(`id="${found.anchor}"`)) {
          broken.push(`${page}: ${to}`);
        }
      }
    }
    expect(broken.slice(0, 20)).toEqual([]);
  });

  test('loads nothing from other sites', () => {
    const foreign = pages.flatMap((page) => [
      ...references(page, 'src').filter((to) => /^(https?:)?\/\//.test(to)),
      ...[...read(page).matchAll(/<link [^>]*href="(https?:)?\/\/[^"]*"/g)].map(([tag]) => tag),
    ]);
    expect(foreign).toEqual([]);
  });

  test('links sections of the specification where they are cited', () => {
    expect(read('docs/guides/how-the-proof-works.html')).toContain('11-soundness-proofs.html#s11-12');
    expect(read('spec/11-soundness-proofs.html')).toContain('id="s11-12"');
  });

  test('shows mathematics and drawings', () => {
    const page = read('docs/guides/how-the-proof-works.html');
    expect(page).toContain('mjx-container');
    expect(references('docs/guides/how-the-proof-works.html', 'src').some((to) => to.includes('folding'))).toBe(true);
  });

  test('can be searched without a server', () => {
    const chunks = filesBelow(path.join(site, 'assets'), ['.js']).filter((name) => name.includes('localSearchIndex'));
    const index = chunks.map((name) => fs.readFileSync(path.join(site, 'assets', name), 'utf8')).join('');
    for (const term of ['verify-a-report', 'spec/11-soundness-proofs', 'koalabear', 'multiplicities']) {
      expect(index.includes(term), term).toBe(true);
    }
  });
});
