// Verifies a report and an inclusion file in a real browser, with the same packages as in Node, and says how long it took.
//
//     node bench/browser.js PUBLIC_FOLDER INCLUSION_FILE ACCOUNT_ID
//
// Needs Debian's chromium. The page is served on loopback alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { printTable, round } from './lib/table.js';

const [publicFolder, inclusionFile, accountId] = process.argv.slice(2);
const chromium = '/usr/bin/chromium';
if (accountId === undefined || !existsSync(chromium)) {
  console.error('usage: node bench/browser.js PUBLIC_FOLDER INCLUSION_FILE ACCOUNT_ID (and Debian’s chromium)');
  process.exit(2);
}

async function bundle() {
  const entry = fileURLToPath(new URL('./lib/browser-page.js', import.meta.url));
  /** @type {import('vite').BuildOptions} */
  const options = { lib: { entry, formats: ['es'] }, write: false, target: 'es2022' };
  const built = await build({ logLevel: 'error', configFile: false, build: options });
  const [bundled] = Array.isArray(built) ? built : [];
  const chunk = bundled?.output[0];
  if (chunk?.type !== 'chunk') throw new Error('expected the bundle of the page as one script');
  return chunk.code;
}

/**
 * @param {string} script
 * @param {(result: any) => void} onResult
 */
function serve(script, onResult) {
  /** @type {Map<string, [string, string | Buffer]>} */
  const files = new Map([
    ['/', ['text/html', '<!doctype html><script type="module" src="/page.js"></script>']],
    ['/page.js', ['text/javascript', script]],
    ['/inclusion.json', ['application/json', readFileSync(inclusionFile)]],
    ['/account-id', ['text/plain; charset=utf-8', accountId]],
  ]);
  return createServer((request, response) => {
    if (request.method === 'POST') {
      request.setEncoding('utf8').on('data', (text) => onResult(JSON.parse(text)));
      response.end();
      return;
    }
    const path = request.url ?? '/';
    const known = files.get(path);
    const file = join(publicFolder, path.startsWith('/proofs/') ? `proofs/${basename(path)}` : basename(path));
    if (known !== undefined) response.writeHead(200, { 'content-type': known[0] }).end(known[1]);
    else if (existsSync(file)) response.writeHead(200).end(readFileSync(file));
    else response.writeHead(404).end();
  });
}

const script = await bundle();
const profile = mkdtempSync(join(tmpdir(), 'solvent-browser-'));
/** @type {(result: any) => void} */
let finish = () => {};
const finished = new Promise((resolve) => {
  finish = resolve;
});
const server = serve(script, finish).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const port = typeof address === 'object' ? address?.port : undefined;
// The page is our own, so the sandbox, which needs an unprivileged user, may be off.
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const url = `http://127.0.0.1:${port}/`;
const browser = spawn(chromium, [...flags, `--user-data-dir=${profile}`, url], { stdio: 'ignore' });
const result = await finished;
browser.kill();
await once(browser, 'exit');
rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
if (result.error !== undefined) throw new Error(result.error);
printTable('Verification in the browser', [
  {
    browser: result.browser,
    segments: result.segments,
    'report, first (ms)': round(result.reportMs[0], 0),
    'report, again (ms)': round(result.reportMs[1], 0),
    'inclusion, first (ms)': round(result.inclusionMs[0]),
    'inclusion, again (ms)': round(result.inclusionMs[1]),
    'bundle (KiB)': round(script.length / 1024, 0),
    'gzipped (KiB)': round(gzipSync(script).length / 1024),
  },
]);
process.exit(0);
