/** Whether the process runs, and whether it serves. */
import type { RequestHandler } from 'express';
import type { ReportDirectory } from '../reports/catalog.js';

/** For whatever restarts the process. */
export const serveHealth: RequestHandler = (_req, res) => {
  res.set('Cache-Control', 'no-store').json({ status: 'ok' });
};

/** For whatever sends requests here. */
export function serveReadiness(directory: ReportDirectory, isStopping: () => boolean): RequestHandler {
  return async (_req, res) => {
    res.set('Cache-Control', 'no-store');
    if (isStopping()) return void res.status(503).json({ status: 'stopping' });
    await directory.current();
    res.json({ status: 'ok' });
  };
}
