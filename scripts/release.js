// `node scripts/release.js --dry-run`: packs what would be published, in order, and prints names, versions and digests.
// Without --dry-run it publishes the same tarballs with pnpm, to the registry that the user is logged in to.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inOrder, releaseProblems } from './release-plan.js';
import { root } from './steps.js';
import { removeStaleModules, workspacePackages } from './workspace.js';

const isDryRun = process.argv.includes('--dry-run');
const pnpm = path.join(root, 'node_modules', '.bin', 'pnpm');
const out = (/** @type {string} */ command, /** @type {string[]} */ args) =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8' });

/** @param {import('./workspace.js').WorkspacePackage[]} packages */
function packAndPublish(packages) {
  removeStaleModules(packages);
  out(path.join(root, 'node_modules', '.bin', 'tsc'), ['-b']);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solvent-release-'));
  try {
    out(pnpm, [...packages.flatMap(({ name }) => ['--filter', name]), 'pack', '--pack-destination', folder]);
    for (const { name, manifest } of packages) {
      const file = path.join(folder, `${name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`);
      const digest = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
      console.log(`${digest}  ${name}@${manifest.version}`);
      if (!isDryRun) out(pnpm, ['publish', file, '--access', 'public', '--no-git-checks']);
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const packages = inOrder(workspacePackages().filter(({ manifest }) => manifest.private !== true));
const changesets = fs.readdirSync(path.join(root, '.changeset')).filter((name) => name.endsWith('.md'));
const problems = releaseProblems(packages, changesets, out('git', ['status', '--porcelain']));
for (const problem of problems) console.error(problem);
if (problems.length === 0) {
  packAndPublish(packages);
  console.log(`${packages.length} packages ${isDryRun ? 'would be published' : 'published'}`);
}
process.exitCode = problems.length > 0 || packages.length === 0 ? 1 : 0;
