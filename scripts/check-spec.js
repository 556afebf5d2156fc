// Checks spec/ against code and vectors: cited sections both ways, links, codes of rejections, purposes of hashes,
// conformance classes, generated parts; and that every code, constraint and section has a vector.
import fs from 'node:fs';
import path from 'node:path';
import { liabilitiesAir } from '@solvent/air/liabilities-air';
import { rejectionCodes } from './rejection-codes.js';
import { specFiles, specParts } from './spec-parts.js';
import * as check from './spec-problems.js';
import { root } from './steps.js';
import * as vectors from './vector-problems.js';
import { filesBelow } from './workspace.js';

const citingFolders = ['packages', 'apps', 'tests', 'bench', 'scripts', 'docs', 'spec', 'vectors'];
const citingPages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'];
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
    return /\.(ts|tsx|js|py|md)$/.test(name) && entry.name !== 'CHANGELOG.md' && name !== notCiting ? [name] : [];
  });
}

/** Purposes that core, protocol and verifier use, each once. */
function usedPurposes() {
  const sources = ['core', 'protocol', 'verifier'].flatMap((group) =>
    citingFiles(`packages/${group}`).filter((name) => /^packages\/[^/]+\/[^/]+\/src\//.test(name)),
  );
  return [...new Set(sources.flatMap((name) => check.usedPurposes(read(name))))];
}

/**
 * Sections of chapters that sources must cite and vectors must be about: those with rules.
 * @param {readonly string[]} numbers
 * @param {readonly string[]} chapters
 */
const sectionsOf = (numbers, chapters) =>
  numbers.filter((number) => /\./.test(number) && chapters.includes(number.split('.')[0]));

/** Chapters with rules for code, and those of them that bind verifiers. */
const ruleChapters = ['2', '3', '4', '5', '6', '7', '8', '10'];
const verifierChapters = ruleChapters.filter((chapter) => chapter !== '10');
/** What no file can show: how a prover splits a ledger and draws its randomness, and what a tool prints. */
const notInVectors = ['4.7', '6.10', '8.6'];
/** Chapters of verifiers of wallets and of whole reports: sources cite all of their sections, and vectors are about them. */
const furtherChapters = ['13', '14', '15', '16', '17'];

/** @returns {import('./vector-problems.js').VectorFile[]} */
function readVectorFiles() {
  const names = filesBelow(path.join(root, 'vectors'), ['.json']).filter((name) => !name.startsWith('schemas/'));
  return names
    .map((name) => ({ ...JSON.parse(read(`vectors/${name}`)), name }))
    .filter(({ kind }) => typeof kind === 'string');
}

const specNames = filesBelow(path.join(root, 'spec'), ['.md', '.json', '.txt']);
const texts = Object.fromEntries(specNames.map((name) => [name, read(`spec/${name}`)]));
const chapters = Object.fromEntries(Object.entries(texts).filter(([name]) => /^\d\d-.*\.md$/.test(name)));
const numbers = check.sectionNumbers(chapters);
const citingNames = [...citingPages, ...citingFolders.flatMap(citingFiles)];
const citing = Object.fromEntries(citingNames.map((name) => [name, read(name)]));
/** The chapters with steps and codes. */
const verifications = ['08-verification.md', '14-reports.md'].map((name) => texts[name]);
const codes = rejectionCodes().map(({ step, code }) => `${step} ${code}`);
const purposes = check.documentedPurposes(texts['03-commitments.md']);
const documented = verifications.flatMap(check.documentedCodes);
/** Codes that must have vectors. */
const coveredCodes = ['08-verification.md', '13-wallet-ownership.md', '14-reports.md'].flatMap((name) =>
  check.documentedCodes(texts[name]),
);
const files = readVectorFiles();
const sources = Object.fromEntries(Object.entries(citing).filter(([name]) => /^(packages|apps)\/.*\/src\//.test(name)));
const linked = { ...texts, '../vectors/README.md': read('vectors/README.md') };
const problems = [
  ...check.citationProblems(numbers, citing),
  ...check.differences('code', codes, documented, 'spec'),
  ...verifications.flatMap(check.stepProblems),
  ...check.differences('purpose', usedPurposes(), purposes, 'spec §3.1'),
  ...check.generatedProblems(texts, specParts, specFiles),
  ...check.uncitedProblems(sectionsOf(numbers, [...ruleChapters, ...furtherChapters]), sources),
  ...Object.entries(linked).flatMap(([name, text]) =>
    check.linkProblems(`spec/${name}`, text, (target) =>
      fs.existsSync(path.join(root, 'spec', path.dirname(name), target)),
    ),
  ),
  ...vectors.codeProblems(files, coveredCodes, coveredCodes),
  ...vectors.constraintProblems(
    files,
    liabilitiesAir.constraints.map(({ name }) => name),
  ),
  ...vectors.sectionProblems(
    files,
    sectionsOf(numbers, [...verifierChapters, ...furtherChapters]).filter((number) => !notInVectors.includes(number)),
  ),
  ...vectors.mutationProblems(files),
  ...vectors.classProblems(files, check.documentedClasses(texts['01-overview.md'])),
];
for (const problem of problems) console.error(problem);
const caseCount = files.reduce((count, { cases }) => count + cases.length, 0);
console.log(
  `${numbers.length} sections, ${codes.length} codes and ${caseCount} vectors checked, ${problems.length} problems`,
);
process.exitCode = problems.length > 0 || codes.length === 0 || caseCount === 0 ? 1 : 0;
