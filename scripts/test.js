// `npm test`: installs, builds, runs every repository check and every test, and ends with one line that counts them.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runChecks } from './check.js';
import { installAndBuild, runStep } from './steps.js';

/** Runs vitest and returns its counts; a run that ended before it could count is one failure. */
function runTests() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-test-'));
  const file = path.join(folder, 'counts.json');
  const ok = runStep('tests', 'vitest', ['run'], { SOLVENT_TEST_COUNTS: file });
  const counts = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  fs.rmSync(folder, { recursive: true });
  if (!ok && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** Runs everything; each check of the repository counts like a test. */
function runAll() {
  if (!installAndBuild()) return { passed: 0, failed: 1, skipped: 0, failures: ['install and build'] };
  const checks = runChecks();
  const tests = runTests();
  return {
    passed: checks.count - checks.failures.length + tests.passed,
    failed: checks.failures.length + tests.failed,
    skipped: tests.skipped,
    failures: tests.failed > 0 ? [...checks.failures, 'tests'] : checks.failures,
  };
}

const { passed, failed, skipped, failures } = runAll();
if (failures.length > 0) console.log(`\nfailed: ${failures.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
