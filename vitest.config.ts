import { defineConfig } from 'vitest/config';
import { CountReporter } from './scripts/count-reporter.js';

// Tests read the sources of every package through this export condition, so they need no build.
const conditions = ['@solvent/source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'tests/**/*.test.ts'],
    pool: 'forks',
    reporters: ['default', new CountReporter()],
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is waited for comes at once on a machine that has nothing else to do, and later on a busy one.
    expect: { poll: { timeout: 30_000 } },
  },
});
