// Writes the table of the verifiers' sizes in README.md. `node scripts/check-sizes.js` says whether it is up to date.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './steps.js';
import { verifierSizes, withSizes } from './verifier-sizes.js';

const file = path.join(root, 'README.md');
fs.writeFileSync(file, withSizes(fs.readFileSync(file, 'utf8'), await verifierSizes()));
console.log('README.md written');
