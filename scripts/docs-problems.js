import path from 'node:path';

/** A path of this repository in a code span: it begins with one of its folders, and has no place to fill in. */
const namedPath = /^(packages|apps|tests|scripts|spec|docs|vectors|bench)\/[A-Za-z0-9_./-]+$/;
/** What is made by a build, and so is not there before it. */
const madePath = /(^|\/)(dist|node_modules)(\/|$)/;

/**
 * Files that a page names and that are not there, one line each.
 * @param {string} name of the page, from the repository's root
 * @param {string} text
 * @param {(file: string) => boolean} exists whether a path from the root is there
 */
export function docsProblems(name, text, exists) {
  const bare = text.replace(/^```[\s\S]*?^```$/gm, '');
  const links = [...bare.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => path.posix.join(path.posix.dirname(name), target));
  const spans = [...bare.matchAll(/`([^`\n]+)`/g)]
    .map(([, code]) => code)
    .filter((code) => namedPath.test(code) && !code.includes('..') && !madePath.test(code));
  const missing = [...new Set([...links, ...spans])].filter((file) => !exists(file));
  return missing.map((file) => `${name}: there is no ${file}`);
}

/** How a source draws randomness, but for repeatable numbers from a seed that it is given. */
const drawing =
  /\b(randomBytes|randomFillSync|randomUUID|randomInt|getRandomValues)\((?!random\b)|\bMath\.random\b|\bgenerateKeyPair\(/;

/**
 * Sources that draw randomness and are not on the checklist, one line each.
 * @param {string} checklist the text of SECURITY.md
 * @param {Readonly<Record<string, string>>} sources by path from the root
 */
export function randomnessProblems(checklist, sources) {
  return Object.entries(sources)
    .filter(
      ([name, text]) =>
        drawing.test(text) && !/function randomBytes\(/.test(text) && !checklist.includes(`\`${name}\``),
    )
    .map(([name]) => `SECURITY.md: ${name} draws randomness, and is not on the checklist`);
}
