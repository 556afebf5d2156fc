// Checks the chapter on wallets and the page of supported wallets against the verifier: codes with their verdicts, tables.
import fs from 'node:fs';
import path from 'node:path';
import { ownershipCodes } from './rejection-codes.js';
import { differences } from './spec-problems.js';
import { root } from './steps.js';
import { generateWalletSupportCommand, walletSupportPage } from './wallet-tables.js';

const chapter = fs.readFileSync(path.join(root, 'spec', '13-wallet-ownership.md'), 'utf8');
const rows = [...chapter.matchAll(/^\| (W\d) +\| `([a-z0-9-]+)` +\| ([a-z]+) +\|/gm)];
const documented = rows.map(([, step, code, verdict]) => `${step} ${code} ${verdict}`);
const codes = ownershipCodes().map(({ step, code, verdict }) => `${step} ${code} ${verdict}`);
const described = new Set([...chapter.matchAll(/^- \*\*(W\d)\*\* /gm)].map(([, step]) => step));
const steps = new Set(codes.map((code) => code.split(' ')[0]));
const page = fs.readFileSync(path.join(root, 'docs', 'wallet-support.md'), 'utf8');
const problems = [
  ...differences('code', codes, documented, 'spec §13.16'),
  ...[...steps].filter((step) => !described.has(step)).map((step) => `spec §13: step ${step} has no description`),
  ...(page === walletSupportPage()
    ? []
    : [`docs/wallet-support.md is out of date: run ${generateWalletSupportCommand}`]),
];
for (const problem of problems) console.error(problem);
console.log(`${codes.length} codes of wallet ownership checked, ${problems.length} problems`);
process.exitCode = problems.length > 0 || codes.length === 0 ? 1 : 0;
