// Generates all vectors again and compares: a difference means that code and vectors no longer agree.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './steps.js';
import { vectorFiles } from './vectors/all-files.js';
import { generateVectorsCommand } from './vectors/format.js';
import { thirdPartyFolder } from './vectors/ownership/cases.js';
import { filesBelow } from './workspace.js';

const folder = path.join(root, 'vectors');
/** What makes the folder a package. */
const packageFiles = ['package.json', 'turbo.json'];
const files = await vectorFiles();
const problems = [];
for (const [name, content] of Object.entries(files)) {
  const file = path.join(folder, name);
  if (!fs.existsSync(file)) problems.push(`vectors/${name} is missing`);
  else if (!fs.readFileSync(file).equals(Buffer.from(content))) problems.push(`vectors/${name} is out of date`);
}
for (const name of filesBelow(folder, ['.json', '.bin', '.csv'])) {
  if (name.startsWith(`${thirdPartyFolder}/`)) continue;
  if (!(name in files) && !packageFiles.includes(name)) problems.push(`vectors/${name} is not generated`);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) console.error(`vectors are written by ${generateVectorsCommand}`);
console.log(`${Object.keys(files).length} files of vectors checked, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
