// Checks that every verifier is within its budget, and that the README says what it weighs.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './steps.js';
import { sizeProblems, verifierSizes } from './verifier-sizes.js';

const sizes = await verifierSizes();
const problems = sizeProblems(fs.readFileSync(path.join(root, 'README.md'), 'utf8'), sizes);
for (const problem of problems) console.error(problem);
console.log(`${sizes.length} verifiers weighed, ${problems.length} problems`);
process.exitCode = problems.length > 0 || sizes.length === 0 ? 1 : 0;
