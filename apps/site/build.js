// `node apps/site/build.js [FOLDER]`: builds the site of the documentation into dist, or into the folder given.
// SITE_BASE is the path that it will be served at, such as /solvent/; the root unless given.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vitepress';
import { homePage } from './home.js';
import { inProse, repositoryPages, sectionTargets, siteText, titleOf } from './pages.js';
import { writeReference } from './reference.js';

const site = fileURLToPath(new URL('.', import.meta.url));
const dist = path.resolve(process.argv[2] ?? path.join(site, 'dist'));
// VitePress finds its own packages from where the pages are, so these are made inside of this one.
const content = fs.mkdtempSync(path.join(site, '.content-'));

/**
 * @param {string} name
 * @param {string} text
 */
function write(name, text) {
  fs.mkdirSync(path.dirname(path.join(content, name)), { recursive: true });
  fs.writeFileSync(path.join(content, name), text);
}

try {
  const pages = repositoryPages();
  const sections = sectionTargets(pages);
  const targets = new Set(['index.md', 'api/index.md', ...pages.map(({ target }) => target)]);
  for (const page of pages) write(page.target, siteText(page, sections, targets));
  for (const name of fs.readdirSync(path.join(site, '../../docs/guides')).filter((each) => each.endsWith('.svg'))) {
    fs.copyFileSync(path.join(site, '../../docs/guides', name), path.join(content, 'docs/guides', name));
  }
  write('index.md', homePage);
  const reference = await writeReference(content);
  for (const target of reference) targets.add(target);
  for (const target of reference) {
    // Of two things with one name, both pages and menus take the first as the place.
    const text = fs.readFileSync(path.join(content, target), 'utf8').replace(/(#[a-z0-9]+)-\d+\)/g, '$1)');
    // Comments of code have formulas such as t_i, in which nothing is emphasized.
    const plain = inProse(text, (prose) => prose.replace(/(?<!\\)_/g, '\\_'));
    write(target, siteText({ source: target, target, title: '', text: plain }, sections, targets));
  }
  const menu = [
    ...pages.map(({ target, title }) => ({ target, title })),
    ...reference.map((target) => ({
      target,
      title: titleOf(fs.readFileSync(path.join(content, target), 'utf8'), target),
    })),
  ];
  write('.vitepress/menu.json', JSON.stringify(menu));
  fs.cpSync(path.join(site, 'theme'), path.join(content, '.vitepress'), { recursive: true });
  await build(content, { outDir: dist });
  console.log(`${menu.length + 1} pages in ${dist}`);
} finally {
  fs.rmSync(content, { recursive: true, force: true });
}
