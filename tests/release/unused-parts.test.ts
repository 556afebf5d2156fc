/** The check of what nothing uses finds it, in a house of one package. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unusedParts } from '@solvent/scripts/unused-parts';
import { afterAll, beforeAll, expect, test } from 'vitest';

let house = '';

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
  fs.writeFileSync(path.join(house, file), text);
}

beforeAll(() => {
  house = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-unused-'));
  write('package.json', JSON.stringify({ name: 'house', private: true, workspaces: ['packages/*/*'] }));
  const manifest = { name: '@house/one', type: 'module', exports: { './*': './src/*.ts' } };
  write('packages/core/one/package.json', JSON.stringify(manifest));
  write('packages/core/one/src/part.ts', 'export const used = 1;\n');
  write(
    'packages/core/one/test/part.test.ts',
    "import { used } from '../src/part.js';\nif (!used) throw new Error();\n",
  );
});
afterAll(() => fs.rmSync(house, { recursive: true }));

test('nothing where all is used, then each part that nothing uses', () => {
  expect(unusedParts(house)).toEqual([]);
  write('packages/core/one/src/part.ts', 'export const used = 1;\nexport const unused = 2;\n');
  write('packages/core/one/src/lonely.ts', 'export function nobodyCallsIt(): void {}\n');
  write('packages/core/one/test/forgotten.ts', 'export const x = 1;\n');
  const dependencies = { zod: '4.0.0' };
  const manifest = { name: '@house/one', type: 'module', exports: { './*': './src/*.ts' }, dependencies };
  write('packages/core/one/package.json', JSON.stringify(manifest));
  expect(unusedParts(house).sort()).toEqual([
    'packages/core/one/package.json: unused dependency zod',
    'packages/core/one/src/lonely.ts: unused export nobodyCallsIt',
    'packages/core/one/src/part.ts: unused export unused',
    'packages/core/one/test/forgotten.ts: unused file packages/core/one/test/forgotten.ts',
  ]);
});
