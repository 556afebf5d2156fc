import fs from 'node:fs';
import path from 'node:path';
import { root } from '@solvent/scripts/steps';
import { filesBelow, workspacePackages } from '@solvent/scripts/workspace';
import { Application } from 'typedoc';

/** Packages whose modules are described: those that somebody installs to call them. */
function describedPackages() {
  return workspacePackages().filter(
    ({ manifest, path: folder }) => folder.startsWith('packages/') && manifest.private !== true,
  );
}

/**
 * Writes the reference of every public package from the comments of its sources, one page for each module.
 * @param {string} folder where `api/` is made
 * @returns {Promise<string[]>} the pages from that folder, sorted
 */
export async function writeReference(folder) {
  const out = path.join(folder, 'api');
  const packages = describedPackages();
  const tsconfig = path.join(folder, 'tsconfig.json');
  const include = packages.map(({ folder: of }) => path.join(of, 'src'));
  const options = { lib: ['ES2023', 'DOM'], types: ['node'], noEmit: true, composite: false };
  const typeRoots = [path.join(root, 'node_modules', '@types')];
  const config = {
    extends: path.join(root, 'tsconfig.base.json'),
    compilerOptions: { ...options, typeRoots },
    include,
  };
  fs.writeFileSync(tsconfig, JSON.stringify(config));
  const app = await Application.bootstrapWithPlugins({
    entryPoints: packages.flatMap(({ folder: of }) =>
      filesBelow(path.join(of, 'src'), ['.ts']).map((name) => path.join(of, 'src', name)),
    ),
    tsconfig,
    // Whatever is in this folder is removed first.
    out,
    plugin: ['typedoc-plugin-markdown'],
    router: 'module',
    basePath: path.join(root, 'packages'),
    name: 'API reference',
    readme: 'none',
    disableSources: true,
    disableGit: true,
    skipErrorChecking: true,
    hideGenerator: true,
    excludePrivate: true,
    githubPages: false,
    logLevel: 'Error',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    entryFileName: 'index',
  });
  const project = await app.convert();
  if (project === undefined) throw new Error('typedoc: expected a project');
  await app.generateOutputs(project);
  fs.rmSync(tsconfig);
  return filesBelow(out, ['.md']).map((name) => `api/${name}`);
}
