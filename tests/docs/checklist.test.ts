/** The checks of pages see what they are there to see, and what the checklist of SECURITY.md says of randomness holds. */
import fs from 'node:fs';
import path from 'node:path';
import { docsProblems, randomnessProblems } from '@solvent/scripts/docs-problems';
import { root } from '@solvent/scripts/steps';
import { filesBelow, workspacePackages } from '@solvent/scripts/workspace';
import { describe, expect, test } from 'vitest';

const exists = (file: string) => ['docs/there.md', 'tests/there.test.ts'].includes(file);

describe('the check of pages', () => {
  test('passes files that are there, addresses, code and what a build makes', () => {
    const text = '[a](there.md#x) [b](https://x.example) `tests/there.test.ts` `apps/cli/dist/x.js` `not a path`\n';
    expect(docsProblems('docs/page.md', `${text}\`\`\`sh\n[c](gone.md)\n\`\`\`\n`, exists)).toEqual([]);
  });

  test.each([
    ['a link', '[a](gone.md)', 'docs/gone.md'],
    ['a link upwards', '[a](../SECURITY.md)', 'SECURITY.md'],
    ['a path in code', '`tests/gone.test.ts`', 'tests/gone.test.ts'],
  ])('finds %s to what is gone', (_, text, missing) => {
    expect(docsProblems('docs/page.md', text, exists)).toEqual([`docs/page.md: there is no ${missing}`]);
  });

  test.each(['randomBytes(32)', 'randomFillSync(block)', 'x = Math.random()', 'crypto.getRandomValues(a)'])(
    'finds randomness that is not on the checklist: %s',
    (text) => {
      expect(randomnessProblems('', { 'a/b.ts': text })).toHaveLength(1);
      expect(randomnessProblems('`a/b.ts`', { 'a/b.ts': text })).toEqual([]);
    },
  );

  test('knows numbers from a generator that is given', () => {
    expect(randomnessProblems('', { 'a/b.ts': 'randomBytes(random, 32)' })).toEqual([]);
  });
});

test('repeatable randomness is used by tests, by the demonstration and by the doctor alone', () => {
  const allowed =
    /\/testing\.ts$|\/example-[a-z]+\.ts$|^apps\/cli\/src\/(demo|doctor)\/|^packages\/prover\/ledger\/src\/(mix-accounts|exchange-accounts|larger-accounts)\.ts$/;
  const users = workspacePackages().flatMap(({ path: folder }) =>
    filesBelow(path.join(root, folder, 'src'), ['.ts', '.tsx'])
      .map((name) => `${folder}/src/${name}`)
      .filter((name) => /from '[^']*\/testing(\.js)?'/.test(fs.readFileSync(path.join(root, name), 'utf8'))),
  );
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter((name) => !allowed.test(name))).toEqual([]);
});
