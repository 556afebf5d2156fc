// Checks that the typed client is of the interface as it is: its types come from the OpenAPI document.
import fs from 'node:fs';
import { openApiDocument } from '@solvent/api/describe/openapi';
import { apiClientTypes, apiClientTypesFile, generateApiClientCommand } from './api-client.js';

const isCurrent = fs.readFileSync(apiClientTypesFile, 'utf8') === (await apiClientTypes());
if (!isCurrent) console.error(`the typed client is out of date: run ${generateApiClientCommand}`);
const count = Object.keys(openApiDocument().paths).length;
console.log(`${count} paths of the typed client checked, ${isCurrent ? 0 : 1} problems`);
process.exitCode = isCurrent && count > 0 ? 0 : 1;
