// Writes the generated parts of spec/. `node scripts/check-spec.js` says whether they are up to date.
import fs from 'node:fs';
import path from 'node:path';
import { fillParts, specFiles, specParts } from './spec-parts.js';
import { root } from './steps.js';

const folder = path.join(root, 'spec');
for (const [name, parts] of Object.entries(specParts)) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, fillParts(fs.readFileSync(file, 'utf8'), parts));
}
for (const [name, content] of Object.entries(specFiles)) {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content());
}
console.log('spec/ written');
