// Checks spec/ against the code: cited sections, codes of rejections, purposes of hashes, generated parts.
import fs from 'node:fs';
import path from 'node:path';
import { rejectionCodes } from './rejection-codes.js';
import { specFiles, specParts } from './spec-parts.js';
import * as check from './spec-problems.js';
import { root } from './steps.js';
import { filesBelow } from './workspace.js';

const citingFolders = ['packages', 'apps', 'tests', 'bench', 'scripts', 'spec', 'vectors'];
/** Tests of this check cite sections that are not there. */
const notCiting = 'tests/conformance/spec-problems.test.ts';

/** @param {string} name */
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');

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
    return /\.(ts|js|md)$/.test(name) && entry.name !== 'CHANGELOG.md' && name !== notCiting ? [name] : [];
  });
}

/** Purposes that core, protocol and verifier use, each once. */
function usedPurposes() {
  const sources = ['core', 'protocol', 'verifier'].flatMap((group) =>
    citingFiles(`packages/${group}`).filter((name) => /^packages\/[^/]+\/[^/]+\/src\//.test(name)),
  );
  return [...new Set(sources.flatMap((name) => check.usedPurposes(read(name))))];
}

const specNames = filesBelow(path.join(root, 'spec'), ['.md', '.json', '.txt']);
const texts = Object.fromEntries(specNames.map((name) => [name, read(`spec/${name}`)]));
const chapters = Object.fromEntries(Object.entries(texts).filter(([name]) => /^\d\d-.*\.md$/.test(name)));
const numbers = check.sectionNumbers(chapters);
const citing = Object.fromEntries(citingFolders.flatMap(citingFiles).map((name) => [name, read(name)]));
/** The chapters with steps and codes. */
const verifications = ['08-verification.md', '14-reports.md'].map((name) => texts[name]);
const codes = rejectionCodes().map(({ step, code }) => `${step} ${code}`);
const purposes = check.documentedPurposes(texts['03-commitments.md']);
const problems = [
  ...check.citationProblems(numbers, citing),
  ...check.differences('code', codes, verifications.flatMap(check.documentedCodes), 'spec'),
  ...verifications.flatMap(check.stepProblems),
  ...check.differences('purpose', usedPurposes(), purposes, 'spec §3.1'),
  ...check.generatedProblems(texts, specParts, specFiles),
];
for (const problem of problems) console.error(problem);
console.log(`${numbers.length} sections and ${codes.length} codes checked, ${problems.length} problems`);
process.exitCode = problems.length > 0 || codes.length === 0 ? 1 : 0;
