/** Published files: the index, and what each report binds. */
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import { reportPathSchema } from '../describe/schemas.js';
import { notFound } from '../http/problem.js';
import { CatalogError, findFile, type PublishedFile, type ReportDirectory } from '../reports/catalog.js';

const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['json', 'application/json'],
  ['csv', 'text/csv; charset=utf-8'],
]);

/** The index, which has to be revalidated: it changes when a report is published. */
export function serveIndex(directory: ReportDirectory): RequestHandler {
  return async (_req, res) => {
    const { index } = await directory.current();
    // A weak ETag of the bytes, and 304, are added by `send`.
    res.set('Cache-Control', 'no-cache').type('application/json').send(Buffer.from(index));
  };
}

/** A file of a report. What the report does not bind is not there, whatever its folder holds. */
export function serveReportFile(directory: ReportDirectory): RequestHandler {
  return async (req, res) => {
    const asked = parsePath(req);
    const { reports } = await directory.current();
    const report = reports.find(({ entry }) => entry.folder === asked?.folder);
    if (asked === undefined || report === undefined) throw notFound();
    const file = await findFile(report, asked.path);
    if (file === undefined) throw notFound();
    await assertPlainFile(report.folder, asked.path, file);
    setFileHeaders(res, asked.path, file);
    await sendFile(res, report.folder, asked.path);
  };
}

// The names come decoded, with the slashes in them: clients that are made from the document encode those.
function parsePath({ params }: Request) {
  const names = params.path as unknown as string[];
  return reportPathSchema.safeParse({ folder: params.folder, path: names.join('/') }).data;
}

// A link could lead anywhere, so none is followed; another size means that the folder was changed after publication.
async function assertPlainFile(folder: string, path: string, { size }: PublishedFile): Promise<void> {
  const place = join(folder, path);
  const real = await realpath(place).catch(() => undefined);
  if (real === undefined) throw notFound();
  const status = real === place ? await stat(place) : undefined;
  if (!status?.isFile() || status.size !== size) {
    throw new CatalogError(`${path}: expected the file of ${size} bytes that the report binds, got something else`);
  }
}

function setFileHeaders(res: Response, path: string, { digest }: PublishedFile): void {
  const mediaType = mediaTypes.get(path.slice(path.lastIndexOf('.') + 1));
  res.set('Content-Type', mediaType ?? 'application/octet-stream');
  if (digest === undefined) {
    res.set('Cache-Control', 'no-cache');
    return;
  }
  // Text may be compressed on its way, and then is not the same byte for byte.
  res.set('ETag', mediaType === undefined ? `"${digest}"` : `W/"${digest}"`);
  res.set('Cache-Control', 'public, max-age=31536000, immutable');
}

// Conditional requests and ranges are `send`'s. A client that went away is nobody's fault.
function sendFile(res: Response, root: string, path: string): Promise<void> {
  return new Promise((done, failed) => {
    res.sendFile(path, { root, cacheControl: false, lastModified: false }, (error) => {
      const code = (error as NodeJS.ErrnoException | undefined)?.code;
      if (error === undefined || code === 'ECONNABORTED' || code === 'ECONNRESET' || code === 'EPIPE') done();
      else failed(error);
    });
  });
}
