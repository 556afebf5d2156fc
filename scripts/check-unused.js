// Checks that every file, export and dependency is used by something; knip.jsonc says where that starts.
import { root } from './steps.js';
import { unusedParts } from './unused-parts.js';
import { workspacePackages } from './workspace.js';

const all = workspacePackages();
const problems = unusedParts(root);
for (const problem of problems) console.error(problem);
console.log(`${all.length} packages searched for what nothing uses, ${problems.length} problems`);
process.exitCode = problems.length > 0 || all.length === 0 ? 1 : 0;
