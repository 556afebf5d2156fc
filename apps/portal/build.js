// Builds the site into dist, or into the folder given, and prints what it weighs. Run after tsc has checked the types.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = path.resolve(process.argv[2] ?? path.join(root, 'dist'));

await build({
  root,
  configFile: false,
  // Whatever path the site is put at, its addresses are relative.
  base: './',
  logLevel: 'error',
  build: {
    outDir: dist,
    emptyOutDir: true,
    target: 'es2022',
    // A file of its own for everything: nothing inline, which the policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // For reviewers: browsers load these only with their tools open.
    sourcemap: true,
  },
  worker: { format: 'es' },
});

/** Files of the site, sorted; `portal.json` is whoever hosts it's to change. */
function siteFiles() {
  const names = fs.readdirSync(dist, { recursive: true, encoding: 'utf8' });
  return names
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => fs.statSync(path.join(dist, name)).isFile() && name !== 'portal.json')
    .sort();
}

/** @param {Buffer | string} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

const cached = siteFiles().filter((name) => !name.endsWith('.map'));
const list = cached.map((name) => `${sha256(fs.readFileSync(path.join(dist, name)))}  ${name}`).join('\n');
// The worker of the site's own files knows them by the digest of all of them, so that a new build replaces the old one whole.
const worker = fs
  .readFileSync(path.join(root, 'service-worker.js'), 'utf8')
  .replace("'SITE_VERSION'", JSON.stringify(sha256(list).slice(0, 16)))
  .replace("['SITE_FILES']", JSON.stringify(cached));
fs.writeFileSync(path.join(dist, 'service-worker.js'), worker);

// As `sha256sum --check site-files.sha256` reads it; its own digest is the digest of the build.
const lines = siteFiles().map((name) => `${sha256(fs.readFileSync(path.join(dist, name)))}  ${name}\n`);
fs.writeFileSync(path.join(dist, 'site-files.sha256'), lines.join(''));

const sizeOf = (/** @type {string} */ name) => gzipSync(fs.readFileSync(path.join(dist, name)), { level: 9 }).length;
for (const name of cached) console.log(`${String(sizeOf(name)).padStart(8)} bytes gzip  ${name}`);
console.log(`build ${sha256(lines.join(''))}`);
