// `npm run check`: every check of the repository that is not a test, on what is installed.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runStep } from './steps.js';

/** @typedef {[title: string, command: string, args: string[]]} Check */

/**
 * Every scripts/check-*.js is a check: it prints what is wrong and exits with 1.
 * @returns {Check[]}
 */
function foundChecks() {
  const names = fs.readdirSync(path.join(root, 'scripts')).filter((name) => /^check-.*\.js$/.test(name));
  return names.sort().map((name) => [name.replace(/\.js$/, ''), 'node', [path.join('scripts', name)]]);
}

/** Runs every check, whatever the others say; returns how many there are and the titles of those that failed. */
export function runChecks() {
  /** @type {Check[]} */
  const checks = [
    ['lint and format', 'biome', ['check', '--error-on-warnings']],
    ['types of tests, scripts and benchmarks', 'tsc', ['-p', 'tsconfig.tests.json']],
    ['dependency walls', 'turbo', ['boundaries']],
    ...foundChecks(),
  ];
  const failures = checks.filter(([title, command, args]) => !runStep(title, command, args)).map(([title]) => title);
  return { count: checks.length, failures };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { count, failures } = runChecks();
  console.log(failures.length > 0 ? `\nfailed: ${failures.join(', ')}` : `\n${count} checks passed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
