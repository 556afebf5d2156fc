/** The steps and codes that the specification lists (§8.2 to §8.5). */
import fs from 'node:fs';
import path from 'node:path';
import { specFolder } from '../conformance/vector-files.js';

const text = fs.readFileSync(path.join(specFolder, '08-verification.md'), 'utf8');

/** Such as `V4 constraints`. */
export const documentedCodes: ReadonlySet<string> = new Set(
  [...text.matchAll(/^\| ([A-Z]\d+) +\| `([a-z0-9-]+)` +\|/gm)].map(([, step, code]) => `${step} ${code}`),
);
