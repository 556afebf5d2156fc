/** Who may read answers from pages of other origins: everybody the reports, named portals what belongs to a person. */
import type { RequestHandler } from 'express';

const readable = 'Accept-Ranges, Content-Encoding, Content-Length, Content-Range, ETag';

/** Lets every page read published files: anyone may host a copy of the portal. */
export const publicToAll: RequestHandler = (req, res, next) => {
  res.set('Access-Control-Allow-Origin', '*').set('Access-Control-Expose-Headers', readable);
  res.set('Cross-Origin-Resource-Policy', 'cross-origin');
  if (req.method !== 'OPTIONS') return next();
  res.set('Access-Control-Allow-Methods', 'GET, HEAD').set('Access-Control-Allow-Headers', 'If-None-Match, Range');
  res.set('Access-Control-Max-Age', '86400').status(204).end();
};

/** Lets pages of these origins ask; there are no cookies, so a page without a token gets nothing. */
export function openToOrigins(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins.map((origin) => new URL(origin).origin));
  return (req, res, next) => {
    res.vary('Origin');
    const { origin } = req.headers;
    const isAllowed = origin !== undefined && allowed.has(origin);
    if (isAllowed) {
      res
        .set('Access-Control-Allow-Origin', origin)
        .set('Access-Control-Expose-Headers', 'Content-Disposition, Retry-After');
      res.set('Cross-Origin-Resource-Policy', 'cross-origin');
    }
    if (req.method !== 'OPTIONS') return next();
    if (isAllowed) {
      res
        .set('Access-Control-Allow-Methods', 'GET, POST')
        .set('Access-Control-Allow-Headers', 'Authorization, Content-Type');
    }
    res.status(204).end();
  };
}
