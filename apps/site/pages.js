import fs from 'node:fs';
import path from 'node:path';
import { root } from '@solvent/scripts/steps';
import { filesBelow, workspacePackages } from '@solvent/scripts/workspace';

/**
 * @typedef {object} Page
 * @property {string} source from the repository's root
 * @property {string} target from the site's root: README.md becomes index.md, otherwise the same
 * @property {string} title its first heading
 * @property {string} text
 */

const folders = ['docs', 'spec'];
const files = ['CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md'];

/**
 * Every page that is taken from the repository: the folders of texts, and the README of every package and app, by folder.
 * @returns {Page[]}
 */
export function repositoryPages() {
  const texts = folders.flatMap((folder) =>
    filesBelow(path.join(root, folder), ['.md']).map((name) => `${folder}/${name}`),
  );
  const readmes = workspacePackages()
    .filter(({ path: name, folder }) => /^(packages|apps|vectors)\b/.test(name) && fs.existsSync(`${folder}/README.md`))
    .map(({ path: folder }) => `${folder}/README.md`);
  const sources = [...texts, ...files.filter((name) => fs.existsSync(path.join(root, name))), ...readmes.sort()];
  return sources.map((source) => {
    const text = fs.readFileSync(path.join(root, source), 'utf8');
    return { source, target: targetOf(source), title: titleOf(text, source), text };
  });
}

/** @param {string} source */
const targetOf = (source) => source.replace(/(^|\/)README\.md$/, '$1index.md');

/**
 * The text of a page's first heading.
 * @param {string} text
 * @param {string} name
 */
export function titleOf(text, name) {
  const title = /^# (.+)$/m.exec(text)?.[1];
  if (title === undefined) throw new RangeError(`${name}: expected a heading`);
  return title.replaceAll('`', '').replaceAll('\\', '');
}

/**
 * Where each section of the specification is: `11.5` → page and anchor.
 * @param {readonly Page[]} pages
 * @returns {Map<string, string>}
 */
export function sectionTargets(pages) {
  const targets = new Map();
  for (const { source, target, text } of pages) {
    if (!/^spec\/\d\d-/.test(source)) continue;
    for (const [, marks, number] of text.matchAll(/^(#+) (\d+(?:\.\d+)?) /gm)) {
      targets.set(number, marks === '#' ? target : `${target}#s${number.replace('.', '-')}`);
    }
  }
  return targets;
}

/** Fenced blocks, indented ones, code spans, links and headings, which stay as they are. */
const notProse = /(^```[\s\S]*?^```$|^ {4}.*$|`[^`\n]*`|\[[^\]\n]*\]\([^)\n]*\)|^#.*$)/m;

/**
 * Changes the prose of a page.
 * @param {string} text
 * @param {(prose: string) => string} change
 */
export function inProse(text, change) {
  const parts = text.split(notProse);
  return parts.map((part, i) => (i % 2 === 0 ? change(part) : part)).join('');
}

/**
 * Whether a link of a page leads to another site, to a place in the same page, or to a page of this one.
 * @param {string} target of the page
 * @param {string} to
 * @param {ReadonlySet<string>} targets
 */
function isOnSite(target, to, targets) {
  if (/^([a-z]+:|#)/.test(to)) return true;
  const file = path.posix.join(path.posix.dirname(target), to.replace(/#.*$/, ''));
  return targets.has(targetOf(file)) || targets.has(`${file.replace(/\/$/, '')}/index.md`);
}

/**
 * A page as the site takes it: comments left out, sections of the specification with anchors that stay, and every `§11.5`
 * outside of code a link. What leads to files that are in the repository alone is text.
 * @param {Page} page
 * @param {ReadonlyMap<string, string>} sections
 * @param {ReadonlySet<string>} targets of all pages
 */
export function siteText({ source, target, text }, sections, targets) {
  const depth = '../'.repeat(target.split('/').length - 1);
  const linked = (/** @type {string} */ prose) =>
    prose.replace(/§(\d+(?:\.\d+)?)/g, (cited, number) => {
      const to = sections.get(number);
      return to === undefined ? cited : `[${cited}](${depth || './'}${to})`;
    });
  const isSpec = /^spec\/\d\d-/.test(source);
  const body = inProse(text.replace(/<!--[\s\S]*?-->\n*/g, ''), linked);
  const anchored = isSpec ? body.replace(/^(##+ (\d+)\.(\d+) .*)$/gm, '$1 {:#s$2-$3:}') : body;
  const known = anchored.replace(/(?<!!)\[([^\]\n]*)\]\(([^)\s]+)\)/g, (link, label, to) =>
    isOnSite(target, to, targets) ? link : label,
  );
  return known.replace(
    /\]\(([^)\n]*?)README\.md(#[^)]*)?\)/g,
    (_, folder, anchor = '') => `](${folder}index.md${anchor})`,
  );
}
