import { execFile } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { run } from './packed-workspace.js';

/** Where modules stand, and all that they import, each bare specifier as Node resolves it from the project. */
function allImports(project: string, specifiers: string[]): Record<string, string> {
  const map: Record<string, string> = {};
  const seen = new Set<string>();
  for (let wanted = specifiers; wanted.length > 0; ) {
    const found = importMap(project, wanted);
    Object.assign(map, found);
    const bare = new Set(Object.values(found).flatMap((file) => bareSpecifiers(project, file, seen)));
    wanted = [...bare].filter((name) => !(name in map));
  }
  return map;
}

/** Bare specifiers that a module imports, itself or through modules that it imports by relative paths. */
function bareSpecifiers(project: string, module: string, seen: Set<string>): string[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const { importedFiles } = ts.preProcessFile(fs.readFileSync(path.join(project, module), 'utf8'), true, true);
  return importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith('.')) return fileName.startsWith('node:') ? [] : [fileName];
    return bareSpecifiers(project, path.join(path.dirname(module), fileName), seen);
  });
}

/** Maps each specifier to a path of the project, as Node resolves it there; left out when it does not resolve. */
function importMap(project: string, specifiers: string[]): Record<string, string> {
  const script = `const out = {};
    for (const s of ${JSON.stringify(specifiers)}) try { out[s] = new URL(import.meta.resolve(s)).pathname } catch {}
    console.log(JSON.stringify(out));`;
  fs.writeFileSync(path.join(project, 'resolve.js'), script);
  const resolved: Record<string, string> = JSON.parse(run(process.execPath, ['resolve.js'], project));
  const prefix = fs.realpathSync(project);
  return Object.fromEntries(Object.entries(resolved).map(([name, file]) => [name, file.replace(prefix, '')]));
}

function page(project: string, specifiers: string[]): string {
  const imports = allImports(project, specifiers);
  return `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script>
    <body></body><script type="module">
      try {
        const modules = await Promise.all(${JSON.stringify(specifiers)}.map((s) => import(s)));
        document.body.textContent = 'loaded ' + modules.length;
      } catch (error) {
        document.body.textContent = String(error);
      }
    </script>`;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Serves a folder's files, to this machine only; `/` is the page given, or the folder's own. */
async function serve(folder: string, html?: string): Promise<http.Server> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = path.join(folder, path.normalize(pathname === '/' ? 'index.html' : pathname));
    if (pathname === '/' && html !== undefined) response.setHeader('content-type', 'text/html').end(html);
    else if (!fs.existsSync(file)) response.writeHead(404).end();
    else {
      const type = contentTypes[path.extname(file)] ?? 'application/octet-stream';
      response.setHeader('content-type', type).end(fs.readFileSync(file));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Opens a server's page in a headless browser, and returns the text of its body once it is at rest; closes the server. */
async function pageText(chromium: string, folder: string, server: http.Server): Promise<string> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const profile = fs.mkdtempSync(path.join(folder, 'profile-'));
  // The page is this test's own, so the sandbox, which needs an unprivileged user, may be off.
  const options = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    `--user-data-dir=${profile}`,
  ];
  try {
    const args = [...options, '--timeout=30000', '--virtual-time-budget=30000', '--dump-dom', url];
    const { stdout } = await promisify(execFile)(chromium, args, { timeout: 60_000 });
    return /<body>([^<]*)/.exec(stdout)?.[1]?.trim() ?? stdout;
  } finally {
    server.close();
  }
}

/**
 * Imports modules of a project in a headless browser, bare imports resolved as Node resolves them.
 * @returns the text of the page: `loaded N`, or the first error
 */
export async function loadInBrowser(chromium: string, project: string, specifiers: string[]): Promise<string> {
  return pageText(chromium, project, await serve(project, page(project, specifiers)));
}

/** Opens the page that was built into a folder; returns its text. */
export async function builtPageText(chromium: string, folder: string): Promise<string> {
  return pageText(chromium, folder, await serve(folder));
}
