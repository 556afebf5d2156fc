// Writes vectors/, all of it but what makes it a package. `node scripts/check-vectors.js` says whether it is up to date.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './steps.js';
import { vectorFiles } from './vectors/all-files.js';

const folder = path.join(root, 'vectors');
const files = await vectorFiles();
const generated = new Set(Object.keys(files).map((name) => name.split('/')[0]));
for (const name of generated) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
for (const [name, content] of Object.entries(files)) {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), content);
}
console.log(`vectors/ written: ${Object.keys(files).length} files`);
