/** A plain web server for the built site and a directory of reports, to this machine only. */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Answers what a test gives for a path, before files are looked at; undefined leaves it to them. */
export type Override = (
  pathname: string,
  request: http.IncomingMessage,
) => { status: number; body?: string | Uint8Array } | undefined;

/** A running server. */
export interface Site {
  /** Where the page is, with a slash at the end. */
  readonly url: string;
  /** Method and path of every request so far. */
  readonly requests: string[];
  override: Override;
  close(): Promise<void>;
}

/** Serves `site` below /any/path/, and `reports` below /any/path/reports/: the page must work wherever it is put. */
export async function serveSite(site: string, reports: string): Promise<Site> {
  const requests: string[] = [];
  const state: { override: Override } = { override: () => undefined };
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    requests.push(`${request.method} ${request.url}`);
    const given = state.override(pathname, request);
    if (given !== undefined) {
      response.writeHead(given.status, { 'content-type': 'application/json' }).end(given.body ?? '');
      return;
    }
    const file = fileFor(pathname, site, reports);
    if (file === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' })
        .end(fs.readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    requests,
    get override() {
      return state.override;
    },
    set override(override) {
      state.override = override;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const prefix = '/any/path/';

function fileFor(pathname: string, site: string, reports: string): string | undefined {
  if (!pathname.startsWith(prefix)) return undefined;
  const name = path.posix.normalize(`/${pathname.slice(prefix.length)}`);
  const file = name.startsWith('/reports/')
    ? path.join(reports, name.slice('/reports'.length))
    : path.join(site, name === '/' ? 'index.html' : name);
  return fs.existsSync(file) && fs.statSync(file).isFile() ? file : undefined;
}
