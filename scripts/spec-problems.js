// What check-spec.js looks for, as functions of texts.
import { fillParts, generateSpecCommand } from './spec-parts.js';

/** @typedef {Record<string, string>} Texts by file name */

/**
 * Numbers of all chapters and sections, from the headings.
 * @param {Texts} chapters
 */
export function sectionNumbers(chapters) {
  const headings = Object.values(chapters).flatMap((text) => [...text.matchAll(/^##? (\d+(?:\.\d+)?) /gm)]);
  return headings.map(([, number]) => number);
}

/** Sections of other documents are cited with the document's name in front. */
const citation = /((?:RFC|SEC|JSON-RPC) [\d.]+ |draft\S* )?§(\d+(?:\.\d+)*)/g;

/**
 * Numbers of all sections of spec/ that a text cites.
 * @param {string} text
 */
function citedNumbers(text) {
  return [...text.matchAll(citation)].flatMap(([, document, number]) => (document === undefined ? [number] : []));
}

/**
 * Sections that are there twice, or cited and not there.
 * @param {readonly string[]} numbers
 * @param {Texts} citing
 */
export function citationProblems(numbers, citing) {
  const twice = numbers.filter((number, i) => numbers.indexOf(number) !== i);
  const problems = twice.map((number) => `spec: §${number} is there twice`);
  for (const [file, text] of Object.entries(citing)) {
    for (const [i, line] of text.split('\n').entries()) {
      const missing = citedNumbers(line).filter((number) => !numbers.includes(number));
      problems.push(...missing.map((number) => `${file}:${i + 1}: §${number} is no section of spec/`));
    }
  }
  return problems;
}

/**
 * What one list has and the other lacks, both ways, or has twice.
 * @param {string} what
 * @param {readonly string[]} inCode
 * @param {readonly string[]} inSpec
 * @param {string} section
 */
export function differences(what, inCode, inSpec, section) {
  return [
    ...inCode
      .filter((item) => !inSpec.includes(item))
      .map((item) => `${section} lacks the ${what} ${item} of the code`),
    ...inSpec
      .filter((item) => !inCode.includes(item))
      .map((item) => `${section} has the ${what} ${item}, the code does not`),
    ...inSpec.filter((item, i) => inSpec.indexOf(item) !== i).map((item) => `${section} has the ${what} ${item} twice`),
  ];
}

/**
 * Every pair of step and code in a chapter's table of codes (§8.5, §13.16, §14.8).
 * @param {string} chapter
 */
export function documentedCodes(chapter) {
  const rows = [...chapter.matchAll(/^\| ([A-Z]\d+) +\| `([a-z0-9-]+)` +\|/gm)];
  return rows.map(([, step, code]) => `${step} ${code}`);
}

/**
 * Steps with codes and without description, or the other way round.
 * @param {string} chapter
 */
export function stepProblems(chapter) {
  const described = [...chapter.matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map(([, step]) => step);
  const steps = [...new Set(documentedCodes(chapter).map((code) => code.split(' ')[0]))];
  return [
    ...steps.filter((step) => !described.includes(step)).map((step) => `spec: step ${step} has no description`),
    ...described.filter((step) => !steps.includes(step)).map((step) => `spec: step ${step} has no code`),
  ];
}

/**
 * Purposes that a source derives keys for, those of trees as the pattern of §3.1.
 * @param {string} source
 */
export function usedPurposes(source) {
  return [...source.matchAll(/createHasher\((['`])(.*?)\1\)/g)].map(([, , purpose]) =>
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the source of a template is what is looked for.
    purpose.replace('${tree}', 'NAME'),
  );
}

/**
 * Purposes in the table of §3.1.
 * @param {string} chapter
 */
export function documentedPurposes(chapter) {
  const [section] = chapter.split(/^## 3\.2 /m);
  return [...section.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, purpose]) => purpose);
}

/**
 * Conformance classes in the table of §1.6.
 * @param {string} chapter
 */
export function documentedClasses(chapter) {
  const section = chapter.split(/^## 1\.6 /m)[1]?.split(/^## /m)[0] ?? '';
  return [...section.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name]) => name);
}

/**
 * Sections that no source cites: nobody could find from the text the code that does what it says.
 * @param {readonly string[]} sections
 * @param {Texts} sources
 */
export function uncitedProblems(sections, sources) {
  const cited = new Set(Object.values(sources).flatMap(citedNumbers));
  return sections.filter((number) => !cited.has(number)).map((number) => `no source cites §${number}`);
}

/**
 * Links of a text to files that are not there, or to headings.
 * @param {string} file
 * @param {string} text
 * @param {(target: string) => boolean} exists whether a path, relative to the text's folder, is there
 */
export function linkProblems(file, text, exists) {
  const targets = [...text.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, target]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target) && !exists(target))
    .map((target) => `${file}: no ${target}`);
}

/**
 * Generated parts and files that are out of date.
 * @param {Texts} texts of all files of spec/
 * @param {Record<string, Record<string, () => string>>} parts
 * @param {Record<string, () => string>} files
 */
export function generatedProblems(texts, parts, files) {
  const stale = [
    ...Object.keys(parts).filter((name) => fillParts(texts[name], parts[name]) !== texts[name]),
    ...Object.keys(files).filter((name) => files[name]() !== texts[name]),
  ];
  return stale.map((name) => `spec/${name} is out of date: run ${generateSpecCommand}`);
}
