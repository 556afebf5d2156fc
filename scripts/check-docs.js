// Checks that every file that a page names is there, by a link or by its path in a code span; and that every source that
// draws randomness is on the checklist of SECURITY.md.
import fs from 'node:fs';
import path from 'node:path';
import { docsProblems, randomnessProblems } from './docs-problems.js';
import { root } from './steps.js';
import { filesBelow, workspacePackages } from './workspace.js';

const folderPages = ['docs', 'spec'].flatMap((folder) =>
  filesBelow(path.join(root, folder), ['.md']).map((name) => `${folder}/${name}`),
);
const readmes = workspacePackages().map(({ path: folder }) => `${folder}/README.md`);
const rootPages = fs.readdirSync(root).filter((name) => name.endsWith('.md'));
const pages = [...rootPages, ...folderPages, ...readmes].filter((name) => fs.existsSync(path.join(root, name)));
const read = (/** @type {string} */ name) => fs.readFileSync(path.join(root, name), 'utf8');
const sources = workspacePackages().flatMap(({ path: folder }) =>
  filesBelow(path.join(root, folder, 'src'), ['.ts', '.tsx']).map((name) => `${folder}/src/${name}`),
);
const problems = [
  ...pages.flatMap((name) => docsProblems(name, read(name), (file) => fs.existsSync(path.join(root, file)))),
  ...randomnessProblems(read('SECURITY.md'), Object.fromEntries(sources.map((name) => [name, read(name)]))),
];
for (const problem of problems) console.error(problem);
console.log(`${pages.length} pages checked, ${problems.length} problems`);
process.exitCode = problems.length > 0 || pages.length === 0 ? 1 : 0;
