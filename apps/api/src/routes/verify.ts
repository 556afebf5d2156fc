/** Verifies what is public: a report that is published here, or files that are sent. */
import { base64 } from '@scure/base';
import { manifestFileName } from '@solvent/report-format/manifest';
import { reportFileName } from '@solvent/report-format/report';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { verifyRequestSchema } from '../describe/schemas.js';
import { Problem } from '../http/problem.js';
import { addressOf } from '../http/rate-limits.js';
import { parseInput } from '../http/validate.js';
import { findNamed, type ReportDirectory, signatureVersion } from '../reports/catalog.js';
import type { VerifyReply } from '../verify/verify-job.js';
import type { Place, VerifyQueue } from '../verify/verify-queue.js';

/** A body up to this size is read before there is a place in the queue for it. */
const smallBody = 4096;

/**
 * Reads the request. A large body is read only once its place in the queue is taken, so that bodies in memory are never
 * more than places.
 */
export function readVerifyRequest(queue: VerifyQueue, uploadBytes: number): RequestHandler[] {
  const parse = express.json({ limit: uploadBytes, strict: true, inflate: false, type: 'application/json' });
  const reserveForLarge: RequestHandler = (req, res, next) => {
    if (!req.is('application/json')) throw new Problem(415, 'media-type', 'Expected a body of application/json.');
    const size = Number(req.headers['content-length'] ?? Number.POSITIVE_INFINITY);
    if (size > uploadBytes && Number.isFinite(size))
      throw new Problem(413, 'too-large', 'The body is larger than this accepts.');
    if (size > smallBody) reserve(queue, req, res);
    next();
  };
  return [reserveForLarge, parse];
}

/** Verifies what the request names or holds. */
export function serveVerify(queue: VerifyQueue, directory: ReportDirectory): RequestHandler {
  // A report does not change, so one verification of it, as it is signed, is everybody's. What failed is tried again: a disk
  // can be mended.
  const published = new Map<string, Promise<VerifyReply>>();
  const verifyPublished = async (name: string, req: Request, res: Response) => {
    const report = findNamed(await directory.current(), name);
    if (report === undefined) throw new Problem(404, 'no-report', 'There is no report with this id.');
    const key = `${report.entry.report} ${await signatureVersion(report)}`;
    const known = published.get(key);
    if (known !== undefined) return known;
    const reply = reserve(queue, req, res).run({ kind: 'folder', folder: report.folder });
    published.set(key, reply);
    const forget = () => published.delete(key);
    void reply.then(({ ok }) => ok || forget(), forget);
    return reply;
  };
  return async (req, res) => {
    res.set('Cache-Control', 'no-store');
    refusePrivate(req.body);
    const request = parseInput(verifyRequestSchema, req.body);
    // The queue says how long this may take, not the time without a byte, which is set again after the answer.
    req.socket.setTimeout(0);
    const reply =
      'report' in request
        ? await verifyPublished(request.report, req, res)
        : await verifySent(request.files, reserve(queue, req, res), res);
    res.json(reply);
  };
}

// One place for each request; it goes back when the answer has, or the client.
function reserve(queue: VerifyQueue, req: Request, res: Response): Place {
  if (res.locals.place !== undefined) return res.locals.place;
  const place = queue.reserve(addressOf(req));
  res.locals.place = place;
  res.once('close', place.release);
  return place;
}

// People will try with the one file that they have. It tells what they own, so nothing is done with it.
function refusePrivate(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  const { format } = body as { format?: unknown };
  if (typeof format !== 'string' || !format.startsWith('solvent-inclusion/')) return;
  throw new Problem(422, 'private-file', 'This is an inclusion file. It is private: verify it on your own machine.');
}

async function verifySent(
  encoded: Readonly<Record<string, string>>,
  place: Place,
  res: Response,
): Promise<VerifyReply> {
  const files = new Map(Object.entries(encoded).map(([path, text]) => [path, base64.decode(text)]));
  if (!files.has(reportFileName) && !files.has(manifestFileName)) {
    throw new Problem(400, 'malformed', `Expected ${reportFileName} or ${manifestFileName} among the files.`);
  }
  for (const bytes of files.values()) refusePrivateBytes(bytes);
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  return place.run({ kind: 'files', files }, gone.signal);
}

function refusePrivateBytes(bytes: Uint8Array): void {
  if (
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).includes('"format":"solvent-inclusion/')
  ) {
    refusePrivate({ format: 'solvent-inclusion/1' });
  }
}
