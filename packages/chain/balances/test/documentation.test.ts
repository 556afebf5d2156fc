import { readFileSync } from 'node:fs';
import { networks } from '@solvent/report-format/networks/networks';
import { expect, test } from 'vitest';
import { commonFields } from '../src/source-kind.js';
import { sourceKinds } from '../src/source-kinds.js';
import { describeKinds } from './support/describe-kinds.js';

const guide = readFileSync(new URL('../../../../docs/balances.md', import.meta.url), 'utf8');

test('the guide’s table of kinds is that of the code', () => {
  expect(guide).toContain(`\n${describeKinds()}\n`);
});

test('the guide names every setting of every kind', () => {
  const settings = [...Object.keys(commonFields), ...sourceKinds.flatMap(({ options }) => Object.keys(options))];
  for (const setting of settings) expect(guide).toContain(`\`${setting}\``);
});

test('every kind knows a network, and its name is used once', () => {
  for (const kind of sourceKinds) expect(networks.filter(kind.knows).length).toBeGreaterThan(0);
  expect(new Set(sourceKinds.map(({ kind }) => kind)).size).toBe(sourceKinds.length);
});
