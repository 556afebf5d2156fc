// Checks spec/ against the code: cited sections, codes of rejections, purposes of hashes, generated parts.
import fs from 'node:fs';
import path from 'node:path';
import { rejectionCodes } from './rejection-codes.js';
import { fillParts, generateSpecCommand, specFiles, specParts } from './spec-parts.js';
import { root } from './steps.js';
import { filesBelow } from './workspace.js';

const specFolder = path.join(root, 'spec');
const citingFolders = ['packages', 'apps', 'tests', 'bench', 'scripts', 'spec', 'vectors'];
const chapters = fs.readdirSync(specFolder).filter((name) => /^\d\d-.*\.md$/.test(name));
/** @param {string} name */
const read = (name) => fs.readFileSync(path.join(specFolder, name), 'utf8');

/** Numbers of all chapters and sections, from the headings. */
function sectionNumbers() {
  const headings = chapters.flatMap((name) => [...read(name).matchAll(/^##? (\d+(?:\.\d+)?) /gm)]);
  return headings.map(([, number]) => number);
}

/**
 * Files that may cite a section, from the repository's root; folders of things made or installed are left out.
 * @param {string} folder
 * @returns {string[]}
 */
function citingFiles(folder) {
  if (!fs.existsSync(path.join(root, folder))) return [];
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|dist|\..*)$/.test(entry.name) ? [] : citingFiles(name);
    return /\.(ts|js|md)$/.test(name) && entry.name !== 'CHANGELOG.md' ? [name] : [];
  });
}

function* citationProblems() {
  const numbers = sectionNumbers();
  const twice = numbers.filter((number, i) => numbers.indexOf(number) !== i);
  for (const number of twice) yield `spec: §${number} is there twice`;
  const known = new Set(numbers);
  for (const file of citingFolders.flatMap(citingFiles)) {
    const lines = fs.readFileSync(path.join(root, file), 'utf8').split('\n');
    for (const [i, line] of lines.entries()) {
      // Sections of other documents are cited with the document's name in front.
      for (const [, document, number] of line.matchAll(/(RFC \d+ )?§(\d+(?:\.\d+)?)/g)) {
        if (!document && !known.has(number)) yield `${file}:${i + 1}: §${number} is no section of spec/`;
      }
    }
  }
}

/**
 * What one list has and the other lacks, both ways.
 * @param {string} what
 * @param {string[]} inCode
 * @param {string[]} inSpec
 * @param {string} section
 */
function* differences(what, inCode, inSpec, section) {
  for (const item of inCode) if (!inSpec.includes(item)) yield `${section} lacks the ${what} ${item} of the code`;
  for (const item of inSpec) if (!inCode.includes(item)) yield `${section} has the ${what} ${item}, the code does not`;
  const twice = inSpec.filter((item, i) => inSpec.indexOf(item) !== i);
  for (const item of twice) yield `${section} has the ${what} ${item} twice`;
}

/** Every pair of step and code of §8.5. */
function documentedCodes() {
  const rows = [...read('08-verification.md').matchAll(/^\| ([A-Z]\d+) +\| `([a-z0-9-]+)` +\|/gm)];
  return rows.map(([, step, code]) => `${step} ${code}`);
}

function* stepProblems() {
  const text = read('08-verification.md');
  const described = [...text.matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map(([, step]) => step);
  const steps = [...new Set(documentedCodes().map((code) => code.split(' ')[0]))];
  for (const step of steps) if (!described.includes(step)) yield `spec §8: step ${step} has codes and no description`;
  for (const step of described) if (!steps.includes(step)) yield `spec §8: step ${step} has no code`;
}

/** Purposes that the packages derive keys for, those of trees as the pattern of §3.1. */
function usedPurposes() {
  const folders = ['core', 'protocol', 'verifier'].flatMap((group) => {
    const folder = path.join(root, 'packages', group);
    return fs.readdirSync(folder).map((name) => path.join(folder, name, 'src'));
  });
  const purposes = folders.flatMap((folder) =>
    filesBelow(folder, ['.ts']).flatMap((name) => {
      const text = fs.readFileSync(path.join(folder, name), 'utf8');
      return [...text.matchAll(/createHasher\((['`])(.*?)\1\)/g)].map(([, , purpose]) => purpose);
    }),
  );
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the source of a template is what is looked for.
  return [...new Set(purposes.map((purpose) => purpose.replace('${tree}', 'NAME')))];
}

function documentedPurposes() {
  const [section] = read('03-commitments.md').split(/^## 3\.2 /m);
  return [...section.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, purpose]) => purpose);
}

function* generatedProblems() {
  const stale = `is out of date: run ${generateSpecCommand}`;
  for (const [name, parts] of Object.entries(specParts)) {
    if (fillParts(read(name), parts) !== read(name)) yield `spec/${name} ${stale}`;
  }
  for (const [name, content] of Object.entries(specFiles)) {
    const file = path.join(specFolder, name);
    if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== content()) yield `spec/${name} ${stale}`;
  }
}

const codes = rejectionCodes().map(({ step, code }) => `${step} ${code}`);
const problems = [
  ...citationProblems(),
  ...differences('code', codes, documentedCodes(), 'spec §8.5'),
  ...stepProblems(),
  ...differences('purpose', usedPurposes(), documentedPurposes(), 'spec §3.1'),
  ...generatedProblems(),
];
for (const problem of problems) console.error(problem);
console.log(`${sectionNumbers().length} sections and ${codes.length} codes checked, ${problems.length} problems`);
process.exitCode = problems.length > 0 || codes.length === 0 ? 1 : 0;
