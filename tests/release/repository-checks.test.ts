/** The checks of licences, audits and sizes see what they are there to see. */
import { readAudit } from '@solvent/scripts/audit';
import { isAllowed, licenceProblems } from '@solvent/scripts/licences';
import { inOrder } from '@solvent/scripts/release-plan';
import { sizeProblems, withSizes } from '@solvent/scripts/verifier-sizes';
import type { WorkspacePackage } from '@solvent/scripts/workspace';
import { describe, expect, test } from 'vitest';

describe('the check of licences', () => {
  test.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0', false],
    ['GPL-3.0', false],
    ['Unknown', false],
    ['SEE LICENSE IN LICENSE', false],
    ['', false],
  ])('%s: %s', (expression, allowed) => {
    expect(isAllowed(expression, ['MIT', 'ISC'])).toBe(allowed);
  });

  test('asks more of what is shipped than of tools', () => {
    const found = { name: 'x', version: '1.0.0', licence: 'MPL-2.0' };
    expect(licenceProblems([{ ...found, isShipped: false }])).toEqual([]);
    expect(licenceProblems([{ ...found, isShipped: true }])).toEqual([
      expect.stringContaining('x@1.0.0: licence MPL-2.0 is not known to be good for what is shipped'),
    ]);
  });
});

describe('the audit', () => {
  const advisory = { module_name: 'x', vulnerable_versions: '<2', title: 'It is bad.' };

  test('counts what must be mended before a release', () => {
    const advisories = { 1: { ...advisory, severity: 'low' }, 2: { ...advisory, severity: 'critical' } };
    const { isDone, problems } = readAudit(JSON.stringify({ advisories }));
    expect({ isDone, problems }).toEqual({ isDone: true, problems: ['x <2: critical, It is bad.'] });
  });

  test.each(['', 'no JSON', '{"error":{"code":"ERR_PNPM_AUDIT_BAD_RESPONSE"}}'])(
    'knows when there was none: %s',
    (text) => {
      expect(readAudit(text)).toEqual({ isDone: false, problems: [] });
    },
  );
});

describe('the check of sizes', () => {
  const page = 'before\n\n<!-- generated: sizes -->\n\nold\n\n<!-- end -->\n\nafter';
  const size = { name: '@solvent/x-verifier', kilobytes: 20.5, budget: 30 };

  test('passes what is measured and written down, and what is a little less or more', () => {
    const readme = withSizes(page, [size]);
    expect(readme).toMatch(/^before[\s\S]*\| `@solvent\/x-verifier` \| 21 kB +\| 30 kB +\|[\s\S]*after$/);
    expect(sizeProblems(readme, [size, { ...size, kilobytes: 20.9 }])).toEqual([]);
  });

  test.each([
    ['over its budget', { ...size, kilobytes: 30.1 }, 'over its budget of 30 kB'],
    ['another size than the table says', { ...size, kilobytes: 25 }, 'the table in README.md says 21'],
    ['no budget', { ...size, budget: undefined }, 'has no budget for it'],
    ['no line in the table', { ...size, name: '@solvent/y-verifier' }, 'the table in README.md says nothing'],
  ])('finds %s', (_, found, expected) => {
    expect(sizeProblems(withSizes(page, [size]), [found]).join('\n')).toContain(expected);
  });
});

describe('the order of a release', () => {
  const pkg = (name: string, ...needs: string[]): WorkspacePackage => {
    const manifest = { name, version: '1.0.0', dependencies: Object.fromEntries(needs.map((need) => [need, '*'])) };
    return { name, folder: '', path: '', manifest };
  };

  test('puts a package after what it needs', () => {
    const names = inOrder([pkg('a', 'c', 'outside'), pkg('b'), pkg('c', 'b')]).map(({ name }) => name);
    expect(names).toEqual(['b', 'c', 'a']);
    expect(() => inOrder([pkg('a', 'b'), pkg('b', 'a')])).toThrow('depend on each other: a, b');
  });
});
