/** Guides and the README do what they say: their commands are run as they are written. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '@solvent/scripts/steps';
import { filesBelow } from '@solvent/scripts/workspace';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf, playPage, wordOf } from '../support/guide.js';

/** Played with what is installed from tarballs, by tests/packaging. */
const playedThere = ['publish-your-first-report.md', 'inclusion-in-your-app.md'];
const guides = filesBelow(path.join(root, 'docs/guides'), ['.md']);
let house = '';

beforeAll(() => {
  house = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-guides-'));
  fs.mkdirSync(path.join(house, 'bin'));
  const command = `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, 'apps/cli/bin/solvent.js')}' "$@"\n`;
  fs.writeFileSync(path.join(house, 'bin/solvent'), command, { mode: 0o755 });
});

afterAll(() => {
  if (house !== '') fs.rmSync(house, { recursive: true });
});

/** Plays a page in a folder of its own; returns how many of its blocks were run. */
function play(page: string): number {
  const folder = fs.mkdtempSync(path.join(house, 'page-'));
  return playPage(page, folder, {
    PATH: `${path.join(house, 'bin')}${path.delimiter}${process.env.PATH}`,
    NO_COLOR: '1',
  });
}

describe('the guides', () => {
  test('are there', () => {
    expect(guides).toEqual(expect.arrayContaining([...playedThere, 'verify-a-report.md', 'how-the-proof-works.md']));
  });

  test.each(guides.filter((name) => !playedThere.includes(name)))(
    '%s does what it says',
    { timeout: 300_000 },
    (name) => {
      const page = path.join(root, 'docs/guides', name);
      const commands = blocksOf(fs.readFileSync(page, 'utf8')).filter(({ language }) => language === 'sh');
      expect(play(page)).toBe(commands.length);
    },
  );

  test.each(guides)('%s has no snippet that nothing runs', (name) => {
    const blocks = blocksOf(fs.readFileSync(path.join(root, 'docs/guides', name), 'utf8'));
    const idle = blocks.filter(
      (block) => !['sh', 'text'].includes(block.language) && wordOf(block, 'file') === undefined,
    );
    expect(idle.map(({ line }) => line)).toEqual([]);
  });
});

describe('the README of the repository', () => {
  test('has a first report that works', { timeout: 300_000 }, () => {
    expect(play(path.join(root, 'README.md'))).toBeGreaterThan(0);
  });
});
