// Writes the types of the typed client. `node scripts/check-api-client.js` says whether they are up to date.
import fs from 'node:fs';
import path from 'node:path';
import { apiClientTypes, apiClientTypesFile } from './api-client.js';
import { root } from './steps.js';

fs.writeFileSync(apiClientTypesFile, await apiClientTypes());
console.log(`${path.relative(root, apiClientTypesFile)} written`);
