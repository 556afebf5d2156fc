import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { markdownTable } from './markdown-table.js';
import { root } from './steps.js';
import { filesBelow, workspacePackages } from './workspace.js';

/** What writes the table. */
const generateSizesCommand = 'node scripts/generate-sizes.js';

/**
 * Most bytes of each verifier, minified and gzipped, in kB of 1000 bytes; what it is for is in the README's table.
 * @type {Record<string, number>}
 */
const budgets = JSON.parse(fs.readFileSync(path.join(root, 'scripts', 'size-budgets.json'), 'utf8'));

/** How far the table may be from what is measured: libraries of compression differ a little. */
const tolerance = 0.05;

/**
 * @typedef {object} Size
 * @property {string} name of the package
 * @property {number} kilobytes minified and gzipped, with all that it needs
 * @property {number | undefined} budget
 */

/** @typedef {import('./workspace.js').WorkspacePackage} WorkspacePackage */

/**
 * The modules that a package exports.
 * @param {WorkspacePackage} pkg
 */
function modulesOf({ folder }) {
  return filesBelow(path.join(folder, 'dist'), ['.js']).map((file) => path.join(folder, 'dist', file));
}

/**
 * Everything that a package exports, and the verifiers without which it is of no use, bundled for browsers with all that
 * they import.
 * @param {WorkspacePackage} pkg
 * @param {readonly WorkspacePackage[]} verifiers
 */
async function bundledSize(pkg, verifiers) {
  const builtOn = verifiers.filter(({ name }) => name in (pkg.manifest.dependencies ?? {}));
  const modules = [pkg, ...builtOn].flatMap(modulesOf);
  const entry = modules.map((file, i) => `export * as m${i} from ${JSON.stringify(file)};`);
  const virtual = {
    name: 'every-module',
    resolveId: (/** @type {string} */ id) => (id.endsWith('/every-module') ? '\0entry' : null),
    load: (/** @type {string} */ id) => (id === '\0entry' ? entry.join('\n') : null),
  };
  const built = await build({
    root: pkg.folder,
    configFile: false,
    logLevel: 'error',
    plugins: [virtual],
    // Not the mode for libraries, which leaves white space in.
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: '/every-module', preserveEntrySignatures: 'strict' },
    },
  });
  const { output } = /** @type {{ output: { type: string, code?: string }[] }} */ (
    Array.isArray(built) ? built[0] : built
  );
  const code = output.map((chunk) => chunk.code ?? '').join('\n');
  return gzipSync(code, { level: 9 }).length;
}

/**
 * What every verifier weighs; needs a build.
 * @returns {Promise<Size[]>}
 */
export async function verifierSizes() {
  const verifiers = workspacePackages().filter((pkg) => pkg.path.startsWith('packages/verifier/'));
  /** @type {Size[]} */
  const sizes = [];
  for (const pkg of verifiers) {
    const kilobytes = (await bundledSize(pkg, verifiers)) / 1000;
    sizes.push({ name: pkg.name, kilobytes, budget: budgets[path.basename(pkg.path)] });
  }
  return sizes.sort((a, b) => a.kilobytes - b.kilobytes);
}

/**
 * The table of the README.
 * @param {readonly Size[]} sizes
 */
function sizesTable(sizes) {
  const rows = sizes.map(({ name, kilobytes, budget }) => [
    `\`${name}\``,
    `${Math.ceil(kilobytes)} kB`,
    `${budget} kB`,
  ]);
  return markdownTable(['package', 'minified and gzipped', 'budget'], rows);
}

const tablePattern = /<!-- generated: sizes -->\n\n([\s\S]*?)\n\n<!-- end -->/;

/**
 * A README with the table of these sizes.
 * @param {string} readme
 * @param {readonly Size[]} sizes
 */
export function withSizes(readme, sizes) {
  if (!tablePattern.test(readme)) throw new RangeError('README.md: expected <!-- generated: sizes --> … <!-- end -->');
  return readme.replace(tablePattern, `<!-- generated: sizes -->\n\n${sizesTable(sizes)}\n\n<!-- end -->`);
}

/**
 * What is wrong with sizes and with the table of them, one line each.
 * @param {string} readme
 * @param {readonly Size[]} sizes
 */
export function sizeProblems(readme, sizes) {
  const table = tablePattern.exec(readme)?.[1] ?? '';
  return sizes.flatMap(({ name, kilobytes, budget }) => {
    const measured = `${name}: ${kilobytes.toFixed(1)} kB`;
    if (budget === undefined) return [`${measured}, but scripts/size-budgets.json has no budget for it`];
    const said = Number(new RegExp(`\\| \`${name}\` +\\| (\\d+) kB`).exec(table)?.[1]);
    const isCurrent = kilobytes > (said - 1) * (1 - tolerance) && kilobytes <= said * (1 + tolerance);
    return [
      ...(kilobytes > budget ? [`${measured} minified and gzipped, over its budget of ${budget} kB`] : []),
      ...(isCurrent
        ? []
        : [`${measured}, but the table in README.md says ${said || 'nothing'}: ${generateSizesCommand}`]),
    ];
  });
}
