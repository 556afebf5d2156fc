import fs from 'node:fs';
import path from 'node:path';
import { filesBelow, workspacePackages } from '@solvent/scripts/workspace';
import { describe, expect, test } from 'vitest';
import { impurities } from './pure-sources.js';

const pure = workspacePackages().filter(({ path: folder }) => /^packages\/(core|protocol|verifier)\//.test(folder));

describe('core, protocol and verifier have no part of Node, clock, randomness or network', () => {
  test('there are such packages', () => {
    expect(pure.length).toBeGreaterThanOrEqual(8);
  });

  test.each(pure)('$name', ({ folder, path: shown }) => {
    const found = filesBelow(path.join(folder, 'src'), ['.ts']).flatMap((file) =>
      impurities(`${shown}/src/${file}`, fs.readFileSync(path.join(folder, 'src', file), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  test.each(pure)('$name compiles without types of Node or of the browser', ({ folder }) => {
    const config = JSON.parse(fs.readFileSync(path.join(folder, 'tsconfig.json'), 'utf8'));
    expect(config.compilerOptions.types).toEqual([]);
    expect(config.compilerOptions.lib).toBeUndefined();
  });
});

describe('the scan', () => {
  test.each([
    ["import fs from 'node:fs';", 'node:fs'],
    ["import { readFileSync } from 'fs';", 'fs'],
    ["export * from 'node:path';", 'node:path'],
    ["const x = await import('node:fs');", 'import()'],
    ['const now = Date.now();', 'Date'],
    ['const now = new Date();', 'Date'],
    ['const now = new Date;', 'Date'],
    ['const now = Date();', 'Date'],
    ['const local = new Date(2026, 1);', 'Date'],
    ['const clock = Date;', 'Date'],
    ['const x = Math.random();', 'Math.random'],
    ["const x = Math['random']();", 'Math[…]'],
    ["fetch('x');", 'fetch'],
    ["globalThis['fetch']('x');", 'globalThis'],
    ['const x = crypto.getRandomValues(y);', 'crypto'],
    ['const x = process.env;', 'process'],
  ])('catches %s', (text, name) => {
    expect(impurities('a.ts', `// a comment\n${text}\n`)).toEqual([`a.ts:2: ${name}`]);
  });

  test.each([
    '// Date.now() and fetch() in a comment',
    "const message = 'node:fs';",
    'const x = { fetch: 1 }.fetch;',
    'const y = Math.floor(1.5);',
    "const moment = new Date('2026-01-31T00:00:00Z').toISOString();",
    'const ms = Date.UTC(2026, 0, 31);',
    "import { prove } from './process.js';",
  ])('passes %s', (text) => {
    expect(impurities('a.ts', text)).toEqual([]);
  });
});
