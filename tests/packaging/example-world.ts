import fs from 'node:fs';
import path from 'node:path';
import { root } from '@solvent/scripts/steps';
import { build } from 'vite';
import { blocksOf, playPage, wordOf } from '../support/guide.js';
import { type PackedWorkspace, run, tool } from './packed-workspace.js';

/**
 * Makes in the project what examples read, as the guide for a first report says, with the installed command: a report
 * `month`, alice's file, and `reports/2026-01` with wallets. Does nothing the second time.
 */
export function makeExampleReport({ folder }: PackedWorkspace): void {
  if (fs.existsSync(path.join(folder, 'reports'))) return;
  const commands = path.join(folder, 'node_modules/.bin');
  const env = { PATH: `${commands}${path.delimiter}${process.env.PATH}` };
  if (playPage(path.join(root, 'docs/guides/publish-your-first-report.md'), folder, env) === 0) {
    throw new Error('the guide for a first report has no commands');
  }
}

/**
 * Builds the page of the guide for apps with Vite, beside the public files of the example report, and checks its types as a
 * strict TypeScript project with a bundler does.
 * @returns the folder of the built page
 */
export async function buildGuideApp({ folder }: PackedWorkspace): Promise<string> {
  const app = path.join(folder, 'app');
  const guide = fs.readFileSync(path.join(root, 'docs/guides/inclusion-in-your-app.md'), 'utf8');
  for (const block of blocksOf(guide)) {
    const file = wordOf(block, 'file');
    if (file === undefined) continue;
    fs.mkdirSync(path.dirname(path.join(app, file)), { recursive: true });
    fs.writeFileSync(path.join(app, file), block.text);
  }
  fs.cpSync(path.join(folder, 'month/public'), path.join(app, 'public/report'), { recursive: true });
  fs.cpSync(path.join(folder, 'alice_inclusion_proof.json'), path.join(app, 'public/alice_inclusion_proof.json'));
  const types = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,dom'];
  run(tool('tsc'), [...types, '--module', 'esnext', '--moduleResolution', 'bundler', 'src/main.ts'], app);
  const outDir = path.join(app, 'dist');
  await build({ root: app, configFile: false, logLevel: 'error', build: { outDir, target: 'es2022' } });
  return outDir;
}
