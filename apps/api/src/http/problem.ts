/** Answers that are no result, in the form of RFC 9457. They say what was expected, and repeat nothing of the request. */
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';

const lingerMs = 2000;

/** What a problem says. */
export const problemSchema = z
  .strictObject({
    title: z.string().describe('What is wrong, for people.'),
    status: z.int().min(400).max(599),
    code: z.string().describe('What is wrong, for programs; never renamed.'),
  })
  .describe('An answer that is no result (RFC 9457).');

/** An answer other than a result. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, title: string, headers: Readonly<Record<string, string>> = {}) {
    super(title);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** There is nothing at this place. */
export const notFound = () => new Problem(404, 'not-found', 'There is nothing here.');

/** Sends a problem; nothing that was prepared for a result stays. */
export function sendProblem(res: Response, { status, code, message, headers }: Problem): void {
  for (const name of ['ETag', 'Last-Modified', 'Content-Disposition', 'Content-Encoding']) res.removeHeader(name);
  res.set('Cache-Control', 'no-store').set(headers);
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ title: message, status, code }));
}

const clientProblems: Readonly<Record<number, readonly [code: string, title: string]>> = {
  400: ['malformed', 'The request is malformed.'],
  403: ['not-found', 'There is nothing here.'],
  404: ['not-found', 'There is nothing here.'],
  412: ['precondition', 'The file is not the one that the request is conditional on.'],
  413: ['too-large', 'The body is larger than this accepts.'],
  415: ['media-type', 'The body is not of a kind, or in an encoding, that this accepts.'],
  416: ['range', 'The range is not within the file.'],
};

// Express and its parsers put a status on errors that are the client's doing. Their messages quote the request.
function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  const { status, headers } = (error ?? {}) as { status?: unknown; headers?: Record<string, string> };
  if (typeof status !== 'number' || clientProblems[status] === undefined) return undefined;
  const [code, title] = clientProblems[status];
  const range = headers?.['Content-Range'];
  return new Problem(status === 403 ? 404 : status, code, title, range === undefined ? {} : { 'Content-Range': range });
}

/** The last handler: makes a problem of every error, and logs those that are ours. */
export function createErrorHandler(log: Logger): ErrorRequestHandler {
  return (error, req, res, _next) => {
    const problem = problemOf(error);
    if (problem === undefined) log.error({ request: res.locals.requestId, fault: describeFault(error) }, 'fault');
    if (res.headersSent) {
      res.destroy();
      return;
    }
    whenRead(req, () => sendProblem(res, problem ?? new Problem(500, 'fault', 'Something went wrong here.')));
  };
}

// Whoever is still sending a body would find the connection closed, and the answer lost with it. So the rest is let go
// by first, for a while.
function whenRead(req: Request, answer: () => void): void {
  if (req.complete || req.destroyed) {
    answer();
    return;
  }
  const timer = setTimeout(answer, lingerMs);
  req.once('end', () => {
    clearTimeout(timer);
    answer();
  });
  req.once('close', () => clearTimeout(timer));
  req.resume();
}

/**
 * What may be logged of an error: its kind and place. A message could quote an id or a balance; those of errors that
 * say what is wrong with the operator's own files do not.
 */
export function describeFault(error: unknown) {
  if (!(error instanceof Error)) return { kind: typeof error };
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const isOurs = ['StoreError', 'StoreUnavailableError', 'InputError', 'ConfigError', 'CatalogError'].includes(
    error.name,
  );
  return {
    kind: error.name,
    code: (error as NodeJS.ErrnoException).code,
    ...(isOurs && { message: error.message }),
    places: places.slice(0, 8).map((line) => line.trim()),
  };
}
