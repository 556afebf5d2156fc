// Writes docs/licences.md. `node scripts/check-licences.js` says whether it is up to date.
import fs from 'node:fs';
import path from 'node:path';
import { dependencies, licencesPage } from './licences.js';
import { root } from './steps.js';

fs.writeFileSync(path.join(root, 'docs', 'licences.md'), licencesPage(dependencies()));
console.log('docs/licences.md written');
