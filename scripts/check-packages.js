// Checks that every package, and the root, is what this house asks for; package-problems.js says what that is.
import { packageProblems, rootProblems } from './package-problems.js';
import { workspacePackages } from './workspace.js';

const all = workspacePackages();
const problems = [...rootProblems(all), ...all.flatMap((pkg) => packageProblems(pkg, all))];
for (const problem of problems) console.error(problem);
console.log(`${all.length} packages checked, ${problems.length} problems`);
process.exitCode = problems.length > 0 || all.length === 0 ? 1 : 0;
