// Checks that the licence of every dependency is known and may be used, and that docs/licences.md is up to date.
import fs from 'node:fs';
import path from 'node:path';
import { dependencies, generateLicencesCommand, licenceProblems, licencesPage } from './licences.js';
import { root } from './steps.js';

const all = dependencies();
if (process.argv.includes('--list')) {
  for (const { name, version, licence, isShipped } of all) {
    console.log(`${isShipped ? 'shipped' : 'tool   '} ${name}@${version} ${licence}`);
  }
}
const page = fs.readFileSync(path.join(root, 'docs', 'licences.md'), 'utf8');
const problems = [
  ...licenceProblems(all),
  ...(page === licencesPage(all) ? [] : [`docs/licences.md is out of date: run ${generateLicencesCommand}`]),
];
for (const problem of problems) console.error(problem);
console.log(`${all.length} dependencies checked, ${problems.length} problems`);
process.exitCode = problems.length > 0 || all.length === 0 ? 1 : 0;
