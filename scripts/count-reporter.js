import fs from 'node:fs';

/** @import { Reporter, TestModule } from 'vitest/node' */

/**
 * A vitest reporter beside the default one: one line for each reason why tests were not run, and the counts as JSON in
 * the file that SOLVENT_TEST_COUNTS names, for the closing line of `npm test`.
 * @implements {Reporter}
 */
export class CountReporter {
  /**
   * @param {ReadonlyArray<TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    /** @type {Map<string, number>} */
    const reasons = new Map();
    for (const module of modules) {
      let failedTests = 0;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') counts.passed++;
        else if (result.state === 'failed') failedTests++;
        else {
          counts.skipped++;
          const reason = (result.state === 'skipped' && result.note) || 'marked as skipped';
          reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        }
      }
      // A file that fails to load has no failed test, yet it failed.
      counts.failed += module.state() === 'failed' ? Math.max(failedTests, 1) : failedTests;
    }
    for (const [reason, count] of reasons)
      console.log(`not run: ${count} ${count === 1 ? 'test' : 'tests'}, ${reason}`);
    const file = process.env.SOLVENT_TEST_COUNTS;
    if (file) fs.writeFileSync(file, JSON.stringify(counts));
  }
}
